"""A graph of rdflib that keeps queries parsed.

pySHACL asks the same SPARQL text of every focus node, and rdflib parses it anew each time, which
takes most of a check's time.
"""

from functools import lru_cache
from itertools import takewhile
from typing import Any

from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result


class PreparedGraph(Graph):
    """An rdflib graph that parses each text of a query once."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Answer a query as :meth:`rdflib.Graph.query` does."""
        if isinstance(query_object, str):
            query_object = _prepared(_ordered(query_object))
        return super().query(query_object, *args, **kwargs)


def _ordered(query: str) -> str:
    r"""Return a query with its first prefixes in order: pySHACL gives them in another each time.

    >>> _ordered("PREFIX b: <b>\nPREFIX a: <a>\nASK {}")
    'PREFIX a: <a>\nPREFIX b: <b>\nASK {}'
    """
    lines = query.split("\n")
    prefixes = list(takewhile(lambda line: line.startswith("PREFIX "), lines))
    return "\n".join([*sorted(prefixes), *lines[len(prefixes) :]])


@lru_cache(maxsize=1024)
def _prepared(query: str) -> Query:
    return prepareQuery(query)
