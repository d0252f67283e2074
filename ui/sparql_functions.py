"""The service's search as SPARQL sees it: what ``m:search`` and ``m:similarity`` ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import ontology
from graph.engine import engine
from graph.functions import FUNCTIONS, expand
from graph.limits import QueryLimits
from qa.service import Service

if TYPE_CHECKING:
    from ui.settings import ServerSettings
    from ui.sparql import Endpoint

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


def endpoint_over(service: Service, settings: ServerSettings) -> Endpoint:
    """Return the endpoint that the environment names, with our functions over a service.

    :raises InputError: a setting cannot be meant.
    """
    # Not at the top: the command ``query`` needs no HTTP.
    from ui.sparql import Endpoint

    return Endpoint(
        engine(QueryLimits.from_environment()), expander(service), FUNCTION_IRIS, settings
    )
