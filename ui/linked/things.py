"""``/id``, ``/concept`` and ``/doc``: every identifier of the graph answers."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pyoxigraph import Literal, NamedNode, Triple

import ontology
from graph.export import triples_of, write
from graph.store import CATALOG
from graph.things import describe
from graph.view import term
from qa.around import announced_on
from ui.api import service_of
from ui.html import local_path
from ui.linked import moment as moments
from ui.linked.documented import THING, documents
from ui.linked.finding import Elsewhere, Found, find, rule_text
from ui.linked.moment import Moment, moment_of
from ui.linked.negotiation import HTML, MEDIA, negotiate, split_ending
from ui.linked.pages import document_path, page_of
from ui.linked.replies import Link, PageErrors, changed_at, reply, see

router = APIRouter(route_class=PageErrors)
AsOf = Annotated[
    str | None,
    Query(
        alias="as-of",
        max_length=40,
        description="a day, YYYY-MM-DD; years from 2400 are of the Buddhist era",
    ),
]


@router.get(
    "/id/{ref:path}",
    response_class=Response,
    operation_id="thing",
    **documents(THING, "unknown-ref", moved=True),
)
@router.head("/id/{ref:path}", include_in_schema=False)
def thing(request: Request, ref: str, as_of: AsOf = None) -> Response:
    """กฎหมาย มาตรา มาตรฐาน เป็นหน้าเว็บหรือ RDF ตาม Accept (a thing: a page, or RDF, by Accept)."""
    return identifier(request, ref, as_of)


@router.get(
    "/concept/{ref:path}",
    response_class=Response,
    operation_id="concept",
    **documents(THING, "unknown-ref", moved=True),
)
@router.head("/concept/{ref:path}", include_in_schema=False)
def concept(request: Request, ref: str, as_of: AsOf = None) -> Response:
    """แนวคิด นำไปยังเอกสารของมัน (leads to the document about a concept; the answer holds it)."""
    return identifier(request, f"concept/{ref}", as_of)


@router.get(
    "/doc/{path:path}",
    response_class=Response,
    operation_id="document",
    **documents(THING, "unknown-ref", moved=True),
)
@router.head("/doc/{path:path}", include_in_schema=False)
def document(request: Request, path: str, as_of: AsOf = None) -> Response:
    """เอกสารของสิ่งหนึ่ง ตามนามสกุลหรือ Accept (a thing's document: by .ttl …, or Accept)."""
    ref, ending = split_ending(path)
    found = find(service_of(request), ref.removesuffix("/"))
    if isinstance(found, Elsewhere):
        target = (
            found.path if found.path.startswith("/") else document_path(found.ref, ending or "")
        )
        anchor = found.path if found.path.startswith("#") else ""
        return see(request, target + _query(as_of) + anchor)
    return _document(request, found, ending, as_of, f"/doc/{path}")


def identifier(request: Request, ref: str, as_of: str | None) -> Response:
    """Answer for an identifier.

    What is itself a document (a law, a section, a standard, a list of facts) is sent; what is
    not (a concept, an organisation) leads to the document about it by 303, whose body is that
    document for clients that do not follow. Another spelling leads to the identifier by 303.
    """
    short = ref.rstrip("/")
    if short != ref and short:
        # Never local_path: what was typed may look like an address elsewhere.
        return see(request, request.url.path.rstrip("/") + _query(as_of), 308)
    found = find(service_of(request), ref)
    if isinstance(found, Elsewhere):
        target, anchor = _target(found)
        return see(request, target + _query(as_of) + anchor)
    form = negotiate(request.headers.get("accept", ""))
    if found.is_document:
        return _document(request, found, None, as_of, "")
    day = _moment(found, as_of)
    target = document_path(found.ref, "" if form == HTML else form) + (day.query if day else "")
    return see(request, target, 303, (_body(found, form, day), form))


def _target(found: Elsewhere) -> tuple[str, str]:
    if found.path.startswith("/"):
        return found.path, ""
    return local_path(found.ref), found.path


def _query(as_of: str | None) -> str:
    return "?" + urlencode({"as-of": as_of}) if as_of is not None else ""


def _document(
    request: Request, found: Found, ending: str | None, as_of: str | None, path: str
) -> Response:
    form = ending or negotiate(request.headers.get("accept", ""))
    day = _moment(found, as_of)
    query = day.query if day else ""
    return reply(
        request,
        _body(found, form, day),
        form,
        changed=changed_at(service_of(request).store),
        links=_links(found, query, path),
        location=document_path(found.ref, form) + query,
        negotiated=ending is None,
    )


def _body(found: Found, form: str, day: Moment | None) -> bytes:
    if form == HTML:
        return page_of(found, day).encode()
    triples = _triples(found)
    if day:
        triples += moments.triples_of(day, found.iri)
    return write(triples, form, found.iri)


def _triples(found: Found) -> list[Triple]:
    node = NamedNode(found.iri)
    if found.kind == "graph":
        about = None if node == CATALOG else node
        return [q.triple for q in found.store.quads_for_pattern(about, None, None, CATALOG)]
    if found.kind == "rule":
        text = rule_text(found.ref)
        made = [q.triple for q in found.store.quads_for_pattern(None, None, node, CATALOG)]
        return [
            Triple(node, term("rdf:type"), term("prov:Plan")),
            Triple(node, term("dcterms:title"), Literal(text.splitlines()[0].lstrip("# "))),
            Triple(node, term("dcterms:description"), Literal(text)),
            *made,
        ]
    return triples_of(found.store, found.ref)


def _moment(found: Found, as_of: str | None) -> Moment | None:
    if as_of is None:
        return None
    if not found.is_described:
        return moment_of(None, as_of)
    about = found.thing
    replaced = ""
    if about.kind == "standard" and about.superseded_by:
        newer = [describe(found.store, link.ref) for link in about.superseded_by]
        replaced = min(filter(None, map(announced_on, newer)), default="")
    return moment_of(about, as_of, replaced)


def _links(found: Found, query: str, path: str) -> list[Link]:
    document = document_path(found.ref)
    links: list[Link] = [(found.iri, {"rel": "canonical"})]
    links.append(
        (found.iri, {"rel": "describes"}) if path else (document + query, {"rel": "describedby"})
    )
    links += [
        (f"{document}.{form}{query}", {"rel": "alternate", "type": media})
        for form, media in MEDIA.items()
    ]
    if found.is_described:
        newer = [link.ref for link in found.thing.superseded_by]
        links += [(ontology.iri(ref), {"rel": "successor-version"}) for ref in newer]
        links += [(ontology.iri(ref), {"rel": "latest-version"}) for ref in _latest(found, newer)]
    return links


def _latest(found: Found, newer: list[str]) -> list[str]:
    """Return what replaced what replaced the thing, to the end."""
    seen: set[str] = set()
    while newer:
        seen.update(newer)
        ahead = [link.ref for ref in newer for link in describe(found.store, ref).superseded_by]
        following = [ref for ref in ahead if ref not in seen]
        if not following:
            return newer
        newer = following
    return []
