"""The checked file itself with its findings marked: a further column, or comments in a workbook."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from graph.errors import InputError
from ingest.records.annotate_text import mark_text
from ingest.records.marks import Columns, Marked
from shapes.report import RecordReport

MOST_COMMENTS: Final = 5_000
_OTHER: Final = re.compile(rb"(\xef\xbb\xbf)?\s*([{\[<@]|PREFIX|PAR1)")


def annotate(
    source: Path,
    report: RecordReport,
    target: Path,
    columns: Columns,
    *,
    file: int = 0,
    header_row: int = 0,
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    most_comments: int = MOST_COMMENTS,
) -> Marked:
    """Write a copy of a CSV file or workbook with the findings of a report marked in it.

    Text gets one more column, everything else in it stays as it is, byte by byte. A workbook gets
    coloured cells with comments and a sheet that sums up. The copy appears whole or not at all.

    :param file: place of the source in the report's list of files.
    :param header_row: row of the header, from 1; by default that with the most of its headers.
    :param sheet: name of the sheet; by default the first that has the headers.
    :param encoding: of the text, and its ``delimiter``; found out by default.
    :raises InputError: the source is of another kind or has changed since it was checked, or the
        copy cannot be written or would replace the source.
    """
    with _copied(source, target) as scratch:
        start = _start(source)
        if start.startswith(b"PK"):
            # openpyxl is slow to load and few need it.
            from ingest.records.annotate_workbook import mark_workbook

            return mark_workbook(
                source, report, scratch, columns,
                file=file, header_row=header_row, sheet=sheet, most_comments=most_comments,
            )  # fmt: skip
        if _OTHER.match(start):
            raise _unsuited(source)
        return mark_text(
            source, report, scratch, columns,
            file=file, header_row=header_row, encoding=encoding, delimiter=delimiter,
        )  # fmt: skip


def _start(source: Path) -> bytes:
    try:
        with source.open("rb") as raw:
            return raw.read(64)
    except OSError as error:
        raise InputError(
            f"อ่าน {source} ไม่ได้ ตรวจชื่อไฟล์และสิทธิ์การอ่าน", f"cannot read {source}: {error.strerror}"
        ) from error


@contextmanager
def _copied(source: Path, target: Path) -> Iterator[Path]:
    """Give a file to write that becomes the target only when all went well."""
    same = target.exists() and source.exists() and source.samefile(target)
    if same or source.resolve() == target.resolve():
        raise InputError(
            "ไฟล์ผลตรวจต้องไม่ทับไฟล์ต้นฉบับ ใช้ชื่ออื่นกับ --out",
            "the marked copy must not replace the file itself; give --out another name",
        )
    scratch = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield scratch
        scratch.replace(target)
    except OSError as error:
        raise InputError(
            f"เขียน {target} ไม่ได้ ตรวจพื้นที่ว่างและสิทธิ์ หรือปิดไฟล์ที่เปิดค้างอยู่",
            f"cannot write {target}: {error.strerror}; free space, or close it where it is open",
        ) from error
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def _unsuited(source: Path) -> InputError:
    return InputError(
        f"ทำเครื่องหมายได้เฉพาะในไฟล์ CSV และ XLSX ไม่ใช่ {source.name} ใช้ --format html หรือ csv แทน",
        f"only CSV and XLSX can be marked, not {source.name}; use --format html or csv",
    )
