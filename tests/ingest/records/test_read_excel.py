"""Workbooks: every way of storing a cell gives what the sheet shows, and no file does harm."""

import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import fastexcel
import openpyxl
import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest.records.limits import Limits
from ingest.records.reading import Reading, open_records
from ontology.tax import datasets

pytestmark = pytest.mark.slow

DATA = datasets()["assessment"]
NAMES = [
    "assessmentId",
    "taxYear",
    "landValue",
    "taxRate",
    "noticeDate",
    "ownerRegistered",
    "landUse",
]


def read(path: Path, sheet: str | None = None, **limits: int) -> tuple[Reading, pl.DataFrame]:
    reading = open_records(path, DATA, Limits(**limits), sheet=sheet)
    frames = list(reading.chunks())
    return reading, pl.concat(frames, how="diagonal") if frames else pl.DataFrame()


def save(path: Path, rows: list[list[Any]], **formats: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, form in formats.items():
        sheet[cell].number_format = form
    book.save(path)
    return path


def repacked(path: Path, changes: dict[str, bytes | None]) -> Path:
    """Write the parts of a workbook again with some of them changed or left out."""
    parts = {
        info.filename: zipfile.ZipFile(path).read(info) for info in zipfile.ZipFile(path).infolist()
    }
    parts |= {name: data for name, data in changes.items() if data is not None}
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            if name not in changes or changes[name] is not None:
                packed.writestr(name, data)
    return target


def sheet_part(path: Path) -> str:
    return zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()


def test_cells_of_all_types(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        [
            NAMES,
            ["A-1", 2569, 1234567.1, 0.3, date(2026, 1, 31), True, "agriculture"],
            [1234567890123, "2569", "1,234.50", 0.003, datetime(2569, 1, 31), "ใช่", "เกษตรกรรม"],
            [1.5, 2569.0, 1e21, 1e-7, "31 ม.ค. 2569", 0, " vacant "],
            [None, 12.5, 0.1 + 0.2, "0.3%", time(13, 5), None, "#REF!"],
        ],
        D3="0.00%",
    )
    reading, frame = read(path)
    assert frame["row"].to_list() == [2, 3, 4, 5]
    assert frame["assessmentId"].to_list() == ["A-1", "1234567890123", "1.5", None]
    assert frame["taxYear#"].to_list() == [2569, 2569, 2569, None]
    assert frame["landValue"].to_list() == ["1234567.1", "1234.50", "1000000000000000000000", "0.3"]
    assert frame["landValue#"].to_list() == [1234567.1, 1234.5, None, 0.3]
    assert frame["taxRate#"].to_list() == [0.3, 0.3, 1e-7, 0.3]
    assert frame["taxRate@"].to_list() == ["0.3", "0.3%", "0.0000001", "0.3%"]
    assert frame["noticeDate#"].to_list() == [date(2026, 1, 31)] * 3 + [None]
    assert frame["ownerRegistered#"].to_list() == [True, True, False, None]
    assert frame["landUse"].to_list() == ["agriculture", "agriculture", "vacant", "#REF!"]
    assert reading.notes["excel-date"] == 3
    assert reading.notes["percent-sign"] == 2
    assert reading.sheet == "Sheet"


def test_the_header_below_a_title_and_blank_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        ["รายงาน"],
        [],
        ["", *NAMES[:2]],
        ["", "A-1", 2569],
        [],
        ["", "A-2", 2570],
    ]
    reading, frame = read(save(tmp_path / "a.xlsx", rows))
    assert frame["row"].to_list() == [5, 7]
    assert frame["assessmentId"].to_list() == ["A-1", "A-2"]
    assert reading.header_row == 4
    assert reading.notes["header-below"] == 3


