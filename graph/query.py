"""SPARQL over the graph: read-only, no outgoing request, really stopped when too slow.

The engine cannot be interrupted, so a query runs in a process of its own that is killed at the
deadline; the answer is handed over whole, never cut.
"""

import multiprocessing as mp
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    serialize,
)

import ontology
from graph.errors import InputError, QueryError
from graph.safety import declared_prefixes, read, refuse_unsafe

RESULT_FORMATS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}


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
            chosen = RESULT_FORMATS.get(form)
            if chosen is None:
                raise _wrong_form(form, RESULT_FORMATS)
            return result.serialize(format=chosen) or b""
        graph_form = GRAPH_FORMATS.get(form)
        if graph_form is None:
            raise _wrong_form(form, GRAPH_FORMATS)
        return serialize(result, format=graph_form, prefixes=ontology.PREFIXES) or b""
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QueryError(
            f"คำสั่ง SPARQL ไม่ถูกต้อง: {error}", f"the query is not valid SPARQL: {error}"
        ) from error


def run_within(
    open_store: Callable[[], Store], query: str, form: str = "json", seconds: float = 30.0
) -> bytes:
    """Run a query in a process of its own and kill it when its time is over.

    :param open_store: importable function that opens the graph in that process.
    :raises QueryError: as :func:`run`, or the time is over.
    """
    refuse_unsafe(query)
    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(there, open_store, query, form), daemon=True)
    worker.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise QueryError(
                f"คำสั่งใช้เวลาเกิน {seconds:g} วินาทีจึงถูกหยุด จำกัดด้วย LIMIT หรือเพิ่ม --timeout",
                f"the query took more than {seconds:g} s and was stopped; add LIMIT or --timeout",
            )
        answer = here.recv()
    except EOFError as error:
        raise QueryError(
            "คำสั่งใช้หน่วยความจำมากเกินไปจึงถูกหยุด จำกัดด้วย LIMIT",
            "the query's process died, probably for want of memory; add LIMIT",
        ) from error
    finally:
        worker.kill()
        worker.join()
        here.close()
    if isinstance(answer, tuple):
        raise QueryError(*answer)
    return bytes(answer)


def _work(pipe: Connection, open_store: Callable[[], Store], query: str, form: str) -> None:
    try:
        pipe.send(run(open_store(), query, form))
    except (QueryError, InputError) as error:
        pipe.send((error.th, error.en))


def _wrong_form(
    form: str, forms: dict[str, QueryResultsFormat] | dict[str, RdfFormat]
) -> QueryError:
    known = ", ".join(forms)
    return QueryError(
        f"ผลของคำสั่งนี้ไม่มีรูปแบบ {form} เลือกได้: {known}",
        f"this query's result has no form {form}; choose one of {known}",
    )
