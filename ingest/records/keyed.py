"""Records that name their columns one by one, as JSON and XML do, turned into columns."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import Final, NamedTuple

import polars as pl

from graph.errors import InputError
from ingest.records.headers import Headers, column_of, match
from ingest.records.journal import RowFinding
from ingest.records.source import Request
from ontology.tax import Column

_BATCH: Final = 20_000
_TEXTS: Final = {str, type(None)}


class Entry(NamedTuple):
    """One record: its number from 1, its values by name, and the names that it has twice."""

    number: int
    values: dict[str, object]
    repeated: tuple[str, ...] = ()


class Keyed(ABC):
    """A file of records with names.

    :raises InputError: no record, or none that has a known column.
    """

    drop_blank = False
    encoding: str | None = "utf-8"

    def __init__(self, request: Request) -> None:
        self._request = request
        self._columns: dict[str, Column] = {}
        self._names: dict[str, None] = {}
        with closing(self._entries()) as entries:
            seen = 0
            for entry in islice(entries, _BATCH):
                self._names.update(dict.fromkeys(entry.values))
                self._refuse_many()
                seen += 1
        name = request.path.name
        if not seen:
            broken = request.journal.row_findings[:1]
            raise InputError(
                f"{name} ไม่มีระเบียนข้อมูลเลย" + "".join(f" {finding.th}" for finding in broken),
                f"{name} holds no records" + "".join(f": {finding.en}" for finding in broken),
            )
        self.headers = self._matched()

    @abstractmethod
    def _entries(self) -> Generator[Entry]:
        """Yield the records in order, from the start of the file."""

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts."""
        with closing(self._entries()) as entries:
            while batch := list(islice(entries, _BATCH)):
                yield self._frame(batch)

    def _matched(self) -> Headers:
        headers = match(list(self._names), self._request.dataset, self._request.path.name)
        cells = headers.cells
        # Two spellings of one name are no duplicate here: a record has one or the other.
        found = tuple(f for f in headers.findings if f.kind != "duplicate")
        self._columns = {
            cell: column
            for cell in cells
            if (column := column_of(cell, self._request.dataset)) is not None
        }
        return Headers(cells, headers.places, found, headers.better)

    def _refuse_many(self) -> None:
        most = self._request.limits.max_columns
        if len(self._names) > most:
            raise InputError(
                f"{self._request.path.name} มีชื่อคอลัมน์เกิน {most:,} ชื่อ",
                f"{self._request.path.name} has more than {most:,} names of columns",
            )

    def _frame(self, batch: list[Entry]) -> pl.DataFrame:
        names = set().union(*(entry.values for entry in batch))
        if not names <= self._names.keys():
            for entry in batch:
                self._names.update(dict.fromkeys(entry.values))
            self._refuse_many()
            self.headers = self._matched()
        for entry in batch:
            for name in entry.repeated:
                if column := self._columns.get(name):
                    finding = RowFinding("duplicate-key", entry.number, column=column.name)
                    self._request.journal.row(finding)
        numbers = pl.Series("row", [entry.number for entry in batch], dtype=pl.UInt32)
        series: dict[str, pl.Series] = {}
        for name, column in self._columns.items():
            if name in names:
                texts = self._texts(batch, name, column)
                known = series.get(column.name)
                series[column.name] = texts if known is None else known.fill_null(texts)
        return pl.DataFrame([numbers, *series.values()])

    def _texts(self, batch: list[Entry], name: str, column: Column) -> pl.Series:
        values = [entry.values.get(name) for entry in batch]
        if not set(map(type, values)) <= _TEXTS:
            values = [
                _text(value, entry.number, column)
                for value, entry in zip(values, batch, strict=True)
            ]
        return pl.Series(column.name, values, dtype=pl.String)


def _text(value: object, number: int, column: Column) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    raise InputError(
        f"ระเบียนที่ {number} คอลัมน์ {column.name} มีค่าซ้อนเป็นชั้น ต้องเป็นค่าเดียว",
        f"record {number}, {column.name}: the value is nested; give one plain value",
    )
