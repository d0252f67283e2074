"""How often one client may call: token buckets, of a bounded number of clients."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.problem import problem
from ui.serving.clients import client_of, key_of
from ui.settings import ServerSettings

_UNCOUNTED: Final = ("/health", "/metrics", "/files/", "/favicon")
_QUESTIONS: Final = (
    "/api/ask", "/api/applies", "/api/guide", "/api/search", "/api/feedback", "/mcp",
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What is left of an allowance after one call, and the seconds until the next is free."""

    allowed: bool
    left: int
    wait: float


class Buckets:
    """Allowances by client: ``burst`` at once, refilled at ``per_minute``.

    :param most: clients that are held; the one that has been idle longest is forgotten, which
        can only give it more.
    """

    def __init__(
        self, per_minute: float, burst: int, most: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate, self.burst, self.most, self._clock = per_minute / 60, burst, most, clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> Taken:
        """Take one call from a client's allowance, if there is one left."""
        now = self._clock()
        left, since = self._held.pop(key, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.rate)
        allowed = left >= 1
        left -= allowed
        self._held[key] = (left, now)
        while len(self._held) > self.most:
            self._held.popitem(last=False)
        wait = 0.0 if left >= 1 else (1 - left) / self.rate
        return Taken(allowed, int(left), wait)

    def __len__(self) -> int:
        return len(self._held)


class Rates:
    """Answers 429 to a client that calls too often; tells every client what it has left."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app, self.settings = app, settings
        most = settings.client_addresses
        given = {
            "upload": (settings.uploads_per_minute, settings.uploads_burst),
            "question": (settings.questions_per_minute, settings.questions_burst),
            "request": (settings.requests_per_minute, settings.requests_burst),
        }
        self.buckets = {n: Buckets(rate, burst, most) for n, (rate, burst) in given.items() if rate}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http" or scope["path"].startswith(_UNCOUNTED):
            await self.app(scope, receive, send)
            return
        key = key_of(client_of(scope, self.settings))
        scarcest: tuple[str, Taken] | None = None
        for name in kinds_of(scope):
            if name not in self.buckets:
                continue
            taken = self.buckets[name].take(key)
            if scarcest is None or taken.left < scarcest[1].left:
                scarcest = name, taken
            if not taken.allowed:
                break
        if scarcest is None:
            await self.app(scope, receive, send)
            return
        headers = self._headers(*scarcest)
        if not scarcest[1].allowed:
            seconds = headers["Retry-After"] = str(math.ceil(scarcest[1].wait))
            refusal = problem(
                scope, 429,
                f"เรียกถี่เกินไป รอ {seconds} วินาทีแล้วลองใหม่",
                f"too many requests from your address; try again in {seconds} s",
                headers=headers,
            )  # fmt: skip
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, _with(send, headers))

    def _headers(self, name: str, taken: Taken) -> dict[str, str]:
        # The two fields of the IETF draft "RateLimit header fields for HTTP".
        bucket = self.buckets[name]
        window = math.ceil(bucket.burst / bucket.rate)
        return {
            "RateLimit-Policy": f'"{name}";q={bucket.burst};w={window}',
            "RateLimit": f'"{name}";r={taken.left};t={math.ceil(taken.wait)}',
        }


def kinds_of(scope: Scope) -> Iterable[str]:
    """Return the allowances that a request draws on, the narrowest first."""
    path = scope["path"]
    if path == "/api/validate" and scope["method"] == "POST":
        yield "upload"
    elif path.startswith(_QUESTIONS):
        yield "question"
    yield "request"


def _with(send: Send, headers: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending
