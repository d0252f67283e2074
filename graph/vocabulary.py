"""What a query may name: prefixes, and the classes and properties that the graph uses."""

from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from pyoxigraph import NamedNode, Store

import ontology
from graph.view import View, term


@dataclass(frozen=True)
class Term:
    """A class or property: its prefixed name, its names, and how often the graph uses it."""

    curie: str
    iri: str
    th: str
    en: str
    count: int


@dataclass(frozen=True)
class Vocabulary:
    """What an editor of queries may offer, the most used first."""

    prefixes: dict[str, str]
    classes: list[Term]
    properties: list[Term]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


@lru_cache(maxsize=2)
def vocabulary(store: Store) -> Vocabulary:
    """Return the classes that things of the graph are of, and the properties that say things.

    Counted once for a store.
    """
    kind = term("rdf:type")
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for quad in store:
        properties[quad.predicate.value] += 1
        if quad.predicate == kind and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
    view = View(store)
    return Vocabulary(dict(ontology.PREFIXES), _terms(view, classes), _terms(view, properties))


def _terms(view: View, counts: Counter[str]) -> list[Term]:
    found = []
    for iri, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        node = NamedNode(iri)
        th, en = (view.text(node, "rdfs:label", language) for language in ("th", "en"))
        found.append(Term(curie(iri), iri, th, en, count))
    return found


def curie(iri: str) -> str:
    """Return the prefixed name of an IRI, by its longest namespace; the IRI where it has none.

    >>> curie("https://w3id.org/mattra/ns#Act"), curie("https://w3id.org/mattra/id/pdpa-2562/37")
    ('m:Act', 'id:pdpa-2562/37')
    >>> curie("urn:x")
    'urn:x'
    """
    spaces = [(space, prefix) for prefix, space in ontology.PREFIXES.items()
              if iri.startswith(space)]  # fmt: skip
    if not spaces:
        return iri
    space, prefix = max(spaces, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(space)}"
