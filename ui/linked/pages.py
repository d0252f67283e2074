"""Pages of things, laws and standards laid out for reading and all else as tables."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

import ontology
from graph.statements import Link, Statement, link_to, links_to, natural_order
from graph.things import Thing
from graph.view import View, term
from qa.sentences import measures_text, norm_text, time_text
from ui.html import local_path
from ui.linked import structured
from ui.linked.finding import Found, rule_text
from ui.linked.moment import LAW, Moment
from ui.linked.nodes import catalog_rows, incoming, name_of, rows
from ui.linked.templates import render
from ui.linked.words import KIND, NORM, SYNTAX

_NAMED = ("concept", "scheme", "organisation", "source")
_NAMES = tuple(term(curie).value for curie in ("skos:prefLabel", "rdfs:label", "dcterms:title"))


@dataclass(frozen=True)
class NormRow:
    """A norm as a row of a table."""

    kind: str
    statement: Statement
    what: str
    cases: list[str]
    time: str


def part_of(found: Found) -> str:
    """Return what the page of a thing says, without the page around it, for another page."""
    return page_of(found, part=True)


def page_of(found: Found, moment: Moment | None = None, part: bool = False) -> str:
    """Return the page of what was found, as it stood on a day where one is asked of.

    :param part: whether only its content is wanted.
    """
    common = {
        "found": found, "moment": moment, "whole": not part, "kinds": KIND, "syntaxes": SYNTAX,
        "doc": document_path(found.ref), "query": moment.query if moment else "",
        "api": "" if found.apart else local_path(found.ref).replace("/", "/api/refs/", 1).replace(
            "/api/refs/id/", "/api/refs/", 1
        ),
    }  # fmt: skip
    if found.kind in (*LAW, "standard"):
        return _thing(found, common)
    return _node(found, common)


def document_path(ref: str, form: str = "") -> str:
    """Return the path of the document about a thing, in a representation where one is given.

    >>> document_path("pdpa-2562/37", "ttl"), document_path("concept/level/must")
    ('/doc/pdpa-2562/37.ttl', '/doc/concept/level/must')
    """
    tail = local_path(ref).removeprefix("/id/").removeprefix("/")
    return f"/doc/{tail}" + (f".{form}" if form else "")


def _thing(found: Found, common: dict[str, Any]) -> str:
    thing = found.thing
    crumbs = _crumbs(found, thing)
    before, after = _neighbours(found, thing)
    replaces = View(found.store).subjects("m:supersededBy", NamedNode(thing.iri))
    data = structured.of_thing(thing, crumbs)
    return render(
        "thing.html" if common["whole"] else "thing_part.html", thing=thing, crumbs=crumbs,
        before=before, after=after,
        replaces=links_to(View(found.store), replaces),
        norms=[_norm(norm) for norm in thing.norms], scripts=[structured.script(d) for d in data],
        **common,
    )  # fmt: skip


def _crumbs(found: Found, thing: Thing) -> list[tuple[str, str]]:
    """Return label and ref of what the thing stands in, the outermost first."""
    view = View(found.store)
    path: list[tuple[str, str]] = []
    node: NamedNode | None = NamedNode(thing.iri)
    while node:
        if division := view.node(node, "m:inDivision"):
            path.append((view.label(division), ontology.ref(division.value)))
        node = view.node(node, "eli:is_part_of") or view.node(node, "m:isPartOf")
        if node:
            path.append((view.label(node), ontology.ref(node.value)))
    return path[::-1]


def _neighbours(found: Found, thing: Thing) -> tuple[Any, Any]:
    """Return the links to the sections before and after a section."""
    if thing.kind not in ("section", "item") or not thing.part_of:
        return None, None
    view = View(found.store)
    parent = NamedNode(ontology.iri(thing.part_of.ref))
    kind = view.node(NamedNode(thing.iri), "rdf:type")
    parts = [
        part
        for part in sorted(view.subjects("eli:is_part_of", parent), key=natural_order)
        if view.node(part, "rdf:type") == kind
    ]
    place = parts.index(NamedNode(thing.iri))
    before = parts[place - 1] if place else None
    after = parts[place + 1] if place + 1 < len(parts) else None
    return tuple(link_to(view, node) if node else None for node in (before, after))  # type: ignore[return-value]


def _norm(norm: Statement) -> NormRow:
    penalty = norm.kind == "Penalty"
    what = norm.one("action")
    if penalty:
        what = f"{what} {measures_text(norm)}".strip()
    elif not what:
        what = norm_text(norm, timed=False)
    cases = []
    if trigger := norm.one("trigger"):
        cases.append(f"เมื่อ{trigger.removeprefix('เมื่อ')}")
    if exception := norm.one("exception"):
        cases.append(f"เว้นแต่{exception.removeprefix('เว้นแต่')}")
    return NormRow(NORM.get(norm.kind, norm.kind), norm, what, cases, time_text(norm))


def _node(found: Found, common: dict[str, Any]) -> str:
    node = NamedNode(found.iri)
    view = View(found.store)
    facts = catalog_rows(found.store, node) if found.kind == "graph" else rows(found.store, node)
    names = _names(found, view, node)
    if found.kind in _NAMED:
        # Its names head the page.
        facts = [row for row in facts if row.href not in _NAMES]
    data = structured.of_node(found.iri, found.kind, names, facts)
    return render(
        "node.html" if common["whole"] else "node_part.html",
        names=names,
        crumbs=_above(view, node),
        rows=facts,
        groups=incoming(found.store, node),
        rule=rule_text(found.ref),
        scripts=[structured.script(d) for d in data],
        **common,
    )


def _above(view: View, node: NamedNode) -> list[Link]:
    """Return what a norm, figure or concept stands in, the outermost first."""
    place = view.node(node, "m:statedIn") or view.node(node, "m:parameterOf")
    place = place or view.node(node, "m:readFrom") or view.node(node, "eli:is_part_of")
    if place is None:
        return links_to(view, view.nodes(node, "skos:inScheme")[:1])
    path = [place]
    while place := view.node(path[-1], "eli:is_part_of"):
        path.append(place)
    return [link_to(view, each) for each in path[::-1]]


def _names(found: Found, view: View, node: NamedNode) -> tuple[str, str]:
    if found.kind in ("norm", "parameter"):
        place = view.node(node, "m:statedIn") or view.node(node, "m:parameterOf")
        return name_of(view, node), view.label(place, "en") if place else ""
    if found.kind == "rule":
        first = rule_text(found.ref).splitlines()[0].lstrip("# ")
        return first, found.ref
    return view.label(node), view.label(node, "en")
