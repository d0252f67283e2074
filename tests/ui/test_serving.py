"""What stands before the routes: ids, limits, hosts, logs and figures."""

import json
import logging
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

import graph.errors
from graph.errors import InputError, MattraError
from graph.things import Thing
from ontology.tax import datasets
from qa.facets import SearchResult
from qa.guide import Checklist
from qa.guide.model import Offer
from qa.model import Answer, Applies
from qa.service import Service
from ui import examples
from ui.models import Column, Health, Job, Problem, Readiness, Report
from ui.problem_kinds import KINDS, slug_of
from ui.server import create_app
from ui.serving.clients import client_of, key_of, may_read_metrics
from ui.serving.hosts import allowed, name_of
from ui.serving.logs import JsonLines
from ui.serving.rates import Buckets
from ui.settings import ServerSettings

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def app(service: Service) -> FastAPI:
    return create_app(service, ServerSettings(max_body_bytes=10_000, max_upload_bytes=50_000))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged meanwhile, as the server writes it."""
    found: list[dict[str, Any]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonLines().format(record)))

    logger, handler = logging.getLogger("mattra"), Keep()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield found
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/api/nowhere", {}, 404),
        ("GET", "/files/none.css", {}, 404),
        ("GET", "/problems/none", {}, 404),
        ("GET", "/api/jobs/none", {}, 404),
        ("POST", "/health", {}, 405),
        ("PATCH", "/api/ask", {}, 405),
        ("DELETE", "/id/mspr-7-2565", {}, 405),
        ("POST", "/api/ask", {"json": {"question": "x" * 20_000}}, 413),
        ("POST", "/api/ask", {"content": "question=x"}, 415),
        ("POST", "/api/validate", {"json": {}}, 415),
        ("POST", "/api/ask", {"content": "{", "headers": {"content-type": "application/json"}}, 422),
        ("POST", "/api/validate", {"files": {"file": ("a", b"x" * 200_000)}}, 413),
        ("GET", "/health", {"headers": {"host": "evil.example"}}, 421),
        ("GET", "/health", {"headers": {"host": "a b"}}, 400),
        ("POST", "/api/ask", {"json": {"question": "x"}, "headers": {"content-length": "-1"}}, 400),
    ],
)  # fmt: skip
def test_each_error_of_the_server_is_a_problem(
    client: TestClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    answer = client.request(method, path, **sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    problem = Problem.model_validate(answer.json())
    assert problem.request_id == answer.headers["x-request-id"]
    assert client.get(problem.type).status_code == 200
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) >= {"OPTIONS"}


def test_a_failure_inside_tells_its_id_and_nothing_else(
    service: Service, lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("secret of นาย ก")

    monkeypatch.setattr(Service, "ask", broken)
    client = TestClient(create_app(service))
    answer = client.post(
        "/api/ask", json={"question": "x"}, headers={"X-Request-ID": "from-a-caller"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert answer.json()["request_id"] == "from-a-caller"
    assert "secret" not in answer.text
    failure = next(line for line in lines if line["event"] == "failure")
    assert failure["error"][0] == "ZeroDivisionError"
    assert "secret" not in json.dumps(lines, ensure_ascii=False)


def test_the_log_holds_no_question_and_no_whole_address(
    client: TestClient, lines: list[dict[str, Any]]
) -> None:
    client.post("/api/ask", json={"question": "ความลับ 1-1014-00123-45-6"})
    client.get("/api/search", params={"q": "ความลับ"})
    client.get("/api/refs/ความลับ")
    assert [line["route"] for line in lines] == ["/api/ask", "/api/search", "/api/refs/{ref:path}"]
    assert {"time", "method", "status", "ms", "bytes", "request_id", "client"} <= set(lines[0])
    assert "ความลับ" not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f g", "ก" * 10])
def test_an_unfit_request_id_is_replaced(client: TestClient, given: str) -> None:
    answer = client.get("/health/live", headers={b"X-Request-ID": given.encode()})
    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 32


def test_a_caller_that_is_too_fast_is_told_when_to_come_back(service: Service) -> None:
    settings = ServerSettings(questions_burst=2, questions_per_minute=6)
    client = TestClient(create_app(service, settings))
    for left in (1, 0):
        answer = client.get("/api/search", params={"q": "มสพร."})
        assert answer.status_code == 200
        assert f"r={left}" in answer.headers["ratelimit"]
    refused = client.get("/api/search", params={"q": "มสพร."})
    assert (refused.status_code, refused.headers["content-type"]) == (429, PROBLEM)
    assert 1 <= int(refused.headers["retry-after"]) <= 10
    assert client.get("/health/live").status_code == 200


def test_an_allowance_comes_back_with_time_and_memory_is_bounded() -> None:
    now = 0.0
    buckets = Buckets(60, 2, 100, lambda: now)
    assert [buckets.take("a").allowed for _ in range(3)] == [True, True, False]
    now = 1.0
    assert [buckets.take("a").allowed for _ in range(2)] == [True, False]
    for number in range(10_000):
        buckets.take(str(number))
    assert len(buckets) == 100


def _scope(peer: str, forwarded: str = "") -> dict[str, Any]:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return {"type": "http", "client": (peer, 1), "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "1.2.3.4, junk", "10.0.0.1"),
        ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_a_trusted_proxy_is_believed(peer: str, forwarded: str, client: str) -> None:
    settings = ServerSettings(trusted_proxies="10.0.0.0/8")
    assert str(client_of(_scope(peer, forwarded), settings)) == client


def test_one_user_of_ipv6_is_one_client() -> None:
    keys = {key_of(ip_address(f"2001:db8::{n}")) for n in range(1, 9)}
    assert keys == {"2001:db8::/64"}


def test_figures_are_for_inner_networks_only() -> None:
    settings = ServerSettings()
    assert may_read_metrics(_scope("127.0.0.1"), settings)
    assert not may_read_metrics(_scope("203.0.113.9"), settings)
    assert not may_read_metrics(_scope("127.0.0.1", "127.0.0.1"), settings)


def test_figures_count_what_happened(client: TestClient) -> None:
    client.post("/api/ask", json={"question": "มสพร. 7 คืออะไร"})
    client.get("/no/such/page/1")
    text = client.get("/metrics").text
    assert 'mattra_requests_total{method="POST",route="/api/ask",status="200"}' in text
    assert 'mattra_questions_total{outcome="answered"}' in text
    assert "process_resident_memory_bytes" in text
    assert "/no/such/page" not in text


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:80", "mattra", "a.go.th"])
def test_hosts_that_are_answered(host: str) -> None:
    name = name_of(host)
    assert name
    assert allowed(name, ("a.go.th",))


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a:b", "x@y", "a..b.evil", "evil.a.go.th"])
def test_hosts_that_are_not(host: str) -> None:
    name = name_of(host)
    assert name is None or not allowed(name, ("a.go.th",))


@pytest.mark.parametrize(
    "environment", [{"TRUSTED_PROXIES": "me"}, {"JOB_QUEUE": "0"}, {"METRICS_FROM": "10.0.0.0/99"}]
)
def test_a_setting_that_cannot_be_meant_is_refused(environment: dict[str, str]) -> None:
    named = {f"MATTRA_SERVER_{name}": value for name, value in environment.items()}
    with pytest.raises(InputError, match="MATTRA_SERVER_"):
        ServerSettings.from_environment(named)


def test_head_is_get_without_its_body(client: TestClient) -> None:
    for path in ("/health", "/ns", "/id/mspr-7-2565", "/api/refs/mspr-7-2565"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == get.headers["content-type"]


def test_a_page_elsewhere_may_call_only_where_that_is_set(service: Service) -> None:
    headers = {"Origin": "https://a.go.th", "Access-Control-Request-Method": "POST"}
    shut = TestClient(create_app(service))
    assert "access-control-allow-origin" not in shut.options("/api/ask", headers=headers).headers
    app = create_app(service, ServerSettings(cors_origins="https://a.go.th"))
    answer = TestClient(app).options("/api/ask", headers=headers)
    assert answer.headers["access-control-allow-origin"] == "https://a.go.th"


def test_the_page_of_the_document_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "://" not in page.text.replace("http://www.w3.org", "")
    for path in ("/docs/files/swagger-ui-bundle.js", "/docs/files/swagger-ui.css"):
        assert client.get(path).status_code == 200


def test_every_error_of_the_project_has_a_kind() -> None:
    def below(kind: type[MattraError]) -> Iterator[type[MattraError]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    assert graph.errors
    for each in below(MattraError):
        assert KINDS[slug_of(each.status, each.title)].status == each.status, each


def test_answers_are_as_the_document_says(client: TestClient) -> None:
    get, post = client.get, client.post
    for kind, answer in (
        (Answer, post("/api/ask", json={"question": "แจ้งเหตุละเมิดภายในกี่ชั่วโมง"})),
        (Answer, post("/api/ask", json={"question": "อากาศวันนี้"})),
        (Applies, post("/api/applies", json={"description": "รับชำระค่าธรรมเนียมออนไลน์"})),
        (Checklist, post("/api/guide", json={"activities": ["e-payment"], "agency": "court"})),
        (Offer, get("/api/guide/choices")),
        (SearchResult, get("/api/search", params={"q": "ลายมือชื่อ"})),
        (Thing, get("/api/refs/pdpa-2562/37")),
        (Health, get("/health")),
        (Readiness, get("/health/ready")),
        *((list[Column], get(f"/api/fields/{slug}")) for slug in datasets()),
    ):
        assert answer.status_code == 200
        TypeAdapter(kind).validate_python(answer.json(), strict=False)


@pytest.mark.parametrize(
    ("kind", "example"),
    [(Checklist, examples.GUIDE), (Offer, examples.GUIDE_CHOICES), (Answer, examples.ANSWER), (SearchResult, examples.SEARCH), (Applies, examples.APPLIES),
     (Thing, examples.THING), (Report, examples.REPORT), (Job, examples.JOB),
     (list[Column], examples.COLUMNS)],
)  # fmt: skip
def test_examples_are_as_the_document_says(kind: Any, example: Any) -> None:
    TypeAdapter(kind).validate_python(example)


def test_every_route_of_the_api_is_documented_in_both_languages(client: TestClient) -> None:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for operation in operations.values():
            errors = [code for code in operation["responses"] if code >= "400"]
            assert {"400", "413", "421", "429", "500"} <= set(errors), path
            for code in errors:
                assert "example" in operation["responses"][code]["content"][PROBLEM], (path, code)
            assert any("ก" <= letter <= "๛" for letter in operation["description"]), path
            assert operation["tags"], path
            if done := operation["responses"].get("200"):
                assert any("example" in each for each in done["content"].values()), path
