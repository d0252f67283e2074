"""Hostile names over HTTP: nothing is found, reflected or redirected elsewhere."""

import re

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from ui.server import create_app

PROBLEM = "application/problem+json"
PAGE = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    app = create_app(service)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def test_no_redirect_leads_elsewhere(client: TestClient) -> None:
    for path in (
        "/id/http://evil.example/",
        "/id///evil.example/",
        "/concept/https://evil.example/",
    ):
        response = client.get(path)
        assert response.status_code == 308
        assert response.headers["location"].startswith(("/id/", "/concept/"))


@pytest.mark.parametrize(
    "path",
    [
        "/id/..%2F..%2Fetc%2Fpasswd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/doc/..%2F..%2Fetc%2Fpasswd.ttl",
        "/id/%3Cscript%3Ealert(1)%3C/script%3E",
        "/id/%00",
        "/id/pdpa-2562%0d%0aSet-Cookie:%20x",
        "/id/%FF%FE",
        "/id/" + "a" * 5000,
        "/id/" + "/".join("a" * 200),
        "/concept/%22onmouseover=%22alert(1)",
        "/id/rule/..%2F1-legal-basis",
        "/id/rule/__init__",
        "/id/graph/none",
        "/id/http://evil.example",
        "/doc/none.ttl",
        "/ns/evil",
        "/ns/tax/..%2F..%2Fetc",
        "/id///evil.example",
        "/shapes.exe",
        "/shapes/LBT-1",
        "/dump/mattra.exe",
        "/dump/..%2Fmattra.nq",
        "/dump.exe",
        "/id/%F0%9F%92%A9",
        "/id/{{7*7}}",
    ],
)
def test_names_that_name_nothing(client: TestClient, path: str) -> None:
    problem = client.get(path)
    assert problem.status_code == 404
    assert problem.headers["content-type"] == PROBLEM
    page = client.get(path, headers=PAGE)
    assert page.status_code == 404
    assert "set-cookie" not in page.headers
    if page.headers["content-type"].startswith("text/html"):
        assert "<script" not in page.text
        assert 'onmouseover="' not in page.text
        assert "49" not in re.sub(r"&#\d+;", "", page.text.partition("<main")[2])
        assert "ไม่พบสิ่งที่ขอ" in page.text
