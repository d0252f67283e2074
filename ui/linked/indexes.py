"""Lists of all there is, for people and for crawlers."""

from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode, Store

import ontology
from graph.codelists import area_lists, code_lists
from graph.statements import Link, links_to
from graph.view import View, term
from ui.api import service_of
from ui.html import local_path
from ui.linked.negotiation import HTML
from ui.linked.replies import PageErrors, changed_at, reply, see, sized
from ui.linked.settings import linked_settings
from ui.linked.templates import render

router = APIRouter(route_class=PageErrors, include_in_schema=False)
_LISTS = (
    ("m:Act", "พระราชบัญญัติ", "Acts"),
    ("m:Instrument", "กฎหมายลำดับรอง", "Subordinate instruments"),
    ("m:StandardFamily", "ชุดมาตรฐาน", "Families of standards"),
    ("m:Standard", "มาตรฐานและร่างมาตรฐาน", "Standards and drafts"),
    ("cpov:PublicOrganisation", "องค์กร", "Organisations"),
    ("m:Source", "แหล่งข้อมูล", "Sources"),
)


@dataclass(frozen=True)
class Listing:
    """Things of one kind; ``counts`` says of how many parts each is, by ref."""

    th: str
    en: str
    links: list[Link]
    counts: dict[str, int]


@lru_cache(maxsize=2)
def listings(store: Store) -> list[Listing]:
    """Return the laws, standards, organisations and sources."""
    view = View(store)
    found = []
    for kind, th, en in _LISTS:
        nodes = view.subjects("rdf:type", term(kind))
        counts = {
            ontology.ref(node.value): len(view.subjects("eli:is_part_of", node)) for node in nodes
        }
        found.append(Listing(th, en, links_to(view, nodes), counts))
    return found


@lru_cache(maxsize=2)
def schemes(store: Store) -> list[Listing]:
    """Return the concept schemes: those of the knowledge, and the code lists of tax records."""
    lists = code_lists(store)
    own = _schemes(store, "คำของกฎหมายและมาตรฐาน", "Concepts of laws and standards")
    kept = {link.ref for link in own.links}
    tax = _schemes(lists, "รายการรหัสของข้อมูลภาษี", "Code lists of tax records")
    lists_of_tax = Listing(tax.th, tax.en, [x for x in tax.links if x.ref not in kept], tax.counts)
    return [own, lists_of_tax, _schemes(area_lists(), "พื้นที่การปกครอง", "Areas")]


def _schemes(store: Store, th: str, en: str) -> Listing:
    view = View(store)
    nodes = view.subjects("rdf:type", term("skos:ConceptScheme"))
    counts = {ontology.ref(n.value): len(view.subjects("skos:inScheme", n)) for n in nodes}
    return Listing(th, en, links_to(view, nodes), counts)


@router.get("/id")
@router.head("/id")
def things(request: Request) -> Response:
    """List the laws, standards, organisations and sources."""
    return _page(
        request, listings(service_of(request).store), "กฎหมายและมาตรฐาน", "Laws and standards"
    )


@router.get("/concept")
@router.head("/concept")
def concepts(request: Request) -> Response:
    """List the concept schemes."""
    return _page(request, schemes(service_of(request).store), "คำและแนวคิด", "Concepts")


@router.get("/id/")
@router.head("/id/")
def things_slash(request: Request) -> Response:
    """Lead to the list."""
    return see(request, "/id", 308)


@router.get("/concept/")
@router.head("/concept/")
def concepts_slash(request: Request) -> Response:
    """Lead to the list."""
    return see(request, "/concept", 308)


def _page(request: Request, lists: list[Listing], th: str, en: str) -> Response:
    page = render("index.html", lists=lists, th=th, en=en)
    changed = changed_at(service_of(request).store)
    return reply(request, page.encode(), HTML, changed=changed, negotiated=False)


@router.get("/sitemap.xml")
@router.head("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """List every page of a law, section, standard and concept."""
    store = service_of(request).store
    base = linked_settings().public_url.rstrip("/") or str(request.base_url).rstrip("/")
    paths = ["/id", "/concept", "/ns", "/ns/tax", "/shapes", "/dump", *sorted(_paths(store))]
    changed = changed_at(store).date().isoformat()
    lines = [f"<url><loc>{escape(base + p)}</loc><lastmod>{changed}</lastmod></url>" for p in paths]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + "\n</urlset>\n"
    )
    return sized(request, body.encode(), _headers("application/xml"))


def _paths(store: Store) -> set[str]:
    view = View(store)
    kinds = ("m:Act", "m:Instrument", "m:Section", "m:Standard", "m:StandardFamily", "skos:Concept",
             "cpov:PublicOrganisation")  # fmt: skip
    nodes: list[NamedNode] = [n for kind in kinds for n in view.subjects("rdf:type", term(kind))]
    refs = {ontology.ref(node.value) for node in nodes}
    return {
        local_path(r).replace("/concept/", "/doc/concept/", 1)
        if r.startswith("concept/")
        else local_path(r)
        for r in refs
    }


@router.get("/robots.txt")
@router.head("/robots.txt")
def robots(request: Request) -> Response:
    """Tell crawlers what to read."""
    base = linked_settings().public_url.rstrip("/") or str(request.base_url).rstrip("/")
    closed = "".join(f"Disallow: {path}\n" for path in ("/api/", "/sparql", "/dump/"))
    body = f"User-agent: *\n{closed}Sitemap: {base}/sitemap.xml\n"
    return sized(request, body.encode(), _headers("text/plain"))


def _headers(media: str) -> dict[str, str]:
    # Without a public address the caller's own Host is said back to it, and to nobody else.
    kept = "max-age=3600" if linked_settings().public_url else "no-store"
    return {"Content-Type": f"{media}; charset=utf-8", "Cache-Control": kept}
