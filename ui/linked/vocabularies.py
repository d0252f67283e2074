"""``/ns``, ``/ns/tax``, ``/shapes`` and the JSON-LD context: what the data is written in."""

import json
from functools import cache
from typing import Final

from fastapi import APIRouter, Request, Response
from pyoxigraph import RdfFormat, parse

import ontology
from graph.errors import UnknownRefError
from graph.export import write
from graph.jsonld import context
from ontology.tax import vocabulary_files
from ui.api import service_of
from ui.html import local_path
from ui.linked.diagram import class_diagram
from ui.linked.documented import CONTEXT, SHAPES, VOCABULARY, documents
from ui.linked.negotiation import HTML, MEDIA, negotiate, split_ending
from ui.linked.replies import Link, PageErrors, changed_at, reply, see
from ui.linked.rules import SEVERITY, read_shapes, shape_files
from ui.linked.templates import render
from ui.linked.terms import read_vocabulary
from ui.linked.words import SYNTAX

router = APIRouter(route_class=PageErrors)
VOCABULARIES: Final = {
    "ns": ontology.vocabulary_file(),
    "ns/tax": vocabulary_files()["tax"],
    "ns/tax/ladm": vocabulary_files()["ladm"],
}
"""The ontologies by the path of their namespace."""


@router.get("/ns", response_class=Response, operation_id="ontology", **documents(VOCABULARY))
@router.head("/ns", include_in_schema=False)
def vocabulary(request: Request) -> Response:
    """คลังคำศัพท์ เป็นหน้าเว็บหรือ OWL (the ontology: a page with a diagram, or OWL, by Accept)."""
    return _vocabulary(request, "ns", None)


@router.get("/ns/{path:path}", response_class=Response, include_in_schema=False)
@router.get("/ns.{path}", response_class=Response, include_in_schema=False)
@router.head("/ns/{path:path}", include_in_schema=False)
@router.head("/ns.{path}", include_in_schema=False)
def part(request: Request, path: str) -> Response:
    """Return one of the ontologies, its version, or a syntax of it by its ending."""
    whole = request.url.path.strip("/")
    name, ending = split_ending(whole)
    for known in sorted(VOCABULARIES, key=len, reverse=True):
        if name == f"{known}/{_version(known)}":
            return see(request, f"/{known}" + (f".{ending}" if ending else ""))
        if name == known and whole != request.url.path.removeprefix("/"):
            return see(request, f"/{known}", 308)
        if name == known:
            return _vocabulary(request, known, ending)
    raise _unknown("ontology", ", ".join(f"/{name}" for name in VOCABULARIES))


@cache
def _version(name: str) -> str:
    return read_vocabulary(VOCABULARIES[name].read_bytes(), ontology.BASE + name).version


def _vocabulary(request: Request, name: str, ending: str | None) -> Response:
    form = ending or _form(request)
    body = _page(name) if form == HTML else _data(name, form)
    return _sent(request, name, form, ending, body)


def _sent(request: Request, name: str, form: str, ending: str | None, body: bytes) -> Response:
    links: list[Link] = [(ontology.BASE + name, {"rel": "canonical"})]
    links += [
        (f"/{name}.{other}", {"rel": "alternate", "type": media}) for other, media in MEDIA.items()
    ]
    return reply(
        request, body, form, changed=changed_at(service_of(request).store), links=links,
        location=f"/{name}.{form}", negotiated=ending is None,
    )  # fmt: skip


@cache
def _page(name: str) -> bytes:
    about = read_vocabulary(VOCABULARIES[name].read_bytes(), ontology.BASE + name)
    title = f"แผนภาพคลาสของ {about.title_th} (class diagram)"
    diagram = class_diagram(about.boxes, title) if about.boxes else ""
    return render(
        "ontology.html", about=about, diagram=diagram, name=name, syntaxes=SYNTAX,
        others=[other for other in VOCABULARIES if other != name],
    ).encode()  # fmt: skip


@cache
def _data(name: str, form: str) -> bytes:
    if name == "shapes":
        texts = [file.read_bytes() for file in shape_files().values()]
    else:
        texts = [VOCABULARIES[name].read_bytes()]
    if form == "ttl":
        # As written, with its comments.
        return b"\n".join(texts)
    triples = [q.triple for text in texts for q in parse(text, format=RdfFormat.TURTLE)]
    return write(triples, form, ontology.BASE + name)


@router.get("/shapes", response_class=Response, operation_id="shapes", **documents(SHAPES))
@router.head("/shapes", include_in_schema=False)
def shapes(request: Request) -> Response:
    """กฎตรวจข้อมูล เป็นหน้าเว็บหรือ SHACL (the shapes: a page of rules, or SHACL, by Accept)."""
    return _shapes(request, None)


@router.get("/shapes.{ending}", response_class=Response, include_in_schema=False)
@router.head("/shapes.{ending}", include_in_schema=False)
def shapes_as(request: Request, ending: str) -> Response:
    """Return the shapes in the syntax that the ending names."""
    if ending not in MEDIA:
        raise _unknown("syntax", ", ".join(f"/shapes.{form}" for form in MEDIA))
    return _shapes(request, ending)


@router.get("/shapes/{path:path}", response_class=Response, include_in_schema=False)
@router.head("/shapes/{path:path}", include_in_schema=False)
def shapes_slash(request: Request, path: str) -> Response:
    """Lead to the shapes; nothing is below them."""
    if path:
        raise _unknown("shapes", "/shapes")
    return see(request, "/shapes", 308)


def _form(request: Request) -> str:
    """Return what a request prefers; tools that read vocabularies often say nothing."""
    return negotiate(request.headers.get("accept", ""), default="ttl")


def _shapes(request: Request, ending: str | None) -> Response:
    form = ending or _form(request)
    body = _rules_page() if form == HTML else _data("shapes", form)
    return _sent(request, "shapes", form, ending, body)


@cache
def _rules_page() -> bytes:
    found = read_shapes()
    return render(
        "shapes.html", files=found, severities=SEVERITY, syntaxes=SYNTAX, local=_local
    ).encode()


def _local(iri: str) -> str:
    try:
        return local_path(ontology.ref(iri))
    except ValueError:
        return local_path(iri)


def _unknown(what: str, known: str) -> UnknownRefError:
    return UnknownRefError(f"ไม่มีหน้านี้ มี {known}", f"no such {what}; there is {known}")


@router.get(
    "/context.jsonld",
    response_class=Response,
    operation_id="context",
    **documents(CONTEXT, media=[MEDIA["jsonld"]]),
)
@router.head("/context.jsonld", include_in_schema=False)
def jsonld_context(request: Request) -> Response:
    """บริบท JSON-LD ของทุกคำ (the JSON-LD context of all terms)."""
    body = json.dumps(context(), ensure_ascii=False, indent=1).encode()
    return reply(
        request, body, "jsonld", changed=changed_at(service_of(request).store), negotiated=False
    )
