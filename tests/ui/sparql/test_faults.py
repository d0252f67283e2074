"""What goes wrong under load or by ill will, and that the service goes on answering."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.ui.sparql.conftest import CROSS, LONG, Server, running

pytestmark = pytest.mark.slow
ASK = "ASK { <urn:s1> ?p ?o }"


@pytest.fixture(scope="module")
def strict(small_folder: Path) -> Iterator[Server]:
    """A server with low limits."""
    with running(
        small_folder, MATTRA_SPARQL_TIMEOUT="3", MATTRA_SPARQL_WORKERS="2",
        MATTRA_SPARQL_PER_CLIENT="3", MATTRA_SPARQL_QUEUE="4", MATTRA_SPARQL_WAIT="0.4",
        MATTRA_SPARQL_ROWS="2500", MATTRA_SPARQL_MEMORY="256", MATTRA_SPARQL_LENGTH="50000",
    ) as each:  # fmt: skip
        yield each


@pytest.fixture(scope="module")
def fresh(small_folder: Path) -> Iterator[Server]:
    with running(small_folder, MATTRA_SPARQL_TIMEOUT="3", MATTRA_SPARQL_WORKERS="2") as each:
        yield each


def _problem(response: httpx.Response, status: int) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"


def test_a_runaway_query_is_stopped_while_others_are_answered(fresh: Server) -> None:
    assert fresh.get(ASK).status_code == 200
    with ThreadPoolExecutor(1) as pool:
        runaway = pool.submit(fresh.get, CROSS)
        time.sleep(0.3)
        slowest = 0.0
        for _ in range(20):
            start = time.monotonic()
            assert fresh.get(ASK).json()["boolean"]
            slowest = max(slowest, time.monotonic() - start)
        _problem(runaway.result(), 504)
    assert slowest < 1.5


def test_the_callers_own_timeout_is_heard(fresh: Server) -> None:
    fresh.get(ASK)
    start = time.monotonic()
    _problem(fresh.get(CROSS, timeout="0.5"), 504)
    assert time.monotonic() - start < 2


def test_a_client_that_stops_reading_holds_no_worker_and_no_memory(fresh: Server) -> None:
    request = f"GET /sparql?query={LONG.replace(' ', '%20')} HTTP/1.1\r\nHost: x\r\n\r\n"
    lazy = []
    for _ in range(2):
        connection = socket.create_connection(("127.0.0.1", fresh.port))
        connection.sendall(request.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        lazy.append(connection)
    time.sleep(0.5)
    before = fresh.workers()
    memory = [_resident(pid) for pid in (fresh.process.pid, *before)]
    assert len(before) == 2
    assert max(memory) < 200 << 20
    # Both workers are held until the time is over, and not a moment longer.
    time.sleep(3.5)
    assert fresh.get(ASK).json()["boolean"]
    assert not set(before) & set(fresh.workers())
    for connection in lazy:
        connection.settimeout(5)
        with pytest.raises((ConnectionError, AssertionError)):
            assert _all(connection).endswith(b"0\r\n\r\n")
        connection.close()


def _resident(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _all(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(1 << 20):
        parts.append(part)
    return b"".join(parts)


def test_a_client_that_goes_frees_its_worker(fresh: Server) -> None:
    fresh.get(ASK)
    for _ in range(3):
        with pytest.raises(httpx.TimeoutException):
            httpx.get(fresh.url, params={"query": CROSS}, timeout=0.3)
        with httpx.stream("GET", fresh.url, params={"query": LONG}) as response:
            next(response.iter_raw())
    time.sleep(0.8)
    start = time.monotonic()
    assert fresh.get(ASK).json()["boolean"]
    assert time.monotonic() - start < 1.5


def test_a_worker_that_is_killed_is_replaced(fresh: Server) -> None:
    fresh.get(ASK)
    before = fresh.workers()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(fresh.get, CROSS)
        time.sleep(0.5)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        answer = asking.result()
    _problem(answer, 503)
    assert answer.headers["retry-after"] == "1"
    assert fresh.get(ASK).json()["boolean"]
    # One that dies idle is not even noticed.
    for pid in fresh.workers():
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert fresh.get(ASK).json()["boolean"]


def test_a_worker_that_is_killed_while_it_sends_gives_no_half_answer(fresh: Server) -> None:
    with httpx.stream("GET", fresh.url, params={"query": LONG}) as response:
        assert response.status_code == 200
        chunks = response.iter_raw()
        next(chunks)
        for pid in fresh.workers():
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(httpx.RemoteProtocolError):
            for _ in chunks:
                pass


@pytest.mark.parametrize(("grace", "seconds"), [("1", 6.0), (None, 8.0)])
def test_sigterm_under_load_gives_no_half_answer(
    small_folder: Path, grace: str | None, seconds: float
) -> None:
    more = [grace] if grace else []
    with running(small_folder, *more, MATTRA_SPARQL_TIMEOUT="3") as server:
        seen: list[str] = []

        def ask() -> None:
            try:
                with httpx.stream(
                    "GET", server.url, params={"query": LONG, "format": "csv"}, timeout=20
                ) as answer:
                    for _ in answer.iter_raw():
                        pass
                    seen.append(f"whole {answer.status_code}")
            except httpx.TransportError as error:
                seen.append(type(error).__name__)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(1.0)
        workers = server.workers()
        server.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(20)
        assert server.process.wait(seconds) is not None
        # The result has nine million rows: no answer can be whole.
        assert seen
        assert set(seen) <= {"RemoteProtocolError", "ReadError", "ConnectError"}, seen
        time.sleep(0.3)
        assert workers
        assert not [pid for pid in workers if _lives(pid)]


def test_a_server_that_is_killed_leaves_no_worker(small_folder: Path) -> None:
    with running(small_folder) as server, ThreadPoolExecutor(1) as pool:
        asking = pool.submit(server.get, CROSS)
        time.sleep(1.0)
        workers = server.workers()
        server.process.kill()
        with pytest.raises(httpx.TransportError):
            asking.result()
        time.sleep(0.5)
        assert workers
        assert not [pid for pid in workers if _lives(pid)]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_more_of_one_client_than_it_may(strict: Server) -> None:
    strict.get(ASK)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: strict.get(CROSS, timeout="1"), range(12)))
    statuses = {answer.status_code for answer in answers}
    assert {429, 503, 504} == statuses
    for answer in answers:
        if answer.status_code in (429, 503):
            assert int(answer.headers["retry-after"]) > 0
            _problem(answer, answer.status_code)
    assert strict.get(ASK).json()["boolean"]


def test_more_rows_than_allowed(strict: Server) -> None:
    for form in ("json", "xml", "csv", "tsv"):
        exact = strict.get("SELECT * { ?s <urn:q> ?o } LIMIT 2500", format=form)
        assert exact.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            strict.get("SELECT * { ?s <urn:q> ?o }", format=form)
    with pytest.raises(httpx.RemoteProtocolError):
        strict.get("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", format="nt")


def test_more_memory_than_allowed(strict: Server) -> None:
    _problem(strict.get(f"{LONG} ORDER BY ?f ?a", timeout="3"), 413)
    assert strict.get(ASK).json()["boolean"]


def test_ten_megabytes_of_query(strict: Server) -> None:
    for kind, body in [
        ("application/sparql-query", b"ASK {} #" + b"x" * 10_000_000),
        ("application/x-www-form-urlencoded", b"query=ASK%7B%7D%23" + b"x" * 10_000_000),
    ]:
        with httpx.Client() as client:
            try:
                answer = client.post(strict.url, content=body, headers={"content-type": kind})
            except (httpx.WriteError, httpx.RemoteProtocolError):
                continue
            _problem(answer, 413)
    _problem(httpx.post(strict.url, data={"query": "#" * 60_000 + "\nASK {}"}), 413)
    assert strict.get(ASK).json()["boolean"]


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER" + "(" * 10_000 + "1" + ")" * 10_000 + " }",
        "ASK " + "{" * 10_000 + "}" * 10_000,
        "ASK { FILTER(" + "!" * 40_000 + "1) }",
        "ASK { FILTER(" + "-" * 40_000 + "1) }",
        "ASK { FILTER(1" + "+1" * 20_000 + ") }",
        "ASK { ?s " + "^" * 40_000 + "<urn:p> ?o }",
        "ASK { ?s <urn:p>" + "/<urn:p>" * 5_000 + " ?o }",
        "ASK { " + "OPTIONAL { ?s ?p ?o } " * 2_000 + "}",
        "ASK { " + "[] " * 10_000 + "}",
        "ASK { VALUES ?x { " + "1 " * 20_000 + "} }",
    ],
)
def test_a_query_that_is_too_deep_or_too_wide(strict: Server, query: str) -> None:
    answer = (
        strict.get(query)
        if len(query) < 30_000
        else httpx.post(strict.url, data={"query": query}, timeout=60)
    )
    assert answer.status_code in (200, 400, 413, 503, 504)
    if answer.status_code != 200:
        _problem(answer, answer.status_code)
    assert strict.get(ASK).json()["boolean"]


def test_http_1_0_has_whole_answers_only(fresh: Server) -> None:
    def ask(query: str) -> bytes:
        with socket.create_connection(("127.0.0.1", fresh.port)) as connection:
            connection.sendall(
                f"GET /sparql?format=csv&query={query.replace(' ', '%20')} HTTP/1.0\r\nHost: x\r\n\r\n".encode()
            )
            return _all(connection)

    head, _, body = ask("SELECT * { ?s <urn:q> ?o }").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert int(head.lower().partition(b"content-length: ")[2].split()[0]) == len(body)
    assert body.count(b"\n") == 3001
    cut = ask(LONG)
    assert not cut.startswith(b"HTTP/1.1 200")
