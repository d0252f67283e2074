"""Workbooks that would do harm, or are none, are refused in one sentence."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from graph.errors import InputError
from tests.ingest.records.damage import read_or_refused
from tests.ingest.records.test_read_excel import NAMES, read, repacked, save, sheet_part

pytestmark = pytest.mark.slow


def refused(path: Path, *words: str, **limits: int) -> None:
    with pytest.raises(InputError) as caught:
        read(path, None, **limits)
    for word in words:
        assert word in caught.value.en, caught.value.en


@pytest.fixture
def book(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        sheet.write_row(1, 0, ["A-1", 2569])
    return tmp_path / "a.xlsx"


def test_bombs(book: Path) -> None:
    bomb = repacked(book, {"xl/media/a.xml": b"\0" * 300_000_000})
    refused(bomb, "unpacks")
    refused(book, "unpacks", max_unzipped_bytes=100)
    sheet = sheet_part(book).replace(
        "</sheetData>", "<row><c>" + "<v>1</v>" * 3_000_000 + "</c></row></sheetData>"
    )
    refused(repacked(book, {"xl/worksheets/sheet1.xml": sheet.encode()}), block_bytes=2**20)


def test_a_size_that_lies(book: Path) -> None:
    data = bytearray(
        repacked(
            book, {"xl/worksheets/sheet1.xml": sheet_part(book).encode() + b" " * 30_000_000}
        ).read_bytes()
    )
    for name in (b"xl/worksheets/sheet1.xml",):
        for header, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
            at = -1
            while (at := data.find(header, at + 1)) >= 0:
                start = at + (46 if header == b"PK\x01\x02" else 30)
                if data[start : start + len(name)] == name:
                    data[at + offset : at + offset + 4] = (500).to_bytes(4, "little")
    path = book.with_name("lie.xlsx")
    path.write_bytes(data)
    refused(path, "damaged")


def test_entities_in_parts(book: Path) -> None:
    doctype = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    for part in (
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ):
        text = zipfile.ZipFile(book).read(part).decode()
        text = re.sub(r"^(<\?xml.*?\?>)?", lambda m: m[0] + doctype, text, count=1)
        refused(repacked(book, {part: text.encode()}), "damaged")


def test_macros_passwords_and_other_archives(book: Path, tmp_path: Path) -> None:
    refused(repacked(book, {"xl/vbaProject.bin": b"x"}), "macros")
    refused(repacked(book, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), "xlsb")
    for name, word in (
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "Word"),
        ("a.txt", "zip"),
    ):
        path = tmp_path / "b.xlsx"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(name, "x")
        refused(path, word)
    data = bytearray(book.read_bytes())
    for header, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(header, at + 1)) >= 0:
            data[at + offset] |= 1
    path = tmp_path / "locked.xlsx"
    path.write_bytes(data)
    refused(path, "password")


def test_damaged_workbooks(book: Path) -> None:
    data = book.read_bytes()
    path = book.with_name("cut.xlsx")
    for size in range(4, len(data), 97):
        path.write_bytes(data[:size])
        refused(path)
    read_or_refused(path, data, range(30, len(data), 61), 0x55, read)
    for part in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    ):
        for text in (b"", b"<a", b"<a/>", b"\xff\xfe"):
            try:
                read(repacked(book, {part: text}))
            except InputError:
                continue
        try:
            read(repacked(book, {part: None}))
        except InputError:
            continue


def test_a_workbook_without_data(tmp_path: Path) -> None:
    refused(save(tmp_path / "a.xlsx", []), "no sheet with data")
    refused(save(tmp_path / "a.xlsx", [[" ", ""]]))
    reading, _ = read(save(tmp_path / "a.xlsx", [NAMES]))
    assert reading.records == 0


def test_many_pieces_give_the_same(tmp_path: Path) -> None:
    rows = [
        [f"A-{n}", 2569, n / 7, 0.3, date(2026, 1, 1 + n % 28), n % 2 == 0, "vacant"]
        for n in range(30_000)
    ]
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "d/m/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([NAMES, *rows]):
            sheet.write_row(number, 0, row)
    reading, frame = read(path)
    assert frame.height == reading.records == 30_000
    assert frame["row"].to_list() == list(range(2, 30_002))
    assert frame["assessmentId"].to_list() == [row[0] for row in rows]
    assert frame["landValue#"].to_list() == pytest.approx([row[2] for row in rows], rel=1e-14)
    assert frame["noticeDate#"].to_list() == [row[4] for row in rows]
    assert reading.bytes_read == path.stat().st_size
