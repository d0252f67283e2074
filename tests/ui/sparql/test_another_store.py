"""Another store behind the endpoint: what it does wrong is said clearly, and never waited for."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.answers import Job, whole
from graph.errors import InputError
from graph.limits import LimitError, QueryLimits
from graph.remote import Remote
from tests.ui.serving_process import free_port
from tests.ui.sparql.conftest import CROSS, LONG, oxigraph

ASK = Job("ASK {}", "json")


@contextmanager
def _says(*parts: bytes, pause: float = 0.0) -> Iterator[tuple[str, list[bytes]]]:
    """A store that answers anything with these bytes; its address and what it was asked."""
    asked: list[bytes] = []

    def answer() -> None:
        connection, _ = server.accept()
        with connection:
            request = connection.recv(65536)
            while b"ASK" not in request:
                request += connection.recv(65536)
            asked.append(request)
            for part in parts:
                try:
                    connection.sendall(part)
                except OSError:
                    return
                time.sleep(pause)

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", asked
        thread.join(10)


def _refused(address: str, job: Job = ASK, **limits: float) -> LimitError:
    remote = Remote(address, QueryLimits(**({"timeout": 2.0} | limits)))  # type: ignore[arg-type]
    start = time.monotonic()
    with pytest.raises(LimitError) as error:
        whole(remote.ask(job))
    assert time.monotonic() - start < 4
    assert remote.gate.running == 0
    remote.close()
    return error.value


def test_a_store_that_is_not_there() -> None:
    assert _refused(f"http://127.0.0.1:{free_port()}/").status == 502


def test_a_redirect_is_not_followed() -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with _says(head) as (address, _):
        error = _refused(address)
    assert error.status == 502
    assert "302" in error.en


def test_a_store_that_says_nothing_or_trickles() -> None:
    with _says(b"", pause=3) as (address, _):
        assert _refused(address, timeout=0.5).status == 504
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with _says(head, *[b"1\r\nx\r\n"] * 40, pause=0.1) as (address, _):
        assert _refused(address, timeout=1).status == 504


def test_a_store_that_breaks_off_is_not_believed() -> None:
    with _says(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{") as (address, _):
        assert _refused(address).status == 502


def test_what_is_sent_needs_no_knowledge_of_our_prefixes() -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with _says(body) as (address, asked):
        remote = Remote(address)
        assert whole(remote.ask(Job("ASK { ?s a m:Act }", "json"))) == b"{}"
        remote.close()
    assert b"PREFIX+m%3A" in asked[0]
    assert b"accept: application/sparql-results+json" in asked[0].lower()


@pytest.mark.parametrize("address", ["", "localhost", "ftp://x/", "http://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(InputError, match="MATTRA_SPARQL_URL"):
        Remote(address)


@pytest.mark.slow
def test_the_limits_hold_for_it_too(small_folder: Path, tmp_path: Path) -> None:
    with oxigraph(small_folder, tmp_path) as address:
        assert _refused(address, Job(CROSS, "json"), timeout=1).status == 504
        for form in ("json", "xml", "csv", "tsv"):
            assert _refused(address, Job(LONG, form), rows=5000).status == 413
            assert _refused(address, Job(LONG, form), bytes=100_000).status == 413
