"""One thing as RDF: its own triples and those of the nodes that belong to it."""

import json
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize

import ontology
from graph.errors import InputError
from graph.jsonld import compact
from graph.things import describe
from graph.view import View

FORMATS: Final = {
    "ttl": (RdfFormat.TURTLE, "text/turtle"),
    "nt": (RdfFormat.N_TRIPLES, "application/n-triples"),
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "rdf": (RdfFormat.RDF_XML, "application/rdf+xml"),
}
_OWNED: Final = ("m:hasEvent", "m:hasLegalBasis", "m:hasApplicability", "dcat:distribution")
_STATED: Final = ("m:statedIn", "m:parameterOf", "m:between")


def export(store: Store, ref: str, form: str = "ttl") -> bytes:
    """Return a thing with its norms, figures, events, statements and documents in an RDF syntax.

    :param form: ``ttl``, ``nt``, ``jsonld`` or ``rdf`` (RDF/XML).
    :raises UnknownRefError: the graph has no such thing.
    :raises InputError: no such form.
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"ไม่มีรูปแบบ {form} เลือกได้: {known}", f"no form {form}; one of {known}")
    describe(store, ref)
    return write(triples_of(store, ref), form, ontology.iri(ref))


def triples_of(store: Store, ref: str) -> list[Triple]:
    """Return the triples of a thing and of the nodes that belong to it, sorted, each once.

    A ref that the graph does not describe gives none.
    """
    return sorted(set(_triples(store, NamedNode(ontology.iri(ref)))), key=str)


def write(triples: list[Triple], form: str, root: str) -> bytes:
    """Return triples in an RDF syntax.

    :param form: one of :data:`FORMATS`.
    :param root: IRI of the node that a JSON-LD document begins with.
    """
    triples = sorted(triples, key=lambda t: getattr(t.subject, "value", "") != root)
    if form == "jsonld":
        return json.dumps(compact(triples, root), ensure_ascii=False, indent=1).encode()
    return serialize(triples, format=FORMATS[form][0], prefixes=_used(triples)) or b""


def _used(triples: list[Triple]) -> dict[str, str]:
    """Return the prefixes that shorten some IRI of these triples."""
    text = "\n".join(str(triple) for triple in triples)
    return {prefix: space for prefix, space in ontology.PREFIXES.items() if f"<{space}" in text}


def _triples(store: Store, node: NamedNode) -> Iterator[Triple]:
    view = View(store)
    owned = [value for predicate in _OWNED for value in view.nodes(node, predicate)]
    items = view.subjects("eli:is_part_of", node) if "/" in ontology.ref(node.value) else []
    stated = [
        found
        for part in (node, *items)
        for predicate in _STATED
        for found in view.subjects(predicate, part)
    ]
    for subject in (node, *owned, *items, *stated):
        for quad in store.quads_for_pattern(subject, None, None, None):
            yield quad.triple
