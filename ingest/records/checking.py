"""Checking files of records against the shapes: the one door for command, page and programs."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from os.path import commonpath
from pathlib import Path
from typing import Final

import polars as pl

from graph.errors import InputError
from ingest.records.ahead import side_by_side
from ingest.records.graphs import RecordGraph
from ingest.records.limits import Limits
from ingest.records.meter import Meter, Progress
from ingest.records.reading import Reading, open_records
from ingest.records.remarks import (
    READING_RULES,
    graph_notes,
    hint_for,
    missing,
    of_graph,
    of_headers,
    of_rows,
    plan_notes,
    reading_notes,
)
from ontology.tax import Dataset, datasets
from shapes.errors import ShapesError
from shapes.plan import Plan
from shapes.report import RecordReport
from shapes.rules import ShapeGraph
from shapes.tax import tax_shapes_text
from shapes.whole import TripleRun, shape_rules
from tax.reference import default_reference

ENGINES: Final = ("auto", "shacl", "pyshacl")


def dataset_of(name: str) -> Dataset:
    """Return a data set by its slug.

    :raises InputError: there is none of this name.
    """
    known = datasets()
    if name not in known:
        raise InputError(
            f"ไม่รู้จักชุดข้อมูล {name} เลือกจาก {', '.join(known)}",
            f"no data set {name}; choose from {', '.join(known)}",
        )
    return known[name]


def validate(
    paths: Path | str | Sequence[Path | str],
    dataset: str,
    *,
    linked: Mapping[str, Sequence[Path | str]] | None = None,
    shapes: Sequence[Path | str] = (),
    engine: str = "auto",
    today: date | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> RecordReport:
    """Check files of records of one data set.

    :param dataset: slug, such as ``assessment``.
    :param linked: files of other data sets that links lead to, by slug; without them the rules
        on links are not checked, which the report says.
    :param shapes: files of further shapes, in Turtle, checked besides the shipped ones.
    :param engine: ``auto`` (columns, and triples where columns cannot tell), ``shacl`` or
        ``pyshacl`` (all by triples).
    :param today: the day that nothing may lie after; this day by default.
    :raises InputError: a file or the shapes cannot be read; the message says how to mend it.
    """
    start = time.perf_counter()
    files = [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]
    kind = dataset_of(dataset)
    if engine not in ENGINES:
        raise InputError(
            f"ไม่รู้จักเครื่องมือ {engine} เลือกจาก {', '.join(ENGINES)}",
            f"no engine {engine}; choose from {', '.join(ENGINES)}",
        )
    given = linked_datasets(kind, linked or {})
    graph = ShapeGraph.parse(*shapes_texts(shapes))
    limits = limits or Limits.from_environment()
    readings = {
        name: open_records(path, kind, limits)
        for name, path in zip(names_of(files), files, strict=True)
    }
    others = [
        open_records(Path(path), dataset_of(slug), limits)
        for slug, paths in (linked or {}).items()
        for path in paths
    ]
    notes = list(graph_notes([*readings.values(), *others]))
    if notes and engine == "auto":
        engine = "shacl"
    meter = Meter(sum(r.total_bytes for r in [*readings.values(), *others]), progress)

    def prepare() -> list[Plan | TripleRun]:
        reference = default_reference(today)
        if engine != "auto":
            return [TripleRun(kind, graph, reference, engine, files=list(readings))]
        plan = Plan(
            kind, graph, reference, given, files=list(readings), held_bytes=limits.held_bytes
        )
        left = frozenset(plan.uncovered.keys() | graph.beyond(kind.iri).keys())
        rest = TripleRun(kind, graph, reference, "shacl", left, files=list(readings))
        return [plan, rest] if left else [plan]

    # The first records are read while the rules are compiled.
    with ThreadPoolExecutor(1, thread_name_prefix="rules") as pool:
        runs = pool.submit(prepare)
        try:
            found = list(_found(runs, readings, others, meter))
        except ShapesError as error:
            raise as_input_error(error) from error
    report = RecordReport(
        dataset=dataset,
        files=list(readings),
        records=sum(reading.records for reading in readings.values()),
        rules={**READING_RULES, **shape_rules(graph, kind)},
        frame=pl.concat(found),
        engine="columns" if engine == "auto" else engine,
        hinter=lambda column, value: hint_for(kind, column, value),
        title=kind.label_th,
        headings={column.name: column.name_th for column in kind.columns},
    )
    report.notes = [*notes, *reading_notes(readings)]
    for run in runs.result():
        if isinstance(run, Plan):
            report.notes += plan_notes(run, report.records)
    report.took_ms = (time.perf_counter() - start) * 1000
    return report


def _found(
    runs: Future[list[Plan | TripleRun]],
    readings: dict[str, Reading],
    others: list[Reading],
    meter: Meter,
) -> Iterator[pl.DataFrame]:
    """Give the findings as they appear; those of the headers first."""
    for other in others:
        if other.irregular:
            _feed_graph(runs.result(), other.graph())
            meter.close(other)
            continue
        for frame in other.chunks():
            for run in runs.result():
                run.feed_other(other.dataset, frame)
            meter.tell(other)
        meter.close(other)
    for place, (name, reading) in enumerate(readings.items()):
        if reading.irregular:
            graph = reading.graph()
            _feed_graph(runs.result(), graph, name)
            yield of_graph(graph, place)
            meter.close(reading)
            continue
        yield of_headers(reading, place)
        absent = missing(reading)

        def judge(
            read: Callable[[], pl.DataFrame], name: str = name, absent: frozenset[str] = absent
        ) -> list[pl.DataFrame]:
            frame = read()
            return [run.feed(frame, name, absent) for run in runs.result()] if frame.height else []

        for found in side_by_side(judge, reading.parts()):
            yield from found
            meter.tell(reading)
        meter.close(reading)
        yield of_rows(reading, place)
    for run in runs.result():
        yield run.finish()


def _feed_graph(runs: Iterable[Plan | TripleRun], graph: RecordGraph, name: str = "") -> None:
    for run in runs:
        if isinstance(run, TripleRun):
            run.feed_graph(graph.ntriples, graph.nodes if name else (), name)


def linked_datasets(kind: Dataset, linked: Collection[str]) -> frozenset[str]:
    """Return the data sets that links lead to.

    :raises InputError: there is none of a name, or it is the one that is checked.
    """
    if kind.slug in linked:
        raise InputError(
            f"--with {kind.slug} เป็นชุดข้อมูลที่ตรวจอยู่ ให้ระบุเป็นไฟล์ที่ตรวจ",
            f"--with {kind.slug} is the data set that is checked; name its files as those to check",
        )
    return frozenset(dataset_of(slug).slug for slug in linked)


def names_of(files: list[Path]) -> list[str]:
    """Return a name for each file: its own, or its path below what all have in common."""
    if len({file.stem for file in files}) == len(files):
        return [file.name for file in files]
    common = commonpath([file.absolute().parent for file in files])
    return [str(file.absolute().relative_to(common)) for file in files]


def shapes_texts(paths: Sequence[Path | str]) -> list[str]:
    """Return the shipped shapes and those of the user, which are linted first.

    :raises InputError: a file of shapes cannot be read or used.
    """
    texts = [tax_shapes_text()]
    for path in map(Path, paths):
        try:
            # rdflib is slow to load, and few bring shapes of their own.
            from shapes.lint import lint_text

            text = path.read_text(encoding="utf-8-sig")
            lint_text(text)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"อ่านไฟล์ shapes {path.name} ไม่ได้ ต้องเป็นไฟล์ Turtle แบบ UTF-8",
                f"cannot read the shapes {path.name}; give a Turtle file in UTF-8",
            ) from error
        except ShapesError as error:
            raise as_input_error(error, path.name) from error
        texts.append(text)
    return texts


def as_input_error(error: ShapesError, name: str = "shapes") -> InputError:
    """Return what a user is told of shapes that cannot be used."""
    return InputError(f"ใช้ {name} ไม่ได้: {error}", f"{name} cannot be used: {error}")
