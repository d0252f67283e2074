"""Queries: forms, refusals, and a stop that is real."""

import json

import pytest

from graph.errors import QueryError
from graph.query import run, with_prefixes
from graph.safety import refuse_unsafe
from graph.store import open_store


def test_our_prefixes_need_not_be_declared() -> None:
    result = json.loads(run(open_store(), "SELECT ?s WHERE { ?s a m:Act } ORDER BY ?s"))
    refs = [row["s"]["value"].rpartition("/")[2] for row in result["results"]["bindings"]]
    assert {"dgov-2562", "eadmin-2565"} <= set(refs)


def test_a_prefix_of_the_users_own_wins() -> None:
    assert with_prefixes("PREFIX m: <urn:x> SELECT * {}").count("PREFIX m:") == 1


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_in_each_form(form: str) -> None:
    assert b"dgov-2562" in run(open_store(), "SELECT ?s WHERE { ?s a m:Act }", form)


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "xml"])
def test_triples_in_each_form(form: str) -> None:
    assert b"dgov-2562" in run(open_store(), "DESCRIBE id:dgov-2562", form)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "select * { service silent ?x { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1/x>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DROP ALL",
    ],
)
def test_what_writes_or_calls_out_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="read-only"):
        refuse_unsafe(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "LOAD me" }',
        "SELECT ?service { ?service a <http://x/SERVICE> } # INSERT",
        "SELECT * { ?s m:service ?o . ?s cpsv:Add ?p }",
    ],
)
def test_the_same_words_as_data_are_not(query: str) -> None:
    refuse_unsafe(query)


def test_a_slip_is_explained() -> None:
    with pytest.raises(QueryError, match="not valid SPARQL"):
        run(open_store(), "SELEC ?s {}")
    with pytest.raises(QueryError, match="no form"):
        run(open_store(), "ASK {}", "ttl")
