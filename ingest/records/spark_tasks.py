"""What a worker of Spark does with files of records: it runs the columnar plan over them.

A worker compiles the rules once and keeps them; only names and texts travel to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow as pa

from graph.errors import InputError
from ingest.records.limits import Limits
from ingest.records.reading import Reading, open_records
from ingest.records.remarks import (
    READING_RULES,
    missing,
    of_headers,
    of_rows,
)
from ingest.records.spark_layout import Part, Task
from ingest.records.spark_results import Results, Told, Writing
from ontology.tax import datasets
from shapes.errors import ShapesError
from shapes.plan import Plan
from shapes.report import SCHEMA, Rule
from shapes.rules import ShapeGraph
from shapes.whole import TripleRun, shape_rules
from tax.reference import default_reference

Batches = Iterable[pa.RecordBatch]
Work = Callable[[Batches], Iterator[pa.RecordBatch]]
TOLD: Final = {"findings": pl.String, "th": pl.String, "en": pl.String}
"""Columns of what a worker says: the name of a file of findings, or why there is none."""


@dataclass(frozen=True)
class Job:
    """What is asked of all files alike.

    :param shapes: the texts of the shapes.
    :param given: data sets whose records links lead to.
    :param out: the folder of results, at the same place for every worker.
    """

    dataset: str
    shapes: tuple[str, ...] = field(repr=False)
    given: frozenset[str]
    today: date
    limits: Limits
    out: Path

    @property
    def digest(self) -> str:
        """What results depend on besides the files."""
        about = [self.dataset, *self.shapes, *sorted(self.given), str(self.today), str(self.limits)]
        return sha256("\0".join([*about, version("mattra")]).encode()).hexdigest()


@lru_cache(maxsize=1)
def plan_of(job: Job) -> Plan:
    """Return the compiled rules of a job."""
    shapes = ShapeGraph.parse(*job.shapes)
    return Plan(datasets()[job.dataset], shapes, default_reference(job.today), job.given)


@lru_cache(maxsize=1)
def rules_of(job: Job) -> dict[str, Rule]:
    """Return every rule of a job by its name, those of reading included."""
    plan = plan_of(job)
    return {**READING_RULES, **shape_rules(plan.shapes, plan.dataset)}


def feed(job: Job, part: Part, run: Plan | TripleRun, told: list[Told]) -> Iterator[pl.DataFrame]:
    """Give the records of a file to a run, and yield the findings as they appear.

    :param told: a list to which is added what else the file showed.
    :raises InputError: the file cannot be read; the message names it.
    """
    try:
        groups = range(*part.groups) if part.groups else None
        dataset = datasets()[part.dataset]
        reading = open_records(Path(part.path), dataset, job.limits, groups=groups)
        if reading.irregular:
            raise InputError(
                f"กราฟใน {reading.file} ไม่ได้มีค่าเดียวต่อคอลัมน์ของชุดข้อมูล Spark จึงตรวจไม่ได้ "
                "ใช้ --engine auto",
                f"the graph in {reading.file} does not have one value a column, which Spark cannot"
                " check; use --engine auto",
            )
        # What opening a file shows is told by its first part alone.
        opened = Counter() if part.first else Counter(reading.notes)
        if part.first and not part.linked:
            yield of_headers(reading, run.files.index(part.name))
        for frame in reading.chunks():
            if part.linked:
                run.feed_other(dataset, frame)
                yield pl.DataFrame(schema=SCHEMA)
            else:
                yield run.feed(frame, part.name, missing(reading))
        if not part.linked:
            told.append(_told(part, reading, opened))
            yield of_rows(reading, run.files.index(part.name))
    except InputError as error:
        name = Path(part.path).name
        if name in error.en:
            raise
        raise InputError(f"{name}: {error.th}", f"{name}: {error.en}") from error


def _told(part: Part, reading: Reading, opened: Counter[str]) -> Told:
    notes = {kind: n - opened[kind] for kind, n in reading.notes.items() if n > opened[kind]}
    count, named = reading.row_finding_count, len(reading.row_findings)
    return Told(part.name, reading.file, reading.records, notes, count, named)


def named_findings(job: Job, found: pl.DataFrame, files: Sequence[str]) -> pl.DataFrame:
    """Return findings as they are written: with the names of their files, and how grave."""
    names = pl.Series("file", files, dtype=pl.String)
    graveness = {rule.id: rule.severity for rule in rules_of(job).values()}
    return found.with_columns(
        names.gather(found["file"]),
        pl.col("rule").replace_strict(graveness, return_dtype=pl.String).alias("severity"),
    ).select("rule", "severity", *list(SCHEMA)[1:])


def checking(job: Job, tasks: Sequence[tuple[str, Task]]) -> Work:
    """Return what checks tasks, each with its key, by their numbers, and yields what failed."""

    def work(batches: Batches) -> Iterator[pa.RecordBatch]:
        for number in (n for batch in batches for n in batch.column(0).to_pylist()):
            failed = failure(job, lambda: check(job, *tasks[number]))  # noqa: B023
            if failed:
                yield say(None, *failed)

    return work


def failure(job: Job, run: Callable[[], object]) -> tuple[str, str] | None:
    """Run something; return in Thai and English what a user can do about its failing."""
    try:
        run()
    except InputError as error:
        return error.th, error.en
    except ShapesError as error:
        return f"ใช้ shapes ไม่ได้: {error}", f"the shapes cannot be used: {error}"
    except OSError as error:
        reason = error.strerror or error
        return f"เขียนผลใน {job.out} ไม่ได้: {reason}", f"cannot write in {job.out}: {reason}"
    return None


def say(findings: str | None, th: str | None = None, en: str | None = None) -> pa.RecordBatch:
    """Return a message to the driver."""
    columns = [pa.array([text], pa.string()) for text in (findings, th, en)]
    return pa.RecordBatch.from_arrays(columns, names=list(TOLD))


def check(job: Job, key: str, task: Task) -> None:
    """Check a task and write its findings, and the columns that rules across tasks need.

    :raises InputError: a file cannot be read.
    """
    plan, results = plan_of(job).fresh(), Results(job.out)
    plan.files = [part.name for part in task.parts]
    with results.writing(key) as writing:
        writing.done.files = plan.files
        for place, part in enumerate(task.parts):
            for found in feed(job, part, plan, writing.done.told):
                writing.findings(named_findings(job, found, plan.files))
                _keep(plan, writing, place)
        writing.findings(named_findings(job, plan.rest(), plan.files))
    results.mark(key, writing.done)


def _keep(plan: Plan, writing: Writing, place: int) -> None:
    """Write the columns that a plan holds, the same columns for each chunk."""
    for dataset, frames in plan.take().items():
        for frame in frames:
            file = pl.lit(place, dtype=pl.UInt32)
            added = {"file": file, "focus": pl.lit(None, dtype=pl.String)}
            full = frame.with_columns(**{k: e for k, e in added.items() if k not in frame.columns})
            writing.keep(dataset, full.select(sorted(full.columns)))
