"""What is refused, in every disguise, and that nothing is ever asked of another machine."""

import socket
from collections.abc import Iterator

import pytest

from graph.errors import QueryError
from graph.query import run
from graph.safety import read
from graph.store import open_store


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A server that would notice a connection."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        yield server


DISGUISES = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { SeRvIcE <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE# comment\n<U> { ?s ?p ?o } }",
    "SELECT * { SERVICE\t\n<U>{ ?s ?p ?o } }",
    "SELECT * { S\\u0045RVICE <U> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVIC\\u0065 <U> { ?s ?p ?o } }",
    "SELECT * { SERVICEex:foo { ?s ?p ?o } }",
    "SELECT * { SERVICE:foo { ?s ?p ?o } }",
    "SELECT * { SERVICE:{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<U> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENTex:a { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICEex:x { ?s ?p ?o } }",
    "SELECT * { ?a ?b true.SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<'a>') SERVICE <U> { ?s ?p ?o } FILTER('b'='b') }",
    "SELECT * { FILTER(?a<'a>') SERVICE <U> { ?s ?p ?o } FILTER('b'='b') }",
    "SELECT * { FILTER(1<?b)SERVICE#>\n<U> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<ex:b)SERVICE?x#>\n{ ?s ?p ?o } }",
    "SELECT * { ?a ?b '\\u0027 . SERVICE <U> { ?s ?p ?o } #' }",
    "SELECT * { # \\u000A SERVICE <U> { ?s ?p ?o }\n }",
    "SELECT * { { SELECT * { GRAPH ?g { OPTIONAL { SERVICE <U> { ?s ?p ?o } } } } } }",
    "ASK { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * FROM <U> { ?s ?p ?o }",
    "SELECT * FROM NAMED <U> { GRAPH <U> { ?s ?p ?o } }",
    "LOAD <U>",
    "LOAD <U> INTO GRAPH <U>",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
]
HARMLESS = (21, 22, 26, 27)
"""Those that are data, a comment, or name a graph that this store does not hold."""


@pytest.mark.parametrize("number", range(len(DISGUISES)))
def test_no_connection_is_ever_made(listener: socket.socket, number: int) -> None:
    target = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    query = f"PREFIX ex: <{target}> PREFIX : <{target}> " + DISGUISES[number].replace("U", target)
    query = query.replace("\\" + target, "\\U")
    if number in HARMLESS:
        run(open_store(), query, "json" if "CONSTRUCT" not in query else "nt")
    else:
        with pytest.raises(QueryError):
            run(open_store(), query)
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "LOAD me; SERVICE <x> {}" }',
        "SELECT ?service { ?service a <http://x/SERVICE> } # INSERT",
        "SELECT * { ?s m:service ?o . ?s cpsv:Add ?p }",
        "PREFIX service: <urn:s> SELECT * { service:a ?p ?o GRAPH service:g { ?s ?p ?o } }",
        "SELECT * { VALUES (?a ?b) { (1 <https://w3id.org/mattra/id/pdpa-2562/37(4)>) } }",
        "SELECT * { ?s ?p ?o FILTER(?o<5 && ?o>'2') }",
        "SELECT * { ?s ?p 'it''s' }",
    ],
)
def test_the_same_words_as_data_are_not_refused(query: str) -> None:
    read(query)


def test_what_a_query_is() -> None:
    assert read("PREFIX a: <urn:SELECT> ASK { ?s ?p ?o }").form == "ASK"
    assert read("describe <urn:a>").form == "DESCRIBE"
    assert read("SELECT ?from { ?from ?p 'FROM' }").dataset is False
    assert read("SELECT * FROM NAMED <urn:g> {}").dataset is True
    assert read("").form is None


@pytest.mark.parametrize("opener", ["(", "{", "["])
def test_what_is_nested_deeply_is_refused_before_the_engine_sees_it(opener: str) -> None:
    with pytest.raises(QueryError, match="brackets"):
        read("SELECT * { FILTER " + opener * 10_000)
