"""The outermost layer: a request's id, its line in the log, its figures, and safe headers."""

import re
import time
import uuid
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.problem import internal, of_exception
from ui.serving.clients import client_of, shortened
from ui.serving.logs import log, log_failure
from ui.serving.metrics import REQUESTS, SECONDS
from ui.serving.policy import policy
from ui.settings import ServerSettings

HEADERS: Final = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Context:
    """Gives each request an id, and sees each answer out, whatever becomes of it."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        start = time.perf_counter()
        status = size = 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            answer = of_exception(scope, error)
            if answer is None:
                log_failure("failure", error, request_id=request_id, route=route_of(scope))
                answer = internal(scope)
            if status:
                # Half an answer is out: only a broken connection tells that it is not whole.
                raise
            await answer(scope, receive, sending)
        finally:
            self._tell(scope, status, size, time.perf_counter() - start, request_id)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float, request_id: str) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        REQUESTS.labels(route, method, str(status)).inc()
        SECONDS.labels(route).observe(seconds)
        log(
            "request", method=method, route=route, status=status, ms=round(seconds * 1000, 1),
            bytes=size, request_id=request_id,
            client=shortened(client_of(scope, self.settings)),
        )  # fmt: skip


def route_of(scope: Scope) -> str:
    """Return the template of the route that answered, never what a user wrote into the path."""
    path = getattr(scope.get("route"), "path", None)
    if path:
        return str(path)
    # Only the first step of an address that no route of ours took.
    below = scope["path"].removeprefix("/en")
    return "/gradio_api/*" if below.startswith("/gradio_api/") else "(page)"
