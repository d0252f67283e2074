"""What is measured over HTTP: our endpoint and Oxigraph's own server, each in its own process.

``python -m bench.serving PORT FOLDER`` is our endpoint alone over a built store.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

import httpx
import uvicorn
from fastapi import FastAPI

from graph.limits import QueryLimits
from graph.pool import Pool
from ui import problem
from ui.sparql import Endpoint, install, lifespan

CLIENTS: Final = 128
"""Queries that one address may have running: here all clients are of one address."""


@dataclass(frozen=True)
class Server:
    """A server that answers SPARQL."""

    name: str
    port: int
    path: str
    process: int

    @property
    def address(self) -> str:
        """What every path comes after."""
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> float:
        """Return the MB of the server and its workers, shared pages counted in shares."""
        return sum(map(_proportional, _family(self.process))) / 1024


@contextlib.contextmanager
def serving(name: str, folder: Path) -> Iterator[Server]:
    """Start ``mattra`` or ``oxigraph`` over a store on disk; stop it at the end."""
    port = free_port()
    if name == "mattra":
        command, path = [sys.executable, "-m", "bench.serving", str(port), str(folder)], "/sparql"
    else:
        program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
        command = [program, "serve-read-only", "--location", str(folder)]
        command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
        path = "/query"
    limits = {"MATTRA_SPARQL_PER_CLIENT": str(CLIENTS), "MATTRA_SPARQL_QUEUE": str(CLIENTS)}
    child = subprocess.Popen(  # noqa: S603
        command, env=os.environ | limits, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, child)
        yield Server(name, port, path, child.pid)
    finally:
        child.terminate()
        child.wait(30)


@contextlib.contextmanager
def whole(**settings: str) -> Iterator[Server]:
    """Start ``mattra serve`` with further settings, ready to answer; stop it at the end."""
    port = free_port()
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **settings},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    server = Server("mattra", port, "/sparql", child.pid)
    try:
        _wait_until_ready(server, child)
        yield server
    finally:
        child.terminate()
        child.wait(60)


def _wait_until_ready(server: Server, child: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if child.poll() is not None:
            raise RuntimeError(f"the server ended with {child.returncode}")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{server.address}/health/ready").status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the server was not ready in two minutes")


def _wait(port: int, child: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if child.poll() is not None:
            raise RuntimeError(f"the server ended with {child.returncode}")
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _proportional(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    app = FastAPI(lifespan=lifespan)
    given = Path(sys.argv[2])
    app.state.sparql = Endpoint(Pool(lambda: given, QueryLimits.from_environment()))
    problem.install(app)
    install(app)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", http="h11")
