"""Rules that records of several tasks decide together, decided for some keys at a time.

Records that a rule compares have the same value in a column. They are brought together by it, so
that the one compiled query of the rule decides them as it would decide all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import pyarrow as pa

from ingest.records.spark_results import Done, Results, as_arrow
from ingest.records.spark_tasks import (
    Batches,
    Job,
    Work,
    failure,
    named_findings,
    plan_of,
    say,
)
from ontology.tax import datasets
from shapes.meeting import PLACES, Across, Meet
from shapes.patterns import DTYPES

OF: Final = "?of"
KEY: Final = "?key"
"""Columns that go with a record on its way: its data set, and what it meets others by."""
_ROWS: Final = 50_000


@dataclass(frozen=True)
class Kept:
    """What a task kept.

    :param files: names of files by data set.
    :param places: the place of each of its files among all.
    """

    files: Mapping[str, str]
    places: tuple[int, ...]


def travelling(meet: Meet) -> dict[str, Any]:
    """Return the columns that travel, with their types."""
    columns = {
        f"{dataset}/{name}": _dtype(dataset, name)
        for dataset, names in meet.sent.items()
        for name in names
    }
    return {OF: pl.String, KEY: pl.String, **columns}


def _dtype(dataset: str, name: str) -> Any:
    if name in PLACES:
        return pl.Int64
    column = datasets()[dataset].column(name.removesuffix("#"))
    return DTYPES[column.datatype] if column and name.endswith("#") else pl.String


def gathering(job: Job, meet: Meet, kept: Sequence[Kept]) -> Work:
    """Return what reads the kept columns of tasks by their numbers, each record with its key."""

    def work(batches: Batches) -> Iterator[pa.RecordBatch]:
        for number in (n for batch in batches for n in batch.column(0).to_pylist()):
            for dataset in meet.keys:
                if dataset in kept[number].files:
                    frame = kept_columns(job, meet, dataset, kept[number])
                    keyed = as_arrow(_keyed(job, meet, dataset, frame))
                    yield from keyed.to_batches(max_chunksize=_ROWS)

    return work


def kept_columns(job: Job, meet: Meet, dataset: str, kept: Kept) -> pl.DataFrame:
    """Return what a task kept of a data set."""
    path = Results(job.out).work / kept.files[dataset]
    frame = pl.read_parquet(path, columns=list(meet.sent[dataset]))
    places = pl.Series("file", kept.places, dtype=pl.UInt32)
    return frame.with_columns(places.gather(frame["file"]))


def _keyed(job: Job, meet: Meet, dataset: str, frame: pl.DataFrame) -> pl.DataFrame:
    keys = meet.keys[dataset]
    # A record without a value meets no other; one whose value cannot be read may miss another.
    given = [name.removesuffix("#") if dataset == job.dataset else name for name in keys]
    frame = frame.drop_nulls(given)
    texts = [pl.col(name).cast(pl.String).fill_null("") for name in keys]
    columns = {f"{dataset}/{name}": pl.col(name) for name in meet.sent[dataset]}
    columns |= {OF: pl.lit(dataset), KEY: pl.concat_str(texts, separator="\0")}
    return frame.select(
        columns.get(name, pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in travelling(meet).items()
    )


def deciding(
    job: Job, meet: Meet, key: str, names: Sequence[str], present: Collection[str]
) -> Work:
    """Return what decides the rules for records that were brought together.

    It writes the findings and says in which file.

    :param names: of all files.
    :param present: data sets that have records, be it for other keys.
    """

    def work(batches: Batches) -> Iterator[pa.RecordBatch]:
        together = list(batches)
        if not together:
            return
        frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(together)))
        done = Done()

        def run() -> None:
            done.findings = decide(job, meet, key, names, _apart(meet, frame, present)).findings

        failed = failure(job, run)
        if failed:
            yield say(None, *failed)
        yield from map(say, done.findings)

    return work


def _apart(meet: Meet, frame: pl.DataFrame, present: Collection[str]) -> dict[str, pl.DataFrame]:
    found = {}
    for dataset, names in meet.sent.items():
        part = frame.filter(pl.col(OF) == dataset).select(
            pl.col(f"{dataset}/{name}").alias(name) for name in names
        )
        if part.is_empty() and dataset in present:
            # A record without values stands for those with other keys.
            nothing = {name: [0 if name in PLACES else None] for name in names}
            part = pl.DataFrame(nothing, schema=part.schema)
        # As they were met: where several solutions concern a record the first one counts.
        found[dataset] = part.cast(dict.fromkeys(PLACES, pl.UInt32)).sort(PLACES)
    return found


def decide(
    job: Job, meet: Meet, key: str, names: Sequence[str], frames: dict[str, pl.DataFrame]
) -> Done:
    """Decide rules in records, and write the findings."""
    plan = plan_of(job).fresh()
    plan.files = list(names)
    rules: list[Across] = [each for each in plan.across if each[0].rule.id in meet.rules]
    with Results(job.out).writing(key) as writing:
        found = plan.decide(rules, {n: f for n, f in frames.items() if not f.is_empty()})
        writing.findings(named_findings(job, found, names))
    return writing.done
