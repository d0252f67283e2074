"""SPARQL over a store in this process, for queries of our own; others' go to an engine."""

from pyoxigraph import QueryBoolean, QuerySolutions, Store, serialize

import ontology
from graph.errors import QueryError
from graph.forms import GRAPHS, RESULTS, wrong_form
from graph.safety import declared_prefixes, read


def with_prefixes(query: str) -> str:
    """Return the query with our prefixes declared, save those it declares itself.

    >>> with_prefixes("PREFIX m: <urn:m> ASK {}").count("PREFIX m:")
    1
    """
    declared = declared_prefixes(query)
    lines = [f"PREFIX {n}: <{i}>" for n, i in ontology.PREFIXES.items() if n not in declared]
    return " ".join(lines) + " " + query


def run(store: Store, query: str, form: str = "json") -> bytes:
    """Return the serialised result of a query over the union of all named graphs.

    :param form: ``json``, ``xml``, ``csv``, ``tsv`` for rows; ``ttl``, ``nt``, ``jsonld``, ``xml``
        for triples.
    :raises QueryError: the query is refused, not valid, or has no such form.
    """
    reading = read(query)
    try:
        result = store.query(
            reading.text,
            prefixes=ontology.PREFIXES,
            use_default_graph_as_union=not reading.dataset,
        )
        if isinstance(result, QuerySolutions | QueryBoolean):
            chosen = RESULTS.get(form)
            if chosen is None:
                raise wrong_form(form, RESULTS)
            return result.serialize(format=chosen) or b""
        graph_form = GRAPHS.get(form)
        if graph_form is None:
            raise wrong_form(form, GRAPHS)
        return serialize(result, format=graph_form, prefixes=ontology.PREFIXES) or b""
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(
            f"คำสั่ง SPARQL ไม่ถูกต้อง: {error}", f"the query is not valid SPARQL: {error}"
        ) from error
