"""Sending an answer while it is made, so that a cut one cannot be taken for a whole one.

Over HTTP/1.1 an answer that fails is cut without its last chunk, which every client notices.
HTTP/1.0 has no chunks: there the answer is made whole before it is sent.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Executor
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph.answers import Answer
from graph.errors import QueryError

_GRACE: Final = 1.0
_PART: Final = 1 << 16


class CutError(Exception):
    """An answer that cannot be ended: the server must break the connection."""


class AnswerResponse(Response):
    """A response whose body is an answer that may still be made.

    :param until: when (``time.monotonic``) the query's time is over.
    """

    def __init__(
        self,
        answer: Answer,
        executor: Executor,
        media: str,
        headers: Mapping[str, str],
        until: float,
    ) -> None:
        self.answer = answer
        self.executor = executor
        self.until = until
        self.background = None
        self.status_code = 200
        self.media_type = media
        self.body = answer.head
        self.init_headers(dict(headers))
        if not answer.whole:
            del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and stop the query when the client goes."""
        try:
            if scope["method"] == "HEAD":
                await self._start(send)
                await send({"type": "http.response.body", "body": b""})
            elif self.answer.whole:
                await self._start(send)
                await send({"type": "http.response.body", "body": self.answer.head})
            else:
                await self._until_gone(scope, receive, send)
        finally:
            self.answer.close()

    async def _start(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)

    async def _until_gone(self, scope: Scope, receive: Receive, send: Send) -> None:
        chunked = scope.get("http_version") != "1.0"
        sending = asyncio.ensure_future(self._stream(send) if chunked else self._whole(send))
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (sending, leaving):
                task.cancel()
            if not self.answer.whole:
                self.answer.stop()

    async def _stream(self, send: Send) -> None:
        await self._start(send)
        try:
            async for part in self._parts():
                left = max(0.0, self.until - time.monotonic()) + _GRACE
                async with asyncio.timeout(left):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
        except QueryError as error:
            raise CutError(f"SPARQL answer cut: {error.en}") from error
        except TimeoutError as error:
            raise CutError("SPARQL answer cut: the client takes it too slowly") from error
        await send({"type": "http.response.body", "body": b""})

    async def _whole(self, send: Send) -> None:
        with tempfile.SpooledTemporaryFile(max_size=1 << 20) as spool:
            try:
                async for part in self._parts():
                    spool.write(part)
            except QueryError as error:
                raise CutError(f"SPARQL answer cut: {error.en}") from error
            self.headers["content-length"] = str(spool.tell())
            spool.seek(0)
            await self._start(send)
            while part := spool.read(_PART):
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})

    async def _parts(self) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        part: bytes | None = self.answer.head
        while part is not None:
            yield part
            part = await loop.run_in_executor(self.executor, self.answer.read)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


class _OneLine(logging.Filter):
    """Makes the server's log of a cut answer one line, not a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, CutError):
            record.msg, record.args, record.exc_info = str(error), (), None
        return True


logging.getLogger("uvicorn.error").addFilter(_OneLine())
