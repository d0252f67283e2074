"""The endpoint: from a request to a job, from an engine's answer to a response."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from fastapi import Request, Response
from starlette.types import Scope

from graph.answers import Answer, Engine, Job, whole
from graph.engine import engine
from graph.errors import MattraError
from graph.limits import LimitError, QueryLimits
from graph.safety import read
from ui.problem import problem
from ui.serving.clients import client_of, key_of
from ui.settings import ServerSettings
from ui.sparql.accept import ROWS, TRIPLES, Form, wanted_form
from ui.sparql.description import Counts, description
from ui.sparql.protocol import METHODS, Asked, read_request
from ui.sparql.stream import AnswerResponse

CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Type, Content-Length, Retry-After, Allow, Vary",
}
PREFLIGHT: Final = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, X-Requested-With",
    "Access-Control-Max-Age": "86400",
    "Accept-Post": "application/sparql-query, application/x-www-form-urlencoded",
}
_HEADERS: Final = CORS | {"Vary": "Accept", "Cache-Control": "no-cache"}
_TEXT: Final = ("text/", "application/trig", "application/n-")
_RECOUNT: Final = 60.0


def _same(query: str) -> str:
    return query


@dataclass
class Endpoint:
    """One SPARQL endpoint.

    :param engine: what answers.
    :param expand: rewrites each query before it is checked and run, such as by macros.
    :param functions: IRIs of extension functions, for the description.
    :param settings: of the server: which proxies may say who the client is.
    """

    engine: Engine
    expand: Callable[[str], str] = _same
    functions: Sequence[str] = ()
    settings: ServerSettings = field(default_factory=ServerSettings.from_environment)
    _counts: tuple[float, Counts] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        limits = self.engine.limits
        self.executor = ThreadPoolExecutor(limits.workers + limits.queue + 4, "sparql")

    @classmethod
    def from_environment(cls) -> "Endpoint":
        """Return the endpoint over ``MATTRA_SPARQL_URL``, else over our own graph on disk.

        :raises InputError: a setting cannot be meant.
        """
        return cls(engine(QueryLimits.from_environment()))

    async def respond(self, request: Request) -> Response:
        """Answer one request of the protocol, errors as problem documents."""
        try:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=CORS | PREFLIGHT)
            asked = await read_request(request, self.engine.limits)
            if asked.query is None:
                return await self._describe(request, asked)
            return await self._query(request, asked)
        except MattraError as error:
            return refusal(request.scope, error)

    async def _query(self, request: Request, asked: Asked) -> Response:
        client = key_of(client_of(request.scope, self.settings))
        begun: list[Answer] = []
        gone = False

        def begin(answer: Answer) -> None:
            begun.append(answer)
            if gone:
                answer.stop()

        def work() -> tuple[Form, Answer]:
            form, job = self._job(asked, request.headers.get("accept", ""))
            return form, self.engine.ask(job, client, asked.seconds, begin)

        limits = self.engine.limits
        until = time.monotonic() + min(asked.seconds or limits.timeout, limits.timeout)
        loop = asyncio.get_running_loop()
        working = loop.run_in_executor(self.executor, work)
        try:
            while not working.done():
                await asyncio.wait({working}, timeout=0.5)
                if not working.done() and await request.is_disconnected():
                    raise LimitError(499, "ผู้ถามไปแล้ว", "the client is gone")
        except BaseException:
            gone = True
            for answer in begun:
                answer.stop()
            working.add_done_callback(_forget)
            raise
        form, answer = working.result()
        return AnswerResponse(answer, self.executor, _with_charset(form.media), _HEADERS, until)

    def _job(self, asked: Asked, accept: str) -> tuple[Form, Job]:
        """Return the form of the answer and what the engine is asked.

        This is the one place where every query passes.

        :raises QueryError: the query is not allowed, or no form will do.
        """
        reading = read(self.expand(asked.query or ""))
        kind = TRIPLES if reading.gives_triples else ROWS
        form = wanted_form(kind, accept, asked.format)
        named = bool(asked.default or asked.named)
        return form, Job(
            reading.text,
            form.name,
            union=not (reading.dataset or named),
            default=asked.default if named else None,
            named=asked.named if named else None,
        )

    def whole(self, query: str, form: str, client: str, most: int) -> bytes:
        """Return the whole answer to a query that comes by another way than the protocol.

        :param most: bytes that the answer may have.
        :raises QueryError: as :meth:`graph.answers.Engine.ask`, or the answer is larger.
        """
        _, job = self._job(Asked(query, format=form), "")
        return whole(self.engine.ask(job, client), most)

    async def _describe(self, request: Request, asked: Asked) -> Response:
        form = wanted_form(TRIPLES, request.headers.get("accept", ""), asked.format, page=True)
        if form.name == "html":
            page = (files("ui.sparql") / "page.html").read_text(encoding="utf-8")
            return Response(page, headers=_HEADERS, media_type="text/html; charset=utf-8")
        address = str(request.url.replace(query="", fragment=""))

        def work() -> bytes:
            return description(address, self._counted(), self.functions, form.name)

        body = await asyncio.get_running_loop().run_in_executor(self.executor, work)
        return Response(body, headers=_HEADERS, media_type=_with_charset(form.media))

    def _counted(self) -> Counts:
        now = time.monotonic()
        if self._counts is None or now - self._counts[0] > _RECOUNT:
            self._counts = (now, Counts(self.engine))
        return self._counts[1]

    def close(self) -> None:
        """Stop the engine and its threads."""
        self.engine.close()
        self.executor.shutdown(wait=False, cancel_futures=True)


def refusal(scope: Scope, error: MattraError) -> Response:
    """Return the problem document of an error, readable from any page."""
    headers = dict(_HEADERS)
    if isinstance(error, LimitError) and error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if error.status == 405:
        headers["Allow"] = METHODS
    return problem(scope, error.status, error.th, error.en, title=error.title, headers=headers)


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith(_TEXT) else media


def _forget(working: "asyncio.Future[tuple[Form, Answer]]") -> None:
    """Close an answer that nobody waits for any more."""
    if not working.cancelled() and working.exception() is None:
        working.result()[1].close()
