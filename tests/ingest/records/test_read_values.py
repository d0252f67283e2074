"""Cells read as values: every form that is handled, every one that is not, and what is noted."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.thai import ARABIC, MONTHS_EN, MONTHS_TH
from ingest.records.blanks import BLANKS, strip
from ingest.records.codes import code_list
from ingest.records.journal import NOTES, Journal
from ingest.records.values import Values
from ontology.tax import Column, datasets

DATA = datasets()["assessment"]
OF_KIND = {c.datatype: c for c in DATA.columns if c.unit != "percent"}


def read(column: Column, cells: list[str | None]) -> tuple[list[str | None], list[Any], Journal]:
    """Return the texts and values of cells, which stand among good ones and alone."""
    journal = Journal()
    raw = pl.DataFrame(
        {"row": range(len(cells)), column.name: cells},
        schema={"row": pl.UInt32, column.name: pl.String},
    )
    frame = Values([column], journal, 1000, drop_blank=False).read(raw)
    changed = frame[column.name].fill_null("").ne(raw[column.name].fill_null("")).any()
    assert (column.name + "@" in frame.columns) >= changed
    typed = frame[column.name + "#"].to_list() if column.name + "#" in frame.columns else []
    assert journal.notes.keys() <= NOTES.keys()
    return frame[column.name].to_list(), typed, journal


DECIMALS: list[tuple[str, str | None, float | None]] = [
    ("1234.50", "1234.50", 1234.5),
    ("0", "0", 0.0),
    ("-5.25", "-5.25", -5.25),
    ("+5", "+5", 5.0),
    ("007", "007", 7.0),
    (".5", ".5", 0.5),
    ("5.", "5.", 5.0),
    ("1,234.50", "1234.50", 1234.5),
    ("-1,234,567", "-1234567", -1234567.0),
    ("๑,๒๓๔.๕๐", "1234.50", 1234.5),
    (" 12\xa0", "12", 12.0),
    ("\u200b12\ufeff", "12", 12.0),
    ("(1,234.50)", "-1234.50", -1234.5),
    ("( 5 )", "-5", -5.0),
    ("−5", "-5", -5.0),
    ("1e3", "1e3", None),
    ("1E3", "1E3", None),
    ("inf", "inf", None),
    ("-Infinity", "-Infinity", None),
    ("NaN", "NaN", None),
    ("nan", "nan", None),
    ("1,23,456", "1,23,456", None),
    ("1,2345", "1,2345", None),
    (",123", ",123", None),
    ("1,234,", "1,234,", None),
    ("1.2.3", "1.2.3", None),
    ("1 234", "1 234", None),
    ("(-5)", "(-5)", None),
    ("--5", "--5", None),
    ("5-", "5-", None),
    ("-", "-", None),
    (".", ".", None),
    ("1,234 บาท", "1,234 บาท", None),
    ("฿5", "฿5", None),
    ("5%", "5%", None),
    ("0x10", "0x10", None),
    ("1_000", "1_000", None),
    ("١٢", "١٢", None),
    ("１２", "１２", None),
    ("12a", "12a", None),
    ("1.234,50", "1.234,50", None),
    ("1234567890123456789", "1234567890123456789", None),
    ("0.1234567890123456789", "0.1234567890123456789", None),
    (
        "123456789012345678.123456789012345678",
        "123456789012345678.123456789012345678",
        123456789012345680.0,
    ),
    ("", None, None),
    (" \u200b", None, None),
]
INTEGERS: list[tuple[str, str | None, int | None]] = [
    ("2569", "2569", 2569),
    ("๒๕๖๙", "2569", 2569),
    ("2,569", "2569", 2569),
    ("2569.0", "2569", 2569),
    ("2,569.00", "2569", 2569),
    ("12.", "12", 12),
    ("(3)", "-3", -3),
    ("+3", "+3", 3),
    ("12.5", "12.5", None),
    ("1e3", "1e3", None),
    ("9223372036854775808", "9223372036854775808", None),
    ("25 69", "25 69", None),
    (" ", None, None),
]
BOOLEANS: list[tuple[str, str | None, bool | None]] = [
    *(
        (text, "true", True)
        for text in ("true", "TRUE", "True", "1", "ใช่", "yes", "YES", "Y", "y", " ใช่ ")
    ),
    *((text, "false", False) for text in ("false", "0", "ไม่ใช่", "no", "N")),
    *((text, text, None) for text in ("T", "on", "2", "จริง", "ใช่ค่ะ")),
    ("", None, None),
]
GOOD = {
    "decimal": "1.5",
    "integer": "7",
    "boolean": "true",
    "date": "2026-01-31",
    "string": "x",
    "code": "vacant",
}


@pytest.mark.parametrize(
    ("kind", "cases"), [("decimal", DECIMALS), ("integer", INTEGERS), ("boolean", BOOLEANS)]
)
def test_forms_of_a_value(kind: str, cases: list[tuple[str, str | None, Any]]) -> None:
    column = OF_KIND[kind]
    texts, values, _ = read(column, [cell for cell, _, _ in cases])
    assert texts == [text for _, text, _ in cases]
    assert values == [value for _, _, value in cases]
    for cell, text, value in cases:
        texts, values, journal = read(column, [GOOD[kind], None, cell, GOOD[kind]])
        assert (texts[2], values[2]) == (text, value), cell
        assert texts[0] == texts[3] == GOOD[kind]
        assert texts[1] is None
        assert not journal.notes or value is not None, cell


DAY = date(2026, 1, 31)
DATES: list[tuple[str, date | None]] = [
    ("2026-01-31", DAY),
    ("2569-01-31", DAY),
    ("2569-1-31", DAY),
    ("2569/01/31", DAY),
    ("31/1/2569", DAY),
    ("31/01/2026", DAY),
    ("31-01-2569", DAY),
    ("31.1.2569", DAY),
    ("๓๑/๑/๒๕๖๙", DAY),
    ("31 ม.ค. 2569", DAY),
    ("31 ม.ค.2569", DAY),
    ("31 มค 2569", DAY),
    ("31 มกราคม 2569", DAY),
    ("31 มกราคม พ.ศ. 2569", DAY),
    ("31 มกราคม ค.ศ. 2026", DAY),
    ("31 Jan 2026", DAY),
    ("31-Jan-2026", DAY),
    ("31 january 2026", DAY),
    (" 31/1/2569\xa0", DAY),
    ("2026-01-31 00:00:00", DAY),
    ("2026-01-31T00:00:00.000Z", DAY),
    ("31/1/2569 0:00", DAY),
    ("2567-02-29", date(2024, 2, 29)),
    ("29/2/2567", date(2024, 2, 29)),
    ("2399-12-31", date(2399, 12, 31)),
    ("2400-01-01", date(1857, 1, 1)),
    ("2569-02-29", None),
    ("31/2/2569", None),
    ("31 ก.พ. 2569", None),
    ("31/13/2569", None),
    ("1/31/2569", None),
    ("0/1/2569", None),
    ("31/1/69", None),
    ("69-01-31", None),
    ("31 ม.ค. 69", None),
    ("31 ม.ค. ค.ศ. 2569", None),
    ("31 มกราคม พ.ศ. 2026", None),
    ("31 ซ.ค. 2569", None),
    ("46053", None),
    ("20260131", None),
    ("2569", None),
    ("0569-01-31", None),
    ("2026-01-31 13:05", None),
    ("31/1-2569", None),
    ("2026-01-311", None),
    ("", None),
]


def test_dates() -> None:
    column = OF_KIND["date"]
    texts, values, _ = read(column, [cell for cell, _ in DATES])
    assert values == [day for _, day in DATES]
    assert texts == [day.isoformat() if day else strip(cell) or None for cell, day in DATES]


def test_notes_count_each_handling() -> None:
    def notes(column: Column, *cells: str) -> dict[str, int]:
        return dict(read(column, list(cells))[2].notes)

    number, whole, day = OF_KIND["decimal"], OF_KIND["integer"], OF_KIND["date"]
    assert notes(number, "1", "๑", "1,000", " ๑,๐๐๐ ", "(1)") == {
        "thai-digits": 2, "thousands-separator": 2, "trimmed": 1, "negative-form": 1,
    }  # fmt: skip
    assert notes(whole, "5.0", "5.00", "5.5") == {"integer-decimals": 2}
    assert notes(day, "2569-01-31", "2569-01-31", "31/1/2569", "2026-01-31", "x") == {
        "buddhist-date": 3,
        "date-form": 1,
    }
    assert notes(day, "2026-01-31 00:00", " 2026-01-31") == {"midnight-time": 1, "trimmed": 1}
    assert notes(OF_KIND["boolean"], "true", "ใช่", "ใช่", "x") == {"boolean-word": 2}
    assert notes(OF_KIND["string"], "a", " a", "b\u200b", " ") == {"trimmed": 2}
    assert notes(OF_KIND["code"], "wood", "ไม้", " half ", "?") == {"code-label": 1, "trimmed": 1}
    assert notes(number, "x", "1e3", "") == {}


def test_a_percentage_where_percent_is_the_unit() -> None:
    rate = DATA.column("taxRate")
    assert rate
    assert read(rate, ["0.3", "0.3%", "๐.๓ %", "3%%", "%"])[:2] == (
        ["0.3", "0.3", "0.3", "3%%", "%"],
        [0.3, 0.3, 0.3, None, None],
    )


@pytest.mark.slow
def test_codes_by_code_notation_and_label() -> None:
    for column in {
        c.code_list: c for d in datasets().values() for c in d.columns if c.code_list
    }.values():
        codes = code_list(column.code_list)
        for code, (thai, english) in list(codes.labels.items())[:40]:
            assert read(column, [code])[0] == [code]
            for label in (thai, english, thai + " ", english.upper()):
                if label:
                    found = read(column, [label])[0][0]
                    assert found == code or codes.code(label) is None, label
    building = datasets()["building"].column("buildingType")
    assert building
    assert read(building, ["506/1", "๑๐๑", "506-1", "999"])[0] == ["506-1", "101", "506-1", "999"]


def test_blank_rows_are_dropped_from_tables_alone() -> None:
    raw = pl.DataFrame(
        {"row": [2, 3, 4], "ownerId": ["1", " ", None], "taxYear": [None, "", None]},
        schema={"row": pl.UInt32, "ownerId": pl.String, "taxYear": pl.String},
    )
    for drop, rows in ((True, [2]), (False, [2, 3, 4])):
        journal = Journal()
        assert Values(DATA.columns, journal, 99, drop_blank=drop).read(raw)["row"].to_list() == rows
        assert journal.notes["blank-row"] == 3 - len(rows)


def test_types_of_the_frame() -> None:
    raw = pl.DataFrame(
        {"row": [2], **{c.name: [GOOD[c.datatype]] for c in DATA.columns}},
        schema_overrides={"row": pl.UInt32},
    )
    frame = Values(DATA.columns, Journal(), 99).read(raw)
    types = {"decimal": pl.Float64, "integer": pl.Int64, "date": pl.Date, "boolean": pl.Boolean}
    expected: dict[str, Any] = {"row": pl.UInt32}
    for column in DATA.columns:
        expected[column.name] = pl.String
        if column.datatype in types:
            expected[column.name + "#"] = types[column.datatype]
    assert dict(frame.schema) == expected


def _decimal(cell: str) -> str | None:
    """Say the rule for decimals once more, one cell at a time."""
    text = strip(cell).translate(ARABIC)
    text = re.sub(r"^−", "-", text)
    text = re.sub(r"^\(\s*([0-9][0-9,.]*)\s*\)$", r"-\1", text)
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        text = text.replace(",", "")
    return text if re.fullmatch(r"[+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})", text) else None


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("0123456789,.-+()eE ๑๒−\u200binfa%"), max_size=9), max_size=9)
)
def test_decimals_as_the_rule_says(cells: list[str]) -> None:
    texts, values, _ = read(OF_KIND["decimal"], [*cells])
    for cell, text, value in zip(cells, texts, values, strict=True):
        wanted = _decimal(cell)
        assert text == (wanted or strip(cell) or None)
        assert value == (None if wanted is None else float(Decimal(wanted)))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2300, 12, 31)), st.booleans(), st.booleans())
def test_every_day_in_every_form(day: date, buddhist: bool, thai: bool) -> None:
    year, month, number = day.year + 543 * buddhist, day.month, day.day
    forms = [
        f"{year}-{month:02}-{number:02}", f"{number}/{month}/{year}", f"{number:02}-{month:02}-{year}",
        f"{number} {MONTHS_TH[month - 1]} {year}", f"{number} {MONTHS_EN[month - 1]} {year}",
    ]  # fmt: skip
    digits = {value: key for key, value in ARABIC.items()}
    if thai:
        forms = [
            form.translate(
                {
                    code: chr(mark)
                    for code, mark in (
                        (ord(chr(v) if isinstance(v, int) else v), k) for v, k in digits.items()
                    )
                }
            )
            for form in forms
        ]
    texts, values, journal = read(OF_KIND["date"], [*forms])
    assert values == [day] * len(forms)
    assert texts == [day.isoformat()] * len(forms)
    assert journal.notes["buddhist-date"] == (len(forms) if buddhist else 0)


def test_no_day_that_is_none_is_read() -> None:
    column, start = OF_KIND["date"], date(2023, 1, 1)
    real = {start + timedelta(n) for n in range(2 * 366)}
    cells = [f"{y}-{m:02}-{d:02}" for y in (2023, 2024) for m in range(14) for d in range(33)]
    _, values, _ = read(column, [*cells])
    for cell, value in zip(cells, values, strict=True):
        year, month, day = map(int, cell.split("-"))
        expected = next((r for r in real if (r.year, r.month, r.day) == (year, month, day)), None)
        assert value == expected


def test_blanks_are_only_blanks() -> None:
    assert all(not char.isprintable() or char == " " for char in BLANKS)


def test_what_casts_to_a_number_without_being_a_decimal_is_told_by_its_letters() -> None:
    """The fast way takes a cast's word for it where none of these letters occurs."""
    texts = ["".join(p) for k in range(1, 5) for p in product("01+-.eEinfaNIy ,_xd", repeat=k)]
    texts += ["infinity", "+INFINITY", "-nan", "1d5", "0x1p3", "1f", "1\n"]
    casts = pl.Series(texts).cast(pl.Float64, strict=False).is_not_null()
    for text in pl.Series(texts).filter(casts):
        assert _decimal(text) == text or re.search("[eEnN]", text), text
