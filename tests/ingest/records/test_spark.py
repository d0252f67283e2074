"""Spark finds what the local engine finds, whatever the files are and however a run ends."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graph.errors import InputError
from ingest.records.checking import validate
from ingest.records.convert import convert
from ingest.records.limits import Limits
from ingest.records.reading import open_records
from ingest.records.sample import generate
from ingest.records.spark import validate_spark
from ingest.records.spark_session import spark_session
from ontology.tax import datasets
from shapes.report import SCHEMA, RecordReport
from shapes.reports import writer

pytestmark = pytest.mark.slow
pytest.importorskip("pyspark")
TODAY = date(2026, 6, 1)
SMALL = Limits(task_bytes=60_000)
"""Many tasks of few records."""
COMMAND = [sys.executable, "-c", "from ui.cli import main; main()", "validate"]
Check = Callable[..., RecordReport]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers of one Spark for all tests."""
    with spark_session("local[2]", tmp_path_factory.mktemp("spark") / "log") as start:
        yield start()


@pytest.fixture
def check(session: Any, tmp_path: Path) -> Check:
    """Check with Spark into a folder of its own."""

    def run(*paths: Path, dataset: str, limits: Limits = SMALL, **options: Any) -> RecordReport:
        out = options.pop("out", tmp_path / "out")
        return validate_spark(paths, dataset, out, today=TODAY, limits=limits, **options)

    return run


def records(dataset: str, rows: int, seed: int = 1) -> pl.DataFrame:
    return pl.concat(generate(dataset, rows, seed))


