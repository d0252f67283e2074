"""JSON, NDJSON, XML, Parquet and RDF give the same records as a table does."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from ingest.records.limits import Limits
from ingest.records.reading import Reading, open_records
from ontology.tax import datasets
from tests.ingest.records.damage import read_or_refused

pytestmark = pytest.mark.slow

DATA = datasets()["assessment"]
PARCEL = datasets()["parcel"]


def read(path: Path, fmt: str | None = None, **limits: int) -> tuple[Reading, pl.DataFrame]:
    reading = open_records(path, DATA, Limits(**limits), fmt)
    frames = list(reading.chunks())
    return reading, pl.concat(frames, how="diagonal") if frames else pl.DataFrame()


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


THAI = {
    name: column.name_th for name in ("assessmentId", "taxYear") if (column := DATA.column(name))
}


def test_numbers_in_json_stay_as_they_were_written(tmp_path: Path) -> None:
    text = '[{"assessmentId": "A-1", "landValue": 1234567890.10, "taxYear": 2569, "taxRate": 1e3, "ownerRegistered": true}, {}, {"landValue": null, "taxRate": 0.30, "assessmentId": 5}]'
    for form in (
        text,
        f'{{"made": [], "records": {text}, "more": {{"a": [1]}}}}'.replace(
            '"made": [], ', '"made": 1, '
        ),
    ):
        reading, frame = read(put(tmp_path, "a.json", form))
        assert frame["row"].to_list() == [1, 2, 3]
        assert frame["landValue"].to_list() == ["1234567890.10", None, None]
        assert frame["taxRate"].to_list() == ["1e3", None, "0.30"]
        assert frame["taxRate#"].to_list() == [None, None, 0.3]
        assert frame["ownerRegistered#"].to_list() == [True, None, None]
        assert frame["assessmentId"].to_list() == ["A-1", None, "5"]
        assert reading.encoding == "utf-8"
    reading, frame = read(put(tmp_path, "b.json", '{"assessmentId": "A-1", "taxYear": 2569}'))
    assert frame.select("row", "assessmentId").rows() == [(1, "A-1")]


def test_thai_names_and_encodings_of_json(tmp_path: Path) -> None:
    text = json.dumps(
        [{THAI["assessmentId"]: "A-1", THAI["taxYear"]: "๒๕๖๙", "ไม่รู้จัก": 1}], ensure_ascii=False
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp874"):
        reading, frame = read(put(tmp_path, "a.json", text.encode(encoding)))
        assert frame.select("assessmentId", "taxYear#").rows() == [("A-1", 2569)]
        assert [f.header for f in reading.header_findings if f.kind == "unknown"] == ["ไม่รู้จัก"]
        assert reading.columns[THAI["taxYear"]] == "taxYear"


def test_names_that_appear_late_and_twice(tmp_path: Path) -> None:
    records: list[dict[str, Any]] = [{"assessmentId": f"A-{n}"} for n in range(20_500)]
    records[-1] = {"assessmentId": "A-x", "taxYear": 2569, "colour": "red"}
    for name, text in (
        ("a.json", json.dumps(records)),
        ("a.ndjson", "\n".join(map(json.dumps, records))),
    ):
        reading = open_records(put(tmp_path, name, text), DATA)
        assert "colour" not in {f.header for f in reading.header_findings}
        frame = pl.concat(list(reading.chunks()), how="diagonal")
        assert frame["taxYear#"].to_list()[-1] == 2569
        assert "colour" in {f.header for f in reading.header_findings}
        assert "taxYear" not in {f.header for f in reading.header_findings}
    reading, frame = read(
        put(tmp_path, "b.json", '[{"assessmentId": "A-1", "assessmentId": "A-2"}]')
    )
    assert frame["assessmentId"].to_list() == ["A-1"]
    assert [(f.kind, f.row, f.column) for f in reading.row_findings] == [
        ("duplicate-key", 1, "assessmentId")
    ]


def test_a_broken_line_of_ndjson_is_reported_and_passed(tmp_path: Path) -> None:
    text = '{"assessmentId": "A-1"}\n\n{"assessmentId": \n[1]\n{"assessmentId": "A-2"} x\n{"assessmentId": "A-3"}\r\n'
    reading, frame = read(put(tmp_path, "a.ndjson", text))
    assert frame.select("row", "assessmentId").rows() == [(1, "A-1"), (5, "A-3")]
    assert [(f.kind, f.row) for f in reading.row_findings] == [
        ("broken-record", n) for n in (2, 3, 4)
    ]
    reading, _ = read(put(tmp_path, "b.json", '{"assessmentId": "A-1"}\n{"assessmentId": "A-2"}\n'))
    assert (reading.format, reading.records) == ("ndjson", 2)


VALUE = st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
                  st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=9))  # fmt: skip


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.dictionaries(st.sampled_from(["assessmentId", "ownerId", "parcelId"]), VALUE), min_size=1, max_size=9),
       ascii_only=st.booleans(), indent=st.sampled_from([None, 1]))  # fmt: skip
def test_json_as_the_standard_library_writes_it(
    tmp_path: Path, rows: list[dict[str, Any]], ascii_only: bool, indent: int | None
) -> None:
    rows[0]["assessmentId"] = "A-1"
    expected = [_shown(row.get("assessmentId")) for row in rows]
    lines = "\n".join(json.dumps(row, ensure_ascii=ascii_only) for row in rows)
    for name, text in (
        ("a.json", json.dumps(rows, ensure_ascii=ascii_only, indent=indent)),
        ("a.ndjson", lines),
    ):
        reading, frame = read(put(tmp_path, name, text))
        assert frame["assessmentId"].to_list() == expected
        assert frame["row"].to_list() == list(range(1, len(rows) + 1))
        assert reading.row_findings == []


def _shown(value: Any) -> str | None:
    from ingest.records.blanks import strip

    if isinstance(value, bool):
        return str(value).lower()
    return strip(str(value)) or None if value is not None else None


def xml(rows: list[dict[str, str]], encoding: str = "utf-8") -> bytes:
    body = "".join(
        "<assessment>"
        + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in row.items())
        + "</assessment>\n"
        for row in rows
    )
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<records>\n{body}</records>'.encode(
        encoding.replace("windows-", "cp")
    )


def test_xml(tmp_path: Path) -> None:
    names = {name: text.replace(" ", "_") for name, text in THAI.items()}
    rows = [
        {names["assessmentId"]: " A & <1> ", names["taxYear"]: "๒๕๖๙"},
        {"assessmentId": "", "taxYear": "2570"},
        {},
    ]
    for encoding in ("utf-8", "windows-874", "utf-16"):
        reading, frame = read(put(tmp_path, "a.xml", xml(rows, encoding)))
        assert frame.select("row", "assessmentId", "taxYear#").rows() == [
            (1, "A & <1>", 2569),
            (2, None, 2570),
            (3, None, None),
        ]
        assert reading.bytes_read == reading.total_bytes


@pytest.mark.parametrize(
    "text",
    [
        "<assessmentId>A-1</assessmentId><taxYear>2569</taxYear>",
        "<x:assessmentId xmlns:x='http://a/'>A-1</x:assessmentId><!-- c --><taxYear>25<!-- c -->69</taxYear>",
        "<assessmentId><![CDATA[A-1]]></assessmentId><taxYear a='b'>2569</taxYear><?pi x?>",
        "<assessmentId>A&#45;1</assessmentId>\n<taxYear>2569</taxYear><colour/>",
    ],
)
def test_ways_of_writing_xml(tmp_path: Path, text: str) -> None:
    for around in (
        "<r><a>{}</a></r>",
        "<r xmlns='http://b/'><meta><made>x</made></meta><list><a>{}</a></list></r>",
    ):
        reading, frame = read(put(tmp_path, "a.xml", around.format(text)))
        assert frame.select("row", "assessmentId", "taxYear#").rows() == [(1, "A-1", 2569)]
    reading, frame = read(
        put(
            tmp_path,
            "b.xml",
            "<r><row assessmentId='A-1' taxYear='2569'/><row assessmentId='A-2'/></r>",
        )
    )
    assert frame["assessmentId"].to_list() == ["A-1", "A-2"]
    reading, _ = read(
        put(tmp_path, "c.xml", "<r><a><taxYear>1</taxYear><taxYear>2</taxYear></a></r>")
    )
    assert [(f.kind, f.row) for f in reading.row_findings] == [("duplicate-key", 1)]


def test_many_records_of_xml_and_json(tmp_path: Path) -> None:
    rows = [{"assessmentId": f"A-{n}", "taxYear": "2569"} for n in range(45_000)]
    for name, text in (
        ("a.xml", xml(rows)),
        ("a.json", json.dumps(rows).encode()),
        ("a.ndjson", "\n".join(map(json.dumps, rows)).encode()),
    ):
        _, frame = read(put(tmp_path, name, text), chunk_rows=7_000)
        assert frame["row"].to_list() == list(range(1, 45_001))
        assert frame["assessmentId"].to_list() == [row["assessmentId"] for row in rows]


def test_typed_columns_of_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame(
        {
            "assessmentId": pl.Series([1234567890123.0, 1.5, None]),
            "taxYear": pl.Series([2569, 2570, None], dtype=pl.Int16),
            "landValue": pl.Series([Decimal("1234.50"), Decimal("0.00"), None]),
            "taxRate": [1e21, 1e-7, float("nan")],
            "noticeDate": [date(2026, 1, 31), date(2569, 1, 31), None],
            "dueDate": [datetime(2026, 1, 31), datetime(2026, 1, 31, 13), None],
            "ownerRegistered": [True, False, None],
            "landUse": pl.Series(["vacant", "เกษตรกรรม", ""], dtype=pl.Categorical),
            "parcelId": pl.Series([b"P-1", b"P-2", None]),
            "colour": ["red", "", None],
        }
    ).write_parquet(path, row_group_size=2)
    reading, frame = read(path)
    assert frame["row"].to_list() == [1, 2, 3]
    assert frame["assessmentId"].to_list() == ["1234567890123", "1.5", None]
    assert frame["taxYear#"].to_list() == [2569, 2570, None]
    assert frame["landValue"].to_list() == ["1234.50", "0.00", None]
    assert frame["taxRate"].to_list() == ["1000000000000000000000", "0.0000001", "NaN"]
    assert frame["taxRate#"].to_list() == [None, 1e-7, None]
    assert frame["noticeDate#"].to_list() == [date(2026, 1, 31)] * 2 + [None]
    assert frame["dueDate#"].to_list() == [date(2026, 1, 31), None, None]
    assert frame["ownerRegistered#"].to_list() == [True, False, None]
    assert frame["landUse"].to_list() == ["vacant", "agriculture", None]
    assert frame["parcelId"].to_list() == ["P-1", "P-2", None]
    assert [f.header for f in reading.header_findings if f.kind == "unknown"] == ["colour"]
    reading = open_records(path, DATA, groups=range(1, 2))
    assert [frame["row"].to_list() for frame in reading.chunks()] == [[3]]


def test_parquet_with_two_columns_of_a_name(tmp_path: Path) -> None:
    table = pa.table([["A-1"], ["A-2"], [2569]], names=["assessmentId", "assessmentId", "taxYear"])
    pq.write_table(table, tmp_path / "a.parquet")
    reading, frame = read(tmp_path / "a.parquet")
    assert frame.select("assessmentId", "taxYear#").rows() == [("A-1", 2569)]
    assert "duplicate" in {f.kind for f in reading.header_findings}


def test_parquet_that_cannot_be_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"assessmentId": [["a"], ["b"]]}).write_parquet(path)
    with pytest.raises(InputError, match="nested"):
        read(path)
    pl.DataFrame({"assessmentId": ["a"] * 1000}).write_parquet(path, compression="uncompressed")
    data = path.read_bytes()
    for size in range(0, len(data), 151):
        path.write_bytes(data[:size])
        with pytest.raises(InputError):
            read(path)
    read_or_refused(path, data, range(4, len(data), 37), 0xFF, read)


PREFIXES = """@prefix t: <https://w3id.org/mattra/ns/tax#> . @prefix c: <https://w3id.org/mattra/concept/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
REGULAR = """
<http://a/1> a t:Assessment ; t:assessmentId "A-1" ; t:taxYear 2569 ; t:landValue 1234.50 ; t:ownerRegistered true ;
    t:noticeDate "2026-01-31"^^xsd:date ; t:landUse <https://w3id.org/mattra/concept/land-use/vacant> .
_:b a t:Assessment ; t:assessmentId "A-2" ; t:taxYear "ปีนี้" , "ปีนี้" ; t:landValue "abc" ; t:noticeDate "31/2/2569" ;
    t:landUse <https://w3id.org/mattra/concept/land-use/%E0%B8%81> .
"""


