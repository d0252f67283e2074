"""XLSX: the first sheet with a known header."""

from collections.abc import Iterator
from contextlib import closing
from typing import Final

import polars as pl

from graph.errors import InputError
from ingest.records.ahead import ahead
from ingest.records.cellforms import Forms
from ingest.records.headers import ROWS_SEARCHED, header_row, known, match
from ingest.records.journal import RowFinding
from ingest.records.packed import Sheet, Workbook, workbook
from ingest.records.rawcells import column_letters, column_number, raw_cells
from ingest.records.source import Request
from ontology.tax import Column

_BELOW: Final = 3


class Excel:
    """A table in a sheet of a workbook.

    :param sheet: name of the sheet, where it shall not be found.
    :raises InputError: no workbook, no such sheet, or no sheet with a known header.
    """

    encoding = None
    drop_blank = True

    def __init__(self, request: Request, sheet: str | None = None) -> None:
        self._request = request
        dataset, name, limits = request.dataset, request.path.name, request.limits
        with workbook(request.path, limits) as book:
            self._forms = Forms(book)
            tops = {each: self._top(book, each) for each in _chosen(book, sheet, name)}
        filled = {each: rows for each, rows in tops.items() if any(map(any, rows))}
        if not filled:
            raise InputError(
                f"{name} ไม่มีแผ่นงานที่มีข้อมูล ต้องมีแถวหัวคอลัมน์",
                f"{name} has no sheet with data; it needs a row of headers",
            )
        fitting = (
            each
            for each, rows in filled.items()
            if any(known(row, dataset) for row in rows[:ROWS_SEARCHED])
        )
        self._sheet = next(fitting, next(iter(filled)))
        rows = filled[self._sheet]
        at = header_row(rows, dataset)
        width = max(map(len, rows[at : at + 1 + _BELOW]))
        if width > limits.max_columns:
            most = f"{limits.max_columns:,}"
            raise InputError(
                f"{name} มี {width:,} คอลัมน์ เกิน {most} ลบคอลัมน์ที่ไม่ใช้",
                f"{name} has {width:,} columns, more than {most}; delete those not used",
            )
        below = rows[at + 1 : at + 1 + _BELOW]
        self.headers = match(rows[at] + [""] * (width - len(rows[at])), dataset, name, below)
        self.header_row = at + 1
        self._columns = {column_letters(p + 1): c for p, c in self.headers.places.items()}
        if at:
            request.journal.note("header-below", at)
        if len(filled) > 1:
            request.journal.note("other-sheets", len(filled) - 1)

    @property
    def sheet(self) -> str:
        """Name of the sheet that is read; only to be shown."""
        return self._sheet.name

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts."""
        request = self._request
        most = request.limits.block_bytes
        with (
            workbook(request.path, request.limits) as book,
            closing(ahead(raw_cells(book, self._sheet, most))) as parts,
        ):
            size = max(book.size(self._sheet.part), 1)
            total = request.path.stat().st_size
            for cells, read in parts:
                request.journal.bytes_read = min(total, total * read // size)
                yield self._frame(cells)

    def _frame(self, cells: pl.DataFrame) -> pl.DataFrame:
        below = cells.filter(
            (pl.col("row") > self.header_row) & pl.col("letters").is_in(list(self._columns))
        )
        shown = self._forms.shown(below)
        rows = shown.select(pl.col("row").unique().sort())
        columns = [rows["row"]]
        parts = shown.partition_by("letters", as_dict=True)
        for letters, column in self._columns.items():
            part = parts.get((letters,))
            if part is None:
                columns.append(pl.Series(column.name, [None] * rows.height, dtype=pl.String))
                continue
            texts = part["text"]
            if not part["row"].equals(rows["row"]):
                part = part.unique("row", keep="first", maintain_order=True)
                texts = rows.join(part, on="row", how="left", maintain_order="left")["text"]
            columns.append(texts.alias(column.name))
            self._note(part.filter(pl.col("kind") != ""), column)
        return pl.DataFrame(columns)

    def _note(self, cells: pl.DataFrame, column: Column) -> None:
        journal = self._request.journal
        kinds = cells["kind"]
        journal.note("formula-result", int((kinds == "formula").sum()))
        if column.datatype == "date":
            journal.note("excel-date", int((kinds == "date").sum()))
        found = {"empty-formula": "formula-empty"}
        if column.datatype == "string":
            found["error"] = "excel-error"
        for row, _, text, kind in cells.filter(kinds.is_in(list(found))).rows():
            journal.row(RowFinding(found[kind], row, column=column.name, value=text or ""))

    def _top(self, book: Workbook, sheet: Sheet) -> list[list[str]]:
        """Return the texts of the first rows, blank ones too."""
        most = ROWS_SEARCHED + _BELOW
        found: list[pl.DataFrame] = []
        for cells, _ in raw_cells(book, sheet, self._request.limits.block_bytes):
            found.append(cells.filter(pl.col("row") <= most))
            if cells["row"][-1] > most:
                break
        if not found:
            return []
        texts: list[dict[str, str]] = [{} for _ in range(most)]
        for row, letters, text, _ in self._forms.shown(pl.concat(found)).rows():
            texts[row - 1][letters] = text or ""
        last = max((column_number(letters) for row in texts for letters in row), default=0)
        names = [column_letters(place + 1) for place in range(last)]
        return [_cut([row.get(name, "") for name in names]) for row in texts]


def _cut(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _chosen(book: Workbook, name: str | None, file: str) -> list[Sheet]:
    if name is None:
        return book.sheets
    found = [sheet for sheet in book.sheets if sheet.name == name]
    if not found:
        names = ", ".join(sheet.name for sheet in book.sheets[:10])
        raise InputError(
            f"{file} ไม่มีแผ่นงานชื่อ {name!r} มี: {names}",
            f"{file} has no sheet {name!r}; it has: {names}",
        )
    return found
