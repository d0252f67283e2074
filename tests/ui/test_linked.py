"""Linked data over HTTP: negotiation, redirects, caching, days asked of, hostile names."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from fastapi import FastAPI
from fastapi.testclient import TestClient

import ontology
from graph.store import fingerprint, open_store
from graph.view import View, term
from ingest.law.ingesting import ingest_law
from qa.service import Service
from ui import linked, problem
from ui.server import create_app

PROBLEM = "application/problem+json"
PAGE = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SYNTAXES = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml",
            "application/ld+json": "json-ld"}  # fmt: skip
ENDINGS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    app = create_app(service)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def _links(response: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers.get("link", "")):
        found.setdefault(rel, []).append(target)
    return found


@pytest.mark.parametrize("accept", SYNTAXES)
@pytest.mark.parametrize(
    "path", ["/id/pdpa-2562/37", "/id/mspr-7-2565", "/ns", "/ns/tax", "/ns/tax/ladm", "/shapes", "/dump",
             "/id/graph/pdpa-2562", "/id/rule/5-cited-by", "/id/graph/catalog"],
)  # fmt: skip
def test_documents_in_every_syntax(client: TestClient, path: str, accept: str) -> None:
    response = client.get(path, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.headers["vary"] == "Accept"
    assert len(rdflib.Graph().parse(data=response.content, format=SYNTAXES[accept])) > 2


def test_what_is_no_document_leads_to_one(client: TestClient) -> None:
    """303 for a concept and an organisation; its body serves those who do not follow."""
    for path, subject in (
        ("/concept/activity/e-signature", ontology.CONCEPT + "activity/e-signature"),
        ("/id/org/dga", ontology.ID + "org/dga"),
        ("/concept/owner-type/natural-person", ontology.CONCEPT + "owner-type/natural-person"),
        ("/concept/district/5014", ontology.CONCEPT + "district/5014"),
    ):
        response = client.get(path, headers={"accept": "text/turtle"})
        assert response.status_code == 303
        target = response.headers["location"]
        assert target.startswith("/doc/")
        assert target.endswith(".ttl")
        there = client.get(target)
        assert there.status_code == 200
        assert there.content == response.content
        graph = rdflib.Graph().parse(data=there.text, format="turtle")
        assert (rdflib.URIRef(subject), None, None) in graph
        assert _links(there)["describes"] == [subject]


def test_a_law_is_its_own_document(client: TestClient) -> None:
    response = client.get("/id/pdpa-2562/37", headers=PAGE)
    assert response.status_code == 200
    assert response.headers["content-location"] == "/doc/pdpa-2562/37.html"
    links = _links(response)
    assert links["canonical"] == ["https://w3id.org/mattra/id/pdpa-2562/37"]
    assert links["describedby"] == ["/doc/pdpa-2562/37"]
    for target in links["alternate"]:
        assert client.get(target).status_code == 200, target
    same = client.get(response.headers["content-location"])
    assert same.content == response.content


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ending_names_the_syntax(client: TestClient, ending: str) -> None:
    one = client.get(f"/doc/mspr-7-2565.{ending}", headers={"accept": "text/html"})
    assert "vary" not in one.headers
    other = client.get("/doc/mspr-7-2565.nt")
    left = rdflib.Graph().parse(data=one.content, format=ENDINGS[ending])
    right = rdflib.Graph().parse(data=other.content, format="nt")
    assert set(left) == set(right)


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/id/PDPA%20%E0%B8%A1%E0%B8%B2%E0%B8%95%E0%B8%A3%E0%B8%B2%2037", 303, "/id/pdpa-2562/37"),
        ("/id/MSPR-7-2565", 303, "/id/mspr-7-2565"),
        ("/id/pdpa-2562/", 308, "/id/pdpa-2562"),
        ("/id/shape/LBT-101", 303, "/shapes#LBT-101"),
        ("/id/tax/Assessment", 303, "/ns/tax#Assessment"),
        ("/id/mspr-7-2565/event/1", 303, "/id/mspr-7-2565#event-1"),
        ("/doc/mspr-7-2565/event/1.ttl", 303, "/doc/mspr-7-2565.ttl#event-1"),
        ("/ns/0.1.0", 303, "/ns"),
        ("/ns/tax/0.1.0.ttl", 303, "/ns/tax.ttl"),
        ("/ns/", 308, "/ns"),
        ("/id/", 308, "/id"),
        ("/concept/", 308, "/concept"),
        ("/shapes/", 308, "/shapes"),
        ("/.well-known/void", 303, "/dump"),
    ],
)
def test_other_names_lead_on(client: TestClient, path: str, status: int, target: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["location"]) == (status, target)
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    "path", ["/id/pdpa-2562/37", "/ns", "/shapes", "/id", "/concept", "/dump", "/context.jsonld", "/doc/mspr-7-2565.ttl"]
)  # fmt: skip
def test_what_the_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag, day = first.headers["etag"], first.headers["last-modified"]
    assert tag.startswith('"')
    again = client.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (
        client.get(path, headers={"if-none-match": '"other"', "if-modified-since": day}).status_code
        == 200
    )
    assert client.get(path, headers={"if-modified-since": day}).status_code == 304
    past = {"if-modified-since": "Wed, 01 Jan 2020 00:00:00 GMT"}
    assert client.get(path, headers=past).status_code == 200
    assert client.get(path, headers={"if-modified-since": "yesterday"}).status_code == 200
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(first.content))
    assert head.headers["etag"] == tag


def test_representations_have_tags_of_their_own(client: TestClient) -> None:
    tags = {client.get("/id/mspr-7-2565", headers={"accept": a}).headers["etag"] for a in SYNTAXES}
    tags.add(client.get("/id/mspr-7-2565").headers["etag"])
    tags.add(client.get("/id/mspr-7-2565?as-of=2020-01-01").headers["etag"])
    assert len(tags) == 6


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        ("text/html;q=0.4, text/turtle;q=0.9", "text/turtle"),
        ("*/*", "text/html"),
        ("application/json", "application/ld+json"),
        ("application/*;q=0.8, text/html;q=0.1", "application/n-triples"),
        ("text/turtle;q=0, */*", "text/html"),
        ("nonsense", "text/html"),
    ],
)
def test_negotiation(client: TestClient, accept: str, got: str) -> None:
    response = client.get("/id/mspr-7-2565", headers={"accept": accept})
    assert response.headers["content-type"].startswith(got)


def test_none_of_the_types_there_are(client: TestClient) -> None:
    response = client.get("/id/mspr-7-2565", headers={"accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.json()["detail"]


@pytest.mark.parametrize(
    ("ref", "day", "force", "words"),
    [
        ("pdpa-2562/37", "2562-12-31", "notInForce", "ยังไม่มีผลใช้บังคับ"),
        ("pdpa-2562/37", "2026-01-01", "inForce", "มีผลใช้บังคับ"),
        ("pdpc-ropa-controller-2565", "2030-01-01", "notInForce", "ถูกยกเลิกตั้งแต่"),
        ("pdpc-ropa-controller-2565", "๒๕๖๖-๐๑-๐๑", "inForce", "มีผลใช้บังคับ"),
        ("draft-anonymization-2567", "2026-01-01", "notInForce", "ร่าง"),
        ("mspr-6-5-2567", "2023-01-01", "notInForce", "ยังไม่ประกาศ"),
    ],
)
def test_the_state_on_a_day(client: TestClient, ref: str, day: str, force: str, words: str) -> None:
    page = client.get(f"/id/{ref}", params={"as-of": day}, headers=PAGE)
    assert page.status_code == 200
    assert words in page.text
    data = client.get(f"/doc/{ref}.ttl", params={"as-of": day})
    eli = rdflib.Namespace(ontology.PREFIXES["eli"])
    graph = rdflib.Graph().parse(data=data.text, format="turtle")
    version = next(graph.subjects(rdflib.DCTERMS.isVersionOf, rdflib.URIRef(ontology.iri(ref))))
    assert graph.value(version, eli.in_force) == eli[f"InForce-{force}"]
    assert words in " ".join(map(str, graph.objects(version, rdflib.DCTERMS.description)))
    for target in _links(page)["alternate"]:
        assert client.get(target).status_code == 200
        assert "as-of=" in target


@pytest.mark.parametrize(
    "day", ["", "yesterday", "2026-13-01", "2567-02-30", "2026-1", "0", "x" * 30]
)
def test_a_day_that_is_none(client: TestClient, day: str) -> None:
    response = client.get("/id/pdpa-2562/37", params={"as-of": day})
    assert response.status_code == 400
    assert response.headers["content-type"] == PROBLEM
    assert "as-of" in response.json()["detail"]


def test_what_was_replaced_points_on(client: TestClient) -> None:
    response = client.get("/id/website-standard-2-2560", headers=PAGE)
    newer = "https://w3id.org/mattra/id/mspr-11-2566"
    assert _links(response)["successor-version"] == [newer]
    assert _links(response)["latest-version"] == [newer]
    assert "ถูกแทนที่แล้ว" in response.text
    assert 'href="/id/mspr-11-2566"' in response.text
    assert 'href="/id/website-standard-2-2560"' in client.get("/id/mspr-11-2566", headers=PAGE).text


def _structured(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(text) for text in found]


def test_a_sections_page(client: TestClient) -> None:
    page = client.get("/id/pdpa-2562/37", headers=PAGE).text
    for needed in (
        '<html lang="th">', "หน้าที่ของผู้ควบคุมข้อมูล", "สรุปของ mattra", "ภายใน 72 ชั่วโมง",
        'href="/id/pdpa-2562/24"', 'href="/id/pdpc-breach-2565/7"', "ตอบคำถามเช่น",
        'href="/doc/pdpa-2562/37.ttl"', 'value="https://w3id.org/mattra/id/pdpa-2562/37"',
        'rel="prev" href="/id/pdpa-2562/36"', 'rel="next" href="/id/pdpa-2562/38"',
    ):  # fmt: skip
        assert needed in page, needed
    legislation, crumbs = _structured(page)
    assert legislation["@type"] == "Legislation"
    assert legislation["legislationLegalForce"] == "https://schema.org/InForce"
    assert [c["item"] for c in crumbs["itemListElement"]] == [
        "https://w3id.org/mattra/id/pdpa-2562", "https://w3id.org/mattra/id/pdpa-2562/37"
    ]  # fmt: skip
    scripts = re.findall(r"<script[^>]*>", page)
    assert set(scripts) == {'<script type="application/ld+json">'}, "pages need no script"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/id/mspr-7-2565", "CreativeWork"),
        ("/doc/concept/activity/e-signature", "DefinedTerm"),
        ("/doc/concept/activity", "DefinedTermSet"),
        ("/doc/org/dga", "GovernmentOrganization"),
    ],
)
def test_structured_data(client: TestClient, path: str, kind: str) -> None:
    assert _structured(client.get(path, headers=PAGE).text)[0]["@type"] == kind


def test_an_ingested_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own words, its divisions and what was read from it by rule have pages too."""
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))
    fingerprint.cache_clear()
    made = Path(__file__).parents[1] / "ingest" / "laws" / "made.txt"
    ingest_law(made, "suan-2560", open_store())
    app = FastAPI()
    app.state.service = Service(open_store())
    problem.install(app)
    app.include_router(linked.router)
    client = TestClient(app, follow_redirects=False)
    page = client.get("/id/suan-2560/5", headers=PAGE).text
    assert '<blockquote class="m-official">' in page
    crumbs = re.findall(r'href="([^"]*)"', page.partition("</nav>\n<h1>")[0])[-3:]
    assert crumbs[1] == "/id/suan-2560"
    assert crumbs[2].startswith("/id/suan-2560/division/")
    division = client.get(crumbs[2], headers=PAGE)
    assert division.status_code == 200
    assert 'href="/id/suan-2560/5"' in division.text
    store = app.state.service.store
    read = View(store).subjects("rdf:type", term("m:Extraction"))
    assert len(read) > 5
    for node in read:
        path = node.value.removeprefix("https://w3id.org/mattra")
        assert client.get(path, headers=PAGE).status_code == 200
        assert client.get(path, headers={"accept": "text/turtle"}).status_code == 200
    fingerprint.cache_clear()