def test_the_sheet_with_known_headers_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "../../etc/passwd"[:31].replace("/", "_")
    book.active.append(["คำอธิบาย"])
    for name in ("ข้อมูล", "อื่น"):
        sheet = book.create_sheet(name)
        sheet.append(NAMES[:2])
        sheet.append([name, 2569])
    book.save(tmp_path / "a.xlsx")
    reading, frame = read(tmp_path / "a.xlsx")
    assert (reading.sheet, frame["assessmentId"].to_list()) == ("ข้อมูล", ["ข้อมูล"])
    assert reading.notes["other-sheets"] == 2
    reading, frame = read(tmp_path / "a.xlsx", "อื่น")
    assert frame["assessmentId"].to_list() == ["อื่น"]
    with pytest.raises(InputError, match="ข้อมูล"):
        read(tmp_path / "a.xlsx", "ไม่มี")


@pytest.mark.parametrize(
    "name",
    ["../../../tmp/x", "a\\..\\b", "C:\\x", "a&#10;b", "&lt;script&gt;", "a&#9;b", "'; DROP"],
)
def test_names_of_sheets_are_only_shown(tmp_path: Path, name: str) -> None:
    path = save(tmp_path / "a.xlsx", [NAMES, ["A-1", 2569]])
    book = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    changed = repacked(
        path, {"xl/workbook.xml": book.replace('name="Sheet"', f'name="{name}"').encode()}
    )
    before = sorted(tmp_path.iterdir())
    reading, frame = read(changed)
    assert frame["assessmentId"].to_list() == ["A-1"]
    assert reading.sheet
    assert sorted(tmp_path.iterdir()) == before


def test_formulas_give_their_stored_result(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, NAMES)
    sheet.write_formula(1, 0, '="A"&"-1"', None, "A-1")
    sheet.write_formula(1, 1, "=2500+69", None, 2569)
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    reading, frame = read(path)
    assert frame.select("assessmentId", "taxYear#", "landValue").row(0) == ("A-1", 2569, "#DIV/0!")
    assert reading.notes["formula-result"] == 2
    reading, frame = read(save(tmp_path / "b.xlsx", [NAMES, ["A-1", "=1+1"], ["=A2", 2569]]))
    assert [(f.kind, f.row, f.column) for f in reading.row_findings] == [
        ("formula-empty", 3, "assessmentId"), ("formula-empty", 2, "taxYear"),
    ]  # fmt: skip


def test_errors_in_text_columns_are_findings(tmp_path: Path) -> None:
    reading, _ = read(save(tmp_path / "a.xlsx", [NAMES, ["#N/A", 2569], ["A-1", "#REF!"]]))
    assert [(f.kind, f.row, f.value) for f in reading.row_findings] == [("excel-error", 2, "#N/A")]


