"""A hint says what the author of a cell may have meant, and nothing where that is unclear."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records.hints import hint
from ingest.records.hints_texts import has_check_digit
from ontology.tax import Column, datasets

COLUMNS = {c.name: c for d in datasets().values() for c in d.columns}
VALID = "0100000123454"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("ownerId", "100000123454", VALID),
        ("ownerId", "1.05536E+11", "scientific"),
        ("ownerId", "๐๑๐๐๐๐๐๑๒๓๔๕๔", VALID),
        ("ownerId", "0-1000-00123-45-4", VALID),
        ("ownerId", "0100000123454.0", VALID),
        ("ownerId", "OlOOOOOl23454", VALID),
        ("ownerId", "0100000123455", "last digit"),
        ("ownerId", "12345", "5 digits"),
        ("ownerId", "'0100000123454", VALID),
        ("assessmentId", "-", "empty"),
        ("localGovernmentCode", "05501499", "5501499"),
        ("localGovernmentCode", "550149", "6 digits"),
        ("houseNumber", "2026-03-12", "3/2026"),
        ("houseNumber", "12-Mar", "slash"),
        ("houseNumber", "5-ม.ค.", "slash"),
        ("firstName", "เธชเธกเธเธฒเธข".encode("cp874", "ignore").decode("cp874"), ""),
        ("firstName", "สมชาย".encode().decode("latin-1"), "สมชาย"),
        ("firstName", "สมชาย".encode("cp874").decode("latin-1"), "สมชาย"),
        ("firstName", "สมช\ufffdย", "lost"),
        ("firstName", "#REF!", "formula"),
        ("taxYear", "2026", "2569"),
        ("taxYear", "๒๐๒๖", "2569"),
        ("taxYear", "69", "2569"),
        ("taxYear", "ไม่ระบุ", "empty"),
        ("buildingAge", "12.5", "whole"),
        ("buildingAge", "10 ปี", "10"),
        ("landValue", "1,234 บาท", "1234"),
        ("landValue", "฿1,234.50", "1234.50"),
        ("landValue", "1.5E+06", "1500000"),
        ("landValue", "1.23457E+12", "check the original"),
        ("landValue", "1O0.5", "100.5"),
        ("landValue", "1,23,456", "thousands"),
        ("landValue", "1.234,50", "1234.50"),
        ("landValue", "1 234.50", "1234.50"),
        ("landValue", "1234567890123456789", "identifier"),
        ("landValue", "2026-01-31", "number"),
        ("landValue", "#DIV/0!", "formula"),
        ("landValue", "N/A", "empty"),
        ("noticeDate", "46053", "2026-01-31"),
        ("noticeDate", "46053.5", "2026-01-31"),
        ("noticeDate", "20260131", "2026-01-31"),
        ("noticeDate", "25690131", "2026-01-31"),
        ("noticeDate", "31/1/69", "two digits"),
        ("noticeDate", "31 ม.ค. 69", "two digits"),
        ("noticeDate", "1/31/2569", "31/1/2569"),
        ("noticeDate", "31/2/2569", "February"),
        ("noticeDate", "2569-02-29", "February"),
        ("noticeDate", "2026-01-31 13:05", "without a time"),
        ("noticeDate", "2569", "year"),
        ("noticeDate", "99/99/2569", "no such day"),
        ("landUse", "เกษตรกรม", "agriculture"),
        ("landUse", "agricultur", "agriculture"),
        ("landUse", "zzz", "choose"),
        ("provinceCode", "10.0", "probably 10"),
        ("provinceCode", "เชียงไหม่", "probably 50"),
        ("subdistrictCode", "10010101", "probably 100101"),
        ("ownerRegistered", "มี", "true"),
    ],
)  # fmt: skip
def test_what_a_hint_says(column: str, value: str, words: str) -> None:
    found = hint(COLUMNS[column], value)
    if not words:
        return
    assert found, value
    thai, english = found
    assert words in english, english
    assert any("ก" <= letter <= "๙" for letter in thai)
    said = english.replace(value, "").replace("ไม่ใช่", "").replace("ใช่", "").replace(words, "")
    assert not any("ก" <= letter <= "๙" for letter in said)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ownerId", VALID), ("firstName", "สมชาย"), ("firstName", "Müller"), ("houseNumber", "12/3"), ("houseNumber", "-"),
        ("landValue", "1234.50"), ("landValue", "-5"), ("taxYear", "2569"), ("landUse", "vacant"), ("landValue", ""), ("landValue", "x" * 500),
        ("lastName", "ณ อยุธยา"), ("titleDocumentNumber", "12345"),
    ],
)  # fmt: skip
def test_no_hint_where_nothing_is_odd(column: str, value: str) -> None:
    assert hint(COLUMNS[column], value) is None


@settings(deadline=None)
@given(st.sampled_from(sorted(COLUMNS)), st.text(max_size=20))
def test_any_text_in_any_column(column: str, value: str) -> None:
    found = hint(COLUMNS[column], value)
    assert found is None or all(found)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(COLUMNS)),
    st.text(st.sampled_from("0123456789/-.:, TE+๑๒มค.%OolI#()ก"), max_size=14),
)
def test_any_figures_in_any_column(column: str, value: str) -> None:
    found = hint(COLUMNS[column], value)
    assert found is None or all(found)


@settings(deadline=None)
@given(st.integers(10**11, 10**12 - 1))
def test_a_lost_zero_is_seen_by_the_check_digit(number: int) -> None:
    whole = next(
        f"0{number // 10}{digit}"
        for digit in range(10)
        if has_check_digit(f"0{number // 10}{digit}")
    )
    found = hint(COLUMNS["ownerId"], whole[1:])
    assert found
    assert whole in found[1]


def test_every_column_has_a_kind() -> None:
    for column in COLUMNS.values():
        assert isinstance(column, Column)
        hint(column, "?x?")
