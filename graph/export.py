"""One thing as RDF: its own triples and those of the nodes that belong to it."""

import json
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, serialize

import ontology
from graph.errors import InputError
from graph.things import describe
from graph.view import View

FORMATS: Final = {
    "ttl": (RdfFormat.TURTLE, "text/turtle"),
    "nt": (RdfFormat.N_TRIPLES, "application/n-triples"),
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "rdf": (RdfFormat.RDF_XML, "application/rdf+xml"),
}
_OWNED: Final = ("m:hasEvent", "m:hasLegalBasis", "m:hasApplicability", "dcat:distribution")


def export(store: Store, ref: str, form: str = "ttl") -> bytes:
    """Return a thing with its norms, events, statements and documents in an RDF syntax.

    :param form: ``ttl``, ``nt``, ``jsonld`` or ``rdf`` (RDF/XML).
    :raises UnknownRefError: the graph has no such thing.
    :raises InputError: no such form.
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"ไม่มีรูปแบบ {form} เลือกได้: {known}", f"no form {form}; one of {known}")
    describe(store, ref)
    triples = list(dict.fromkeys(_triples(store, NamedNode(ontology.iri(ref)))))
    triples.sort(key=str)
    data = serialize(triples, format=FORMATS[form][0], prefixes=ontology.PREFIXES) or b""
    return (
        json.dumps(json.loads(data), ensure_ascii=False, indent=1).encode()
        if form == "jsonld"
        else data
    )


def _triples(store: Store, node: NamedNode) -> Iterator[Triple]:
    view = View(store)
    owned = [value for predicate in _OWNED for value in view.nodes(node, predicate)]
    items = view.subjects("eli:is_part_of", node) if "/" in ontology.ref(node.value) else []
    norms = [norm for part in (node, *items) for norm in view.subjects("m:statedIn", part)]
    for subject in (node, *owned, *items, *norms):
        for quad in store.quads_for_pattern(subject, None, None, None):
            yield quad.triple
