"""The HTTP routes: answers, one error shape, content negotiation, no outside request."""

import re
from typing import Any

import pytest
import rdflib
from fastapi.testclient import TestClient

from qa.service import Service
from ui.server import create_app

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def _ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/api/ask", json={"question": question, **more})
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def test_the_main_job(client: TestClient) -> None:
    answer = _ask(client, "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน")
    assert not answer["abstained"]
    first = answer["citations"][0]
    assert (first["n"], first["ref"], first["kind"]) == (1, "mspr-7-2565", "standard")
    assert first["iri"] == "https://w3id.org/mattra/id/mspr-7-2565"
    assert first["status"] == "in-force"
    assert first["excerpt_kind"] == "summary"
    assert "มสพร. 7-2565" in answer["answer"]
    assert "[1]" in answer["answer"]
    assert len({c["ref"] for c in answer["citations"]}) == len(answer["citations"]) <= 10


def test_the_page_is_served_with_a_policy_and_nothing_from_elsewhere(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert not re.findall(r'(?:src|href)="https?://(?!w3id)[^"]+"', response.text)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/api/refs/mspr-99", None, 404),
        ("get", "/api/refs/%FF", None, 404),
        ("get", "/id/no-such-thing", None, 404),
        ("get", "/id/%3Cscript%3E", None, 404),
        ("get", "/id/..%2F..%2Fetc%2Fpasswd", None, 404),
        ("get", "/concept/activity/none", None, 404),
        ("post", "/api/ask", {"question": 1}, 422),
        ("post", "/api/ask", {"question": "x" * 5000}, 422),
        ("post", "/api/ask", {"question": "x", "as_of": "someday"}, 422),
        ("post", "/api/ask", {"question": "x", "as_of": 86400}, 422),
        ("get", "/api/search", None, 422),
        ("get", "/api/ask", None, 405),
        ("get", "/api/no-such-route", None, 404),
    ],
)
def test_every_error_is_a_problem_document(
    client: TestClient, method: str, path: str, body: Any, status: int
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert {"type", "title", "status", "detail", "detail_th", "detail_en", "request_id"} <= set(
        response.json()
    )
    assert response.json()["status"] == status


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"),
     ("application/ld+json", "json-ld")],
)  # fmt: skip
def test_a_thing_in_each_syntax(client: TestClient, accept: str, syntax: str) -> None:
    response = client.get("/id/mspr-7-2565", headers={"accept": accept})
    assert response.headers["content-type"].startswith(accept)
    graph = rdflib.Graph().parse(data=response.text, format=syntax)
    assert (rdflib.URIRef("https://w3id.org/mattra/id/mspr-7-2565"), None, None) in graph


def test_a_browser_gets_a_page(client: TestClient) -> None:
    response = client.get("/id/dgov-2562/12", headers={"accept": "text/html,*/*;q=0.8"})
    assert response.headers["content-type"].startswith("text/html")
    assert "มาตรา 12" in response.text


def test_markup_in_a_question_stays_text(client: TestClient, service: Service) -> None:
    from qa.guide import Asked
    from ui.page.answers import Turn, thread_html
    from ui.page.guide import checklist_html

    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> มสพร. 7"
    turns = [Turn(service.ask(hostile, before=[hostile]), (hostile,))]
    found = service.guide(Asked(description=hostile + " รับชำระเงินทางเว็บไซต์"))
    for shown in (thread_html(service, turns, "th"), checklist_html(found)):
        assert "<script" not in shown
        assert "<img" not in shown


def test_health_and_vocabulary(client: TestClient) -> None:
    health = client.get("/health").json()
    assert health["status"] == "ok"
    assert health["things"]["section"] >= 44
    assert "owl:Ontology" in client.get("/ns").text
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/search", "/api/applies", "/api/refs/{ref}", "/health"} <= set(paths)
