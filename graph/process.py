"""A worker process as its parent sees it."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from graph import limits
from graph.frames import JOB, READY, read_frame, write_frame

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_QUICK: Final = 0.1
_LOOK_AFTER: Final = 32


class Worker:
    """One process of :mod:`graph.worker`.

    :param folder: a built store.
    :param memory: MiB that the process may have of its own.
    """

    def __init__(self, folder: Path, memory: int) -> None:
        self.folder = folder
        self.memory = memory
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(part or str(Path.cwd()) for part in sys.path),
            "MALLOC_ARENA_MAX": "2",
        }
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "graph.worker", str(folder), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            start_new_session=True,
        )
        self._stdin = cast(BinaryIO, self._process.stdin)
        self._stdout = cast(BinaryIO, self._process.stdout)
        self._lock = threading.Lock()
        self._stopped: limits.LimitError | None = None
        self.deadline: float | None = None
        self.seconds = 0.0
        self._jobs = 0

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._stopped is None and self._process.poll() is None

    def start(self, job: bytes, seconds: float) -> None:
        """Send a job; its time runs from now."""
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self._jobs += 1
        # Where the process is gone already, what it said last is still to be read.
        with suppress(OSError):
            write_frame(self._stdin, JOB, job)

    def read(self) -> tuple[bytes, bytes]:
        """Return the next frame of the answer.

        :raises LimitError: the process was stopped or died.
        """
        try:
            frame = read_frame(self._stdout)
            while frame is not None and frame[0] == READY:
                frame = read_frame(self._stdout)
        except (OSError, ValueError) as error:
            raise self.reason() from error
        if frame is None:
            raise self.reason()
        return frame

    def overdue(self) -> limits.LimitError | None:
        """Return why this worker must be stopped now, if it must."""
        if self.deadline is not None and time.monotonic() > self.deadline:
            return limits.too_slow(self.seconds)
        if self.resident() > self.memory << 20:
            return limits.too_much_memory(self.memory)
        return None

    def is_swollen(self) -> bool:
        """Tell whether a worker that has just answered holds so much that it had better go.

        Asking the kernel costs as much as a small query: after a quick one only now and then.
        """
        if self.deadline is None:
            return False
        took = time.monotonic() - (self.deadline - self.seconds)
        if took < _QUICK and self._jobs % _LOOK_AFTER:
            return False
        return self.resident() > (self.memory << 20) // 2

    def resident(self) -> int:
        """Return the bytes of memory that the process has now, 0 where that is not known."""
        try:
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            return 0

    def stop(self, reason: limits.LimitError | None = None) -> None:
        """Kill the process; who reads from it gets the reason."""
        with self._lock:
            if self._stopped is None:
                self._stopped = reason or limits.died()
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Kill the process and close the pipes; nobody may read from it any more."""
        self.stop()
        for pipe in (self._stdin, self._stdout, self._errors):
            with suppress(OSError):
                pipe.close()

    def reason(self) -> limits.LimitError:
        """Return why the process is gone."""
        self._process.wait()
        if self._stopped is not None:
            return self._stopped
        self._errors.seek(0)
        said = self._errors.read()[-4000:].decode(errors="replace")
        if "memory allocation of" in said or "MemoryError" in said:
            return limits.too_much_memory(self.memory)
        if self._process.returncode == -signal.SIGSEGV or "overflowed its stack" in said:
            return limits.too_complex()
        if "ModuleNotFoundError" in said or "ImportError" in said:
            return limits.broken_store(said.strip().rpartition("\n")[2])
        return limits.died()
