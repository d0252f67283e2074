"""A node of the graph as a table for reading: what it says, and what leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

import ontology
from graph.statements import natural_order, statement_of, value_text
from graph.store import CATALOG
from graph.thai import date_text
from graph.things import kind_of
from graph.view import View, term
from qa.of_tax import parameter_facts
from qa.sentences import event_text, norm_text
from ui.html import local_path
from ui.linked.words import INCOMING, PROPERTY

SHOWN: Final = 100
"""Things of one kind that a page lists; a count tells of the rest."""
_EVENTS: Final = tuple(
    term(f"m:{kind}") for kind in ("StatusEvent", "PublicHearing", "Approval", "Announcement")
)


@dataclass(frozen=True)
class Value:
    """A value to show: its text, where it leads, the language of a text."""

    text: str
    href: str = ""
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A property with its values."""

    th: str
    en: str
    href: str
    values: list[Value]


@dataclass(frozen=True)
class Group:
    """Things that lead to a node by one property; ``count`` counts those not shown too."""

    th: str
    en: str
    values: list[Value]
    count: int


def rows(store: Store, node: NamedNode) -> list[Row]:
    """Return what the graph says of a node, each property once, the type first."""
    found: dict[str, set[NamedNode | Literal]] = {}
    for quad in store.quads_for_pattern(node, None, None, None):
        if isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.predicate.value, set()).add(quad.object)
    order = sorted(
        found, key=lambda iri: (iri != ontology.PREFIXES["rdf"] + "type", _rank(iri), iri)
    )
    view = View(store)
    return [
        Row(
            *_named(view, iri),
            [_value(view, iri, value) for value in sorted(found[iri], key=_sorting)],
        )
        for iri in order
    ]


def _rank(iri: str) -> int:
    names = list(PROPERTY)
    curie = _curie(iri)
    return names.index(curie) if curie in names else len(names)


def _sorting(value: NamedNode | Literal) -> tuple[object, ...]:
    if isinstance(value, Literal):
        return (0, value.language == "en", value.value)
    return (1, False, natural_order(value))


def _curie(iri: str) -> str:
    for prefix, space in ontology.PREFIXES.items():
        if prefix not in ("o", "src", "graph") and iri.startswith(space):
            name = iri.removeprefix(space)
            if "/" not in name and "#" not in name:
                return f"{prefix}:{name}"
    return iri


def _named(view: View, iri: str) -> tuple[str, str, str]:
    curie = _curie(iri)
    if curie in PROPERTY:
        return (*PROPERTY[curie], link_of(iri))
    node = NamedNode(iri)
    th, en = view.text(node, "rdfs:label", "th"), view.text(node, "rdfs:label", "en")
    return th or curie, en or curie, link_of(iri)


def link_of(iri: str) -> str:
    """Return where an IRI leads: a page of this server for ours, itself for others."""
    try:
        return local_path(ontology.ref(iri))
    except ValueError:
        return local_path(iri)


def _value(view: View, predicate: str, value: NamedNode | Literal) -> Value:
    if isinstance(value, NamedNode):
        return Value(name_of(view, value), link_of(value.value))
    name = predicate.rpartition("#")[2].rpartition("/")[2]
    if value.language:
        return Value(value.value, language=value.language)
    kind = value.datatype.value.rpartition("#")[2]
    if kind in ("date", "gYear", "gYearMonth", "dateTime"):
        return Value(date_text(value.value), note=value.value)
    if value.value.startswith(("https://", "http://")):
        return Value(value.value, value.value)
    said = value_text(name, value.value)
    return Value(said, note=value.value if said != value.value else "")


def name_of(view: View, node: NamedNode) -> str:
    """Return the text that a link to a node shows: a norm or figure is said in words."""
    kind = kind_of(view, node)
    if kind == "norm":
        statement = statement_of(view, node)
        if statement.kind == "Definition":
            return f"นิยาม {statement.linked('defines')}"
        return norm_text(statement)
    if kind == "parameter":
        facts = parameter_facts([statement_of(view, node)])
        return facts[0][2] if facts else view.label(node)
    if kind is None:
        return _unnamed(view, node)
    return view.label(node)


def _unnamed(view: View, node: NamedNode) -> str:
    iri = node.value
    if iri.startswith(ontology.GRAPH):
        return view.text(node, "dcterms:title") or iri.removeprefix(ontology.ID)
    if not iri.startswith(ontology.BASE):
        return _curie(iri)
    types = view.nodes(node, "rdf:type")
    said = event_text(statement_of(view, node)) if set(types) & set(_EVENTS) else ""
    if iri.startswith(ontology.ID) and types and iri.count("/") > ontology.ID.count("/") + 1:
        owner = NamedNode(iri.rsplit("/", 2)[0])
        said = said or view.label(types[0])
        return f"{view.text(owner, 'eli:number') or view.label(owner)}: {said}"
    return view.label(node)


def incoming(store: Store, node: NamedNode) -> list[Group]:
    """Return what leads to a node, by property, in the order of ``ui.linked.words.INCOMING``."""
    view = View(store)
    found: dict[str, set[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, None, node, None):
        if isinstance(quad.subject, NamedNode) and quad.subject != node:
            found.setdefault(_curie(quad.predicate.value), set()).add(quad.subject)
    return [
        Group(*INCOMING[curie], list(_links(view, found[curie])), len(found[curie]))
        for curie in INCOMING
        if curie in found
    ]


def _links(view: View, nodes: set[NamedNode]) -> Iterator[Value]:
    for node in islice(sorted(nodes, key=natural_order), SHOWN):
        href = link_of(node.value)
        yield Value(name_of(view, node), href, note=_place(view, node))


def _place(view: View, node: NamedNode) -> str:
    """Return the name of the section that a norm or figure stands in."""
    place = view.node(node, "m:statedIn") or view.node(node, "m:parameterOf")
    return view.label(place) if place else ""


def catalog_rows(store: Store, node: NamedNode) -> list[Row]:
    """Return what the catalog says of a named graph."""
    inner = Store()
    inner.extend(store.quads_for_pattern(node, None, None, CATALOG))
    return rows(inner, node)
