"""Generated records break no rule; a planted defect breaks its rule, in its cell, and no other."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ingest.records.checking import validate
from ingest.records.defects import defects
from ingest.records.planted import Planted, as_written, truth_lines
from ingest.records.sample import generate
from ingest.records.writing import FORMATS, write
from ontology.tax import datasets
from tests.ingest.records.triples import TODAY, Finding, found, tax_shapes

pytestmark = pytest.mark.slow

DATASETS = sorted(datasets())
LINKS = {
    "assessment": ("parcel", "building", "condominium"),
    "building": ("parcel",),
    "owner": ("parcel", "building", "condominium"),
    "payment": ("assessment",),
    "local-government": ("parcel",),
}


def rows_of(dataset: str, rows: int) -> int:
    return min(rows, 8) if dataset == "title-document" else rows


@cache
def broken(
    dataset: str, rows: int, share: float, seed: int, linked: tuple[str, ...] = ()
) -> tuple[pl.DataFrame, list[Finding]]:
    planted: list[Planted] = []
    frames = generate(dataset, rows_of(dataset, rows), seed, share, planted, linked=linked)
    frame = pl.concat(frames)
    truth = [(each.rule, each.row, each.column, each.value or None) for each in planted]
    return frame, sorted(truth, key=str)


def same(findings: list[Finding], truth: list[Finding]) -> None:
    """Assert that two long lists are equal; pytest would take minutes to show how they differ."""
    extra, missed = set(findings) - set(truth), set(truth) - set(findings)
    assert (sorted(extra, key=str)[:5], sorted(missed, key=str)[:5]) == ([], [])
    assert len(findings) == len(truth)


@pytest.mark.parametrize("dataset", DATASETS)
def test_valid_records_give_no_finding(dataset: str) -> None:
    frame = pl.concat(generate(dataset, rows_of(dataset, 10_000), 1))
    assert found("columns", frame, dataset) == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_planted_defects_are_found_and_nothing_else(dataset: str) -> None:
    frame, truth = broken(dataset, 20_000, 0.05, 3)
    same(found("columns", frame, dataset), truth)
    assert len(truth) > 1000 * 0.9 or dataset == "title-document"


@pytest.mark.parametrize("dataset", sorted(LINKS))
def test_links_are_broken_where_what_they_lead_to_is_given(dataset: str) -> None:
    linked = LINKS[dataset]
    frame, truth = broken(dataset, 5_000, 0.1, 5, linked)
    others = {name: pl.concat(generate(name, 5_000, 5)) for name in linked}
    same(found("columns", frame, dataset, others), truth)
    wanted = {defect.rule for defect in defects(dataset) if defect.linked}
    if dataset != "local-government":
        assert wanted <= {rule for rule, *_ in truth}


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_rule_has_a_defect_and_gets_its_turn(dataset: str) -> None:
    rules = {shape.rule.id for shape in tax_shapes().rules_of(datasets()[dataset].iri)}
    known = defects(dataset)
    assert {defect.rule for defect in known} == rules
    if dataset == "title-document":
        return
    counts = Counter(rule for rule, *_ in broken(dataset, 20_000, 0.05, 3)[1])
    assert set(counts) == {defect.rule for defect in known if not defect.linked}
    several = {defect.rule for defect in known if defect.span > 1}
    alone = [count for rule, count in counts.items() if rule not in several]
    assert max(alone) - min(alone) <= 2


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_way_to_break_a_cell_breaks_its_rule(dataset: str) -> None:
    """Half of the records broken: each defect in all its forms, and next to others."""
    frame, truth = broken(dataset, 4_000, 0.5, 6)
    same(found("columns", frame, dataset), truth)


def test_so_few_types_of_title_documents_take_several_seeds() -> None:
    rules = set()
    for seed in range(12):
        frame, truth = broken("title-document", 8, 0.5, seed)
        same(found("columns", frame, "title-document"), truth)
        rules |= {rule for rule, *_ in truth}
    assert rules == {defect.rule for defect in defects("title-document")}


def test_the_share_is_of_records() -> None:
    for share in (0.001, 0.01, 0.2):
        frame, _ = broken("assessment", 10_000, share, 7)
        valid = pl.concat(generate("assessment", 10_000, 7))
        changed = sum(a != b for a, b in zip(frame.rows(), valid.rows(), strict=True))
        # The first of two records with one key is blamed, but not changed.
        assert 0.85 < changed / (10_000 * share) <= 1


@pytest.mark.parametrize("dataset", ["payment", "parcel"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_is_found_to_have_what_was_planted(fmt: str, dataset: str, tmp_path: Path) -> None:
    planted: list[Planted] = []
    path = tmp_path / f"records.{fmt}"
    write(generate(dataset, 1_500, 8, 0.1, planted), dataset, fmt, path)
    report = validate(path, dataset, today=TODAY)
    said = report.frame.select("rule", "row", "column", "value").rows()
    truth = {(t.rule, t.row, t.column, t.value) for t in as_written(planted, dataset, fmt)}
    assert {(rule, row, column, value or "") for rule, row, column, value in said} == truth
    assert report.records == 1_500


def test_the_truth_is_lines_of_json() -> None:
    planted = [Planted("LBT-108", 12, "landValue", "1500.50")]
    (line,) = truth_lines(planted, "assessment", "csv")
    assert json.loads(line) == {
        "rule": "LBT-108",
        "row": 12,
        "column": "landValue",
        "value": "1500.50",
    }
    (line,) = truth_lines(planted, "assessment", "xlsx")
    assert json.loads(line)["value"] == "1500.5"
    (line,) = truth_lines(planted, "assessment", "ndjson")
    assert json.loads(line)["row"] == 11


def test_defects_do_not_depend_on_chance_elsewhere() -> None:
    again: list[Planted] = []
    frame = pl.concat(generate("payment", 5_000, 9, 0.02, again))
    first, truth = broken("payment", 5_000, 0.02, 9)
    assert frame.equals(first)
    assert len(again) == len(truth)


@pytest.mark.slow
@pytest.mark.parametrize("dataset", DATASETS)
def test_the_reference_engine_finds_the_same(dataset: str) -> None:
    """Few records: pySHACL takes seconds for each."""
    frame, truth = broken(dataset, 5, 0.5, 10)
    assert found("pyshacl", frame, dataset) == truth
