"""Checking whole files: what the order of files and of records must not change."""

from pathlib import Path

import polars as pl
import pytest

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


@pytest.mark.parametrize("dataset", ["assessment", "owner", "payment", "local-government"])
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
