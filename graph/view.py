"""Reading the store: the values of a node, shipped knowledge before ingested."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Store

import ontology
from graph.store import INGESTED

Term = NamedNode | BlankNode | Literal
_TERMS: Final = (NamedNode, BlankNode, Literal)


@cache
def term(curie: str) -> NamedNode:
    """Return the node of a prefixed name or an IRI.

    >>> term("m:Act").value
    'https://w3id.org/mattra/ns#Act'
    """
    prefix, _, name = curie.partition(":")
    return NamedNode(ontology.PREFIXES[prefix] + name if prefix in ontology.PREFIXES else curie)


@dataclass(frozen=True)
class View:
    """Look-ups over the union of all named graphs."""

    store: Store

    def objects(self, subject: NamedNode | BlankNode, predicate: str) -> list[Term]:
        """Return the distinct values, those of ingested graphs last, each group sorted."""
        quads = list(self.store.quads_for_pattern(subject, term(predicate), None, None))
        if len(quads) < 2:
            # Most often so, and this is asked a hundred thousand times at the start.
            return [q.object for q in quads if isinstance(q.object, _TERMS)]
        ranked = sorted(
            (str(quad.graph_name).startswith(f"<{INGESTED}"), str(quad.object), quad.object)
            for quad in quads
            if isinstance(quad.object, _TERMS)
        )
        return list(dict.fromkeys(value for _, _, value in ranked))

    def node(self, subject: NamedNode | BlankNode, predicate: str) -> NamedNode | None:
        """Return the first value that is a node."""
        return next((o for o in self.objects(subject, predicate) if isinstance(o, NamedNode)), None)

    def nodes(self, subject: NamedNode | BlankNode, predicate: str) -> list[NamedNode]:
        """Return the values that are nodes."""
        return [o for o in self.objects(subject, predicate) if isinstance(o, NamedNode)]

    def texts(
        self, subject: NamedNode | BlankNode, predicate: str, language: str | None = None
    ) -> list[str]:
        """Return the literals, of one language if given (untagged ones always count)."""
        return [
            o.value
            for o in self.objects(subject, predicate)
            if isinstance(o, Literal) and (language is None or o.language in (None, language))
        ]

    def text(
        self, subject: NamedNode | BlankNode, predicate: str, language: str | None = None
    ) -> str:
        """Return the first such literal, or the empty text."""
        return next(iter(self.texts(subject, predicate, language)), "")

    def subjects(self, predicate: str, value: NamedNode) -> list[NamedNode]:
        """Return the distinct nodes that have this value, sorted."""
        found = {
            quad.subject
            for quad in self.store.quads_for_pattern(None, term(predicate), value, None)
            if isinstance(quad.subject, NamedNode)
        }
        return sorted(found, key=lambda node: node.value)

    def label(self, node: NamedNode, language: str = "th") -> str:
        """Return the name a person would use for a node; its ref where it has none."""
        for predicate in ("skos:prefLabel", "rdfs:label", "dcterms:title"):
            found = self.text(node, predicate, language) or self.text(node, predicate)
            if found:
                return found
        return node.value.removeprefix(ontology.ID).removeprefix(ontology.CONCEPT)
