"""The endpoint within the whole application: nothing around it may end a cut answer for it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from graph.limits import QueryLimits
from graph.pool import Pool
from qa.service import Service
from tests.ui.serving_process import free_port
from tests.ui.sparql.conftest import LONG
from ui.server import create_app
from ui.sparql import Endpoint

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(service: Service, graph_folder: Path) -> Iterator[str]:
    app = create_app(service)
    pool = Pool(lambda: graph_folder, QueryLimits(timeout=3.0, workers=2))
    app.state.sparql = Endpoint(pool)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/sparql"
    server.should_exit = True
    thread.join(20)
    assert pool.pids() == []


def test_a_cut_answer_is_seen_to_be_cut(url: str) -> None:
    with httpx.stream("GET", url, params={"query": LONG}, timeout=20) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()


def test_our_prefixes_and_the_union_of_all_graphs(url: str) -> None:
    query = "SELECT ?t { id:dgov-2562 dcterms:title ?t FILTER(LANG(?t) = 'th') }"
    answer = httpx.get(url, params={"query": query, "format": "csv"})
    assert "รัฐบาลดิจิทัล" in answer.text or "ระบบดิจิทัล" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_an_unknown_path_below_is_no_endpoint(url: str) -> None:
    assert httpx.get(f"{url}/x", params={"query": "ASK {}"}).status_code == 404
