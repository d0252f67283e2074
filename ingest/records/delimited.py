"""CSV and its kin: the header and delimiter found, then rows block by block."""

import csv
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import polars as pl

from graph.errors import InputError
from ingest.records import careful
from ingest.records.ahead import ahead
from ingest.records.blocks import Blocks, not_utf8, unclosed
from ingest.records.decoding import Utf8File, opened
from ingest.records.headers import ROWS_SEARCHED, header_row, known, match
from ingest.records.limits import Limits
from ingest.records.source import Request
from ingest.records.tables import Table
from ontology.tax import Dataset

SEPARATORS: Final = (",", "\t", ";", "|")
_HEAD: Final = 2**16
_BELOW: Final = 3
"""Rows below the header that are looked at with it."""
_LINES_OF_HEADER: Final = 20
_HINT: Final = re.compile(r"(?:\ufeff)?sep=([,;\t|])\r?\n", re.I)


@dataclass(frozen=True)
class _Top:
    """The first rows of a text, divided.

    :param ends: bytes of the text, as UTF-8, up to the end of each row.
    """

    separator: str
    rows: list[list[str]]
    ends: list[int]


class Delimited:
    """A table of delimited text.

    :param separator: the delimiter, where it is known.
    :raises InputError: empty, no text, or without a known header.
    """

    drop_blank = True

    def __init__(self, request: Request, separator: str | None = None) -> None:
        self._request = request
        path, dataset, limits = request.path, request.dataset, request.limits
        with opened(path) as source:
            head = _head(source, limits)
            self._encoding = source.encoding
        self._cr_lines = "\r" in head and "\n" not in head
        if self._cr_lines:
            head = head.replace("\r", "\n")
            request.journal.note("cr-lines")
        top, at = _top(head, dataset, separator)
        if at >= len(top.rows):
            raise InputError(
                f"ไฟล์ {path.name} ว่างเปล่า ต้องมีแถวหัวคอลัมน์",
                f"{path.name} is empty; it needs a row of headers",
            )
        cells = top.rows[at]
        if len(cells) > limits.max_columns:
            most = limits.max_columns
            raise InputError(
                f"{path.name} มี {len(cells):,} คอลัมน์ เกิน {most:,} ตรวจตัวคั่นคอลัมน์",
                f"{path.name} has {len(cells):,} columns, more than {most:,}; check its delimiter",
            )
        if any(cell.count("\n") > _LINES_OF_HEADER for cell in cells):
            raise unclosed(at + 1)
        self.headers = match(cells, dataset, path.name, top.rows[at + 1 : at + 1 + _BELOW])
        if at:
            request.journal.note("header-below", at)
        self.header_row = at + 1
        self._skipped = top.ends[at]
        self._table = Table(top.separator, len(cells), self.headers.places)

    @property
    def encoding(self) -> str:
        """What the text is written in; ASCII counts as UTF-8."""
        return self._encoding or "utf-8"

    @property
    def separator(self) -> str:
        """The delimiter."""
        return self._table.separator

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts; the next one is read while one is used."""
        return ahead(self._frames())

    def _frames(self) -> Generator[pl.DataFrame]:
        limits, journal = self._request.limits, self._request.journal
        with opened(self._request.path, self._encoding) as source:
            skipped = b""
            while len(skipped) < self._skipped and (more := source.read(_HEAD)):
                skipped += more
            rest = skipped[self._skipped :]
            if self._cr_lines:
                rest = rest.replace(b"\r", b"\n")
            blocks = Blocks(
                source, rest, self.header_row + 1, self.separator, limits, cr_lines=self._cr_lines
            )
            for block in blocks:
                journal.bytes_read = source.position
                self._encoding = source.encoding
                frame = self._table.parse(block, journal) if block.sound else None
                if frame is not None:
                    yield frame
                    continue
                for part in careful.read(block, self._table, journal):
                    if len(part.rest) > limits.max_line_bytes:
                        raise unclosed(part.after)
                    yield part.frame
                    blocks.row = part.after
                    blocks.push_back(part.rest)
            journal.bytes_read = source.position


def _head(source: Utf8File, limits: Limits) -> str:
    """Return the text of the first rows, whole lines only.

    :raises InputError: it is no text, or its first line has no end.
    """
    head = b""
    while len(head) <= limits.max_line_bytes + _HEAD and (more := source.read(_HEAD)):
        head += more
    if b"\0" in head:
        raise InputError(
            "ไฟล์นี้ไม่ใช่ข้อความ (มีไบต์ศูนย์) บันทึกใหม่เป็น CSV UTF-8 หรือ XLSX",
            "the file is no text (it has NUL bytes); save it as CSV UTF-8 or XLSX",
        )
    if source.read(1):
        cut = max(head.rfind(b"\n"), head.rfind(b"\r"))
        if cut < 0:
            most = limits.max_line_bytes
            raise InputError(
                f"บรรทัดแรกยาวเกิน {most:,} ไบต์ ไฟล์ต้องมีแถวหัวและหนึ่งระเบียนต่อบรรทัด",
                f"the first line is longer than {most:,} bytes; a file needs a header and one "
                "record a line",
            )
        head = head[: cut + 1]
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        # Rows above are enough to find the header; the reading comes to the fault and names it.
        whole = head[: head.rfind(b"\n", 0, error.start) + 1]
        if not whole:
            raise not_utf8(1) from error
        return whole.decode()


def _top(head: str, dataset: Dataset, separator: str | None) -> tuple[_Top, int]:
    """Return the first rows, divided by the delimiter that fits best, and the header's place."""
    start = 0
    # A line for Excel alone, which does not show it as a row.
    if hint := _HINT.match(head):
        separator, start = hint[1], hint.end()
    tops = [_divided(head, start, each) for each in ([separator] if separator else SEPARATORS)]
    places = [header_row(top.rows, dataset) for top in tops]

    def fitness(number: int) -> tuple[int, int]:
        cells = tops[number].rows[places[number] : places[number] + 1]
        return (known(cells[0], dataset), len(cells[0])) if cells else (0, 0)

    best = max(range(len(tops)), key=fitness)
    return tops[best], places[best]


def _divided(head: str, start: int, separator: str) -> _Top:
    lines = [line + "\n" for line in head[start:].split("\n")]
    reader = csv.reader(lines, delimiter=separator)
    top = _Top(separator, [], [])
    size, counted = len(head[:start].encode()), 0
    try:
        for row in islice(reader, ROWS_SEARCHED + _BELOW):
            size += sum(len(line.encode()) for line in lines[counted : reader.line_num])
            counted = reader.line_num
            top.rows.append(row)
            top.ends.append(size)
    except csv.Error:
        pass
    if not "".join(cell for row in top.rows for cell in row).strip():
        return _Top(separator, [], [])
    return top
