"""The driver of a run on Spark: which tasks are left, and what follows them."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from hashlib import sha256
from math import ceil
from typing import Any, Final

import polars as pl

from graph.errors import InputError
from ingest.records.meter import Progress
from ingest.records.remarks import Note
from ingest.records.spark_across import (
    KEY,
    Kept,
    decide,
    deciding,
    gathering,
    kept_columns,
    travelling,
)
from ingest.records.spark_layout import Task
from ingest.records.spark_results import Done, Results
from ingest.records.spark_session import quiet, struct
from ingest.records.spark_tasks import TOLD, Job, Work, checking, feed, named_findings, plan_of
from shapes.meeting import Meet
from shapes.whole import TripleRun

_PAUSE: Final = 0.3
_TOGETHER: Final = 500_000
"""Records that are brought together in one worker, about."""
_FEW: Final = 50_000
_AT_ONCE: Final = 4
_PATIENCE: Final = 60


class Run:
    """Tasks that are done or still to be done.

    :param names: of the files that are checked.
    :ivar plan: the compiled rules.
    """

    def __init__(
        self,
        job: Job,
        results: Results,
        names: list[str],
        tasks: Sequence[Task],
        progress: Progress | None,
    ) -> None:
        self._job, self._results, self._names = job, results, names
        self._progress, self._last_told = progress, -1
        self._tasks = {task.key(job.digest): task for task in tasks}
        self.plan = plan_of(job)
        beyond = self.plan.shapes.beyond(self.plan.dataset.iri)
        self._left = sorted(self.plan.uncovered.keys() | beyond.keys())
        self._meets = {self._key(*meet.rules): meet for meet in self.plan.meets}

    @property
    def keys(self) -> set[str]:
        """Names of all results."""
        left = {self._key("triples", *self._left)} if self._left else set()
        return {*self._tasks, *self._meets, *left}

    def _key(self, *about: str) -> str:
        """Return a name for results that all tasks bear on."""
        texts = [self._job.digest, *self._names, *about, *self._tasks]
        return sha256("\0".join(texts).encode()).hexdigest()[:32]

    def notes(self) -> Iterator[Note]:
        """Give what the driver had to do by itself."""
        for meet in self.plan.meets:
            if meet.keys:
                continue
            rules = ", ".join(meet.rules)
            yield (
                f"ตัดสิน {rules} บนเครื่องหลักเครื่องเดียว เพราะแบ่งระเบียนไม่ได้",
                f"decided by the driver alone, as records cannot be split for it: {rules}",
            )

    def done(self, session: Callable[[], Any]) -> Iterator[Done]:
        """Do what is left, and give what each task found.

        :param session: returns the session of Spark; it is asked for only if there is work.
        :raises InputError: a file cannot be read.
        """
        self._session = session
        pending = [(key, task) for key, task in self._tasks.items() if not self._results.done(key)]
        if pending:
            work = checking(self._job, pending)
            for _ in self._collected({"": self._numbers(len(pending), len(pending), work, TOLD)}):
                pass
        tasks = [self._finished(key) for key in self._tasks]
        yield from tasks
        self._decide_across(tasks)
        for key in self._meets:
            yield self._finished(key)
        if self._left:
            yield self._by_triples()
        self._tell()

    def _decide_across(self, tasks: Sequence[Done]) -> None:
        """Have the rules that several tasks decide together decided, several at a time."""
        kept = [Kept(d.kept, at) for d, at in zip(tasks, self._places(tasks), strict=True)]
        present = frozenset(name for each in tasks for name in each.kept)
        frames = {}
        for key, meet in self._meets.items():
            if self._results.done(key):
                continue
            if self.plan.dataset.slug not in present:
                self._results.mark(key, Done())
            elif meet.keys:
                rows = sum(each.records.get(name, 0) for each in tasks for name in meet.keys)
                frames[key] = self._together(key, meet, kept, present, rows)
            else:
                self._results.mark(key, self._by_driver(key, meet, kept, present))
        for key, found in self._collected(frames):
            self._results.mark(key, Done(findings=found))

    def _together(
        self, key: str, meet: Meet, kept: list[Kept], present: frozenset[str], rows: int
    ) -> Any:
        """Return what brings records together for rules and has these decided."""
        kept = [each for each in kept if each.files.keys() & meet.keys.keys()]
        cores = self._session().sparkContext.defaultParallelism
        pieces = max(ceil(rows / _TOGETHER), min(cores, ceil(rows / _FEW)))
        gather = gathering(self._job, meet, kept)
        records = self._numbers(len(kept), min(len(kept), 4 * cores), gather, travelling(meet))
        work = deciding(self._job, meet, key, self._names, present)
        with quiet():
            return records.repartition(pieces, KEY).mapInArrow(work, struct(TOLD))

    def _by_driver(self, key: str, meet: Meet, kept: list[Kept], present: frozenset[str]) -> Done:
        """Decide rules for all records here."""
        frames = {
            name: pl.concat(kept_columns(self._job, meet, name, k) for k in kept if name in k.files)
            for name in meet.sent
            if name in present
        }
        return decide(self._job, meet, key, self._names, frames)

    def _places(self, tasks: Sequence[Done]) -> Iterator[tuple[int, ...]]:
        """Give the places of each task's files among all; linked files follow one another."""
        places = {name: place for place, name in enumerate(self._names)}
        linked = 0
        for task, done in zip(self._tasks.values(), tasks, strict=True):
            if task.parts[0].linked:
                yield tuple(range(linked, linked + len(done.files)))
                linked += len(done.files)
            else:
                yield tuple(places[name] for name in done.files)

    def _by_triples(self) -> Done:
        """Have a triple engine check the rules that columns cannot decide."""
        key = self._key("triples", *self._left)
        if done := self._results.done(key):
            return done
        job, plan = self._job, self.plan
        run = TripleRun(plan.dataset, plan.shapes, plan.reference, "shacl", frozenset(self._left))
        run.files = list(self._names)
        for part in (part for task in self._tasks.values() for part in task.parts):
            for _ in feed(job, part, run, []):
                pass
        with self._results.writing(key) as writing:
            writing.findings(named_findings(job, run.finish(), run.files))
        self._results.mark(key, writing.done)
        return writing.done

    def _finished(self, key: str) -> Done:
        # A folder in a network may show for a while that a file is not there which was asked for.
        for _ in range(_PATIENCE):
            if done := self._results.done(key):
                return done
            time.sleep(1)
        folder = self._results.folder
        raise InputError(
            f"ผลใน {folder} หายไประหว่างทำงาน เครื่องทุกเครื่องต้องเห็นโฟลเดอร์เดียวกัน",
            f"results in {folder} are missing; all machines must see the same folder",
        )

    def _numbers(self, count: int, slices: int, work: Work, columns: Mapping[str, Any]) -> Any:
        """Return what work yields for the numbers from 0."""
        with quiet():
            numbers = self._session().range(0, count, 1, slices)
            return numbers.mapInArrow(work, struct(columns))

    def _collected(self, frames: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
        """Give the files of findings that workers name, for each frame, telling the progress.

        :raises InputError: a worker could not do its task.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            coming = {pool.submit(frame.collect): key for key, frame in frames.items()}
            while coming:
                ready, _ = wait(coming, timeout=_PAUSE, return_when=FIRST_COMPLETED)
                self._tell()
                for each in ready:
                    yield coming.pop(each), self._files(each.result())

    @staticmethod
    def _files(rows: Sequence[Any]) -> list[str]:
        failed = [row for row in rows if row["th"]]
        if failed:
            th, en, more = failed[0]["th"], failed[0]["en"], len(failed) - 1
            if more:
                th, en = f"{th} และอีก {more:,} งานที่ทำไม่ได้", f"{en}; {more:,} more tasks failed"
            raise InputError(th, en)
        return [row["findings"] for row in rows]

    def _tell(self) -> None:
        done = self._results.count(self.keys)
        if self._progress and done != self._last_told:
            self._progress(done, len(self.keys), 0)
            self._last_told = done
