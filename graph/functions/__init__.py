"""Functions of our own in SPARQL, as macros: a query that uses them becomes standard SPARQL 1.1.

So they work on the embedded store and on any other alike, and the engine needs to know nothing of
them. What each does is said in ``ontology/functions.ttl``, which the service description repeats.

>>> expand("SELECT ?s { ?s a m:Act }")
'SELECT ?s { ?s a m:Act }'
"""

from functools import cache
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

import ontology
from graph.functions.calls import FUNCTIONS, with_calls_expanded
from graph.functions.names import Named
from graph.functions.searching import Search, Searches
from graph.functions.statements import SEARCH, with_searches_expanded
from graph.tokens import plain

__all__ = ["FUNCTIONS", "SEARCH", "Search", "expand", "function_triples"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"


def expand(query: str, search: Search | None = None) -> str:
    """Return the query in standard SPARQL 1.1; one that uses no function of ours as it is.

    :param search: gives the things nearest to a text, best first: its IRI and the chance, 0 to 1,
        that it answers the text. It is asked only for ``m:search`` and ``m:similarity``.
    :raises QueryError: a function is used wrongly; the sentence names it.
    """
    text = plain(query)
    named = Named(text)
    if not named.uses({*FUNCTIONS, SEARCH}) and not named.mistaken():
        return query
    searches = Searches(search)
    text = with_searches_expanded(named, searches)
    return with_calls_expanded(Named(text), searches)


@cache
def _described() -> tuple[Triple, ...]:
    file = ontology.functions_file()
    return tuple(quad.triple for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE))


def function_triples(service: NamedNode | BlankNode) -> list[Triple]:
    """Return what a service description says of the functions.

    :param service: the node of the ``sd:Service``, to which each function is linked
        (``sd:extensionFunction``, ``sd:propertyFeature``; SPARQL 1.1 Service Description 3.2).
    """
    links = {
        **{NamedNode(ontology.NS + name): "extensionFunction" for name in FUNCTIONS},
        NamedNode(ontology.NS + SEARCH): "propertyFeature",
    }
    return [
        *(Triple(service, NamedNode(_SD + link), node) for node, link in links.items()),
        *_described(),
    ]
