"""Checking whole files: what the order of files and of records must not change."""

from pathlib import Path

import polars as pl
import pytest

from graph.errors import InputError
from ingest.records.checking import validate
from ingest.records.limits import Limits
from ingest.records.planted import Planted
from ingest.records.sample import generate
from ingest.records.writing import write
from tests.ingest.records.triples import TODAY


def test_a_file_without_records_does_not_take_another_files_name(tmp_path: Path) -> None:
    planted: list[Planted] = []
    frames = list(generate("owner", 300, 4, 0.1, planted))
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    write(iter([frames[0].head(0)]), "owner", "csv", first)
    write(iter(frames), "owner", "csv", second)
    report = validate([first, second], "owner", today=TODAY)
    found = {(finding.file, finding.rule, finding.row) for finding in report.findings()}
    assert found == {("b.csv", each.rule, each.row) for each in planted}


@pytest.mark.slow
def test_what_good_records_taught_overlooks_nothing_in_bad_ones(tmp_path: Path) -> None:
    """Which condition most records fail is learned from the first file."""
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    planted: list[Planted] = []
    write(generate("assessment", 6_000, 1), "assessment", "csv", good)
    # Other numbers, so that no key of the one file stands in the other.
    frames = (
        frame.with_columns(pl.col("assessmentId") + "-B")
        for frame in generate("assessment", 6_000, 2, 0.6, planted)
    )
    write(frames, "assessment", "csv", bad)

    def of(*files: Path) -> set[tuple[str, int, str]]:
        report = validate(files, "assessment", today=TODAY)
        assert report.records == 6_000 * len(files)
        return {(f.rule, f.row, f.column) for f in report.findings() if f.file == "bad.csv"}

    alone = of(bad)
    assert len(alone) > 3_000
    # Sums over the records of an owner may cross files; all else stays.
    assert {f for f in of(good, bad) if f[0] not in ("LBT-127", "LBT-128")} == {
        f for f in alone if f[0] not in ("LBT-127", "LBT-128")
    }


@pytest.mark.slow
@pytest.mark.parametrize("dataset", ["owner", "payment"])
def test_what_goes_to_the_disk_is_found_as_what_stays_in_memory(
    dataset: str, tmp_path: Path
) -> None:
    linked = {"owner": ("parcel", "building"), "payment": ("assessment",)}.get(dataset, ())
    path = tmp_path / "records.csv"
    planted: list[Planted] = []
    write(generate(dataset, 2_000, 5, 0.2, planted, linked=linked), dataset, "csv", path)
    others = {name: [tmp_path / f"{name}.csv"] for name in linked}
    for name, (other,) in others.items():
        write(generate(name, 2_000, 5), name, "csv", other)

    def frame(held: int) -> pl.DataFrame:
        limits = Limits(held_bytes=held, block_bytes=40_000)
        report = validate(path, dataset, linked=others, today=TODAY, limits=limits)
        return report.frame.sort("row", "rule", "column")

    spilled = frame(50_000)
    assert spilled.equals(frame(2**30))
    assert len(spilled) == len(planted)


def test_few_values_to_meet_in_leave_parts_of_the_disk_empty(tmp_path: Path) -> None:
    path = tmp_path / "owners.csv"
    owners = (
        frame.with_columns(parcelId=pl.when(pl.col("parcelId").is_not_null()).then(pl.lit("P-1")))
        for frame in generate("owner", 600, 5)
    )
    write(owners, "owner", "csv", path)

    def found(held: int) -> list[tuple[str, int, str]]:
        limits = Limits(held_bytes=held, block_bytes=20_000)
        report = validate(path, "owner", today=TODAY, limits=limits)
        return [(f.rule, f.row, f.message_en) for f in report.findings()]

    assert found(10_000) == found(2**30)
    assert len(found(2**30)) > 100


ODD = """
@prefix t: <https://w3id.org/mattra/ns/tax#> . @prefix : <https://example.org/> .
@prefix type: <https://w3id.org/mattra/concept/owner-type/> .
:o1 a t:Ownership ; t:ownershipId "O-1", "O-1b" ; t:ownerId "5997748409815" ;
    t:ownerType type:natural-person .
_:x a t:Ownership ; t:ownershipId "O-2" ; :remark "of another vocabulary" .
"""


@pytest.mark.parametrize("engine", ["auto", pytest.param("pyshacl", marks=pytest.mark.slow)])
def test_a_graph_unlike_a_table_is_checked_over_triples(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(ODD, encoding="utf-8")
    report = validate(path, "owner", today=TODAY, engine=engine)
    found = {(f.rule, f.row, f.column): f for f in report.findings()}
    assert report.records == 2
    assert found["READ-005", 1, "ownershipId"].value == "O-1 | O-1b"
    assert found["LBT-012", 1, "ownerId"].value == "5997748409815"
    assert found["LBT-012", 1, "ownerId"].focus == "https://example.org/o1"
    # A record without a name is blamed too, under the name of its place.
    assert found["LBT-010", 2, "ownerId"].focus.endswith("/record/owner/odd/2")
    assert any("unlike a table" in english for _, english in report.notes)


def test_a_graph_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(ODD, encoding="utf-8")
    with pytest.raises(InputError, match="more than 3 triples"):
        validate(path, "owner", today=TODAY, limits=Limits(max_triples=3))


def test_a_linked_graph_unlike_a_table_counts(tmp_path: Path) -> None:
    owners, parcels = tmp_path / "owners.csv", tmp_path / "parcels.ttl"
    owners.write_text("ownershipId,propertyKind,parcelId\nO-1,land,P-1\nO-2,land,P-2\n")
    parcels.write_text(
        '@prefix t: <https://w3id.org/mattra/ns/tax#> . [] a t:LandParcel ; t:parcelId "P-1", "P-9" .'
    )
    report = validate(owners, "owner", linked={"parcel": [parcels]}, today=TODAY)
    assert [(f.row, f.value) for f in report.findings(rule="LBT-025")] == [(3, "P-2")]
