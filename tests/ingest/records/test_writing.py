"""Records are written exactly, whatever stands in a cell, or not at all."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from graph.errors import InputError
from ingest.records.writing import FORMATS, write, write_to

AWKWARD = {
    "paymentId": ["001", "=1+1", "@x", "+66", 'a"b\\c\n<&>\t', None],
    "taxDue": ["1234.50", "-5", "1e3", "007.5", "", None],
    "instalmentCount": ["3", "03", "๓", "-1", None, "1"],
    "extensionGranted": ["true", "false", "TRUE", "ใช่", None, "0"],
    "dueDate": ["2026-06-30", "30/6/2569", "-", "=TODAY()", None, ""],
}


def frame() -> pl.DataFrame:
    return pl.DataFrame(AWKWARD)


def written(fmt: str, *frames: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    write_to(frames or [frame()], "payment", fmt, buffer)
    return buffer.getvalue()


def rows(data: dict[str, list[str | None]]) -> list[dict[str, str | None]]:
    return [dict(zip(data, cells, strict=True)) for cells in zip(*data.values(), strict=True)]


@pytest.mark.parametrize(("fmt", "separator"), [("csv", ","), ("tsv", "\t")])
def test_delimited_text_has_a_byte_order_mark_and_no_formula(fmt: str, separator: str) -> None:
    data = written(fmt)
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(
        csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    )
    assert [row["paymentId"] for row in found] == [
        "001", "'=1+1", "'@x", "+66", 'a"b\\c\n<&>\t', "",
    ]  # fmt: skip
    assert [row["taxDue"] for row in found][:4] == ["1234.50", "-5", "1e3", "007.5"]
    assert found[3]["dueDate"] == "'=TODAY()"
    assert found[2]["dueDate"] == "'-"


def test_json_has_numbers_exactly_as_they_were_typed() -> None:
    found = json.loads(written("json"), parse_float=Decimal)
    assert [row.get("taxDue") for row in found] == [
        Decimal("1234.50"), -5, "1e3", "007.5", "", None,
    ]  # fmt: skip
    assert b'"taxDue":1234.50,' in written("json")
    assert [row.get("instalmentCount") for row in found] == [3, "03", "๓", -1, None, 1]
    assert [row.get("extensionGranted") for row in found] == [True, False, "TRUE", "ใช่", None, "0"]
    assert [row.get("paymentId") for row in found] == AWKWARD["paymentId"]
    assert "taxDue" not in found[5]


def test_lines_of_json_are_the_same_records() -> None:
    lines = written("ndjson").decode().splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written("json"))


def test_xml_has_an_element_for_each_cell() -> None:
    root = etree.fromstring(written("xml"))
    assert root.tag == "records"
    assert root.get("dataset") == "payment"
    found = [{cell.tag: cell.text or "" for cell in record} for record in root]
    assert {record.tag for record in root} == {"payment"}
    expected = [{k: v for k, v in row.items() if v is not None} for row in rows(AWKWARD)]
    assert found == expected


def test_xml_leaves_out_what_xml_cannot_say() -> None:
    root = etree.fromstring(written("xml", pl.DataFrame({"paymentId": ["a\x00b\x1bc"]})))
    assert root[0][0].text == "a\ufffdb\ufffdc"


def test_workbooks_keep_zeros_and_run_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx")))["payment"]
    found: list[dict[str, Any]] = [
        dict(zip(AWKWARD, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=2, max_row=7)
    ]
    assert [row["paymentId"] for row in found][:4] == ["001", "=1+1", "@x", "+66"]
    assert [row["taxDue"] for row in found][:4] == [1234.5, -5, "1e3", 7.5]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert sheet.column_dimensions["A"].number_format == "@"


def test_a_number_that_excel_would_round_stays_text() -> None:
    long = pl.DataFrame({"taxDue": ["12345678901234567.89"]})
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", long)))["payment"]
    assert sheet["A2"].value == "12345678901234567.89"


def test_parquet_keeps_every_cell() -> None:
    table = pq.read_table(io.BytesIO(written("parquet")))
    assert table.to_pylist() == rows(AWKWARD)


@pytest.mark.parametrize("fmt", FORMATS)
def test_chunks_make_one_file(fmt: str) -> None:
    whole = pl.concat([frame(), frame()])
    files = [io.BytesIO(written(fmt, *frames)) for frames in ([whole], [frame(), frame()])]
    if fmt == "parquet":
        assert pl.read_parquet(files[0]).equals(pl.read_parquet(files[1]))
    elif fmt == "xlsx":
        assert pl.read_excel(files[0]).equals(pl.read_excel(files[1]))
    else:
        assert files[0].getvalue() == files[1].getvalue()


@given(
    st.lists(
        st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12)),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back(cells: list[str | None]) -> None:
    one = pl.DataFrame({"paymentId": cells}, schema={"paymentId": pl.String})
    found = json.loads(written("json", one))
    assert [row.get("paymentId") for row in found] == cells
    assert pq.read_table(io.BytesIO(written("parquet", one)))["paymentId"].to_pylist() == cells
    etree.fromstring(written("xml", one))


def _breaking() -> Iterator[pl.DataFrame]:
    yield frame()
    raise RuntimeError("stopped half-way")


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_is_replaced_whole_or_not_at_all(fmt: str, tmp_path: Path) -> None:
    path = tmp_path / f"records.{fmt}"
    path.write_text("earlier", encoding="utf-8")
    with pytest.raises(RuntimeError):
        write(_breaking(), "payment", fmt, path)
    assert path.read_text(encoding="utf-8") == "earlier"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    write([frame()], "payment", fmt, path)
    assert path.stat().st_size > 100
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose from csv"):
        write([frame()], "payment", "doc", tmp_path / "x")
    with pytest.raises(InputError, match="check the folder"):
        write([frame()], "payment", "csv", tmp_path / "none" / "x.csv")