def test_regular_rdf(tmp_path: Path) -> None:
    import rdflib

    graph = rdflib.Graph().parse(data=PREFIXES + REGULAR, format="turtle")
    for suffix, syntax in (
        ("ttl", "turtle"),
        ("nt", "nt"),
        ("rdf", "pretty-xml"),
        ("xml", "xml"),
        ("jsonld", "json-ld"),
        ("trig", "trig"),
    ):
        path = tmp_path / f"a.{suffix}"
        path.write_text(graph.serialize(format=syntax), encoding="utf-8")
        reading, frame = read(path)
        assert not reading.irregular, reading.irregular_reason
        assert reading.format == ("rdf" if suffix == "xml" else suffix)
        frame = frame.sort("assessmentId")
        assert frame["focus"].to_list()[0] == "http://a/1"
        assert frame["focus"].to_list()[1].startswith("_:")
        assert sorted(frame["row"].to_list()) == [1, 2]
        assert frame["taxYear"].to_list() == ["2569", "ปีนี้"]
        assert frame["taxYear#"].to_list() == [2569, None]
        assert frame["landValue#"].to_list() == [1234.5, None]
        assert frame["ownerRegistered#"].to_list() == [True, None]
        assert frame["noticeDate#"].to_list() == [date(2026, 1, 31), None]
        assert frame["landUse"].to_list() == ["vacant", "ก"]
        assert not [name for name in frame.columns if name.endswith("@")]


