"""``/dump``: the whole graph to download, and its description (VoID, DCAT)."""

import weakref
from collections.abc import Iterator
from email.utils import format_datetime
from threading import BoundedSemaphore

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from graph.dump import DUMPS, stream
from graph.errors import UnknownRefError
from graph.store import fingerprint
from ui.api import service_of
from ui.linked.described import described, facts
from ui.linked.documented import DUMPS as DUMPS_EXAMPLE
from ui.linked.documented import THING, documents
from ui.linked.negotiation import HTML, negotiate
from ui.linked.replies import PageErrors, changed_at, is_fresh, reply, see
from ui.linked.settings import linked_settings
from ui.linked.templates import render
from ui.problem import problem

router = APIRouter(route_class=PageErrors)

_MEDIA = (DUMPS["ttl"][1], *(DUMPS[form][1] for form in ("nt", "nq", "trig")), "application/gzip")
_SLOTS = BoundedSemaphore(linked_settings().dumps_at_once)


@router.get("/dump", response_class=Response, operation_id="dumps", **documents(DUMPS_EXAMPLE))
@router.head("/dump", include_in_schema=False)
def index(request: Request) -> Response:
    """รายการไฟล์ทั้งกราฟ VoID และ DCAT (the dumps: a page, or VoID and DCAT, by Accept)."""
    return _index(request, None)


@router.get("/dump.{ending}", response_class=Response, include_in_schema=False)
@router.head("/dump.{ending}", include_in_schema=False)
def index_as(request: Request, ending: str) -> Response:
    """Describe the dumps in the RDF syntax that the ending names."""
    return _index(request, ending)


@router.get("/.well-known/void", include_in_schema=False)
@router.head("/.well-known/void", include_in_schema=False)
def well_known(request: Request) -> Response:
    """Lead to the description of the data set."""
    return see(request, "/dump", 303)


def _index(request: Request, ending: str | None) -> Response:
    store = service_of(request).store
    if ending is not None and ending not in ("ttl", "jsonld", "nt", "rdf"):
        raise UnknownRefError(
            "ไม่มีคำอธิบายในรูปแบบนี้ มี ttl jsonld nt rdf", "no such syntax; there are ttl jsonld nt rdf"
        )
    form = ending or negotiate(request.headers.get("accept", ""))
    about = facts(store)
    base = linked_settings().public_url.rstrip("/") or str(request.base_url).rstrip("/")
    body = (
        render("dump.html", about=about).encode()
        if form == HTML
        else described(about, base, form, changed_at(store))
    )
    return reply(request, body, form, changed=changed_at(store), negotiated=ending is None)


@router.get(
    "/dump/mattra.{ending}",
    response_class=Response,
    operation_id="dump",
    **documents(THING, "unknown-ref", 503, media=_MEDIA),
)
@router.head("/dump/mattra.{ending}", include_in_schema=False)
def dump(request: Request, ending: str) -> Response:
    """ทั้งกราฟเป็นไฟล์ nq trig ttl nt เติม .gz ได้ (the whole graph as a file).

    ``nq`` and ``trig`` with its named graphs, ``ttl`` and ``nt`` as one; each also with ``.gz``.
    """
    form, _, packing = ending.partition(".")
    if form not in DUMPS or packing not in ("", "gz"):
        raise _no_file()
    store = service_of(request).store
    changed = changed_at(store)
    # Which graph, which syntax; the order of triples may differ from run to run, hence weak.
    tag = f'W/"{fingerprint()}-{len(store)}-{ending}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f'attachment; filename="mattra.{ending}"',
        "Content-Type": "application/gzip" if packing else f"{DUMPS[form][1]}; charset=utf-8",
    }
    if is_fresh(request, tag, changed):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        empty = Response(headers=headers)
        # Its size is known only once it is written.
        del empty.headers["content-length"]
        return empty
    if not _SLOTS.acquire(blocking=False):
        return problem(
            request.scope, 503,
            "มีผู้ดาวน์โหลดเต็มจำนวนแล้ว ลองใหม่ในอีกหนึ่งนาที",
            "too many downloads at once; try again in a minute",
            headers={"Retry-After": "60"},
        )  # fmt: skip
    return StreamingResponse(_Held(stream(store, form, bool(packing))), headers=headers)


@router.get("/dump/{path:path}", include_in_schema=False)
@router.head("/dump/{path:path}", include_in_schema=False)
def no_such_dump(path: str) -> Response:
    """Refuse what is no dump.

    :raises UnknownRefError: always.
    """
    raise _no_file()


def _no_file() -> UnknownRefError:
    known = ", ".join(DUMPS)
    return UnknownRefError(
        f"ไม่มีไฟล์นี้ มี mattra.{{{known}}} เติม .gz ได้",
        f"no such file; there is mattra.{{{known}}}, also .gz",
    )


class _Held:
    """Blocks that give their place back when they end, or when nobody wants them any more."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._release = weakref.finalize(self, _SLOTS.release)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._blocks)
        except (StopIteration, OSError):
            self._release()
            raise
