"""The vocabulary, its namespaces, and the knowledge that ships.

Every identifier of the project starts with :data:`BASE`. A *ref* is the tail of a thing's IRI
(``pdpa-2562/37(4)``, ``mspr-7-2565``), the short stable name that commands and links use.
"""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

BASE: Final = "https://w3id.org/mattra/"
ID: Final = BASE + "id/"
CONCEPT: Final = BASE + "concept/"
NS: Final = BASE + "ns#"
TAX: Final = BASE + "ns/tax#"
SHAPES: Final = BASE + "shapes#"
GRAPH: Final = ID + "graph/"

PREFIXES: Final[dict[str, str]] = {
    "m": NS,
    "id": ID,
    "c": CONCEPT,
    "ac": CONCEPT + "actor/",
    "act": CONCEPT + "activity/",
    "ct": CONCEPT + "certainty/",
    "lv": CONCEPT + "level/",
    "sj": CONCEPT + "subject/",
    "st": CONCEPT + "status/",
    "o": ID + "org/",
    "src": ID + "source/",
    "graph": GRAPH,
    "shape": SHAPES,
    "t": TAX,
    "adms": "http://www.w3.org/ns/adms#",
    "cpov": "http://data.europa.eu/m8g/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "legal-th": "https://w3id.org/dpv/legal/th#",
    "locn": "http://www.w3.org/ns/locn#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pd": "https://w3id.org/dpv/pd#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


_SPACES: Final = {"concept/": CONCEPT, "tax/": TAX, "shape/": SHAPES}
"""How the refs begin that are not of :data:`ID`."""


def iri(ref: str) -> str:
    """Return the IRI of a ref.

    ``concept/…`` names a concept, ``tax/…`` a term of tax records, ``shape/…`` a shape, anything
    else a thing.

    >>> iri("pdpa-2562/37(4)")
    'https://w3id.org/mattra/id/pdpa-2562/37(4)'
    >>> iri("concept/activity/e-signature")
    'https://w3id.org/mattra/concept/activity/e-signature'
    >>> iri("tax/Assessment")
    'https://w3id.org/mattra/ns/tax#Assessment'
    """
    for start, space in _SPACES.items():
        if ref.startswith(start):
            return space + ref.removeprefix(start)
    return ID + ref


def ref(iri: str) -> str:
    """Return the ref of one of our IRIs, the inverse of :func:`iri`.

    :raises ValueError: the IRI is not one of ours.

    >>> ref("https://w3id.org/mattra/id/mspr-7-2565")
    'mspr-7-2565'
    >>> ref("https://w3id.org/mattra/shapes#LBT-101")
    'shape/LBT-101'
    """
    for start, space in (("", ID), *_SPACES.items()):
        if iri.startswith(space):
            return start + iri.removeprefix(space)
    raise ValueError(f"not an identifier of this graph: {iri}")


def vocabulary_file() -> Traversable:
    """Return the ontology itself, OWL 2 DL in Turtle."""
    return files(__name__) / "mattra.ttl"


def functions_file() -> Traversable:
    """Return what our functions in SPARQL do, in Turtle: labels, comments and an example each."""
    return files(__name__) / "functions.ttl"


def knowledge_files() -> Iterator[Traversable]:
    """Yield the Turtle files of the shipped knowledge, by name; each is one named graph."""
    folder = files(__name__) / "knowledge"
    yield from sorted(
        (file for file in folder.iterdir() if file.name.endswith(".ttl")), key=lambda f: f.name
    )
