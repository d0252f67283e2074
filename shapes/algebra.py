"""SPARQL queries as plain trees that can be kept in a file.

rdflib parses the text; its algebra is turned into nested lists, so that the queries of shipped
shapes are read from ``tax/parsed.json`` in a millisecond each instead of being parsed in sixty.

A tree is ``["v", name]`` for a variable, ``["i", iri]``, ``["l", lexical, datatype]``, a list of
trees under ``["[]", …]``, or ``[operator, {field: tree}]``; an operator's name and fields are those
of rdflib's algebra, which follow the SPARQL 1.1 specification (section 18.2).
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from shapes.errors import ShapesError

XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
LANG_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
Tree = list[Any]


def tree_of(query: str) -> Tree:
    """Return the algebra of a SELECT query.

    :raises ShapesError: the query is not SPARQL 1.1.
    """
    return _kept().get(digest(query)) or parse(query)


def digest(query: str) -> str:
    """Return the name under which a query's tree is kept."""
    return hashlib.sha256(query.encode()).hexdigest()


def parse(query: str) -> Tree:
    """Return the algebra of a query, parsed anew."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        tree: Tree = _plain(translateQuery(parseQuery(query)).algebra)
    except ParseException as error:
        raise ShapesError(f"sh:select is not SPARQL 1.1: {error}") from error
    return tree


@cache
def _kept() -> dict[str, Tree]:
    file = files(__package__) / "tax" / "parsed.json"
    kept: dict[str, Tree] = {}
    if file.is_file():
        kept = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _plain(value: Any) -> Any:
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import BNode, Literal, URIRef, Variable

    if isinstance(value, Variable):
        return ["v", str(value)]
    if isinstance(value, BNode):
        return ["v", f"_{value}"]
    if isinstance(value, URIRef):
        return ["i", str(value)]
    if isinstance(value, Literal):
        return [
            "l",
            str(value),
            str(value.datatype or (LANG_STRING if value.language else XSD_STRING)),
        ]
    if isinstance(value, CompValue):
        if value.name.startswith("Builtin_") and isinstance(value.get("graph"), CompValue):
            value = _exists(value)
        return [
            value.name,
            {k: _plain(v) for k, v in sorted(value.items()) if k not in ("_vars", "datasetClause")},
        ]
    if isinstance(value, str | int | bool) or value is None:
        return value
    return ["[]", *(_plain(item) for item in value)]


def _exists(value: Any) -> Any:
    """Translate the group of a FILTER EXISTS, which rdflib leaves as parsed until it runs."""
    from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
    from rdflib.plugins.sparql.parserutils import CompValue

    graph = value["graph"]
    if graph.name.startswith("GroupGraphPattern"):
        graph = translateGroupGraphPattern(graph)
    return CompValue(value.name, graph=graph)
