"""Findings marked in a copy of a CSV file: one more column, all else as it is, byte by byte."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Final, TextIO

from graph.errors import InputError
from ingest.records.marks import HEADING, Columns, Marked, header_of, message_of
from shapes.report import Finding, RecordReport
from shapes.reports.filling import shorten
from shapes.reports.wording import harmless

_SNIFFED: Final = 2**16
_BOMS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DELIMITERS: Final = ",;\t|"
_QUOTED: Final = re.compile('"[^"]*(?:"|$)')
_HINT: Final = re.compile(r"\ufeff?sep=([,;\t|])\r?\n", re.IGNORECASE)
_SEARCHED: Final = 10
_LONGEST: Final = 30_000
# What Thai text of Windows lacks, as near as it has it.
_PLAINER: Final = str.maketrans({"→": ">", "«": '"', "»": '"', "·": "-", "×": "x", "−": "-"})


def mark_text(
    source: Path,
    report: RecordReport,
    scratch: Path,
    columns: Columns,
    *,
    file: int,
    header_row: int,
    encoding: str,
    delimiter: str,
) -> Marked:
    """Write a copy of a text file with the findings of one of the report's files.

    :raises InputError: the report names rows that the file does not have.
    """
    encoding = _exact(encoding)
    # A reader that has seen only the first lines, all ASCII, says UTF-8 of a file in cp874, too.
    if encoding in ("", "utf-8"):
        encoding = _encoding(source)
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    with source.open("rb") as raw:
        sample = raw.read(_SNIFFED).decode(encoding, errors="ignore")
    outside = _QUOTED.sub("", sample)
    newline = "\r" if "\r" in outside and "\n" not in outside else "\n"
    waiting = _by_row(report, file)
    row, findings = next(waiting, _NO_MORE)
    width = rows = unplaced = number = 0
    with (
        source.open(encoding=encoding, errors=errors, newline=newline) as lines,
        scratch.open("w", encoding=encoding, errors=errors, newline="") as out,
    ):
        hint = lines.readline()
        if told := _HINT.match(hint):
            delimiter = told[1]
            out.write(hint)
        delimiter, header_row = _top(lines, columns, delimiter, header_row)
        for number, (record, cells) in enumerate(_records(lines, delimiter), 1):
            mark = ""
            if number == header_row:
                width, mark = cells, _heading(record)
            while findings and row <= number:
                if row == number > header_row:
                    texts = (message_of(f, header_of(f.column, columns)) for f in findings)
                    mark, rows = _fitting(" | ".join(texts), encoding), rows + 1
                else:
                    unplaced += len(findings)
                row, findings = next(waiting, _NO_MORE)
            empty = not mark and not record.strip(delimiter + "\r\n\t ")
            if number < header_row or empty:
                out.write(record)
                continue
            body = record.removesuffix("\n").removesuffix("\r")
            quoted = '"' + harmless(mark).replace('"', '""') + '"' if mark else ""
            gap = delimiter * (max(0, width - cells) + 1)
            out.write(f"{body}{gap}{quoted}{record[len(body) :]}")
    if findings:
        raise _changed(source, row, number)
    return Marked(rows, unplaced)


_NO_MORE: Final[tuple[int, list[Finding]]] = (0, [])


def _by_row(report: RecordReport, file: int) -> Iterator[tuple[int, list[Finding]]]:
    for row, findings in groupby(report.of_file(file), key=lambda finding: finding.row):
        yield row, list(findings)


def _records(lines: TextIO, delimiter: str) -> Iterator[tuple[str, int]]:
    """Give each record with the count of its cells; quoted cells may span lines."""
    parts: list[str] = []
    cells, quoted = 1, False
    for line in lines:
        if not quoted and '"' not in line:
            yield line, line.count(delimiter) + 1
            continue
        quoted, more = _scan(line, delimiter, quoted)
        parts.append(line)
        cells += more
        if not quoted:
            yield "".join(parts), cells
            parts, cells = [], 1
    if parts:
        yield "".join(parts), cells


def _scan(line: str, delimiter: str, quoted: bool) -> tuple[bool, int]:
    """Return whether a quote is open at the line's end, and how many delimiters count in it.

    A quote opens only at the start of a cell, as spreadsheets read it.

    >>> _scan('a,"b,c",5" pipe,d', ",", False)
    (False, 3)
    """
    place, delimiters = 0, 0
    if not quoted and line.startswith(('"', '\ufeff"')):
        place, quoted = line.index('"') + 1, True
    while True:
        if quoted:
            end = line.find('"', place)
            if end < 0:
                return True, delimiters
            quoted = line.startswith('"', end + 1)
            place = end + 2 if quoted else end + 1
        else:
            start = line.find(delimiter + '"', place)
            if start < 0:
                return False, delimiters + line.count(delimiter, place)
            delimiters += line.count(delimiter, place, start) + 1
            place, quoted = start + len(delimiter) + 1, True


def _heading(header: str) -> str:
    """Return the heading of our column, with a number if the file was marked before."""
    times = header.count(HEADING)
    return HEADING if not times else f"{HEADING} {times + 1}"


def _fitting(text: str, encoding: str) -> str:
    """Return text that a cell holds, without characters that the encoding lacks."""
    text = shorten(text, _LONGEST)
    if encoding.startswith("utf"):
        return text
    return text.translate(_PLAINER).encode(encoding, errors="replace").decode(encoding)


def _encoding(source: Path) -> str:
    with source.open("rb") as raw:
        start = raw.read(2)
    if start in _BOMS:
        return _BOMS[start]
    try:
        with source.open(encoding="utf-8", newline="") as text:
            while text.read(_SNIFFED):
                pass
    except UnicodeDecodeError:
        return "cp874"
    return "utf-8"


def _exact(encoding: str) -> str:
    """Return the encoding that keeps a byte-order mark as a character."""
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding.lower(), encoding.lower())


def _top(lines: TextIO, columns: Columns, delimiter: str, header_row: int) -> tuple[str, int]:
    """Return the delimiter and the row of the header; the lines then begin with row 1."""
    names = {header.strip() for header in columns.values() if isinstance(header, str)}
    best = (0, 0, 0), delimiter or _DELIMITERS[0], header_row or 1
    for each in delimiter or _DELIMITERS:
        _rewind(lines)
        for row, (record, _) in enumerate(
            islice(_records(lines, each), header_row or _SEARCHED), 1
        ):
            if header_row in (0, row):
                cells = _cells(record, each)
                fit = (len(names & cells), len(cells) if row == (header_row or 1) else 0, -row)
                best = max(best, (fit, each, row), key=lambda found: found[0])
    _rewind(lines)
    return best[1:]


def _cells(record: str, delimiter: str) -> set[str]:
    try:
        cells = next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return set()
    return {cell.strip(" \ufeff\r\n\t") for cell in cells}


def _rewind(lines: TextIO) -> None:
    """Go to row 1, below the line that tells Excel alone the delimiter."""
    lines.seek(0)
    if not _HINT.match(lines.readline()):
        lines.seek(0)


def _changed(source: Path, row: int, rows: int) -> InputError:
    return InputError(
        f"{source.name} มีเพียง {rows:,} แถว แต่ผลตรวจกล่าวถึงแถว {row:,} "
        "ไฟล์อาจถูกแก้หลังตรวจ ตรวจใหม่อีกครั้ง",
        f"{source.name} has only {rows:,} rows but the report names row {row:,}; the file may have "
        "changed since it was checked, so check it again",
    )
