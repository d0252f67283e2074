"""Who may run a query now: so many at once, so many of one client, so many waiting."""

import threading
import time
from collections import Counter

from graph.limits import LimitError, QueryLimits


class Ticket:
    """A place among the running queries, given back once."""

    def __init__(self, gate: "Gate", client: str) -> None:
        self._gate = gate
        self._client = client
        self._held = True

    def leave(self) -> None:
        """Give the place to the next; doing so again does nothing."""
        with self._gate._changed:
            if self._held:
                self._held = False
                self._gate._leave(self._client)


class Gate:
    """The door before the workers."""

    def __init__(self, limits: QueryLimits) -> None:
        self._limits = limits
        self._changed = threading.Condition()
        self._clients: Counter[str] = Counter()
        self._running = 0
        self._waiting = 0
        self._closed = False

    @property
    def running(self) -> int:
        """How many queries run now."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many queries wait now."""
        return self._waiting

    def enter(self, client: str) -> Ticket:
        """Return a place, waiting for one at most ``limits.wait`` seconds.

        :param client: who asks, such as an address.
        :raises LimitError: 429 this client has enough running; 503 too many wait, or the wait is
            over, or the service is stopping.
        """
        limits = self._limits
        with self._changed:
            if self._clients[client] >= limits.per_client:
                raise LimitError(
                    429,
                    f"มีคำสั่งจากที่อยู่นี้ทำงานอยู่แล้ว {limits.per_client} คำสั่ง รอให้เสร็จก่อน",
                    f"{limits.per_client} queries of this address are running; let them end first",
                    retry_after=2,
                )
            full = self._running >= limits.workers
            if self._closed or (full and self._waiting >= limits.queue):
                raise _busy()
            self._clients[client] += 1
            if full or self._waiting:
                self._wait(client)
            self._running += 1
        return Ticket(self, client)

    def close(self) -> None:
        """Let nobody in any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _wait(self, client: str) -> None:
        until = time.monotonic() + self._limits.wait
        self._waiting += 1
        try:
            while self._running >= self._limits.workers and not self._closed:
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            if self._running >= self._limits.workers or self._closed:
                self._forget(client)
                raise _busy()
        finally:
            self._waiting -= 1

    def _leave(self, client: str) -> None:
        self._running -= 1
        self._forget(client)
        self._changed.notify()

    def _forget(self, client: str) -> None:
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]


def _busy() -> LimitError:
    return LimitError(
        503,
        "บริการกำลังตอบคำสั่งอื่นเต็มจำนวน ลองใหม่ในอีกสักครู่",
        "the service is busy with other queries; try again in a moment",
        retry_after=5,
    )
