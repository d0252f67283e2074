"""Delimited text read character by character, where its quotes or line ends are not in order."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from graph.errors import InputError
from ingest.records.blocks import Block, not_utf8, unclosed
from ingest.records.journal import Journal, RowFinding
from ingest.records.tables import Table

_ROWS: Final = 20_000
"""Rows that are held as Python lists at a time."""


@dataclass(frozen=True)
class Record:
    """One record: its cells, and whether a quote or a carriage return stands where none should."""

    cells: list[str]
    stray: bool = False
    broken: bool = False


class Records:
    """The records of some lines.

    :ivar rest: the lines of a last record whose quote is still open.
    """

    def __init__(self, lines: list[str], row: int, separator: str) -> None:
        self._lines = lines
        self._row = row
        self._separator = separator
        self.rest: list[str] = []

    def __iter__(self) -> Iterator[Record]:
        """Yield whole records in order.

        :raises InputError: a quote is closed only rows below, within a cell of another row.
        """
        reader = csv.reader(iter(self._lines), delimiter=self._separator, strict=True)
        row = self._row
        while True:
            start = reader.line_num
            try:
                record = Record(next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                lines = self._lines[start : reader.line_num]
                if str(error) == "unexpected end of data":
                    self.rest = lines
                    return
                if len(lines) > 1:
                    raise unclosed(row) from error
                record = self._leniently(lines[0], row)
            row += 1
            yield record

    def _leniently(self, line: str, row: int) -> Record:
        bare = line.rstrip("\r\n")
        if "\r" in bare:
            return Record([], broken=True)
        reader = csv.reader([bare + "\n", ""], delimiter=self._separator)
        try:
            cells = next(reader)
        except csv.Error as error:
            raise InputError(
                f"แถว {row} มีเซลล์ที่ยาวเกินจะอ่าน แบ่งข้อความให้สั้นลง",
                f"row {row} has a cell too long to read; shorten it",
            ) from error
        if reader.line_num > 1:
            raise unclosed(row)
        return Record(cells, stray=True)


@dataclass(frozen=True)
class Part:
    """Some rows that were read.

    :param after: number of the row that follows.
    :param rest: bytes at the end that are no whole record yet.
    """

    frame: pl.DataFrame
    after: int
    rest: bytes = b""


def read(block: Block, table: Table, journal: Journal) -> Iterator[Part]:
    """Yield the rows of a block.

    :raises InputError: a quote is never closed, or the text is not UTF-8.
    """
    records = Records(_lines(block), block.row, table.separator)
    row, rows, cells = block.row, list[int](), list[list[str]]()
    for record in records:
        if record.broken:
            journal.row(RowFinding("line-break", row))
        else:
            if record.stray:
                journal.row(RowFinding("stray-quote", row))
            kept = table.fit(record.cells, row, journal)
            if kept is not None:
                rows.append(row)
                cells.append(kept)
        row += 1
        if len(rows) >= _ROWS:
            yield Part(table.frame(rows, cells), row)
            rows, cells = [], []
    if records.rest and block.last:
        raise unclosed(row)
    yield Part(table.frame(rows, cells), row, "".join(records.rest).encode())


def _lines(block: Block) -> list[str]:
    try:
        text = block.data.decode()
    except UnicodeDecodeError as error:
        row = block.row + block.data.count(b"\n", 0, error.start)
        raise not_utf8(row) from error
    lines = text.split("\n")
    ended = [line + "\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended
