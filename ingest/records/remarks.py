"""What reading a file showed, as findings and notes of the report."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sized
from typing import Final, Protocol

import polars as pl

from ingest.records.graphs import RecordGraph
from ingest.records.hints import hint
from ingest.records.journal import NOTES
from ingest.records.reading import Reading
from ontology.tax import Dataset
from shapes.plan import Plan
from shapes.report import SCHEMA, Rule

Note = tuple[str, str]


def _rule(number: int, severity: str, title_th: str, title_en: str) -> Rule:
    name = f"READ-{number:03}"
    return Rule(
        name,
        severity,
        "",
        "",
        title_th,
        title_en,
        f"{name}: {{?th}}",
        f"{name}: {{?en}}",
        "mspr-12",
    )


READING_RULES: Final = {
    rule.id: rule
    for rule in (
        _rule(1, "violation", "ขาดคอลัมน์ที่ต้องมี", "a required column is missing"),
        _rule(2, "warning", "ไม่รู้จักคอลัมน์", "unknown column"),
        _rule(3, "violation", "คอลัมน์ซ้ำ", "column given twice"),
        _rule(4, "violation", "จำนวนเซลล์ในแถวไม่ตรงกับหัวคอลัมน์", "row unlike the header"),
        _rule(5, "violation", "หลายค่าในคอลัมน์เดียว", "several values in one column"),
    )
}
"""Rules that a file breaks before its records can be judged."""
_OF_HEADER: Final = {"missing": "READ-001", "unknown": "READ-002", "duplicate": "READ-003"}


def missing(reading: Reading) -> frozenset[str]:
    """Return the required columns that the header of a file lacks."""
    return frozenset(f.header for f in reading.header_findings if f.kind == "missing")


def of_headers(reading: Reading, place: int) -> pl.DataFrame:
    """Return what is wrong with the header of a file, at the row of the header."""
    return _frame(
        (_OF_HEADER[f.kind], place, max(1, reading.header_row), f.header, f.header, f.th, f.en)
        for f in reading.header_findings
    )


def of_rows(reading: Reading, place: int) -> pl.DataFrame:
    """Return the rows of a file that are not as its header says."""
    return _frame(("READ-004", place, f.row, "", None, f.th, f.en) for f in reading.row_findings)


def of_graph(graph: RecordGraph, place: int) -> pl.DataFrame:
    """Return where a record of a graph has several values in one column."""
    return _frame(
        (
            "READ-005",
            place,
            row,
            column,
            " | ".join(values),
            f"มี {len(values)} ค่าในคอลัมน์เดียว ให้เหลือค่าเดียว",
            f"{len(values)} values in one column: leave one",
        )
        for row, column, values in graph.repeated
    ).with_columns(
        focus=pl.col("row").replace_strict(dict(enumerate(graph.nodes, 1)), return_dtype=pl.String)
    )


def _frame(found: Iterator[tuple[str, int, int, str, str | None, str, str]]) -> pl.DataFrame:
    rows = [
        (
            rule,
            place,
            row,
            column,
            value,
            None,
            json.dumps({"th": th, "en": en}, ensure_ascii=False),
        )
        for rule, place, row, column, value, th, en in found
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def hint_for(dataset: Dataset, column: str, value: str) -> tuple[str, str] | None:
    """Return what the author of a wrong cell may have meant."""
    known = dataset.column(column)
    return hint(known, value) if known else None


class Told(Protocol):
    """What a file showed besides findings, whether it was read here or elsewhere."""

    file: str
    records: int

    @property
    def notes(self) -> Mapping[str, int]:
        """How many cells were read in another form, by kind."""

    @property
    def row_findings(self) -> Sized:
        """Rows unlike the header that are findings."""

    @property
    def row_finding_count(self) -> int:
        """How many such rows there are, also those too many to be findings."""


def reading_notes(readings: Mapping[str, Told]) -> Iterator[Note]:
    """Give what was read in another form than it was typed, and how often."""
    counts: Counter[str] = Counter()
    for reading in readings.values():
        counts.update(reading.notes)
        if reading.records == 0:
            yield f"{reading.file} ไม่มีระเบียน", f"{reading.file} has no records"
        more = reading.row_finding_count - len(reading.row_findings)
        if more > 0:
            yield (
                f"{reading.file} มีแถวที่จำนวนเซลล์ไม่ตรงอีก {more:,} แถว",
                f"{reading.file} has {more:,} more rows unlike the header",
            )
    for kind, count in counts.most_common():
        thai, english = NOTES[kind]
        yield f"{thai} ({count:,} แห่ง)", f"{english} ({count:,} times)"


def graph_notes(readings: Iterable[Reading]) -> Iterator[Note]:
    """Give the graphs that columns cannot hold, and why."""
    for reading in readings:
        if reading.irregular:
            yield (
                f"{reading.file} ไม่อยู่ในรูปตาราง ทุกไฟล์จึงตรวจด้วยเครื่องมือกราฟ ซึ่งช้ากว่า",
                f"{reading.file} is unlike a table ({reading.irregular_reason}), so all files were"
                " checked over triples, which is slower",
            )


def plan_notes(plan: Plan, records: int) -> Iterator[Note]:
    """Give the rules that were not checked, and those that columns could not decide."""
    if plan.idle and records:
        rules = ", ".join(plan.idle)
        yield (
            f"ไม่ได้ตรวจ {rules} เพราะไม่ได้ให้แฟ้มของชุดข้อมูลที่อ้างถึง (ใช้ --with ชุดข้อมูล=ไฟล์)",
            f"not checked: {rules}; give the records they link to (--with DATASET=FILE)",
        )
    if plan.uncovered:
        rules = ", ".join(sorted(plan.uncovered))
        yield (
            f"ตรวจ {rules} ด้วยเครื่องมือกราฟ ซึ่งช้ากว่า",
            f"checked over triples, which is slower: {rules}",
        )
