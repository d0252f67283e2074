"""Responses with what HTTP caches and clients of linked data need."""

import hashlib
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pyoxigraph import Literal, Store

from graph.errors import MattraError
from graph.store import CATALOG
from graph.view import term
from ui.html import local_path
from ui.linked.negotiation import MEDIA, wants_page
from ui.linked.templates import render

Link = tuple[str, dict[str, str]]
"""Target and attributes of one value of a ``Link`` header."""


def reply(
    request: Request,
    body: bytes,
    form: str,
    *,
    changed: datetime,
    links: Iterable[Link] = (),
    location: str = "",
    negotiated: bool = True,
) -> Response:
    """Return a representation, or 304 where the client has it already.

    The entity tag is a hash of the body, so it is strong and changes exactly when the body does.

    :param form: the representation, a key of :data:`ui.linked.negotiation.MEDIA`.
    :param changed: when the graph was made.
    :param location: path of the document that the body is a copy of (``Content-Location``).
    :param negotiated: whether ``Accept`` chose the representation.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link, Content-Location, Last-Modified",
    }
    if negotiated:
        headers["Vary"] = "Accept"
    if location:
        headers["Content-Location"] = location
    if joined := link_header(links):
        headers["Link"] = joined
    if is_fresh(request, tag, changed):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = f"{MEDIA[form]}; charset=utf-8"
    return sized(request, body, headers)


def sized(request: Request, body: bytes, headers: dict[str, str], status: int = 200) -> Response:
    """Return a body, or to HEAD what would come before it."""
    if request.method == "HEAD":
        return Response(status_code=status, headers={**headers, "Content-Length": str(len(body))})
    return Response(body, status_code=status, headers=headers)


def is_fresh(request: Request, tag: str, changed: datetime) -> bool:
    """Tell whether the client's copy is the same: its tags first, its date only without tags."""
    if (tags := request.headers.get("if-none-match")) is not None:
        known = {piece.strip().removeprefix("W/") for piece in tags.split(",")}
        return "*" in known or tag.removeprefix("W/") in known
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return changed.replace(microsecond=0) <= since.replace(tzinfo=since.tzinfo or UTC)


def link_header(links: Iterable[Link]) -> str:
    """Return links as one header value, ASCII only.

    >>> link_header([("/doc/pdpa-2562/37.ttl", {"rel": "alternate", "type": "text/turtle"})])
    '</doc/pdpa-2562/37.ttl>; rel="alternate"; type="text/turtle"'
    """
    return ", ".join(
        f"<{quote(target, safe=_SAFE)}>" + "".join(f'; {key}="{text}"' for key, text in how.items())
        for target, how in links
    )


_SAFE = "/:#?=&()%-._~+,;@!*'"


def see(
    request: Request, target: str, status: int = 303, body: tuple[bytes, str] | None = None
) -> Response:
    """Return a redirect; the body, if any, is what a client that does not follow can use.

    :param body: bytes and representation.
    """
    content, form = body or (f"ดูที่ (see) {target}\n".encode(), "")
    media = MEDIA[form] if form else "text/plain"
    headers = {
        "Location": quote(target, safe=_SAFE),
        "Vary": "Accept",
        "Access-Control-Allow-Origin": "*",
        "Content-Type": f"{media}; charset=utf-8",
    }
    return sized(request, content, headers, status)


@lru_cache(maxsize=4)
def changed_at(store: Store) -> datetime:
    """Return when the graph was made, by its catalog."""
    found = [
        datetime.fromisoformat(quad.object.value)
        for quad in store.quads_for_pattern(None, term("prov:generatedAtTime"), None, CATALOG)
        if isinstance(quad.object, Literal)
    ]
    return max((moment.astimezone(UTC) for moment in found), default=datetime.now(UTC))


class PageErrors(APIRoute):
    """A route whose errors are a small page for browsers, a problem document for all others."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, with the errors of this project made pages where wanted."""
        handler: Callable[[Request], Awaitable[Response]] = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except MattraError as error:
                if not wants_page(request.headers.get("accept", "")):
                    raise
                page = render("error.html", error=error, path=local_path)
                return sized(
                    request,
                    page.encode(),
                    {"Content-Type": "text/html; charset=utf-8", "Vary": "Accept"},
                    error.status,
                )

        return handle
