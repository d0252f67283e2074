"""The SPARQL 1.1 Protocol, section 2: each test is named after the clause that it checks."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest
import rdflib

from tests.ui.sparql.conftest import Server

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK1 = "ASK { <urn:s1> ?p ?o }"
ROWS = "SELECT ?s { ?s <urn:p> ?o } ORDER BY ?s"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as each:
        yield each


def _true(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    answer: bool = response.json()["boolean"]
    return answer


def _problem(response: httpx.Response, status: int, words: str = "") -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert words in body["detail"]
    assert re.search("[ก-๙]", body["detail"])
    assert response.headers["access-control-allow-origin"] == "*"


def test_2_1_1_query_via_get(server: Server, client: httpx.Client) -> None:
    assert _true(client.get(server.url, params={"query": ASK1}))


def test_2_1_2_query_via_url_encoded_post(server: Server, client: httpx.Client) -> None:
    assert _true(client.post(server.url, data={"query": ASK1}))
    parts = {"query": ASK1, "default-graph-uri": "urn:g2"}
    assert not _true(client.post(server.url, data=parts))
    thai = client.post(server.url, data={"query": "ASK { FILTER('กฎ' = \"\\u0E01\u0e0e\") }"})
    assert _true(thai)


def test_2_1_3_query_via_post_directly(server: Server, client: httpx.Client) -> None:
    headers = {"content-type": f"{DIRECT}; charset=UTF-8"}
    assert _true(client.post(server.url, content=ASK1, headers=headers))
    elsewhere = {"default-graph-uri": "urn:g2"}
    assert not _true(client.post(server.url, content=ASK1, headers=headers, params=elsewhere))


@pytest.mark.parametrize("form", ["get", "post", "direct"])
def test_2_1_4_the_dataset_of_the_protocol(server: Server, client: httpx.Client, form: str) -> None:
    def ask(query: str, *pairs: tuple[str, str]) -> bool:
        if form == "get":
            return _true(client.get(server.url, params=[("query", query), *pairs]))
        if form == "post":
            body = str(httpx.QueryParams([("query", query), *pairs]))
            return _true(client.post(server.url, content=body, headers={"content-type": FORM}))
        return _true(
            client.post(server.url, params=pairs, content=query, headers={"content-type": DIRECT})
        )

    both, one = "ASK { <urn:s1> ?p ?o . <urn:s2> ?q ?r }", ("default-graph-uri", "urn:g1")
    assert ask(both)
    assert not ask(both, one)
    assert ask(both, one, ("default-graph-uri", "urn:g2"))
    assert not ask("ASK { ?s ?p ?o }", ("named-graph-uri", "urn:g1"))
    assert ask("ASK { GRAPH <urn:g1> { ?s ?p ?o } }", ("named-graph-uri", "urn:g1"))
    assert not ask("ASK { GRAPH <urn:g2> { ?s ?p ?o } }", ("named-graph-uri", "urn:g1"))
    assert not ask("ASK { GRAPH ?g { ?s ?p ?o } }", one)
    full = "ASK { <urn:s1> ?p ?o . GRAPH <urn:g2> { <urn:s2> ?q ?r } }"
    assert ask(full, one, ("named-graph-uri", "urn:g2"))


def test_2_1_4_the_protocol_goes_before_from(server: Server, client: httpx.Client) -> None:
    query = "ASK FROM <urn:g1> { <urn:s2> ?p ?o }"
    assert not _true(client.get(server.url, params={"query": query}))
    assert _true(client.get(server.url, params={"query": query, "default-graph-uri": "urn:g2"}))


def test_2_1_4_from_alone_is_heard(server: Server, client: httpx.Client) -> None:
    for query, expected in [
        ("ASK FROM <urn:g1> { <urn:s1> ?p ?o }", True),
        ("ASK FROM <urn:g1> FROM <urn:g2> { <urn:s1> ?p ?o . <urn:s2> ?q ?r }", True),
        ("ASK FROM NAMED <urn:g1> { <urn:s1> ?p ?o }", False),
        ("ASK FROM NAMED <urn:g1> { GRAPH ?g { <urn:s2> ?p ?o } }", False),
    ]:
        assert _true(client.get(server.url, params={"query": query})) is expected, query


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("text/*;q=0.4, text/csv;q=0, */*;q=0.1", "text/tab-separated-values; charset=utf-8"),
        ("image/png, text/csv, */*", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
        ("nonsense, ;;, text/csv;q=x, application/xml", "application/xml"),
    ],
)
def test_2_1_5_accepted_response_formats_of_rows(
    server: Server, client: httpx.Client, accept: str, media: str
) -> None:
    response = client.get(server.url, params={"query": ROWS}, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == media
    assert "Accept" in response.headers["vary"]
    assert "urn:s1" in response.text


@pytest.mark.parametrize(
    ("media", "syntax"),
    [
        ("text/turtle", "turtle"), ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml"),
        ("application/trig", "trig"), ("application/n-quads", "nquads"),
    ],
)  # fmt: skip
def test_2_1_5_accepted_response_formats_of_triples(
    server: Server, client: httpx.Client, media: str, syntax: str
) -> None:
    for query in (
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = <urn:s1>) }",
        "DESCRIBE <urn:s1>",
    ):
        response = client.get(server.url, params={"query": query}, headers={"accept": media})
        assert response.headers["content-type"].startswith(media)
        graph = rdflib.Dataset(default_union=True).parse(data=response.text, format=syntax)
        assert set(graph.triples((None, None, None))) == {
            (rdflib.URIRef("urn:s1"), rdflib.URIRef("urn:p"), rdflib.Literal("one"))
        }


@pytest.mark.parametrize(
    ("name", "query", "media"),
    [
        ("csv", ROWS, "text/csv"), ("xml", ROWS, "application/sparql-results+xml"),
        ("application/sparql-results+json", ROWS, "application/sparql-results+json"),
        ("turtle", "DESCRIBE <urn:s1>", "text/turtle"), ("nq", "DESCRIBE <urn:s1>", "application/n-quads"),
        ("xml", "DESCRIBE <urn:s1>", "application/rdf+xml"),
    ],
)  # fmt: skip
def test_the_form_may_be_named_in_the_address(
    server: Server, client: httpx.Client, name: str, query: str, media: str
) -> None:
    params = {"query": query, "format": name}
    response = client.get(server.url, params=params, headers={"accept": "image/png"})
    assert response.headers["content-type"].startswith(media)


def test_2_1_5_none_of_the_formats(server: Server, client: httpx.Client) -> None:
    headers = {"accept": "image/png"}
    _problem(client.get(server.url, params={"query": ROWS}, headers=headers), 406, "text/csv")
    _problem(client.get(server.url, params={"query": ROWS, "format": "turtle"}), 406)
    describe = {"query": "DESCRIBE <urn:s1>", "format": "csv"}
    _problem(client.get(server.url, params=describe), 406, "text/turtle")


def test_2_1_6_success_and_failure(server: Server, client: httpx.Client) -> None:
    _problem(client.get(server.url, params={"query": "SELEC *"}), 400, "error at 1:")
    _problem(client.get(server.url, params={"query": ""}), 400)
    _problem(client.get(server.url, params={"query": "SELECT * { ?s no:such ?o }"}), 400)


def test_2_1_the_query_is_there_exactly_once(server: Server, client: httpx.Client) -> None:
    twice = httpx.QueryParams([("query", ASK1), ("query", "ASK {}")])
    _problem(client.get(server.url, params=twice), 400, "twice")
    _problem(client.post(server.url, params={"query": ASK1}, data={"query": ASK1}), 400, "twice")
    direct = {"content-type": DIRECT}
    _problem(client.post(server.url, params={"query": ASK1}, content=ASK1, headers=direct), 400)
    _problem(client.get(server.url, params={"default-graph-uri": "urn:g1"}), 400, "missing")
    _problem(client.post(server.url, data={"x": "y"}), 400, "missing")
    for body in ("", "format=ttl"):
        form = {"content-type": "application/x-www-form-urlencoded"}
        _problem(client.post(server.url, content=body, headers=form), 400, "missing")


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "application/json",
        "text/plain",
        "multipart/form-data",
        f"{DIRECT};charset=utf-16",
        "application/sparql-update",
    ],
)
def test_2_1_3_another_content_type(server: Server, client: httpx.Client, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    _problem(client.post(server.url, content=ASK1.encode(), headers=headers), 415, DIRECT)


def test_2_1_3_a_query_that_is_not_utf8(server: Server, client: httpx.Client) -> None:
    utf16 = "ASK {}".encode("utf-16")
    _problem(client.post(server.url, content=utf16, headers={"content-type": DIRECT}), 400)
    _problem(client.post(server.url, content=b"query=%ff%fe", headers={"content-type": FORM}), 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_2_1_other_methods(server: Server, client: httpx.Client, method: str) -> None:
    response = client.request(method, server.url, params={"query": ASK1})
    _problem(response, 405)
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_2_2_update_is_refused(server: Server, client: httpx.Client) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    _problem(client.post(server.url, data={"update": update}), 400, "read-only")
    _problem(client.get(server.url, params={"update": update}), 400, "read-only")
    _problem(client.post(server.url, data={"query": update}), 400, "read-only")
    service = "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    _problem(client.get(server.url, params={"query": service}), 400, "SERVICE")


def test_head_tells_what_get_would(server: Server, client: httpx.Client) -> None:
    get = client.get(server.url, params={"query": ROWS, "format": "csv"})
    head = client.head(server.url, params={"query": ROWS, "format": "csv"})
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == get.headers[name]
    assert client.head(server.url, params={"query": "ASK {"}).status_code == 400
    many = client.head(server.url, params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"})
    assert many.status_code == 200


def test_any_page_may_read(server: Server, client: httpx.Client) -> None:
    asks = {"origin": "https://example.org", "access-control-request-method": "POST",
            "access-control-request-headers": "content-type"}  # fmt: skip
    response = client.options(server.url, headers=asks)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "Content-Type" in response.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in response.headers
    answer = client.get(
        server.url, params={"query": ASK1}, headers={"origin": "https://example.org"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", "turtle"),
        ("*/*", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_2_1_a_bare_get_describes_the_service(
    server: Server, client: httpx.Client, accept: str, syntax: str
) -> None:
    response = client.get(server.url, headers={"accept": accept})
    graph = rdflib.Graph().parse(data=response.text, format=syntax)
    service = graph.value(None, SD.endpoint, rdflib.URIRef(server.url))
    assert (service, rdflib.RDF.type, SD.Service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (service, SD.feature, SD.UnionDefaultGraph) in graph
    dataset = graph.value(service, SD.defaultDataset)
    assert graph.value(dataset, VOID.triples) == rdflib.Literal(3002)
    assert {str(n) for n in graph.objects(None, SD.name)} == {"urn:g1", "urn:g2", "urn:many"}


def test_a_browser_gets_a_form_to_ask_with(server: Server, client: httpx.Client) -> None:
    response = client.get(
        server.url, headers={"accept": "text/html,application/xml;q=0.9,*/*;q=0.8"}
    )
    assert response.headers["content-type"].startswith("text/html")
    assert "<textarea" in response.text
    assert "http://" not in response.text


@pytest.mark.parametrize(
    "raw",
    ["query=%", "query=%zz", "query=ASK%7B%7", "query=%ff", "query=%c0%af", "query=%ed%a0%80"],
)
def test_malformed_percent_encoding(server: Server, client: httpx.Client, raw: str) -> None:
    _problem(client.get(f"{server.url}?{raw}"), 400)
    _problem(client.post(server.url, content=raw, headers={"content-type": FORM}), 400)


@pytest.mark.parametrize("host", ['a"b', "x/y", "a b", "<script>", "", "a,b", "x:99999999"])
def test_a_host_that_is_none(server: Server, client: httpx.Client, host: str) -> None:
    response = client.get(server.url, headers={"host": host})
    assert response.status_code == 400
    assert "script" not in response.text


def test_a_foreign_host_changes_no_iri_but_the_endpoints(
    server: Server, client: httpx.Client
) -> None:
    query = "SELECT (<x> AS ?iri) {}"
    response = client.get(server.url, params={"query": query}, headers={"host": "evil.example"})
    assert "evil" not in response.text
    assert json.loads(response.text)["results"]["bindings"][0]["iri"]["value"].endswith("mattra/x")


@pytest.mark.parametrize("iri", ["relative", "urn:a b", "<urn:x>", "", "urn:x\ny"])
def test_a_graph_that_is_no_iri(server: Server, client: httpx.Client, iri: str) -> None:
    params = {"query": ASK1, "default-graph-uri": iri}
    _problem(client.get(server.url, params=params), 400, "IRI")


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf", ""])
def test_a_timeout_that_is_none(server: Server, client: httpx.Client, seconds: str) -> None:
    _problem(client.get(server.url, params={"query": ASK1, "timeout": seconds}), 400, "timeout")


@pytest.mark.parametrize(
    "text",
    ["\u0000", "\ufeffASK {}", "ASK { FILTER('\U0001f600' = \"\\U0001F600\") }",
     "ASK { FILTER(STRLEN('กำ\u0e49') = 3) }", "ASK { FILTER('\u202e' != '') }", "ASK {\u2028}",
     "ASK { <urn:\ud7ff> ?p ?o }", "ASK { ?\u0e01 ?p ?o }", "A\u200bSK {}", "\uff21SK {}"],
)  # fmt: skip
def test_unusual_characters_give_an_answer_or_a_clear_error(
    server: Server, client: httpx.Client, text: str
) -> None:
    content = text.encode("utf-8", "surrogatepass")
    response = client.post(server.url, content=content, headers={"content-type": DIRECT})
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        _problem(response, 400)
