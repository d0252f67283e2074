"""A bounded number of files checked side by side; the rest wait, or are refused."""

import queue
import shutil
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from graph.errors import InputError
from ui.disk import is_full
from ui.jobs.checker import Came, Checker, Ended, Task
from ui.jobs.files import JobFiles, JobState
from ui.jobs.spool import Spool
from ui.problem import RefusedError
from ui.serving.logs import log, log_failure
from ui.serving.metrics import JOBS, ROWS
from ui.settings import ServerSettings

_IDLE: Final = 120.0
"""Seconds after which a process without work gives its memory back."""
_LARGE: Final = 32 * 2**20
"""Bytes of a file after which a process is not used again, for the same reason."""
_PIECE: Final = 2**20


@dataclass
class Waiting:
    """A job of this worker: its files, what it was sent as, and its end."""

    files: JobFiles
    state: JobState
    path: Path
    ended: "Future[JobState | None]"
    form: str = ""
    """A further form that the report of a finished job is to be written in."""


class Jobs:
    """Takes files, checks them in processes of their own, keeps reports for a set time.

    :param label: names the source of a rule.
    :param folder: the spool that all workers of a server share; by default one of its own.
    """

    def __init__(
        self, settings: ServerSettings, label: Callable[[str], str], folder: Path | None = None
    ) -> None:
        self.settings, self._label, self._folder = settings, label, folder
        self._queue: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._taken = 0
        self._checkers: list[Checker] = []
        self._started = False
        self._own: Spool | None = None
        self._closing = threading.Event()

    @property
    def folder(self) -> Path:
        """The spool; made when the first file comes, unless the server has one already."""
        with self._lock:
            if self._folder is None:
                self._own = Spool(Path(self.settings.spool) if self.settings.spool else None)
                self._folder = self._own.folder
                weakref.finalize(self, self._own.close)
            return self._folder

    def submit(
        self, file: BinaryIO, name: str, dataset: str, form: str, keep: bool = False
    ) -> Waiting:
        """Keep a file and have it checked.

        :param keep: the file and its findings for as long as the report.
        :param name: as the client called the file; nothing of it but its last part is used.
        :raises RefusedError: 503, too many are waiting.
        :raises OSError: the disk is full; nothing is kept.
        """
        self._reserve()
        files: JobFiles | None = None
        try:
            files = JobFiles.create(self.folder)
            path = files.upload / (PurePath(name).name or "records.csv")
            size = _keep(file, path)
            state = files.write(JobState(files.id, dataset, form, size, keep=keep))
        except BaseException:
            if files:
                files.delete()
            self._release()
            raise
        job = Waiting(files, state, path, Future())
        self._start()
        self._queue.put(job)
        return job

    def write(self, files: JobFiles, state: JobState, form: str) -> Waiting:
        """Have the kept report of a finished job written in a further form.

        :param form: of a report, or ``annotated``.
        :raises RefusedError: 503, too many are waiting; 409, the file was not kept.
        """
        path = files.sent
        if not state.keep or path is None:
            raise RefusedError(
                409, "งานนี้ไม่ได้เก็บไฟล์ไว้ ส่งไฟล์ใหม่โดยใส่ keep=true",
                "the file was not kept; send it again with keep=true",
            )  # fmt: skip
        self._reserve()
        job = Waiting(files, state, path, Future(), form)
        self._start()
        self._queue.put(job)
        return job

    def find(self, id_: str) -> JobFiles | None:
        """Return the files of a job, of this worker or another."""
        return JobFiles.find(self.folder, id_)

    def cancel(self, files: JobFiles, seconds: float = 5.0) -> None:
        """Stop a job and delete all of it; returns once its process is gone."""
        state = files.state()
        if state and state.started and not state.finished:
            files.ask_to_stop()
            until = time.monotonic() + seconds
            while files.folder.exists() and time.monotonic() < until:
                time.sleep(0.02)
        files.delete()

    def close(self) -> None:
        """Stop every check and delete everything."""
        self._closing.set()
        for checker in list(self._checkers):
            checker.kill()
        if self._own:
            self._own.close()

    def sweep(self) -> None:
        """Delete reports whose time is over."""
        for files in JobFiles.all(self.folder):
            state = files.state()
            if (
                state
                and state.finished
                and time.time() > state.finished + self.settings.result_seconds
            ):
                files.delete()

    def _reserve(self) -> None:
        with self._lock:
            if self._taken >= self.settings.job_workers + self.settings.job_queue:
                raise RefusedError(
                    503, "มีไฟล์รอตรวจเต็มแล้ว รอ 5 วินาทีแล้วส่งใหม่",
                    "too many files are waiting; send it again in 5 s", {"Retry-After": "5"},
                )  # fmt: skip
            self._taken += 1

    def _release(self) -> None:
        with self._lock:
            self._taken -= 1

    def _start(self) -> None:
        with self._lock:
            if self._started:
                return
            self._started = True
        for number in range(self.settings.job_workers):
            threading.Thread(target=self._work, name=f"jobs-{number}", daemon=True).start()
        threading.Thread(target=self._tidy, name="jobs-tidy", daemon=True).start()

    def _tidy(self) -> None:
        while not self._closing.wait(min(30.0, max(self.settings.result_seconds / 4, 0.2))):
            self.sweep()

    def _work(self) -> None:
        checker: Checker | None = None
        while not self._closing.is_set():
            try:
                job = self._queue.get(timeout=_IDLE)
            except queue.Empty:
                self._retire(checker)
                checker = None
                continue
            try:
                if checker is None or not checker.alive:
                    checker = Checker()
                    self._checkers.append(checker)
                ended = (self._again if job.form else self._run)(job, checker)
                if job.state.bytes > _LARGE or not checker.alive:
                    self._retire(checker)
                    checker = None
                job.ended.set_result(ended)
            except Exception as error:  # noqa: BLE001
                # This thread has to outlive any job; whoever waits for it gets the error.
                log_failure("job", error)
                if not job.form:
                    job.files.delete()
                job.ended.set_exception(error)
            finally:
                self._release()

    def _retire(self, checker: Checker | None) -> None:
        if checker:
            checker.kill()
            self._checkers.remove(checker)

    def _run(self, job: Waiting, checker: Checker) -> JobState | None:
        files = job.files
        if files.asked_to_stop:
            files.delete()
            return None
        state = files.write(job.state, state="checking", started=time.time())
        until = time.monotonic() + self.settings.job_seconds
        late = False

        def came(far: Came) -> None:
            nonlocal state
            state = files.write(state, bytes_read=far.bytes_read, rows=far.rows)

        def stopped() -> bool:
            nonlocal late
            late = time.monotonic() > until
            return late or files.asked_to_stop or self._closing.is_set()

        kept = str(files.kept) if state.keep else ""
        task = Task(str(job.path), state.dataset, state.format, str(files.report), kept)
        ended = None if stopped() else checker.run(task, came, stopped, self._label)
        if ended is None and late:
            seconds = f"{self.settings.job_seconds:g}"
            ended = Ended(
                state.rows, 504, "", f"ตรวจนานเกิน {seconds} วินาทีจึงถูกหยุด แบ่งไฟล์แล้วส่งใหม่",
                f"the check took more than {seconds} s and was stopped; send a smaller file",
            )  # fmt: skip
        outcome = "cancelled" if ended is None else "failed" if ended.status else "done"
        JOBS.labels(outcome).inc()
        log("job", outcome=outcome, rows=ended.rows if ended else state.rows, bytes=state.bytes)
        if ended is None:
            files.delete()
            return None
        ROWS.inc(ended.rows)
        if not state.keep or ended.status:
            files.delete_upload()
        if ended.status:
            files.report.unlink(missing_ok=True)
        return files.write(
            state, state=outcome, rows=ended.rows, finished=time.time(), bytes_read=state.bytes,
            status=ended.status, title=ended.title, th=ended.th, en=ended.en,
        )  # fmt: skip

    def _again(self, job: Waiting, checker: Checker) -> JobState | None:
        """Write a kept report in a further form; its state on disk stays as it is."""
        files, target = job.files, job.files.report_in(job.form)
        if target.exists():
            return job.state
        until = time.monotonic() + self.settings.job_seconds
        scratch = target.with_name(f"{target.name}.{id(job)}.part")
        task = Task(
            str(job.path), job.state.dataset, job.form, str(scratch), str(files.kept), again=True
        )

        def stopped() -> bool:
            late = time.monotonic() > until
            return late or not files.folder.exists() or self._closing.is_set()

        ended = checker.run(task, lambda _: None, stopped, self._label)
        if ended is None:
            return None
        if ended.status:
            scratch.unlink(missing_ok=True)
        else:
            scratch.replace(target)
        return replace(
            job.state, status=ended.status, title=ended.title, th=ended.th, en=ended.en
        )  # fmt: skip


def _keep(file: BinaryIO, path: Path) -> int:
    try:
        handle = path.open("wb")
    except (OSError, ValueError) as error:
        if path.parent.is_dir() and not is_full(error):
            raise InputError(
                "ชื่อไฟล์ใช้ไม่ได้ เปลี่ยนชื่อแล้วลองใหม่", "the file's name cannot be used; rename it"
            ) from error
        raise
    with handle:
        shutil.copyfileobj(file, handle, _PIECE)
        return handle.tell()
