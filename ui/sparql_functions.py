"""The service's search as SPARQL sees it: what ``m:search`` and ``m:similarity`` ask."""

from collections.abc import Callable
from typing import Final

import ontology
from graph.functions import FUNCTIONS, expand
from qa.service import Service

FUNCTION_IRIS: Final = [ontology.NS + name for name in FUNCTIONS]


def expander(service: Service) -> Callable[[str], str]:
    """Return what brings a query to standard SPARQL 1.1 (:func:`graph.functions.expand`).

    The service's index is built only when a query searches.
    """

    def search(text: str, limit: int) -> list[tuple[str, float]]:
        return [(hit.iri, hit.score) for hit in service.search(text, limit).hits]

    def expanded(query: str) -> str:
        return expand(query, search)

    return expanded
