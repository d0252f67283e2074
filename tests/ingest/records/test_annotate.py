"""The checked file with its findings marked: nothing else of it changes, or nothing is written."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from graph.errors import InputError
from ingest.records.annotate import annotate
from ingest.records.marks import HEADING, Columns
from shapes.report import SCHEMA, RecordReport, Rule

COLUMNS: Columns = {"ownerId": "เลขประจำตัว", "taxDue": "ภาษี"}


def rule(name: str, severity: str, column: str, th: str) -> Rule:
    path = f"https://w3id.org/mattra/ns/tax#{column}"
    return Rule(
        name, severity, path, column, f"เรื่อง {name}", name, f"{name} {th}", th, "lbt-2562/42"
    )


RULES = {
    r.id: r
    for r in (
        rule("LBT-005", "violation", "ownerId", "แก้เลข {?value}"),
        rule("LBT-142", "violation", "taxDue", "ต้องเป็น {?expected} บาท"),
        rule("LBT-150", "warning", "taxDue", "ตรวจ «ภาษี» อีกครั้ง"),
        Rule("READ-004", "violation", "", "", "แถวผิดรูป", "row", "READ-004: มี 3 เซลล์", "", ""),
        rule("LBT-160", "violation", "landUse", "ขาดคอลัมน์"),
    )
}


def report(rows: list[tuple[str, int, str]], **more: Any) -> RecordReport:
    """Make a report of findings given as rule, row and value."""
    found = [
        (r, 0, row, RULES[r].column, value, None, '{"expected": "40000"}') for r, row, value in rows
    ]
    frame = pl.DataFrame(found, schema=SCHEMA, orient="row")
    return RecordReport("assessment", ["a.csv"], 9, RULES, frame, **more)


TABLE = 'รหัส,เลขประจำตัว,ภาษี\r\nก1,123,"41,000.00"\r\nก2,"สอง\nบรรทัด",5\r\n\r\nก4,9,"a ""b"""'
FOUND = report([("LBT-005", 2, "123"), ("LBT-142", 2, "41,000.00"), ("LBT-150", 5, 'a "b"')])


