"""Findings marked in a copy of a workbook: coloured cells, comments, a sheet that sums up."""

import warnings
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from graph.errors import InputError
from ingest.records.marks import HEADING, Columns, Marked, header_of, message_of
from shapes.report import SEVERITIES, Finding, RecordReport
from shapes.reports.filling import shorten
from shapes.reports.wording import SEVERITY_TH, harmless, many, verdict, visible

_FILLS: Final = {
    "violation": PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE"),
    "warning": PatternFill("solid", start_color="FFFFEB9C", end_color="FFFFEB9C"),
    "info": PatternFill("solid", start_color="FFDDEBF7", end_color="FFDDEBF7"),
}
_SEARCHED: Final = 10
_LONGEST: Final = 2_000
_WIDTHS: Final = {"A": 16, "B": 11, "C": 10, "D": 60, "E": 22}
_LOST: Final = ("xl/charts/", "xl/drawings/drawing", "xl/media/", "xl/pivotTables/")


def mark_workbook(
    source: Path,
    report: RecordReport,
    scratch: Path,
    columns: Columns,
    *,
    file: int,
    header_row: int,
    sheet: str,
    most_comments: int,
) -> Marked:
    """Write a copy of a workbook with the findings of one of the report's files.

    :raises InputError: it is no workbook, or has no sheet with the headers.
    """
    book, lossy = _opened(source)
    page, header_row = _page(book, columns, header_row, sheet, source)
    places = _places(page, columns, header_row)
    last, rows, unplaced, comments, uncommented = page.max_row, set(), 0, 0, 0

    def at(finding: Finding) -> tuple[int, int]:
        return finding.row, places.get(finding.column, 0) if finding.column else 1

    for (row, place), group in groupby(sorted(report.of_file(file), key=at), key=at):
        findings = list(group)
        cell = page.cell(row, place) if place and header_row <= row <= last else None
        if cell is None or isinstance(cell, MergedCell):
            unplaced += len(findings)
            continue
        rows.add(row)
        cell.fill = _FILLS[min((f.severity for f in findings), key=SEVERITIES.index)]
        if comments < most_comments:
            cell.comment = _comment(findings, columns, cell.comment)
            comments += 1
        else:
            uncommented += 1
    marked = Marked(len(rows), unplaced, uncommented)
    _sum_up(book, report, marked, most_comments, lossy)
    book.save(scratch)
    return marked


def _opened(source: Path) -> tuple[Any, bool]:
    """Return the workbook, and whether its copy will lack something that it has."""
    try:
        with ZipFile(source) as packed:
            names = packed.namelist()
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            book = load_workbook(source, keep_vba=source.suffix.lower() == ".xlsm", rich_text=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        raise InputError(
            f"เปิด {source.name} เป็นสมุดงาน Excel ไม่ได้ เปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx",
            f"{source.name} cannot be opened as a workbook; save it anew as .xlsx",
        ) from error
    return book, bool(said) or any(name.startswith(_LOST) for name in names)


def _page(
    book: Any, columns: Columns, header_row: int, sheet: str, source: Path
) -> tuple[Any, int]:
    """Return the sheet that was checked and the row of its header."""
    names = {_key(header) for header in columns.values() if isinstance(header, str)}
    for page in book.worksheets:
        if sheet not in ("", page.title):
            continue
        top = page.iter_rows(max_row=header_row or _SEARCHED, values_only=True)
        known = [len(names & set(map(_key, cells))) for cells in top] or [0]
        if not names or sheet or known[header_row - 1 if header_row else known.index(max(known))]:
            return page, header_row or known.index(max(known)) + 1
    raise InputError(
        f"{source.name} ไม่มีแผ่นงานที่ตรวจ ไฟล์อาจถูกแก้หลังตรวจ ตรวจใหม่อีกครั้ง",
        f"{source.name} lacks the sheet that was checked; it may have changed, so check it again",
    )


def _places(page: Any, columns: Columns, header_row: int) -> dict[str, int]:
    """Return the numbers of the columns, from 1, by their names and by their headers."""
    headers: dict[str, int] = {}
    for cell in page[header_row]:
        headers.setdefault(_key(cell.value), cell.column)
    return headers | {
        column: header if isinstance(header, int) else headers[_key(header)]
        for column, header in columns.items()
        if isinstance(header, int) or _key(header) in headers
    }


def _key(value: object) -> str:
    return "" if value is None else str(value).strip()


def _comment(findings: list[Finding], columns: Columns, earlier: Comment | None) -> Comment:
    texts = [earlier.text] if earlier is not None else []
    texts += [message_of(f, header_of(f.column, columns)) for f in findings]
    text = shorten("\n\n".join(texts), _LONGEST)
    comment = Comment(text, earlier.author if earlier is not None else "mattra")
    comment.width = 360
    comment.height = min(400, 40 + 20 * sum(1 + len(line) // 45 for line in text.split("\n")))
    return comment


def _sum_up(
    book: Any, report: RecordReport, marked: Marked, most_comments: int, lossy: bool
) -> None:
    page = book.create_sheet(HEADING)
    lines: list[list[str | int]] = [*_words(report, marked, most_comments, lossy), []]
    table: list[list[str | int]] = [["ข้อ", "ระดับ", "จำนวน", "เรื่อง", "ที่มา"], *_table(report)]
    for line in [*lines, *table]:
        page.append([harmless(visible(c)) if isinstance(c, str) else c for c in line])
    page.cell(1, 1).font = Font(bold=True, size=14)
    for cell in page[len(lines) + 1]:
        cell.font = Font(bold=True)
    for letter, width in _WIDTHS.items():
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=len(lines) + 1, min_col=4, max_col=4):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")


def _words(
    report: RecordReport, marked: Marked, most_comments: int, lossy: bool
) -> Iterator[list[str | int]]:
    thai, english = verdict(report)
    yield [f"ผลตรวจ: {thai} ({english})"]
    counts = report.counts.items()
    yield [" · ".join(f"{SEVERITY_TH[name]} {many(count, report)} จุด" for name, count in counts)]
    yield ["ช่องสีแดงต้องแก้ สีเหลืองควรตรวจ สีฟ้าเพื่อทราบ ชี้ที่ช่องเพื่ออ่านคำอธิบาย"]
    if marked.uncommented:
        yield [
            f"ใส่คำอธิบายเพียง {most_comments:,} ช่องแรก อีก {marked.uncommented:,} ช่องมีแต่สี "
            "ดูทั้งหมดในรายงานแบบ CSV หรือ HTML"
        ]
    if marked.unplaced:
        yield [f"{marked.unplaced:,} จุดไม่มีช่องในแผ่นงาน เช่น คอลัมน์ที่ขาด ดูในรายงานแบบ CSV หรือ HTML"]
    if lossy:
        yield ["รูป กราฟ หรือการตั้งค่าบางอย่างของไฟล์เดิมอาจไม่อยู่ในสำเนานี้ ให้แก้ที่ไฟล์เดิม"]
    for note, _ in report.notes:
        yield [f"หมายเหตุ: {note}"]


def _table(report: RecordReport) -> Iterator[list[str | int]]:
    for rule_id, count in report.by_rule().items():
        rule = report.rules[rule_id]
        yield [rule_id, SEVERITY_TH[rule.severity], count, rule.title_th, rule.source]