@pytest.mark.parametrize(
    "extra",
    [
        't:assessmentId "A-1" , "A-2"',
        't:assessmentId "A-1"@th',
        't:assessmentId " A-1"',
        't:assessmentId ""',
        "t:assessmentId 5",
        't:taxYear "2569"',
        't:taxYear "๒๕๖๙"',
        't:taxYear "2569"^^xsd:int',
        't:taxYear "x"^^xsd:integer',
        't:taxYear "99999999999999999999"^^xsd:integer',
        "t:taxYear 2569.0",
        't:landValue "1e3"^^xsd:decimal',
        "t:landValue 1e3",
        "t:landValue 5",
        't:landValue "1,234.50"',
        't:taxRate "0.3%"',
        't:noticeDate "2569-01-31"^^xsd:date',
        't:noticeDate "2026-01-31Z"^^xsd:date',
        't:noticeDate "2026-02-31"^^xsd:date',
        't:noticeDate "31/1/2569"',
        't:ownerRegistered "1"^^xsd:boolean',
        't:ownerRegistered "ใช่"',
        't:landUse "vacant"',
        "t:landUse <https://w3id.org/mattra/concept/structure/wood>",
        "t:landUse <https://w3id.org/mattra/concept/land-use/Vacant%20>",
        "t:landUse <https://w3id.org/mattra/concept/land-use/AGRICULTURE>",
        "t:landUse <https://w3id.org/mattra/concept/land-use/%76acant>",
        "t:landUse []",
        't:colour "red"',
        'rdfs:label "x"',
        "a t:LandParcel",
    ],
)
def test_irregular_rdf_is_left_to_triples(tmp_path: Path, extra: str) -> None:
    text = f"{PREFIXES}<http://a/1> a t:Assessment ; {extra} ."
    reading = open_records(put(tmp_path, "a.ttl", text), DATA)
    assert reading.irregular
    assert reading.irregular_reason
    with pytest.raises(ValueError, match="not a table"):
        list(reading.chunks())


def test_rdf_of_several_things(tmp_path: Path) -> None:
    twice = f'{PREFIXES}{REGULAR}<http://a/1> t:ownerId "1" .'
    _, frame = read(put(tmp_path, "a.ttl", twice))
    assert frame.select("row", "assessmentId", "ownerId").rows() == [
        (1, "A-1", "1"),
        (2, "A-2", None),
    ]
    others = f"{PREFIXES}<http://a/2> a t:LandParcel . {REGULAR}"
    assert open_records(put(tmp_path, "b.ttl", others), DATA).irregular
    with pytest.raises(InputError, match="assessment"):
        open_records(put(tmp_path, "c.ttl", PREFIXES + REGULAR), PARCEL)
    with pytest.raises(InputError, match="no record"):
        open_records(put(tmp_path, "d.ttl", "<http://a/b> <http://a/c> 1 ."), DATA)
    bare = open_records(put(tmp_path, "e.ttl", f"{PREFIXES}<http://a/1> a t:Assessment ."), DATA)
    assert not bare.irregular
    assert [frame.select("row", "focus").rows() for frame in bare.chunks()] == [[(1, "http://a/1")]]


def test_the_form_can_be_said(tmp_path: Path) -> None:
    path = put(tmp_path, "a.dat", '{"assessmentId": "A-1"}\n')
    assert read(path, "jsonl")[0].format == "ndjson"
    with pytest.raises(InputError, match="no form"):
        read(path, "yaml")


def test_a_second_reading_starts_anew(tmp_path: Path) -> None:
    reading = open_records(
        put(tmp_path, "a.csv", "assessmentId,taxYear\nA-1,๒๕๖๙\nA-2,1,2\n"), DATA
    )
    for _ in range(2):
        assert sum(frame.height for frame in reading.chunks()) == reading.records == 1
        assert dict(reading.notes) == {"thai-digits": 1}
        assert (reading.row_finding_count, len(reading.row_findings)) == (1, 1)
        assert [text for _, _, *text in reading.note_texts()]
