"""Cells of one file as values: texts normalised as in the RDF, and typed.

Most cells are as they should be, so a frame is first read as if all were; only the cells that this
fails for are read with care.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import polars as pl

from graph.errors import InputError
from ingest.records.amounts import LONGEST, read_numbers
from ingest.records.blanks import BLANKS, strip
from ingest.records.codes import CodeList, code_list
from ingest.records.days import BUDDHIST, OLDEST, Day, read_day
from ingest.records.journal import Journal
from ontology.tax import Column

BOOLEANS: Final = {
    "true": True, "1": True, "yes": True, "y": True, "ใช่": True,
    "false": False, "0": False, "no": False, "n": False, "ไม่ใช่": False,
}  # fmt: skip
_FOREIGN: Final = "[eEnN]"
"""What a text that casts to a number has if it has an exponent, or is inf or nan."""
_PLAIN_DATE: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_REMEMBERED: Final = 100_000
_NUMBERS: Final = {"decimal": pl.Float64, "integer": pl.Int64}
_Read = tuple[str | None, Any, Sequence[str]]
"""The normalised text, the value, and the kinds of notes."""


class Values:
    """Reads the cells of a file.

    :param columns: the columns that the file has.
    :param most: characters that a cell may have.
    :param drop_blank: whether a row without any value is no record, as in a table.
    """

    def __init__(
        self, columns: Iterable[Column], journal: Journal, most: int, *, drop_blank: bool = True
    ) -> None:
        self._columns = list(columns)
        self._percent = {c.name for c in self._columns if c.unit == "percent"}
        self._journal = journal
        self._most = most
        self._drop_blank = drop_blank
        self._days: dict[str, Day] = {}

    def read(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Return a typed frame for one of texts with the numbers of their rows."""
        columns = [column for column in self._columns if column.name in raw.columns]
        numbers = [c for c in columns if c.datatype in _NUMBERS]
        checks = raw.select(check for column in columns for check in _checks(column)).row(
            0, named=True
        )
        self._refuse_long(raw, columns, checks)
        cast = raw.select(pl.col(c.name).cast(_NUMBERS[c.datatype], strict=False) for c in numbers)
        empty = [c.name for c in columns if checks[c.name + "?"]]
        if empty:
            raw = raw.with_columns(pl.when(pl.col(name) != "").then(name) for name in empty)
        given = {c.name: raw[c.name] for c in columns}
        texts = dict(given)
        typed = {c.name: cast[c.name] for c in numbers}
        for kind in _NUMBERS:
            self._numbers([c.name for c in columns if c.datatype == kind], texts, typed, checks)
        for column in columns:
            name = column.name
            if column.datatype == "string" and checks[name + "!"]:
                texts[name] = self._strings(texts[name])
            elif column.datatype == "code" and checks[name + "!"]:
                texts[name] = self._codes(texts[name], code_list(column.code_list))
            elif column.datatype == "boolean":
                texts[name], typed[name] = self._booleans(texts[name], checks[name + "!"])
            elif column.datatype == "date":
                texts[name], typed[name] = self._dates(texts[name])
        keys = [raw[name] for name in ("row", "focus") if name in raw.columns]
        return self._frame(keys, given, texts, typed)

    def _frame(
        self,
        keys: list[pl.Series],
        given: dict[str, pl.Series],
        texts: dict[str, pl.Series],
        typed: dict[str, pl.Series],
    ) -> pl.DataFrame:
        series = list(keys)
        for name, text in texts.items():
            series.append(text.alias(name))
            if name in typed:
                series.append(typed[name].alias(name + "#"))
            if text is not given[name]:
                series.append(given[name].alias(name + "@"))
        frame = pl.DataFrame(series)
        if self._drop_blank and all(text.null_count() for text in texts.values()):
            blank = pl.all_horizontal(pl.col(list(texts)).is_null())
            kept = frame.filter(~blank)
            self._journal.note("blank-row", frame.height - kept.height)
            return kept
        return frame

    def _refuse_long(
        self, raw: pl.DataFrame, columns: list[Column], checks: dict[str, Any]
    ) -> None:
        for column in columns:
            if (checks[column.name + "~"] or 0) <= self._most:
                continue
            long = raw.filter(pl.col(column.name).str.len_chars() > self._most)
            if long.height:
                row, most = long["row"][0], f"{self._most:,}"
                raise InputError(
                    f'แถว {row} คอลัมน์ {column.name} ยาวเกิน {most} ตัวอักษร ตรวจว่าเครื่องหมาย " ปิดครบ',
                    f"row {row}, {column.name}: more than {most} characters; check that every "
                    'quote " is closed',
                )

    def _numbers(
        self,
        names: list[str],
        texts: dict[str, pl.Series],
        typed: dict[str, pl.Series],
        checks: dict[str, Any],
    ) -> None:
        """Read again the numbers that are not as XML Schema writes them."""
        places: dict[str, pl.Series] = {}
        for name in names:
            text, value = texts[name], typed[name]
            if value.dtype == pl.Float64 and (checks[name + "!"] or checks[name + "~"] > LONGEST):
                doubtful = text.str.contains(_FOREIGN) | (text.str.len_bytes() > LONGEST)
                value = value.set(doubtful.fill_null(False), None)
                typed[name] = value
            if value.null_count() > text.null_count():
                places[name] = (value.is_null() & text.is_not_null()).arg_true()
        if not places:
            return
        cells = pl.concat([texts[name].gather(at) for name, at in places.items()])
        percent = [pl.repeat(n in self._percent, len(at), eager=True) for n, at in places.items()]
        read = read_numbers(
            cells, pl.concat(percent).alias("percent"), integer=typed[names[0]].dtype == pl.Int64
        )
        for kind, count in read.notes.items():
            self._journal.note(kind, count)
        start = 0
        for name, at in places.items():
            text, value = read.text[start : start + len(at)], read.value[start : start + len(at)]
            start += len(at)
            typed[name] = typed[name].clone().scatter(at, value)
            if not text.equals(texts[name].gather(at)):
                texts[name] = texts[name].clone().scatter(at, text)

    def _strings(self, text: pl.Series) -> pl.Series:
        bare = text.str.strip_chars(BLANKS)
        bare = bare.set((bare == "").fill_null(False), None)
        self._journal.note("trimmed", int((bare.is_not_null() & (bare != text)).sum()))
        return bare

    def _codes(self, text: pl.Series, codes: CodeList) -> pl.Series:
        def read(cell: str) -> _Read:
            bare = strip(cell)
            code = codes.code(bare)
            notes = (["trimmed"] if bare != cell else []) + (
                ["code-label"] if code not in (None, bare) else []
            )
            return code or bare or None, None, notes

        return self._by_text(text, read, pl.Null)[0]

    def _booleans(self, text: pl.Series, odd: bool) -> tuple[pl.Series, pl.Series]:
        def read(cell: str) -> _Read:
            bare = strip(cell)
            value = BOOLEANS.get(bare.casefold())
            if value is None:
                return bare or None, None, ()
            word = "true" if value else "false"
            return word, value, () if word == cell else ("boolean-word",)

        return self._by_text(text, read, pl.Boolean) if odd else (text, text == "true")

    def _dates(self, text: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Read as they stand the dates that XML Schema would, and the others with care."""
        value = text.str.to_date("%Y-%m-%d", strict=False)
        plain = text.str.contains(_PLAIN_DATE) & value.dt.year().is_between(OLDEST, BUDDHIST - 1)
        odd = (~plain.fill_null(False) & text.is_not_null()).arg_true()
        if not len(odd):
            return text, value
        cells = text.gather(odd)
        bare, read = self._by_text(cells, self._day, pl.Date)
        if bare is not cells:
            text = text.clone().scatter(odd, bare)
        return text, value.clone().scatter(odd, read)

    def _day(self, cell: str) -> _Read:
        day = self._days.get(cell)
        if day is None:
            if len(self._days) >= _REMEMBERED:
                self._days.clear()
            # Another thread may do the same for the same cell: both come to the same.
            day = read_day(cell)
            if day:
                self._days[cell] = day
        return (strip(cell) or None, None, ()) if day is None else (
            day.value.isoformat(), day.value, day.notes
        )  # fmt: skip

    def _by_text(
        self, text: pl.Series, read: Callable[[str], _Read], dtype: type[pl.DataType]
    ) -> tuple[pl.Series, pl.Series]:
        """Read each different text once; return the texts and values of all cells."""
        name = text.name
        counts = text.drop_nulls().value_counts(name="count")
        cells, results = counts[name].to_list(), [read(cell) for cell in counts[name].to_list()]
        for (_, _, notes), count in zip(results, counts["count"].to_list(), strict=True):
            for kind in notes:
                self._journal.note(kind, count)
        table = pl.DataFrame(
            {
                name: cells,
                "text": [result[0] for result in results],
                "value": [result[1] for result in results],
            },
            schema={name: pl.String, "text": pl.String, "value": dtype},
        )
        joined = text.to_frame().join(table, on=name, how="left", maintain_order="left")
        same = all(result[0] == cell for cell, result in zip(cells, results, strict=True))
        return text if same else joined["text"], joined["value"]


def _checks(column: Column) -> list[pl.Expr]:
    """Return what tells whether a column can be taken as it is."""
    cell = pl.col(column.name)
    checks = [
        (cell == "").any().name.suffix("?"),
        cell.str.len_bytes().max().fill_null(0).name.suffix("~"),
    ]
    if column.datatype == "decimal":
        checks.append(cell.str.join("").str.contains(_FOREIGN).name.suffix("!"))
    elif column.datatype == "string":
        checks.append((cell.str.strip_chars(BLANKS) != cell).any().name.suffix("!"))
    elif column.datatype == "code":
        known = pl.Series(list(code_list(column.code_list).labels), dtype=pl.String)
        checks.append((~cell.is_in(known.implode())).any().name.suffix("!"))
    elif column.datatype == "boolean":
        checks.append((~cell.is_in(["true", "false"])).any().name.suffix("!"))
    return checks
