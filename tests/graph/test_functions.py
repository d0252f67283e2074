"""Functions of ours in SPARQL: what they give, where they may stand, how misuse is told."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Store

import ontology
from graph.errors import QueryError
from graph.functions import FUNCTIONS, SEARCH, expand, function_triples
from graph.functions.calls import MAX_NESTED
from graph.functions.searching import MAX_TEXTS, MOST
from graph.functions.statements import MAX_GROUPS
from graph.query import run
from graph.store import open_store

XSD = ontology.PREFIXES["xsd"]
RANKED = [("pdpa-2562/37", 0.9), ("pdpa-2562/37(4)", 0.5), ("dgov-2562", 0.25)]
DATA = """
id:dgov-2562 a m:Act ; rdfs:label "ก" ; eli:date_publication "2019-05-22"^^xsd:date .
id:eadmin-2565 a m:Act ; rdfs:label "ข" ; eli:date_publication "2022-10-12"^^xsd:date .
<https://w3id.org/mattra/id/pdpa-2562/37> a m:Section ; rdfs:label "ค" ; eli:number "๓๗" .
"""


def search(text: str, limit: int) -> list[tuple[str, float]]:
    """A ranking that is known, so that what the query does with it can be told."""
    return [(ontology.ID + ref, chance) for ref, chance in RANKED[:limit]]


@pytest.fixture(scope="module")
def store() -> Store:
    small = Store()
    prefixes = "\n".join(f"PREFIX {n}: <{i}>" for n, i in ontology.PREFIXES.items())
    small.update(f"{prefixes} INSERT DATA {{ {DATA} }}")
    return small


def rows(store: Store, query: str) -> list[dict[str, Any]]:
    data = json.loads(run(store, expand(query, search)))
    return [
        {name: cell["value"].removeprefix(ontology.ID) for name, cell in row.items()}
        for row in data["results"]["bindings"]
    ]


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ('m:beYear("2024-02-03"^^xsd:date)', "2567"),
        ('m:beYear("2024-02-03T01:02:03.5+07:00"^^xsd:dateTime)', "2567"),
        ('m:beYear("2024-02-03+07:00"^^xsd:date)', "2567"),
        ('m:beYear("2024"^^xsd:gYear)', "2567"),
        ('m:beYear("2024-02"^^xsd:gYearMonth)', "2567"),
        ("m:beYear(2024)", "2567"),
        ('m:beYear("--02"^^xsd:gMonth)', None),
        ('m:beYear("soon")', None),
        ('m:beYear("2024-soon")', None),
        ("m:beYear(?nothing)", None),
        ("m:ceYear(2567)", "2024"),
        ('m:ceYear("2567")', "2024"),
        ('m:ceYear("2024-02-03"^^xsd:date)', "2024"),
        ('m:ceYear("2024"^^xsd:gYear)', "2024"),
        ('m:ceYear("พ.ศ.")', None),
        ('m:thaiDigits("ม. 1234567890")', "ม. ๑๒๓๔๕๖๗๘๙๐"),
        ("m:thaiDigits(37)", "๓๗"),
        ('m:arabicDigits("ม. ๑๒๓๔๕๖๗๘๙๐"@th)', "ม. 1234567890"),
        ('m:thaiDigits(m:beYear("2019"^^xsd:gYear))', "๒๕๖๒"),
        ('m:ceYear(m:arabicDigits("๒๕๖๒")) + 1', "2020"),
        ('CONCAT("พ.ศ. ", m:thaiDigits(m:beYear(MAX(?d))))', "พ.ศ. ๒๕๖๓"),
        ('m:similarity(<https://w3id.org/mattra/id/pdpa-2562/37>, "x")', "0.9"),
        ('m:similarity(<https://w3id.org/mattra/id/pdpa-2562/37\\u00284)>, "x"@th)', "0.5"),
        ("m:similarity(<https://w3id.org/mattra/id/pdpa-2562/3>, '''x''')", "0"),
        ('<https://w3id.org/mattra/ns#beYear>("2024"^^xsd:gYear)', "2567"),
    ],
)
def test_a_value(store: Store, call: str, value: str | None) -> None:
    query = f'SELECT ({call} AS ?v) {{ VALUES ?d {{ "2020-01-01"^^xsd:date }} }}'
    if "MAX(" not in call:
        query = f"SELECT ({call} AS ?v) {{}}"
    (row,) = rows(store, query)
    assert row.get("v") == value


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('SELECT ?s { ?s m:search "x" }', {"pdpa-2562/37", "pdpa-2562/37(4)", "dgov-2562"}),
        ('SELECT ?s { ?s m:search ("x" 1) }', {"pdpa-2562/37"}),
        ('SELECT ?s { ?s m:search ("x") . }', {"pdpa-2562/37", "pdpa-2562/37(4)", "dgov-2562"}),
        ('SELECT ?s { ?s m:search "x", ("y" 1) }', {"pdpa-2562/37"}),
        ('SELECT ?s { ?s m:search "x" ; a m:Act }', {"dgov-2562"}),
        ('SELECT ?s { ?s m:search "x" ; ; a m:Act ; . }', {"dgov-2562"}),
        ('SELECT ?s { ?s a m:Act ; m:search "x" }', {"dgov-2562"}),
        ('SELECT ?s { ?s a m:Act ; m:search "x" ; rdfs:label ?l . ?s rdfs:label ?l }', {"dgov-2562"}),
        ('SELECT ?s { ?s rdfs:label ?l . ?s m:search "x" . ?s a m:Act . }', {"dgov-2562"}),
        ('SELECT ?s { FILTER (?l != "") ?s m:search "x" ; rdfs:label ?l }', {"dgov-2562", "pdpa-2562/37"}),
        ('SELECT ?s { FILTER regex(?l, "ก") ?s m:search "x" ; rdfs:label ?l }', {"dgov-2562"}),
        ('SELECT ?s { BIND (1 AS ?n) ?s m:search "x" . VALUES ?s { id:dgov-2562 } }', {"dgov-2562"}),
        ('SELECT ?s { { ?s m:search ("x" 1) } UNION { ?s a m:Act } }', {"pdpa-2562/37", "dgov-2562", "eadmin-2565"}),
        ('SELECT ?s { ?s a m:Act MINUS { ?s m:search "x" } }', {"eadmin-2565"}),
        ('SELECT ?s { ?s a m:Act FILTER NOT EXISTS { ?s m:search "x" } }', {"eadmin-2565"}),
        ('SELECT ?s { ?s a m:Act FILTER (EXISTS { ?s m:search "x" . } && 1 < 2) }', {"dgov-2562"}),
        ('SELECT ?s { ?s a m:Act OPTIONAL { ?s m:search "x" ; rdfs:label ?l } FILTER BOUND(?l) }', {"dgov-2562"}),
        ('SELECT ?s { { SELECT ?s WHERE { ?s m:search ("x" 1) } LIMIT 1 } ?s a m:Section }', {"pdpa-2562/37"}),
        ('SELECT ?s { GRAPH ?g { ?s a m:Act ; m:search "x" } }', set()),
        ('SELECT ?s { # m:search "none"\n ?s m:search "x" ; # here\n a m:Act }', {"dgov-2562"}),
        ('PREFIX mm: <https://w3id.org/mattra/ns#> SELECT ?s { ?s mm:search ("x" 1) }', {"pdpa-2562/37"}),
        ('BASE <https://w3id.org/mattra/> PREFIX q: <ns#> SELECT ?s { ?s q:search ("x" 1) }', {"pdpa-2562/37"}),
        ('SELECT ?s { ?s <https://w3id.org/mattra/ns#search> ("x" 1) }', {"pdpa-2562/37"}),
        ('SELECT ?s { ?s a m:Act FILTER (m:similarity(?s, "x") > 0.2) }', {"dgov-2562"}),
        ('SELECT ?s { ?s a m:Act ; eli:date_publication ?d FILTER (m:beYear(?d) = 2562) }', {"dgov-2562"}),
        ("SELECT ?s { ?s eli:date_publication ?d BIND (m:beYear(?d) AS ?y) FILTER (?y > 2562) }", {"eadmin-2565"}),
        ("SELECT ?s { ?s eli:date_publication ?d FILTER m:beYear(?d) }", {"dgov-2562", "eadmin-2565"}),
        ('SELECT ?s { ?s eli:number ?n FILTER (m:arabicDigits(?n) IN ("36", "37")) }', {"pdpa-2562/37"}),
    ],
)  # fmt: skip
def test_where_it_may_stand(store: Store, query: str, found: set[str]) -> None:
    assert {row["s"] for row in rows(store, query)} == found


def test_orders_and_groups(store: Store) -> None:
    ordered = rows(store, 'SELECT ?s { ?s m:search "x" } ORDER BY m:similarity(?s, "x")')
    assert [row["s"] for row in ordered] == [ref for ref, _ in reversed(RANKED)]
    ordered = rows(store, 'SELECT ?s { ?s m:search "x" } ORDER BY DESC(m:similarity(?s, "x"))')
    assert [row["s"] for row in ordered] == [ref for ref, _ in RANKED]
    grouped = rows(
        store,
        "SELECT ?y (COUNT(*) AS ?n) { ?s eli:date_publication ?d } "
        "GROUP BY (m:beYear(?d) AS ?y) HAVING (MAX(m:beYear(?d)) > 2562) ORDER BY ?y",
    )
    assert grouped == [{"y": "2565", "n": "1"}]
    grouped = rows(
        store, "SELECT (COUNT(*) AS ?n) { ?s eli:date_publication ?d } GROUP BY m:beYear(?d)"
    )
    assert len(grouped) == 2


def test_other_forms_of_query(store: Store) -> None:
    built = run(
        store,
        expand('CONSTRUCT { ?s m:search "kept" } WHERE { ?s m:search ("x" 1) }', search),
        "nt",
    )
    assert built.decode() == (f'<{ontology.ID}pdpa-2562/37> <{ontology.NS}search> "kept" .\n')
    assert b"true" in run(store, expand('ASK { ?s m:search "x" ; a m:Act }', search))
    assert b"dgov" in run(store, expand('DESCRIBE ?s { ?s m:search "x" ; a m:Act }', search), "nt")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT (m:beYear() AS ?v) {}", "m:beYear: it takes one argument"),
        ("SELECT (m:beYear(1, 2) AS ?v) {}", "m:beYear: it takes one argument"),
        ("SELECT (m:ceYear(1,) AS ?v) {}", "m:ceYear: it takes one"),
        ("SELECT (m:thaiDigits(DISTINCT ?x) AS ?v) {}", "m:thaiDigits: it takes one"),
        ("SELECT (m:similarity(?x) AS ?v) {}", "m:similarity: it takes two"),
        ("SELECT (m:similarity(?x, ?y) AS ?v) {}", "m:similarity: its second argument must be a const"),
        ('SELECT (m:similarity(?x, CONCAT("a", "b")) AS ?v) {}', "m:similarity: its second"),
        ('SELECT (m:similarity(?x, "  ") AS ?v) {}', "m:similarity needs a text"),
        ("SELECT (m:beyear(1) AS ?v) {}", "no function m:beyear; try m:beYear"),
        ("SELECT * { ?s ?p ?d FILTER m:nothingLike(?d) }", "no function m:nothingLike; try m:beYear, m:"),
        ('SELECT * { ?s ?p ?d FILTER (m:search(?d, "x")) }', "m:search is a property"),
        ("SELECT * { ?s m:search ?text }", "m:search: it needs a constant string"),
        ("SELECT * { ?s m:search 5 }", "m:search: it needs a constant string"),
        ('SELECT * { id:pdpa-2562 m:search "x" }', "m:search: its subject must be a variable"),
        ('SELECT * { [ m:search "x" ] a m:Act }', "m:search: its subject must be a variable"),
        ('SELECT * { ?s m:search|a "x" }', "m:search: it cannot be part of a path"),
        ('SELECT * { ?s a/m:search "x" }', "m:search: it cannot be part of a path"),
        ('SELECT * { ?s m:search* "x" }', "m:search: it cannot be part of a path"),
        ('SELECT * { ?s m:search ("x" 0) }', f"integer from 1 to {MOST}"),
        ('SELECT * { ?s m:search ("x" 1.5) }', f"integer from 1 to {MOST}"),
        ('SELECT * { ?s m:search ("x" 5 6) }', "brackets hold a text and a number only"),
        ('SELECT * { ?s m:search "x"^^xsd:string }', "cannot follow its text"),
        ('SELECT * { ?s m:search "" }', "m:search needs a text"),
        ('CONSTRUCT WHERE { ?s m:search "x" }', "short form CONSTRUCT WHERE"),
        (f"SELECT ({'m:ceYear(' * 19}1{')' * 19} AS ?v) {{}}", "too long once"),
        (f"SELECT ({'m:beYear(' * 500}1{')' * 500} AS ?v) {{}}", f"more than {MAX_NESTED} deep"),
        (f'SELECT * {"{" * 500} ?s m:search "x" {"}" * 500}', f"more than {MAX_GROUPS} groups"),
        (f"SELECT * {{ ?s m:search {', '.join(f'{n!r}' for n in map(str, range(MAX_TEXTS + 1)))} }}", f"at most {MAX_TEXTS} texts"),
        ("SELECT (m:beYear(?x AS ?v) {}", "not valid SPARQL"),
        ("SELECT (m:beYear(", "m:beYear: it takes one"),
    ],
)  # fmt: skip
def test_misuse_is_told_by_the_functions_name(store: Store, query: str, said: str) -> None:
    with pytest.raises(QueryError) as told:
        run(store, expand(query, search))
    assert said in told.value.en
    assert told.value.th


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s a m:Act }",
        'SELECT * { ?s rdfs:label "m:beYear(2024) m:search" } # m:search "x" and m:beYear()',
        "SELECT * { <https://w3id.org/mattra/ns#search> ?p ?o . ?s ?q m:beYear }",
        "PREFIX m: <urn:other#> SELECT (m:beYear(?x, 2) AS ?v) { ?x m:search ?y }",
        "SELECT * { ?s m:cites (1 2) }",
        "not a query at all m:nothing (",
    ],
)
def test_what_uses_no_function_stays_as_it_is(query: str) -> None:
    assert expand(query) == query


def test_a_search_needs_an_index() -> None:
    with pytest.raises(QueryError, match="no index"):
        expand('SELECT * { ?s m:search "x" }')
    assert "543" in expand("SELECT (m:beYear(2024) AS ?v) {}")


def test_a_text_is_searched_once_and_reads_as_sparql_says() -> None:
    asked: list[str] = []

    def remembering(text: str, limit: int) -> list[tuple[str, float]]:
        asked.append(text)
        return search(text, limit)

    query = r"""SELECT (m:similarity(?s, 'a"b\'\n\u0E01') AS ?v) { ?s m:search "a\"b'\nก" }"""
    expand(query, remembering)
    assert asked == ["a\"b'\nก"]


@given(st.text(alphabet="{}()[];.,\"'<>#?$@^|/*+!m:searchbeYear \n\\\u0e01 0123", max_size=60))
def test_any_text_is_expanded_or_refused(text: str) -> None:
    told = ""
    try:
        expand(text, search)
    except QueryError as error:
        told = error.en
    assert not told or "m:" in told or "Unicode" in told


def test_each_function_is_described_with_an_example_that_runs() -> None:
    described = Store()
    service = NamedNode("urn:service")
    for triple in function_triples(service):
        described.add(Quad(triple.subject, triple.predicate, triple.object))
    for name in (*FUNCTIONS, SEARCH):
        found = described.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            f"SELECT ?example {{ <urn:service> sd:extensionFunction|sd:propertyFeature ?f . "
            f"FILTER (?f = <{ontology.NS}{name}>) ?f skos:example ?example ; "
            "rdfs:label ?th, ?en ; rdfs:comment ?thai, ?english . "
            'FILTER (LANG(?th) = "th" && LANG(?en) = "en" && LANG(?thai) = "th" && LANG(?english) = "en") }'
        )
        assert isinstance(found, QuerySolutions)
        (row,) = found
        assert rows(open_store(), row["example"].value), name
    assert function_triples(BlankNode())
