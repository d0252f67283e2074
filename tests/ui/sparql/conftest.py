"""Servers for the tests: the endpoint alone, in a process of its own, over HTTP."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from graph.store import built_store
from tests.ui.serving_process import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
"""A query of many rows, that begins to answer at once."""


class Server:
    """A running server, its address and its process."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.port = port
        self.process = process
        self.url = f"http://127.0.0.1:{port}/sparql"

    def get(self, query: str, accept: str = "application/json", **more: str) -> httpx.Response:
        headers = {"accept": accept}
        return httpx.get(self.url, params={"query": query, **more}, headers=headers, timeout=60)

    def workers(self) -> list[int]:
        """The processes' numbers, read from the kernel."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == self.process.pid:
                found.append(int(stat.parent.name))
        return found


@contextmanager
def running(folder: Path | str, *more: str, **settings: str) -> Iterator[Server]:
    """A server over a built store, with settings of the environment."""
    port = free_port()
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | settings
    process = subprocess.Popen(
        [sys.executable, str(HERE / "server.py"), str(port), str(folder), *more],
        env=environment,
        stderr=subprocess.PIPE,
    )
    try:
        until = time.monotonic() + 30
        while True:
            assert process.poll() is None, process.stderr
            assert time.monotonic() < until
            try:
                httpx.request("OPTIONS", f"http://127.0.0.1:{port}/sparql")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield Server(port, process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def graph_folder(_own_home: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped graph on disk."""
    return built_store(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two named graphs of one triple each, and one of 3,000."""
    folder = tmp_path_factory.mktemp("small")
    store = Store(str(folder))
    store.load(b"<urn:s1> <urn:p> 'one' .", RdfFormat.TURTLE, to_graph=NamedNode("urn:g1"))
    store.load(b"<urn:s2> <urn:p> 'two' .", RdfFormat.TURTLE, to_graph=NamedNode("urn:g2"))
    many = "".join(f"<urn:n{n}> <urn:q> {n} .\n" for n in range(3000))
    store.load(many.encode(), RdfFormat.TURTLE, to_graph=NamedNode("urn:many"))
    store.flush()
    del store
    return folder


@contextmanager
def oxigraph(folder: Path, scratch: Path) -> Iterator[str]:
    """Oxigraph's own server, loaded with the dump of a built store; its query address."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("no Oxigraph server: pip install oxigraph")
    dump, data = scratch / "dump.nq", scratch / "data"
    Store.read_only(str(folder)).dump(str(dump), format=RdfFormat.N_QUADS)
    subprocess.run(
        [program, "load", "--location", data, "--file", dump], check=True, capture_output=True
    )
    port = free_port()
    process = subprocess.Popen(
        [program, "serve-read-only", "--location", data, "--bind", f"127.0.0.1:{port}",
         "--union-default-graph"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 20
        while True:
            assert time.monotonic() < until
            try:
                httpx.get(f"http://127.0.0.1:{port}/")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session", params=["workers", "another store"])
def server(
    request: pytest.FixtureRequest, small_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server over the small store: by our workers, and by Oxigraph's own server behind it."""
    if request.param == "workers":
        with running(small_folder, MATTRA_SPARQL_TIMEOUT="10") as each:
            yield each
        return
    with (
        oxigraph(small_folder, tmp_path_factory.mktemp("oxigraph")) as address,
        running("-", MATTRA_SPARQL_URL=address, MATTRA_SPARQL_TIMEOUT="10") as each,
    ):
        yield each
