"""Worker processes that answer queries, each killed when its query costs too much.

An engine cannot be interrupted, its process can. A query goes to an idle worker; its answer comes
back in frames while it is made, and no faster than it is taken, so that neither side holds it
whole. A worker that was killed is replaced at once.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final

from graph import limits as errors
from graph.answers import Answer, Job
from graph.errors import InputError, QueryError
from graph.frames import DATA, DONE
from graph.gate import Gate, Ticket
from graph.limits import QueryLimits
from graph.process import Worker

_LOOK: Final = 0.05
_LOOK_FOR_CHANGE: Final = 5.0


class Pool:
    """Workers over one built store.

    Nothing is started before the first query.

    :param locate: returns the folder of the built store, building it if need be; called at the
        first query and at each :meth:`reload`.
    :param stamp: returns a value that changes when the graph does; looked at every few seconds.
    """

    def __init__(
        self,
        locate: Callable[[], Path],
        limits: QueryLimits | None = None,
        stamp: Callable[[], object] | None = None,
    ) -> None:
        self.limits = limits or QueryLimits()
        self.gate = Gate(self.limits)
        self._locate = locate
        self._stamp = stamp
        self._folder: Path | None = None
        self._idle: list[Worker] = []
        self._busy: dict[Worker, Ticket] = {}
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._closed = threading.Event()
        self._watching = False

    def ask(
        self,
        job: Job,
        client: str = "",
        seconds: float | None = None,
        begun: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Begin a query; see :class:`graph.answers.Engine`."""
        limits = self.limits
        seconds = limits.timeout if seconds is None else min(seconds, limits.timeout)
        ticket = self.gate.enter(client)
        try:
            worker = self._take(ticket)
        except BaseException:
            ticket.leave()
            raise
        body = asdict(job) | {"rows": limits.rows, "bytes": limits.bytes}
        answer = _PoolAnswer(self, worker)
        try:
            if begun:
                begun(answer)
            worker.start(json.dumps(body).encode(), seconds)
            answer.head = answer.read() or b""
        except BaseException:
            answer.close()
            raise
        return answer

    def pids(self) -> list[int]:
        """Return the processes' numbers, idle ones last."""
        with self._lock:
            return [worker.pid for worker in [*self._busy, *self._idle]]

    def resident(self) -> int:
        """Return the bytes of memory that all workers have now."""
        with self._lock:
            workers = [*self._busy, *self._idle]
        return sum(worker.resident() for worker in workers)

    def reload(self) -> None:
        """Answer later queries from the graph as it is now; running ones end on the old one."""
        with self._building:
            folder = self._locate()
            with self._lock:
                self._folder = folder
                old = [worker for worker in self._idle if worker.folder != folder]
                self._idle = [worker for worker in self._idle if worker.folder == folder]
        for worker in old:
            worker.close()

    def close(self) -> None:
        """Kill all workers; later queries are refused."""
        self._closed.set()
        self.gate.close()
        with self._lock:
            busy, idle = list(self._busy), self._idle
            self._idle = []
        for worker in busy:
            worker.stop()
        for worker in idle:
            worker.close()

    def _take(self, ticket: Ticket) -> Worker:
        folder = self._located()
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    break
                worker.close()
            else:
                worker = Worker(folder, self.limits.memory)
            self._busy[worker] = ticket
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, daemon=True, name="sparql-watch").start()
        return worker

    def _located(self) -> Path:
        with self._building:
            if self._folder is None:
                try:
                    self._folder = self._locate()
                except (OSError, InputError) as error:
                    raise errors.broken_store(str(error)) from error
            return self._folder

    def _give_back(self, worker: Worker, usable: bool) -> None:
        """Take a worker from its query; where it cannot be used again, start another."""
        swollen = worker.is_swollen()
        worker.deadline = None
        with self._lock:
            ticket = self._busy.pop(worker, None)
            again = usable and not swollen and worker.alive and worker.folder == self._folder
            open_still = not self._closed.is_set()
            if again and open_still:
                self._idle.append(worker)
            elif ticket is not None and open_still and self._folder is not None:
                self._idle.insert(0, Worker(self._folder, self.limits.memory))
        if not (again and open_still):
            worker.close()
        if ticket is not None:
            ticket.leave()

    def _watch(self) -> None:
        seen = self._stamp() if self._stamp else None
        looked = time.monotonic()
        while not self._closed.wait(_LOOK):
            with self._lock:
                busy = list(self._busy.items())
            for worker, ticket in busy:
                reason = worker.overdue()
                if reason is not None:
                    worker.stop(reason)
                    # The next query need not wait for a client that reads no more.
                    ticket.leave()
            if self._stamp and time.monotonic() - looked > _LOOK_FOR_CHANGE:
                looked = time.monotonic()
                now = self._stamp()
                if now != seen:
                    seen = now
                    threading.Thread(target=self.reload, daemon=True).start()


class _PoolAnswer(Answer):
    def __init__(self, pool: Pool, worker: Worker) -> None:
        self._pool = pool
        self._worker = worker
        self._usable = False
        self._open = True

    def read(self) -> bytes | None:
        if self.whole:
            return None
        kind, body = self._worker.read()
        if kind == DATA:
            return body
        self.whole = self._usable = True
        if kind == DONE:
            return body
        raise self._error(json.loads(body))

    def stop(self) -> None:
        self._worker.stop()

    def close(self) -> None:
        if self._open:
            self._open = False
            self._pool._give_back(self._worker, self._usable)

    def _error(self, said: dict[str, str]) -> QueryError:
        limits, kind, text = self._pool.limits, said["kind"], said["text"]
        if kind == "large":
            return (
                errors.too_large(limits.rows, "แถว", "rows")
                if text == "rows"
                else errors.too_large(limits.bytes, "ไบต์", "bytes")
            )
        if kind == "memory":
            return errors.too_much_memory(limits.memory)
        if kind == "store":
            self._usable = False
            return errors.broken_store(text)
        return QueryError(f"คำสั่ง SPARQL ไม่ถูกต้อง: {text}", f"the query is not valid SPARQL: {text}")