def test_the_ontologys_page(client: TestClient) -> None:
    """Every class and property is there in both languages, with an anchor of its own name."""
    for path, space in (("/ns", ontology.NS), ("/ns/tax", ontology.TAX)):
        page = client.get(path, headers=PAGE).text
        graph = rdflib.Graph().parse(data=client.get(f"{path}.ttl").text, format="turtle")
        terms = {s for s in graph.subjects(rdflib.RDF.type, None) if str(s).startswith(space)}
        assert len(terms) > 90
        for each in terms:
            assert f'id="{str(each).removeprefix(space)}"' in page
            labels = list(graph.objects(each, rdflib.RDFS.label))
            languages = {label.language for label in labels if isinstance(label, rdflib.Literal)}
            assert languages == {"th", "en"}
        assert "<svg" in page
        assert 'href="/ns' in page


def test_the_rules_page(client: TestClient) -> None:
    page = client.get("/shapes", headers=PAGE).text
    graph = rdflib.Graph().parse(data=client.get("/shapes.ttl").text, format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    rules = set(graph.subjects(rdflib.RDF.type, sh.PropertyShape))
    assert len(rules) > 300
    for rule in rules:
        assert f'id="{str(rule).removeprefix(ontology.SHAPES)}"' in page
    assert 'href="/id/lbt-2562/2"' in page


def test_the_context(client: TestClient) -> None:
    response = client.get("/context.jsonld")
    assert response.headers["content-type"].startswith("application/ld+json")
    assert response.json()["@context"]["m"] == ontology.NS


@pytest.mark.parametrize(
    "name", ["mattra.nq", "mattra.trig", "mattra.ttl", "mattra.nt", "mattra.nq.gz"]
)
def test_dumps(client: TestClient, service: Service, name: str) -> None:
    response = client.get(f"/dump/{name}", headers={"accept-encoding": "identity"})
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    body = gzip.decompress(response.content) if name.endswith(".gz") else response.content
    if "nq" in name:
        assert body.count(b"\n") == len(service.store)
    assert "มาตรา 37" in body.decode()
    tag = response.headers["etag"]
    assert client.get(f"/dump/{name}", headers={"if-none-match": tag}).status_code == 304
    head = client.head(f"/dump/{name}")
    assert (head.status_code, head.content) == (200, b"")
    assert "content-length" not in head.headers


def test_only_so_many_dumps_at_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import BoundedSemaphore

    slots = BoundedSemaphore(1)
    monkeypatch.setattr("ui.linked.dumps._SLOTS", slots)
    assert slots.acquire()
    busy = client.get("/dump/mattra.nt")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "60")
    slots.release()
    assert client.get("/dump/mattra.nt").status_code == 200
    assert client.get("/dump/mattra.nt").status_code == 200, "the place was given back"


def test_the_description_of_the_data_set(client: TestClient, service: Service) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    graph = rdflib.Graph().parse(data=client.get("/dump.ttl").text, format="turtle")
    whole = rdflib.URIRef(ontology.BASE + "dump")
    assert int(str(graph.value(whole, void.triples))) == len(service.store)
    files = {str(f).rpartition("/")[2] for f in graph.objects(whole, void.dataDump)}
    assert {"mattra.nq", "mattra.nq.gz", "mattra.ttl", "mattra.nt", "mattra.trig"} <= files


def test_what_crawlers_read(client: TestClient) -> None:
    pages = re.findall(r"<loc>http://testserver([^<]*)</loc>", client.get("/sitemap.xml").text)
    assert len(pages) > 1500
    for page in ["/ns", *pages[::200]]:
        assert client.get(page, follow_redirects=True).status_code == 200, page
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    hostile = client.get("/sitemap.xml", headers={"host": 'x"><script>'})
    assert "<script>" not in hostile.text
    assert hostile.status_code == 400
    for host in ('x"><script>', "a b", "x\\y", "{", "evil.example/@", ""):
        described = client.get("/dump.ttl", headers={"host": host})
        assert described.status_code in (200, 400, 421), host
        assert "<script>" not in described.text