def marks(data: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[str]:
    """Return the last cell of each row."""
    text = io.StringIO(data.decode(encoding), newline="")
    return [row[-1] if row else "" for row in csv.reader(text, delimiter=delimiter)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_gets_one_more_column(
    tmp_path: Path, encoding: str, newline: str, delimiter: str
) -> None:
    table = TABLE.replace(",", delimiter).replace("\r\n", newline)
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_bytes(table.encode(encoding))
    done = annotate(source, FOUND, target, COLUMNS)
    assert (done.rows, done.unplaced) == (2, 0)
    data = target.read_bytes()
    last = marks(data, encoding, delimiter)
    assert last[0] == HEADING
    assert last[1] == "LBT-005 [เลขประจำตัว] แก้เลข 123 | LBT-142 [ภาษี] ต้องเป็น 40000 บาท"
    assert last[2] == last[3] == ""
    assert last[4].startswith("LBT-150 [ภาษี] ตรวจ")
    text = data.decode(encoding)
    for cell in filter(None, last):
        quoted = '"' + cell.replace('"', '""') + '"'
        assert delimiter + quoted in text
        text = text.replace(delimiter + quoted, "", 1)
    assert text.replace(f'บรรทัด"{delimiter}5{delimiter}', f'บรรทัด"{delimiter}5') == table
    assert not list(tmp_path.glob(".*"))


def test_what_the_encoding_lacks_is_put_plainly(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_bytes(TABLE.encode("cp874"))
    annotate(source, FOUND, target, COLUMNS)
    assert marks(target.read_bytes(), "cp874")[4] == 'LBT-150 [ภาษี] ตรวจ "ภาษี" อีกครั้ง'


def test_thai_that_comes_late_is_not_mistaken(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_bytes(b"id,tax\n" + b"1,2\n" * 100_000 + "ก,2\n".encode("cp874"))
    annotate(source, report([("LBT-142", 100_002, "2")]), target, {}, encoding="utf-8")
    assert marks(target.read_bytes(), "cp874")[-1].startswith("LBT-142 [taxDue] ต้องเป็น")


def test_broken_bytes_stay(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_bytes(b"id,tax\n\xff\xfe\xdb\xfc,2\n")
    annotate(source, report([("LBT-142", 2, "2")]), target, {})
    assert target.read_bytes().splitlines()[1].startswith(b"\xff\xfe\xdb\xfc,2,")


def test_short_rows_are_filled_up_and_stray_quotes_are_text(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_text('a,b,c\n1\n5" pipe,6" pipe,3\n"x, y",2,3\n', encoding="utf-8")
    done = annotate(source, report([("LBT-142", n, "1") for n in (2, 3, 4)]), target, {})
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert done.rows == 3
    assert [len(row) for row in rows] == [4, 4, 4, 4]
    assert rows[1][:3] == ["1", "", ""]
    assert rows[2][:3] == ['5" pipe', '6" pipe', "3"]


def test_a_header_further_down_and_findings_without_a_row(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_text("ชื่อรายงาน,,\n\na,b,c\n1,2,3\n", encoding="utf-8")
    found = report([("LBT-142", 0, "1"), ("LBT-142", 3, "1"), ("LBT-142", 4, "1")])
    done = annotate(source, found, target, {}, header_row=3)
    assert (done.rows, done.unplaced) == (1, 2)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["ชื่อรายงาน,,", "", f'a,b,c,"{HEADING}"']


@pytest.mark.parametrize("top", ["", "sep=;\r\n", "\ufeffsep=;\r\n"])
def test_the_header_is_found(tmp_path: Path, top: str) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    table = "รายงาน, ฉบับ, ที่, 1\r\n\r\nรหัส;เลขประจำตัว;ภาษี\r\nก;1;2\r\n"
    source.write_bytes((top + table).encode())
    assert annotate(source, report([("LBT-142", 4, "1")]), target, COLUMNS).rows == 1
    text = target.read_bytes().decode()
    assert f'ภาษี;"{HEADING}"\r\nก;1;2;"LBT-142 [ภาษี]' in text
    assert text.startswith(top + "รายงาน, ฉบับ, ที่, 1\r\n\r\n")


def test_the_header_of_a_workbook_is_found(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "out.xlsx"
    book = Workbook()
    for row in (["รายงาน"], [], ["เลขประจำตัว"], ["1"]):
        book.active.append(row)
    book.save(source)
    annotate(source, report([("LBT-005", 4, "1"), ("LBT-005", 3, "1")]), target, COLUMNS)
    assert load_workbook(target).worksheets[0]["A4"].comment is not None


def test_marking_twice_gives_two_columns(tmp_path: Path) -> None:
    source, once, twice = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    source.write_text(TABLE, encoding="utf-8", newline="")
    annotate(source, FOUND, once, COLUMNS)
    annotate(once, FOUND, twice, COLUMNS)
    assert marks(twice.read_bytes())[0] == f"{HEADING} 2"


def test_marks_are_harmless(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "out.csv"
    source.write_text('a\n"=1+1\n"\n', encoding="utf-8")
    hints: Callable[[str, str], tuple[str, str]] = lambda column, value: ("\x00\nค", "")  # noqa: E731
    annotate(source, report([("LBT-005", 2, '=1+1\n"' + "ก" * 9999)], hinter=hints), target, {})
    (mark,) = marks(target.read_bytes())[1:]
    assert mark.startswith('LBT-005 [ownerId] แก้เลข =1+1\\n"กกก')
    assert mark.endswith("→ <U+0000>\\nค")
    assert len(mark) < 500


@settings(max_examples=60, deadline=None)
@given(
    table=st.lists(
        st.lists(st.text(st.sampled_from('กa1 ,;"\n\r='), max_size=6), min_size=2, max_size=2),
        min_size=1, max_size=8,
    ),
    dialect=st.sampled_from([",", ";", "\t"]),
)  # fmt: skip
def test_any_table_keeps_its_cells(
    table: list[list[str]], dialect: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    source, target = folder / "a.csv", folder / "out.csv"
    rows = [["first", "second"], *([f"r{n}", *row] for n, row in enumerate(table))]
    with source.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=dialect, lineterminator="\r\n").writerows(rows)
    wrong = [("LBT-142", n, "1") for n in range(2, len(rows) + 1, 2)]
    annotate(source, report(wrong), target, {}, delimiter=dialect)
    with target.open(encoding="utf-8", newline="") as lines:
        marked = list(csv.reader(lines, delimiter=dialect))
    assert [row[: len(row) - 1] for row in marked] == rows
    assert [bool(row[-1]) for row in marked[1:]] == [n % 2 == 0 for n in range(2, len(rows) + 1)]


def workbook(path: Path) -> None:
    book = Workbook()
    book.active.title = "คำอธิบาย"
    book.active["A1"] = "เอกสาร"
    page = book.create_sheet("ข้อมูล")
    for row in (["รหัส", "เลขประจำตัว", " ภาษี "], ["ก1", "0123", "=1+2"], ["ก2", None, 5.5]):
        page.append(row)
    page["C3"].number_format = "0.00"
    page["B2"].comment = Comment("เดิม", "ผู้ทำ")
    book.save(path)


def test_workbooks_get_colours_and_comments(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "out.xlsx"
    workbook(source)
    found = report([
        ("LBT-005", 2, "0123"), ("LBT-142", 3, "5.5"), ("LBT-150", 3, "5.5"), ("LBT-150", 2, "3"),
        ("LBT-160", 2, ""),
    ])  # fmt: skip
    done = annotate(source, found, target, COLUMNS)
    assert (done.rows, done.unplaced, done.uncommented) == (2, 1, 0)
    book = load_workbook(target)
    assert book.sheetnames == ["คำอธิบาย", "ข้อมูล", HEADING]
    page = book["ข้อมูล"]
    assert page["B2"].comment.text == "เดิม\n\nLBT-005 [เลขประจำตัว] แก้เลข 0123"
    assert page["C3"].comment.text.count("LBT-") == 2
    assert [page[c].fill.start_color.rgb for c in ("B2", "C3", "C2")] == [
        "FFFFC7CE", "FFFFC7CE", "FFFFEB9C",
    ]  # fmt: skip
    assert (page["C2"].value, page["C3"].number_format) == ("=1+2", "0.00")
    assert page["A2"].comment is None
    words = [row[0].value for row in book[HEADING].iter_rows() if row[0].value]
    assert words[0] == "ผลตรวจ: ไม่ผ่าน (does not conform)"
    assert any("1 จุดไม่มีช่อง" in str(word) for word in words)
    assert words[-3:] == ["LBT-142", "LBT-160", "LBT-150"]


def test_a_whole_row_is_marked_at_its_start(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "out.xlsx"
    workbook(source)
    annotate(source, report([("READ-004", 3, "")]), target, COLUMNS)
    assert load_workbook(target)["ข้อมูล"]["A3"].comment.text == "READ-004 มี 3 เซลล์"


def test_comments_have_a_limit_that_is_said(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "out.xlsx"
    workbook(source)
    found = report([("LBT-005", 2, "1"), ("LBT-142", 2, "1"), ("LBT-142", 3, "1")])
    done = annotate(source, found, target, COLUMNS, most_comments=2, sheet="ข้อมูล")
    assert done.uncommented == 1
    book = load_workbook(target)
    assert book["ข้อมูล"]["C3"].comment is None
    assert book["ข้อมูล"]["C3"].fill.start_color.rgb == "FFFFC7CE"
    assert "ใส่คำอธิบายเพียง 2 ช่องแรก" in str([r[0].value for r in book[HEADING].iter_rows()])


def test_hostile_cells_of_a_workbook(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "out.xlsx"
    workbook(source)
    found = report([("LBT-005", 2, "<script>\x00\u202e" + "ก" * 40_000)], notes=[("=cmd()", "x")])
    annotate(source, found, target, COLUMNS)
    text = load_workbook(target)["ข้อมูล"]["B2"].comment.text
    assert "<script><U+0000><U+202E>" in text
    assert len(text) < 1000


def test_nothing_is_written_over_the_file_itself(tmp_path: Path) -> None:
    source, link = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(TABLE.encode())
    link.hardlink_to(source)
    for target in (source, link, tmp_path / "x" / ".." / "a.csv"):
        with pytest.raises(InputError, match="ต้องไม่ทับ"):
            annotate(source, FOUND, target, COLUMNS)
    assert source.read_bytes() == TABLE.encode()


@pytest.mark.parametrize(
    "content", [b'[{"a": 1}]', b"<a/>", b"PAR1\x00", b"PK\x03\x04 no zip", b"a,b\n1,2\n"]
)
def test_all_or_nothing(tmp_path: Path, content: bytes) -> None:
    source, target = tmp_path / "a", tmp_path / "out"
    source.write_bytes(content)
    target.write_text("before")
    with pytest.raises(InputError):
        annotate(source, report([("LBT-142", 7, "1")]), target, COLUMNS)
    assert target.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "out"]


def test_missing_files_and_folders(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    with pytest.raises(InputError, match="อ่าน"):
        annotate(source, FOUND, tmp_path / "out.csv", COLUMNS)
    source.write_text(TABLE, encoding="utf-8")
    with pytest.raises(InputError, match="เขียน"):
        annotate(source, FOUND, tmp_path / "none" / "out.csv", COLUMNS)
