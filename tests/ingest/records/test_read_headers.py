"""Headers in either language and any spelling name their column; others are told what is near."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest.records.headers import column_of, header_row, key_of, known, match
from ingest.records.reading import open_records
from ontology.tax import Column, Dataset, datasets

DATA = datasets()["assessment"]
EVERY = [(d, c) for d in datasets().values() for c in d.columns]


def clash(dataset: Dataset, column: Column, name: str) -> bool:
    """Tell whether an earlier column of the data set has the same name."""
    owner = column_of(name, dataset)
    return owner is not None and owner != column and key_of(owner.name_th) == key_of(name)


@pytest.mark.parametrize(
    ("dataset", "column"), EVERY, ids=lambda x: getattr(x, "name", getattr(x, "slug", ""))
)
def test_every_name_of_every_column(dataset: Dataset, column: Column) -> None:
    for name in filter(None, (column.name, column.name_th, column.name_en, column.official_name)):
        for spelling in (
            name,
            name.upper(),
            f" {name} ",
            name.replace(" ", "_"),
            name.replace(" ", ""),
            f"\ufeff{name}",
            f"{name} (บาท)",
        ):
            assert column_of(spelling, dataset) == column or clash(dataset, column, name), spelling


def test_spellings_of_one_name() -> None:
    for spelling in ("taxYear", "TAX YEAR", "tax_year", "Tax-Year", " tax year", "taxyear"):
        assert column_of(spelling, DATA) == DATA.column("taxYear")
    # The vowel am as one character and as two.
    assert key_of("จำนวน") == key_of("จํานวน")


def names(*texts: str) -> list[str]:
    return [*[c.name for c in DATA.columns if c.required], *texts]


def test_findings() -> None:
    headers = match(["assessmentId", "taxYaer", "taxYear", "Tax Year", "zzzz", ""], DATA, "a.csv")
    assert {place: column.name for place, column in headers.places.items()} == {
        0: "assessmentId",
        2: "taxYear",
    }
    found = [
        (f.kind, f.header, f.position, f.suggestion)
        for f in headers.findings
        if f.kind != "missing"
    ]
    assert found == [
        ("unknown", "taxYaer", 2, ""),
        ("duplicate", "Tax Year", 4, "taxYear"),
        ("unknown", "zzzz", 5, ""),
    ]
    missing = [f.header for f in headers.findings if f.kind == "missing"]
    assert missing == [
        c.name for c in DATA.columns if c.required and c.name not in ("assessmentId", "taxYear")
    ]
    assert all(f.th and f.en for f in headers.findings)


@pytest.mark.parametrize("name", ["landValue", "noticeDate", "structureType", "vacantYears"])
def test_the_nearest_name_is_suggested(name: str) -> None:
    column = DATA.column(name)
    assert column
    for typed in (name[:-1], name[0] + name[2:], name[:3] + "x" + name[3:]):
        (found,) = [f for f in match(names(typed), DATA, "a").findings if f.kind == "unknown"]
        assert found.suggestion == name
        assert name in found.en
        assert name in found.th
    thai = column.name_th
    (found,) = [f for f in match(names(thai[:-1] + "ๆ"), DATA, "a").findings if f.kind == "unknown"]
    assert found.suggestion == name or len(thai) < 6


def test_a_column_of_another_data_set_is_no_misspelling() -> None:
    (found,) = [f for f in match(names("paymentId"), DATA, "a").findings if f.kind == "unknown"]
    assert found.suggestion == ""


def test_no_known_header() -> None:
    with pytest.raises(InputError) as caught:
        match(["x", "y"], DATA, "a.csv")
    assert "assessmentId" in caught.value.en
    assert str(DATA.key.name_th) in caught.value.th
    with pytest.raises(InputError, match="title-document"):
        match(["titleDocumentName", "titleDocumentShortName", "issuingAuthority"], DATA, "a.csv")


def test_a_data_set_that_fits_better() -> None:
    payment = [column.name for column in datasets()["payment"].columns]
    assert match(payment, datasets()["building"], "a").better == "payment"
    assert match(payment, datasets()["payment"], "a").better == ""


def test_the_row_with_most_known_names_is_the_header() -> None:
    rows = [[], ["ปีภาษี"], ["a", "b"], ["assessmentId", "taxYear"], ["A-1", "2569"]]
    assert header_row(rows, DATA) == 3
    assert header_row([["x"], ["y"]], DATA) == 0
    assert header_row([[], ["x"]], DATA) == 1
    assert header_row([[]] * 12 + [["taxYear"]], DATA) == 12


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_headers(cells: list[str]) -> None:
    try:
        headers = match(cells, DATA, "a.csv")
    except InputError:
        assert not known(cells, DATA)
    else:
        assert len(headers.places) == known(cells, DATA)


def test_columns_in_any_order_and_language(tmp_path: Path) -> None:
    thai = {c.name: c.name_th for c in DATA.columns}
    path = tmp_path / "a.csv"
    path.write_text(
        f"{thai['taxYear']},colour,ASSESSMENT_ID,\n2569,red,A-1,\n", encoding="utf-8-sig"
    )
    reading = open_records(path, DATA)
    assert reading.columns == {thai["taxYear"]: "taxYear", "ASSESSMENT_ID": "assessmentId"}
    assert [f.header for f in reading.header_findings if f.kind == "unknown"] == ["colour"]
    (frame,) = reading.chunks()
    assert frame.select("row", "assessmentId", "taxYear#").rows() == [(2, "A-1", 2569)]
    assert "landValue" in reading.absent
    assert "taxYear" not in reading.absent
    path.write_text("assessmentId,taxYear,\nA-1,2569,secret\n", encoding="utf-8")
    found = [f for f in open_records(path, DATA).header_findings if f.kind == "unknown"]
    assert [(f.header, f.position) for f in found] == [("", 3)]
    assert "ที่ไม่มีชื่อ" in found[0].th
