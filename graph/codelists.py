"""The code lists of tax records as small stores of their own.

They are no part of the knowledge that questions are answered from, but their concepts have
identifiers, which converted records name and which must answer too.
"""

from functools import cache, lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

import ontology
from graph.view import term
from ontology.tax import vocabulary_files
from ontology.tax.areas import AREAS
from ontology.tax.codes import codes_ntriples

_LABELS: Final = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_LISTS: Final = NamedNode("urn:x-mattra:lists")
_BORROWED: Final = NamedNode("urn:x-mattra:labels")
_AREA_NAMES: Final = {
    "province": ("จังหวัด", "Provinces"),
    "district": ("อำเภอและเขต", "Districts"),
    "subdistrict": ("ตำบลและแขวง", "Subdistricts"),
}
_AREA_NOTE: Final = (
    "รหัสของกรมการปกครอง อ่านจากแพ็กเกจ geothai",
    "Codes of the Department of Provincial Administration, read from the package geothai.",
)


def store_for(store: Store, ref: str) -> Store:
    """Return the store that describes a ref if the graph itself does not.

    :param store: the graph, which names what the lists refer to.
    """
    parts = ref.split("/")
    if parts[0] == "concept" and len(parts) > 1:
        return area_lists() if parts[1] in AREAS else code_lists(store)
    return store


@lru_cache(maxsize=2)
def code_lists(store: Store) -> Store:
    """Return the concepts of the tax vocabulary, with the names of what they refer to."""
    lists = Store()
    for name in ("codes", "tax", "ladm"):
        text = vocabulary_files()[name].read_bytes()
        lists.load(text, format=RdfFormat.TURTLE, to_graph=_LISTS)
    linked = {
        quad.object
        for quad in lists.quads_for_pattern(None, None, None, _LISTS)
        if isinstance(quad.object, NamedNode)
    }
    for node in linked:
        for predicate in _LABELS:
            for quad in store.quads_for_pattern(node, term(predicate), None, None):
                if isinstance(quad.object, Literal):
                    lists.add(Quad(node, quad.predicate, quad.object, _BORROWED))
    return lists


@cache
def area_lists() -> Store:
    """Return the provinces, districts and subdistricts, some 8,000 concepts."""
    lists = Store()
    marks = tuple(f"<{ontology.CONCEPT}{scheme}/".encode() for scheme in AREAS)
    lines = (line for line in codes_ntriples().splitlines(True) if line.startswith(marks))
    lists.load(b"".join(lines), format=RdfFormat.N_TRIPLES, to_graph=_LISTS)
    for scheme, names in _AREA_NAMES.items():
        node = NamedNode(ontology.CONCEPT + scheme)
        lists.add(Quad(node, term("rdf:type"), term("skos:ConceptScheme"), _LISTS))
        for predicate, texts in (("skos:prefLabel", names), ("skos:definition", _AREA_NOTE)):
            for language, text in zip(("th", "en"), texts, strict=True):
                lists.add(Quad(node, term(predicate), Literal(text, language=language), _LISTS))
    return lists
