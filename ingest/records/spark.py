"""Checking more records than one machine holds: the columnar plan on Spark.

Each task runs the plan over some files and writes what it finds; rules that records of several
tasks decide together follow as shuffles. Nothing is decided by Spark itself, so that findings are
those of the local engine. A run that was cut off is taken up where it ended.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import polars as pl

from ingest.records.checking import (
    as_input_error,
    dataset_of,
    linked_datasets,
    names_of,
    shapes_texts,
)
from ingest.records.limits import Limits
from ingest.records.meter import Progress
from ingest.records.remarks import Note, hint_for, plan_notes, reading_notes
from ingest.records.spark_layout import files_of, lay_out, parts_of
from ingest.records.spark_results import Done, Results, Told
from ingest.records.spark_run import Run
from ingest.records.spark_session import spark_session
from ingest.records.spark_tasks import Job, rules_of
from shapes.errors import ShapesError
from shapes.report import SCHEMA, RecordReport


def validate_spark(
    paths: Path | str | Sequence[Path | str],
    dataset: str,
    out: Path | str,
    *,
    linked: Mapping[str, Sequence[Path | str]] | None = None,
    shapes: Sequence[Path | str] = (),
    today: date | None = None,
    limits: Limits | None = None,
    master: str | None = None,
    progress: Progress | None = None,
) -> RecordReport:
    """Check files and folders of records of one data set with Spark.

    :param out: folder for the results, which all workers see at the same place. What a run that
        was cut off has left there is not done again.
    :param linked: files and folders of other data sets that links lead to, by slug.
    :param shapes: files of further shapes, in Turtle, checked besides the shipped ones.
    :param today: the day that nothing may lie after; this day by default.
    :param master: where Spark runs, such as ``local[2]``; by default as spark-defaults says.
    :param progress: is told tasks done, tasks in all and records so far.
    :raises InputError: a file or the shapes cannot be read, or Spark is not there.
    """
    start = time.perf_counter()
    given = [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]
    results = Results(Path(out).absolute())
    kind = dataset_of(dataset)
    job = Job(
        dataset,
        tuple(shapes_texts(shapes)),
        linked_datasets(kind, linked or {}),
        today or date.today(),
        limits or Limits.from_environment(),
        results.folder,
    )
    files, skipped = files_of(given, results.folder)
    names = names_of(files)
    tasks = lay_out(parts_of(files, names, dataset), job.limits)
    for slug, folders in (linked or {}).items():
        linked_files, _ = files_of(map(Path, folders), results.folder)
        parts = parts_of(linked_files, names_of(linked_files), slug, linked=True)
        tasks += lay_out(parts, job.limits)
    results.prepare()
    run = Run(job, results, names, tasks, progress)
    try:
        with spark_session(master, results.folder / "spark.log") as session:
            done = list(run.done(session))
    except ShapesError as error:
        raise as_input_error(error) from error
    results.sweep(run.keys)
    _write_rules(job)
    told = _told(names, done)
    report = RecordReport(
        dataset=dataset,
        files=names,
        records=sum(each.records for each in told.values()),
        rules=rules_of(job),
        frame=_findings(results, names, done),
        engine="spark",
        hinter=lambda column, value: hint_for(kind, column, value),
        title=kind.label_th,
        headings={column.name: column.name_th for column in kind.columns},
    )
    report.notes = [
        *reading_notes(told),
        *plan_notes(run.plan, report.records),
        *run.notes(),
        *_skipped(skipped),
    ]
    report.took_ms = (time.perf_counter() - start) * 1000
    return report


def _told(names: Sequence[str], done: Iterable[Done]) -> dict[str, Told]:
    """Return what the files showed besides findings, each as a whole."""
    parts: dict[str, list[Told]] = {name: [] for name in names}
    for each in (told for one in done for told in one.told):
        parts[each.name].append(each)
    whole = {}
    for name, found in parts.items():
        notes: Counter[str] = Counter()
        for each in found:
            notes.update(each.notes)
        whole[name] = Told(
            name,
            found[0].file,
            sum(each.records for each in found),
            notes,
            sum(each.row_finding_count for each in found),
            sum(each.named for each in found),
        )
    return whole


def _findings(results: Results, names: list[str], done: Iterable[Done]) -> pl.DataFrame:
    """Return all findings, each with the place of its file."""
    frames = [pl.DataFrame(schema={**SCHEMA, "file": pl.String}), *results.frames(done)]
    found = pl.concat(frame.select(list(SCHEMA)) for frame in frames)
    places = {name: place for place, name in enumerate(names)}
    return found.with_columns(pl.col("file").replace_strict(places, return_dtype=pl.UInt32))


def _skipped(files: Sequence[Path]) -> Iterator[Note]:
    if files:
        names = ", ".join(file.name for file in files[:5]) + (" …" if len(files) > 5 else "")
        yield (
            f"ไม่ได้อ่าน {len(files):,} ไฟล์ที่ไม่ใช่ระเบียน: {names}",
            f"{len(files):,} files of other kinds were not read: {names}",
        )


def _write_rules(job: Job) -> None:
    """Write what the findings refer to."""
    rules = pl.DataFrame([asdict(rule) for rule in rules_of(job).values()])
    rules.write_parquet(job.out / "rules.parquet")
