"""The folder of results: each task's are whole or not there, so that a run can be taken up again.

``findings/`` is what users read. ``work/`` has a marker for each finished task and the columns that
rules across tasks need; without it the next run starts from the beginning.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import InputError

_OURS: Final = re.compile(r"\.?[0-9a-f]{32}\.")


@dataclass
class Told:
    """What reading a file, or some of it, showed besides findings.

    :param file: the name without folders.
    :param named: rows unlike the header that are findings; more of them were only counted.
    """

    name: str
    file: str
    records: int
    notes: dict[str, int]
    row_finding_count: int
    named: int

    @property
    def row_findings(self) -> range:
        """The rows unlike the header that are findings, as numbers."""
        return range(self.named)


@dataclass
class Done:
    """What a finished task left.

    :param findings: names of files in ``findings/``.
    :param kept: names of files in ``work/``, by data set.
    :param records: how many records were kept, by data set.
    :param files: names of the files of records; what is kept refers to their place here.
    """

    findings: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


class Results:
    """The folder of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings = folder / "findings"
        self.work = folder / "work"

    def prepare(self) -> None:
        """Make the folders.

        :raises InputError: they cannot be written.
        """
        try:
            self.findings.mkdir(parents=True, exist_ok=True)
            self.work.mkdir(exist_ok=True)
        except OSError as error:
            folder = self.folder
            raise InputError(
                f"เขียนในโฟลเดอร์ {folder} ไม่ได้ ตรวจชื่อและสิทธิ์",
                f"cannot write in the folder {folder}; check its name and your rights",
            ) from error

    def done(self, key: str) -> Done | None:
        """Return what a task left, or None if it is still to be done."""
        try:
            told = json.loads((self.work / f"{key}.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        done = Done(**{**told, "told": [Told(**each) for each in told["told"]]})
        there = [self.findings / name for name in done.findings]
        there += [self.work / name for name in done.kept.values()]
        return done if all(path.exists() for path in there) else None

    def count(self, keys: set[str]) -> int:
        """Return how many of these tasks have their marker."""
        return sum(path.stem in keys for path in self.work.glob("*.json"))

    @contextmanager
    def writing(self, key: str) -> Iterator["Writing"]:
        """Take a task's results; the files appear at the end, or not at all."""
        writing = Writing(self, key)
        try:
            yield writing
            writing.finish()
        finally:
            writing.clear()

    def mark(self, key: str, done: Done) -> None:
        """Say that a task is finished, and what it left."""
        marker = self.work / f"{key}.json"
        scratch = marker.with_name(f".{key}.{uuid4().hex[:8]}.json")
        scratch.write_text(json.dumps(asdict(done), ensure_ascii=False), encoding="utf-8")
        scratch.replace(marker)

    def sweep(self, keys: Iterable[str]) -> None:
        """Delete what is left of tasks that are no part of the run."""
        wanted: set[Path] = set()
        for key in keys:
            if done := self.done(key):
                wanted |= {self.findings / name for name in done.findings}
                wanted |= {self.work / name for name in [*done.kept.values(), f"{key}.json"]}
        for folder in (self.findings, self.work):
            for path in folder.iterdir():
                if _OURS.match(path.name) and path not in wanted:
                    path.unlink(missing_ok=True)

    def frames(self, tasks: Iterable[Done]) -> Iterator[pl.DataFrame]:
        """Give the findings of tasks, each with the name of its file."""
        for done in tasks:
            for name in done.findings:
                yield pl.read_parquet(self.findings / name)


class Writing:
    """The results of one task, or of a share of it, while it runs.

    Their names are new each time: of two attempts, the one that is marked last counts.
    """

    def __init__(self, results: Results, key: str) -> None:
        self.done = Done()
        self._results, self._key = results, key
        self._attempt = uuid4().hex[:8]
        self._open: dict[Path, pq.ParquetWriter] = {}

    def findings(self, frame: pl.DataFrame) -> None:
        """Add findings, each with the name of its file."""
        if frame.is_empty():
            return
        path = self._results.findings / f"{self._key}.{self._attempt}.parquet"
        self.done.findings = [path.name]
        self._write(path, frame)

    def keep(self, dataset: str, frame: pl.DataFrame) -> None:
        """Add columns that rules across tasks need."""
        path = self._results.work / f"{self._key}.{self._attempt}.{dataset}.parquet"
        self.done.kept[dataset] = path.name
        self.done.records[dataset] = self.done.records.get(dataset, 0) + frame.height
        self._write(path, frame)

    def _write(self, path: Path, frame: pl.DataFrame) -> None:
        table = as_arrow(frame)
        if path not in self._open:
            self._open[path] = pq.ParquetWriter(_scratch(path), table.schema, compression="zstd")
        self._open[path].write_table(table)

    def finish(self) -> None:
        """Let the files appear."""
        for path, writer in self._open.items():
            writer.close()
            _scratch(path).replace(path)
        self._open.clear()

    def clear(self) -> None:
        """Take away what was written before something went wrong."""
        for path, writer in self._open.items():
            writer.close()
            _scratch(path).unlink(missing_ok=True)


def as_arrow(frame: pl.DataFrame) -> pa.Table:
    """Return a frame as Spark and other readers of Arrow take it: texts of 32 bits of length."""
    table: Any = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    fields = [
        pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type)
        for f in table.schema
    ]
    return table.cast(pa.schema(fields))


def _scratch(path: Path) -> Path:
    return path.with_name(f".{path.name}")