def files_in(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.*") if path.is_file())


def rows(report: RecordReport) -> pl.DataFrame:
    names = pl.Series("file", report.files, dtype=pl.String)
    found = report.frame.select(list(SCHEMA)).with_columns(names.gather(report.frame["file"]))
    return found.sort(found.columns)


def assert_same(found: RecordReport, local: RecordReport, *more_notes: str) -> None:
    assert rows(found).equals(rows(local)), (found.by_rule(), local.by_rule())
    assert found.files == local.files
    assert found.records == local.records
    assert found.rules == local.rules
    assert (found.title, found.headings) == (local.title, local.headings)
    notes = [note for note in found.notes if not note[1].startswith(more_notes or "\0")]
    assert sorted(notes) == sorted(local.notes)


def test_a_folder_of_files_of_every_form(check: Check, tmp_path: Path) -> None:
    folder, linked = tmp_path / "owners", tmp_path / "parcels"
    (folder / "north").mkdir(parents=True)
    linked.mkdir()
    owners = records("owner", 1600)
    changed = owners.with_columns(
        pl.when(pl.int_range(pl.len()) % 97 == 0)
        .then(pl.lit("1234567890123"))
        .otherwise("ownerId")
        .alias("ownerId"),
        pl.when(pl.int_range(pl.len()) % 113 == 0)
        .then(pl.lit("31/13/2569"))
        .otherwise("heldSince")
        .alias("heldSince"),
        # Shares of one property lie in several files.
        pl.when(pl.int_range(pl.len()) % 60 == 8)
        .then(pl.lit("3"))
        .otherwise("shareNumerator")
        .alias("shareNumerator"),
    )
    parts = [changed.slice(at, 400) for at in range(0, 1600, 400)]
    # Keys of one file come again in others.
    parts[0].write_csv(folder / "a.csv")
    parts[1].vstack(parts[0].head(5)).write_csv(folder / "north" / "a.csv", separator=";")
    parts[2].vstack(parts[1].tail(3)).write_ndjson(folder / "c.ndjson")
    text = parts[3].write_csv().replace("ownerId,", "ownerNo,", 1).splitlines()
    text[5] += ",too,many"
    (folder / "d.csv").write_text("\n".join(text), encoding="cp874")
    # What was typed with blanks, and what is a graph, comes beside what is neither.
    blanks = parts[2].head(60).with_columns(pl.col("shareNumerator", "ownershipId") + " ")
    blanks.write_csv(folder / "e.csv")
    reading = open_records(folder / "e.csv", datasets()["owner"])
    with (folder / "f.ttl").open("wb") as handle:
        convert(reading, "ttl", handle)
    (folder / "_SUCCESS").touch()
    (folder / "readme.md").write_text("not a table")
    parcels = records("parcel", 900)
    parcels.head(500).write_parquet(linked / "p.parquet", row_group_size=100)
    parcels.slice(500, 200).write_csv(linked / "p.csv")

    found = check(folder, dataset="owner", linked={"parcel": [linked]})
    files = [file for file in files_in(folder) if file.suffix in (".csv", ".ndjson", ".ttl")]
    local = validate(files, "owner", linked={"parcel": files_in(linked)}, today=TODAY)
    assert_same(found, local, "1 files of other kinds")
    assert {"LBT-025", "LBT-503", "LBT-516", "READ-001", "READ-002", "READ-004"} <= set(
        found.by_rule()
    )
    assert any("readme.md" in en for _, en in found.notes)

    written = pl.read_parquet(tmp_path / "out" / "findings" / "*.parquet")
    named = written.select(list(SCHEMA)).cast({"row": pl.UInt32})
    assert named.sort(named.columns).equals(rows(found))
    rules = pl.read_parquet(tmp_path / "out" / "rules.parquet")
    assert written.join(rules, left_on="rule", right_on="id", how="anti").is_empty()


def test_partitioned_parquet_divided_by_row_groups(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "table"
    assessments = records("assessment", 3000).with_columns(
        pl.when(pl.int_range(pl.len()) % 211 == 0)
        .then(pl.lit("1,234,5"))
        .otherwise("taxDue")
        .alias("taxDue"),
        # One owner is exempt too often in a year.
        pl.when((pl.col("exemptValue") != "0.00") & (pl.int_range(pl.len()) % 5 == 0))
        .then(pl.lit("1101700230708"))
        .otherwise("ownerId")
        .alias("ownerId"),
    )
    doubled = assessments.vstack(assessments.gather_every(700))
    for year, part in doubled.partition_by("taxYear", as_dict=True).items():
        inside = folder / f"taxYear={year[0]}"
        inside.mkdir(parents=True)
        for number, piece in enumerate(part.iter_slices(1000)):
            piece.drop("taxYear").write_parquet(
                inside / f"part-{number}.parquet", row_group_size=130
            )
    found = check(folder, dataset="assessment")
    assert_same(found, validate(files_in(folder), "assessment", today=TODAY))
    assert {"LBT-101", "LBT-127", "LBT-128"} <= set(found.by_rule())
    assert "READ-001" not in found.by_rule()
    markers = [json.loads(path.read_bytes()) for path in (tmp_path / "out/work").glob("*.json")]
    read = [told["name"] for marker in markers for told in marker["told"]]
    assert len(read) > len(set(read)) == len(files_in(folder))
    assert any("name of a folder" in en for _, en in found.notes)


def test_sums_over_the_records_of_several_files(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "payments"
    folder.mkdir()
    paid = records("payment", 1200)
    third = pl.int_range(pl.len()) % 40 == 0
    paid = paid.with_columns(
        pl.when(third).then(pl.lit("99999.00")).otherwise(name).alias(name)
        for name in ("instalmentAmount", "taxDue")
    )
    for number in range(5):
        paid.gather_every(5, number).write_csv(folder / f"{number}.csv")
    assessed = tmp_path / "assessed.parquet"
    records("assessment", 1000).write_parquet(assessed, row_group_size=200)
    found = check(folder, dataset="payment", linked={"assessment": [assessed]})
    local = validate(files_in(folder), "payment", linked={"assessment": [assessed]}, today=TODAY)
    assert_same(found, local)
    assert {"LBT-605", "LBT-617"} <= set(found.by_rule())


OWN_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix t: <https://w3id.org/mattra/ns/tax#> .
@prefix s: <https://example.org/shapes#> .
s:prefixes sh:declare [ sh:prefix "t" ; sh:namespace "https://w3id.org/mattra/ns/tax#"^^<http://www.w3.org/2001/XMLSchema#anyURI> ] .
s:Owner a sh:NodeShape ; sh:targetClass t:Ownership ; sh:property s:apart , s:twice , s:either .
s:apart sh:path t:unitId ; sh:message "a unit or a building that is known"@en ; sh:sparql [
  sh:prefixes s:prefixes ; sh:select '''SELECT $this ?value WHERE {
    $this t:unitId ?value ; t:ownerId ?owner .
    FILTER NOT EXISTS { ?u a t:CondominiumUnit ; t:unitId ?value . }
    FILTER NOT EXISTS { ?b a t:Building ; t:buildingId ?owner . } }''' ] .
s:twice sh:path t:firstName ; sh:maxLength 9 ; sh:severity sh:Warning .
s:either sh:path t:lastName ; sh:severity sh:Info ; sh:sparql [
  sh:prefixes s:prefixes ; sh:select '''SELECT $this ?value WHERE {
    { $this t:lastName ?value . FILTER (STRLEN(?value) > 9) }
    UNION { $this t:lastName ?value . FILTER (STRLEN(?value) < 6) } }''' ] .
"""


def test_rules_that_cannot_be_split_and_shapes_of_others(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, part in enumerate(records("owner", 400).iter_slices(100)):
        part.write_csv(folder / f"{number}.csv")
    records("condominium", 60).write_csv(tmp_path / "units.csv")
    records("building", 60).write_csv(tmp_path / "buildings.csv")
    shapes = tmp_path / "own.ttl"
    shapes.write_text(OWN_SHAPES, encoding="utf-8")
    options: dict[str, Any] = {
        "linked": {
            "condominium": [tmp_path / "units.csv"],
            "building": [tmp_path / "buildings.csv"],
        },
        "shapes": [shapes],
    }
    found = check(folder, dataset="owner", **options)
    local = validate(files_in(folder), "owner", today=TODAY, **options)
    assert_same(found, local, "decided by the driver")
    assert any(en.startswith("decided by the driver") for _, en in found.notes)
    names = {name.rpartition("#")[2] for name in found.by_rule()}
    assert {"apart", "twice", "either"} <= names


def test_only_files_that_changed_are_checked_again(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    parts = list(records("parcel", 300).iter_slices(100))
    for number, part in enumerate(parts):
        part.write_csv(folder / f"{number}.csv")
    limits = replace(SMALL, task_bytes=1)
    first = check(folder, dataset="parcel", limits=limits)
    markers = {path: path.stat().st_mtime_ns for path in (tmp_path / "out/work").glob("*.json")}
    assert first.by_rule().keys() & {"LBT-202"} == set()

    parts[1].vstack(parts[0].head(1)).write_csv(folder / "1.csv")
    second = check(folder, dataset="parcel", limits=limits)
    assert_same(second, validate(files_in(folder), "parcel", today=TODAY))
    assert second.by_rule()["LBT-202"] == 2
    now = {path: path.stat().st_mtime_ns for path in (tmp_path / "out/work").glob("*.json")}
    assert len(set(now.items()) & set(markers.items())) == 2
    assert len(now) == len(markers)


def test_what_cannot_be_read_is_named(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with pytest.raises(InputError, match="has no files of records"):
        check(folder, dataset="parcel")
    (folder / "notes.pdf").write_bytes(b"%PDF-")
    with pytest.raises(InputError, match="has no files of records"):
        check(folder, dataset="parcel")
    with pytest.raises(InputError, match="is the data set that is checked"):
        check(tmp_path / "nowhere.csv", dataset="parcel", linked={"parcel": [folder]})
    with pytest.raises(InputError, match=r"there is no file .*nowhere\.csv"):
        check(tmp_path / "nowhere.csv", dataset="parcel")

    limits = replace(SMALL, task_bytes=20_000)
    for number, part in enumerate(records("parcel", 400).iter_slices(100)):
        part.write_csv(folder / f"{number}.csv")
    good = (folder / "2.csv").read_text()
    (folder / "2.csv").write_text(good + '"P-9,never closed\n')
    with pytest.raises(InputError, match=r"2\.csv: the quote") as caught:
        check(folder, dataset="parcel", limits=limits)
    assert "2.csv" in caught.value.th

    records("parcel", 2000).write_parquet(folder / "3.parquet", row_group_size=300)
    cut = (folder / "3.parquet").read_bytes()
    (folder / "3.parquet").write_bytes(cut[: len(cut) // 2])
    with pytest.raises(InputError, match=r"2\.csv: the quote.*; 1 more"):
        check(folder, dataset="parcel", limits=limits)
    (folder / "2.csv").write_text(good)
    with pytest.raises(InputError, match=r"Parquet file 3\.parquet"):
        check(folder, dataset="parcel", limits=limits)
    (folder / "3.parquet").unlink()
    found = check(folder, dataset="parcel", limits=limits)
    assert_same(found, validate(files_in(folder)[:-1], "parcel", today=TODAY), "1 files of other")


def test_nothing_is_reached_from_outside(session: Any) -> None:
    java = Path("/proc", str(session.sparkContext._gateway.proc.pid))
    if not java.exists():
        pytest.skip("no /proc to look at")
    sockets = set()
    for link in (java / "fd").iterdir():
        try:
            sockets |= set(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
        except FileNotFoundError:
            continue
    listening = []
    for table in ("tcp", "tcp6"):
        for line in (java / "net" / table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                listening.append(fields[1].rpartition(":")[0])
    loopback = ("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000")
    assert listening
    assert set(listening) <= set(loopback)
    assert session.sparkContext.uiWebUrl is None


def test_a_run_that_was_killed_is_taken_up_again(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    frames = list(records("assessment", 8_000).iter_slices(1_000))
    for number, part in enumerate(frames):
        doubled = part.vstack(frames[number - 1].head(2)).with_columns(
            pl.when(pl.int_range(pl.len()) % 301 == 0)
            .then(pl.lit("2"))
            .otherwise("taxDue")
            .alias("taxDue")
        )
        doubled.write_csv(folder / f"{number}.csv")
    limits = Limits(task_bytes=1)
    out = tmp_path / "cut"
    command = [*COMMAND, str(folder), "--as", "assessment", "--engine", "spark"]
    command += ["--master", "local[2]", "--out", str(out), "--today", str(TODAY)]
    command += ["--format", "json"]
    environment = {**os.environ, "MATTRA_RECORDS_TASK_BYTES": "1"}

    def markers() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in out.glob("work/*.json")}

    run = subprocess.Popen(command, env=environment, start_new_session=True)
    while not markers() and run.poll() is None:
        time.sleep(0.01)
    assert run.poll() is None
    os.killpg(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    before = markers()
    assert 0 < len(before) < len(frames)
    assert not (out / "report.json").exists()

    again = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert again.returncode == 1, again.stderr.decode()
    assert again.stdout == b""
    lines = again.stderr.decode().replace("\r", "\n").splitlines()
    assert all(line.startswith("ตรวจ") for line in lines if line.strip()), lines
    assert before.items() <= markers().items()

    whole = check(folder, dataset="assessment", limits=limits)
    text = io.BytesIO()
    writer("json")(whole, text)
    expected = json.loads(text.getvalue())
    found = json.loads((out / "report.json").read_bytes())
    assert found["findings"]
    assert {**found, "took_ms": 0} == {**expected, "took_ms": 0}
    assert_same(whole, validate(files_in(folder), "assessment", today=TODAY))
    leftover = [path for path in out.rglob("*") if path.name.startswith(".")]
    assert leftover == []


@pytest.mark.parametrize(
    ("start", "environment", "wanted"),
    [
        ("import sys; sys.modules['pyspark'] = None\n", {}, "pip install 'mattra[spark]'"),
        ("", {"PATH": "/nowhere", "JAVA_HOME": ""}, "apt-get install openjdk-17"),
    ],
)
def test_without_spark_or_java_the_command_says_what_to_install(
    start: str, environment: dict[str, str], wanted: str, tmp_path: Path
) -> None:
    records("parcel", 10).write_csv(tmp_path / "p.csv")
    arguments = ["validate", str(tmp_path / "p.csv"), "--as", "parcel", "--engine", "spark"]
    arguments += ["--out", str(tmp_path / "out")]
    code = f"{start}from ui.cli import main; main({arguments!r})"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    said = run.stderr.splitlines()
    assert len(said) == 2, run.stderr
    assert all(wanted in line for line in said)