RICH = '<c r="A2" t="inlineStr"><is><r><t>A</t></r><r><rPr/><t xml:space="preserve">-1 </t></r><rPh><t>x</t></rPh></is></c>'


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<row r="2"><c r="A2" t="inlineStr"><is><t>A &amp; B</t></is></c><c r="B2"><v>2569</v></c></row>', ("A & B", 2569)),
        (f'<row r="2">{RICH}<c r="B2"><v>2569</v></c></row>', ("A-1", 2569)),
        ('<row r="2"><c t="str" r="A2"><v>A-1</v></c><c s="0" r="B2"><v>2.569E3</v></c></row>', ("A-1", 2569)),
        ('<row><c t="str"><v>A-1</v></c><c><v>2569</v></c></row>', ("A-1", 2569)),
        ('<row r="2">\n  <c r="A2" t="str">\n<v>A-1</v>\n</c>\n<c r="B2"><v>2569</v></c>\n</row>', ("A-1", 2569)),
        ('<row r="2"><c r="A2" t="str"><v><![CDATA[A-1]]></v></c><c r="B2"><v>2569</v></c></row>', ("A-1", 2569)),
        ('<row r="2"><!-- x --><c r="A2" t="str"><v>A-1</v></c><c r="B2"><v>2569.0</v></c></row>', ("A-1", 2569)),
        ('<row r="2"><c r="A2" t="str"><v>_x0041_-1</v></c><c r="B2" t="n"><v>2569</v></c></row>', ("A-1", 2569)),
        ('<row r="2"><c r="B2"><v>2569</v></c><c r="A2" t="str"><v>A-1</v></c></row>', ("A-1", 2569)),
        ('<row r="2"><c r="A2" t="s"><v>99999</v></c><c r="B2"><v>2569</v></c></row>', (None, 2569)),
        ('<row r="2"><c r="A2" t="str" cm="1"><f t="array" ref="A2">x</f><v>A-1</v></c><c r="B2"><v>2569</v></c></row>', ("A-1", 2569)),
        ('<row r="2"><c r="A2" t="str"><v>A-1</v></c><c r="B2"><v>2569</v></c></row><row r="3"/>', ("A-1", 2569)),
        ('<row r="2"><c r="A2" t="d"><v>2026-01-31</v></c><c r="B2"><v>2569</v></c></row>', ("2026-01-31", 2569)),
    ],
)  # fmt: skip
def test_cells_as_other_programs_store_them(
    tmp_path: Path, cells: str, expected: tuple[Any, ...]
) -> None:
    path = save(tmp_path / "a.xlsx", [NAMES, ["x", 1]])
    sheet = re.sub(r'<row r="2".*?</row>', lambda _: cells, sheet_part(path))
    for changed in (
        sheet,
        re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", sheet).replace("xmlns=", "xmlns:x="),
    ):
        _, frame = read(repacked(path, {"xl/worksheets/sheet1.xml": changed.encode()}))
        assert frame.select("row", "assessmentId", "taxYear#").rows() == [(2, *expected)]


def test_days_counted_from_1904_and_thai_formats(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", [NAMES, ["A-1", 2569, None, None, 46053], ["A-2", 2569, None, None, 46053.0]],
                E2="[$-D07041E]d mmmm yyyy;@", E3="dd/mm/yyyy")  # fmt: skip
    _, frame = read(path)
    assert frame["noticeDate"].to_list() == ["2026-01-31"] * 2
    book = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    _, frame = read(
        repacked(
            path,
            {
                "xl/workbook.xml": re.sub(
                    "<workbookPr[^>]*>", '<workbookPr date1904="1"/>', book
                ).encode()
            },
        )
    )
    assert frame["noticeDate"].to_list() == ["2030-02-01"] * 2


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: float(f"{x:.12g}") + 0.0),
    st.dates(date(1950, 1, 1), date(2400, 12, 31)),
    st.text(st.sampled_from("กข้า&<>\"'_x0041 \t\n-1aZ"), min_size=1, max_size=9).map(
        lambda t: t.lstrip("=")
    ),
    st.booleans(),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    writer=st.sampled_from(["openpyxl", "xlsxwriter"]),
)
def test_as_another_reader_of_workbooks_sees_them(
    tmp_path: Path, rows: list[list[Any]], writer: str
) -> None:
    """openpyxl and calamine are asked what the cells hold; calamine for where rows stand."""
    names = [c.name for c in DATA.columns if c.datatype == "string"][:3]
    path = tmp_path / "a.xlsx"
    if writer == "openpyxl":
        save(path, [names, *rows])
    else:
        with xlsxwriter.Workbook(
            path, {"strings_to_formulas": False, "default_date_format": "d/m/yyyy"}
        ) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([names, *rows]):
                for place, value in enumerate(row):
                    (sheet.write_string if isinstance(value, str) else sheet.write)(
                        number, place, value
                    )
    _, frame = read(path)
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    expected = []
    for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        texts = [_shown(value) for value in [*row, None, None, None][:3]]
        if any(texts):
            expected.append((number, *texts))
    assert (frame.select("row", *names).rows() if frame.height else []) == expected
    if expected:
        other = fastexcel.read_excel(path).load_sheet(
            0, header_row=None, skip_rows=0, dtypes="string"
        )
        assert other.height >= expected[-1][0]


def _shown(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        text = f"{value:.15g}"
        return format(__import__("decimal").Decimal(text), "f").removesuffix(".0")
    return (str(value).strip() or None) if value is not None else None
