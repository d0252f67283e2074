"""Linked data: every identifier of the graph answers, as a page or as RDF."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

import ontology
from graph.export import FORMATS
from ui.api import service_of
from ui.html import thing_page

router = APIRouter()


@router.get("/id/{ref:path}")
def thing(request: Request, ref: str) -> Response:
    """Return a thing as HTML, Turtle, JSON-LD, N-Triples or RDF/XML."""
    return _negotiated(request, ref)


@router.get("/concept/{ref:path}")
def concept(request: Request, ref: str) -> Response:
    """Return a concept, in the same syntaxes."""
    return _negotiated(request, f"concept/{ref}")


@router.get("/ns")
def vocabulary() -> Response:
    """Return the ontology in Turtle."""
    return Response(
        ontology.vocabulary_file().read_bytes(), media_type="text/turtle; charset=utf-8"
    )


def _negotiated(request: Request, ref: str) -> Response:
    service = service_of(request)
    form = _preferred(request.headers.get("accept", ""))
    headers = {"Vary": "Accept"}
    if form is None:
        return HTMLResponse(thing_page(service.show(ref)), headers=headers)
    media = FORMATS[form][1]
    return Response(
        service.export(ref, form), media_type=f"{media}; charset=utf-8", headers=headers
    )


def _preferred(accept: str) -> str | None:
    """Return the RDF form that a request prefers to HTML, if any.

    >>> _preferred("text/turtle"), _preferred("text/html,application/ld+json;q=0.5")
    ('ttl', None)
    """
    offered = {media: form for form, (_, media) in FORMATS.items()} | {"text/html": None}
    wanted: list[tuple[float, str]] = []
    for piece in accept.split(","):
        media, *parameters = (part.strip() for part in piece.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            wanted.append((float(quality), media))
        except ValueError:
            continue
    known = [(q, media) for q, media in wanted if media in offered and q > 0]
    return offered[max(known, key=lambda pair: pair[0])[1]] if known else None
