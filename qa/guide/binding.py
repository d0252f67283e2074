"""Whom a norm or law binds: the actors that a kind of agency is, may be, and is counted among."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

import ontology
from graph.statements import Statement, slug_of
from graph.thai import first_day
from graph.things import Thing
from graph.view import View, term
from qa.guide.model import Bound, Text, Whose

_ANYONE: Final = "concept/actor/any-person"
_EXTENTS: Final = ("bound", "in-part", "not-bound")


@dataclass(frozen=True)
class Roles:
    """Refs of the actors that an agency or its officials are, and of capacities it may have."""

    own: frozenset[str]
    capacity: frozenset[str]

    def whose(self, norm: Statement) -> Whose | None:
        """Return whose a norm is for the agency; None for a norm of others."""
        actors = {link.ref for link in norm.links.get("actor", ())}
        if actors & self.own:
            return "own"
        if _ANYONE in actors:
            return "anyone"
        return "capacity" if actors & self.capacity else None


class Binding:
    """How laws bind kinds of agency, read from the graph's coverage statements."""

    def __init__(self, view: View) -> None:
        self.view = view

    def roles(self, kind: NamedNode | None) -> Roles:
        """Return the roles of a kind of agency, or of state agencies at large."""
        agency = term("ac:state-agency")
        same = self.view.nodes(kind, "skos:closeMatch") if kind else []
        own = {agency, *same}
        while added := {n for each in own for n in self._beside(each)} - own:
            own |= added
        capacity = set(self.view.nodes(agency, "m:mayActAs")) - own
        return Roles(
            frozenset(ontology.ref(n.value) for n in own),
            frozenset(ontology.ref(n.value) for n in capacity),
        )

    def _beside(self, actor: NamedNode) -> list[NamedNode]:
        """Return who acts for an actor, and the narrower of those who do."""
        acting = self.view.subjects("m:actsFor", actor)
        return [*acting, *(n for each in acting for n in self.view.subjects("skos:broader", each))]

    def laws(self, thing: Thing) -> list[NamedNode]:
        """Return the laws whose coverage decides on a thing: its own, else those it rests on."""
        if thing.kind == "standard":
            own = [NamedNode(link_iri(link.ref)) for link in thing.implements]
        else:
            own = [NamedNode(thing.iri)]
        # A section may have a coverage of its own besides its law's.
        special = {NamedNode(thing.iri)} & self._covered
        return sorted(
            {law for each in own for law in self._known(each)} | special, key=lambda n: n.value
        )

    def _known(self, node: NamedNode, depth: int = 0) -> list[NamedNode]:
        law = node
        while (parent := self.view.node(law, "eli:is_part_of")) is not None:
            law = parent
        if law in self._covered or depth > 2:
            return [law]
        bases = self.view.nodes(law, "eli:based_on")
        return [found for base in bases for found in self._known(base, depth + 1)] or [law]

    @cached_property
    def _covered(self) -> set[NamedNode]:
        return {
            law
            for node in self.view.subjects("rdf:type", term("m:Coverage"))
            for law in self.view.nodes(node, "m:coverageOf")
        }

    def bound(self, law: NamedNode, kind: NamedNode | None, day: date) -> Bound:
        """Return how far a law binds a kind of agency on a day; ``unknown`` unless stated.

        :param law: a law, or a section that has a coverage of its own.
        :param kind: None for agencies at large: only what is said of every kind counts.
        """
        stated = [
            node
            for node in self.view.subjects("m:coverageOf", law)
            if self.view.node(node, "m:agencyKind") in (kind, None) and self._holds(node, day)
        ]
        extents = {node: slug_of(self.view.node(node, "m:extent")) for node in stated}
        # The statement that binds least decides: it is the one that must be looked at.
        stated.sort(key=lambda n: (-_EXTENTS.index(extents[n] or "bound"), n.value))
        ref, label = ontology.ref(law.value), self.view.label(law)
        if not stated:
            return Bound(ref, label, "unknown", "", None, Text("", ""))
        first = stated[0]
        section = self.view.node(first, "dcterms:source")
        return Bound(
            ref, label,
            extents[first] or "unknown",  # type: ignore[arg-type]
            ontology.ref(section.value) if section else "",
            slug_of(self.view.node(first, "m:certainty")),
            Text(self.view.text(first, "m:note", "th"), self.view.text(first, "m:note", "en")),
        )  # fmt: skip

    def _holds(self, node: NamedNode, day: date) -> bool:
        start, end = self.view.text(node, "m:from"), self.view.text(node, "m:until")
        return (not start or first_day(start) <= day) and (not end or day <= first_day(end))


def link_iri(ref: str) -> str:
    """Return the IRI of a link's ref, which is an IRI itself where it is not ours."""
    return ref if ref.startswith(("http://", "https://")) else ontology.iri(ref)
