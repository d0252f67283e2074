"""A process that checks files: it can be killed at any time, which a thread cannot."""

import multiprocessing as mp
import os
import time
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from graph.errors import MattraError
from ui.disk import is_full

_EVERY: Final = 0.2
"""Seconds between two tellings of how far a check has come."""


class Task(NamedTuple):
    """A file to check, and where its report goes.

    :param kept: the folder where the findings are kept besides, if they are.
    :param again: they were, and are only to be written in this form.
    """

    path: str
    dataset: str
    form: str
    report: str
    kept: str = ""
    again: bool = False


class Came(NamedTuple):
    """How far a check has come."""

    bytes_read: int
    rows: int


class Ended(NamedTuple):
    """A check is over: ``status`` 0 with a report, else an error of this status."""

    rows: int
    status: int = 0
    title: str = ""
    th: str = ""
    en: str = ""


class Checker:
    """One process; started when it is first needed."""

    def __init__(self) -> None:
        context = mp.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there,), daemon=True, name="checker")
        self._process.start()
        there.close()
        self._ending = Lock()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid or 0

    def run(
        self,
        task: Task,
        came: Callable[[Came], None],
        stopped: Callable[[], bool],
        label: Callable[[str], str],
    ) -> Ended | None:
        """Check a file; None where it was stopped, which kills the process.

        :param came: told how far the check is.
        :param stopped: asked several times a second.
        :param label: names the source of a rule.
        """
        try:
            self._pipe.send(task)
            while not stopped():
                if not self._pipe.poll(_EVERY):
                    continue
                told = self._pipe.recv()
                if isinstance(told, Ended):
                    return told
                if isinstance(told, Came):
                    came(told)
                else:
                    self._pipe.send(label(told))
        except (EOFError, OSError):
            self.kill()
            return Ended(
                0, 500, "", "ตัวตรวจหยุดกลางคัน อาจเพราะหน่วยความจำไม่พอ แบ่งไฟล์แล้วส่งใหม่",
                "the check died, perhaps for want of memory; send a smaller file",
            )  # fmt: skip
        self.kill()
        return None

    def kill(self) -> None:
        """End the process at once; a job's thread and the closing server may both want it."""
        with self._ending:
            if not self._pipe.closed:
                self._process.kill()
                self._process.join()
                self._pipe.close()

    @property
    def alive(self) -> bool:
        """Whether it can take another file."""
        return self._process.is_alive() and not self._pipe.closed


def _work(pipe: Connection) -> None:
    # Signals of the terminal are for the server, which ends this process itself.
    os.setpgid(0, 0)
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_check(task, pipe))


def _check(task: Task, pipe: Connection) -> Ended:
    from ingest.records.checking import validate
    from ingest.records.kept import Kept, keep
    from shapes.reports import writer

    told = 0.0
    rows = 0

    def progress(done: int, total: int, records: int) -> None:
        nonlocal told, rows
        rows = records
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            pipe.send(Came(done, records))

    @cache
    def label(ref: str) -> str:
        pipe.send(ref)
        return str(pipe.recv())

    try:
        if task.again:
            Kept(Path(task.kept)).write(
                task.form, Path(task.path), Path(task.report), lambda ref: label(ref)
            )
            return Ended(0)
        report = validate([Path(task.path)], task.dataset, progress=progress)
        with Path(task.report).open("wb") as handle:
            writer(task.form)(report, handle, all=True, labels=label)
        if task.kept:
            keep(report, Path(task.path), Path(task.kept))
    except MattraError as error:
        if _came_of_full_disk(error):
            return _full(rows)
        return Ended(rows, error.status, error.title, error.th, error.en)
    except OSError as error:
        if _came_of_full_disk(error):
            return _full(rows)
        raise
    return Ended(report.records)


def _came_of_full_disk(error: BaseException | None) -> bool:
    while error is not None:
        if is_full(error):
            return True
        error = error.__cause__
    return False


def _full(rows: int) -> Ended:
    return Ended(
        rows, 507, "", "พื้นที่เก็บของเครื่องเต็ม ไม่มีอะไรถูกเก็บไว้ ส่งใหม่ภายหลัง",
        "the machine's disk is full; nothing was kept; send it again later",
    )  # fmt: skip
