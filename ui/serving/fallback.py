"""What no route takes: HEAD where GET is, 405 with its Allow header, and 404 in our own shape."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, Final

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.problem import RefusedError, problem

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_PAGE: Final = tuple(
    start + path
    for start in ("", "/en")
    for path in ("/gradio_api/", "/assets/", "/static/", "/svelte/", "/theme.css")
)


class Fallback(BaseRoute):
    """Stands after every route of ours and before the page, which would take all the rest.

    :param routes: the routes before it, as the application holds them.
    """

    def __init__(self, routes: list[BaseRoute]) -> None:
        self.path = "(none)"
        self._routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take a request whose path another route has, or that calls an API we do not have."""
        if scope["type"] != "http":
            return Match.NONE, {}
        # One look at each route tells whether any method goes with the path.
        ours = scope["path"].startswith("/api/") or any(
            route.matches(scope)[0] is not Match.NONE for route in self._before()
        )
        return (Match.FULL, {"endpoint": self}) if ours else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer HEAD as GET without its body; refuse the rest."""
        methods = self._methods(scope)
        if scope["method"] == "HEAD" and "GET" in methods:
            await self._as_get(scope, receive, send)
            return
        if not methods:
            raise RefusedError(
                404, "ไม่มีเส้นทางนี้ ดูทั้งหมดที่ /docs", "there is no such route; see /docs for all"
            )
        if "GET" in methods:
            methods = [*methods, "HEAD"]
        allow = ", ".join(sorted({*methods, "OPTIONS"}))
        if scope["method"] == "OPTIONS":
            await send(
                {
                    "type": "http.response.start",
                    "status": 204,
                    "headers": [(b"allow", allow.encode())],
                }
            )
            await send({"type": "http.response.body"})
            return
        raise RefusedError(
            405, f"ที่อยู่นี้รับเฉพาะ {allow}", f"this address takes {allow} only", {"Allow": allow}
        )

    def _before(self) -> Iterator[BaseRoute]:
        return takewhile(lambda route: route is not self, self._routes)

    def _methods(self, scope: Scope) -> list[str]:
        return [method for method in METHODS if self._route(scope, method)]

    def _route(self, scope: Scope, method: str) -> tuple[BaseRoute, Scope] | None:
        asked = {**scope, "method": method}
        for route in self._before():
            match, child = route.matches(asked)
            if match is Match.FULL:
                return route, {**asked, **child}
        return None

    async def _as_get(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._route(scope, "GET")
        if found is None:
            return
        route, asked = found

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await route.handle(asked, receive, without_body)
        scope["route"] = asked.get("route", route)


class Problems:
    """Gives errors that libraries answer by themselves, in plain text or JSON, our own shape."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http" or scope["path"].startswith(_PAGE):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def sending(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _foreign(message):
                replaced = True
                answer = _own(scope, message)
                await answer(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(scope, receive, sending)


def _foreign(message: Message) -> bool:
    if message["status"] < 400:
        return False
    media = _header(message, b"content-type")
    return media.startswith(("application/json", "text/plain")) or not media


def _own(scope: Scope, message: Message) -> Any:
    status = message["status"]
    allow = _header(message, b"allow")
    error = {
        404: ("ไม่พบหน้านี้ เริ่มที่ / หรือดูเส้นทางทั้งหมดที่ /docs", "no such page; start at / or see /docs"),
        405: ("ใช้วิธีนี้กับที่อยู่นี้ไม่ได้", "this method does not go with this address"),
    }.get(status, ("ทำตามคำขอไม่ได้", "the request cannot be answered"))
    return problem(
        scope, status, *error, headers={"Allow": allow or "GET, HEAD"} if status == 405 else None
    )


def _header(message: Message, name: bytes) -> str:
    found = next((value for key, value in message.get("headers", ()) if key.lower() == name), b"")
    return str(found.decode("latin-1"))
