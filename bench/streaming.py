"""A million rows over ``/sparql``: first byte, time and memory; and what a short query costs.

The short ones are held against Oxigraph's own server on the same store in the same run.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

import httpx
from rich.console import Console
from rich.table import Table

from graph.query import with_prefixes
from graph.store import built_store

ROOT = Path(__file__).parent.parent
ROWS = 1_000_000
MILLION = f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {ROWS}"
SHORT = {
    "ask": "ASK { id:dgov-2562 a m:Act }",
    "one thing": "SELECT ?p ?o { id:pdpa-2562 ?p ?o }",
    "join": "SELECT ?s ?n { ?s a m:Section ; eli:number ?n . ?norm m:statedIn ?s ; m:actor ?a }",
}
CALLS = 50
CLIENTS = 8


def run(console: Console) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = built_store(Path(scratch))
        with _ours(folder) as ours, _oxigraph(folder) as peer:
            console.print(_large(*ours))
            console.print(_short(ours[0], peer[0]))


def _large(url: str, pid: int) -> Table:
    table = Table(
        "form", "first byte ms", "all s", "MB", "server MB before", "server peak", "worker peak",
        title=f"a result of {ROWS:,} rows",
    )  # fmt: skip
    httpx.post(url, data={"query": "ASK {}"})
    for form in ("csv", "json"):
        before, peak, size = _resident(pid), [0, 0], 0
        start = time.perf_counter()
        first = 0.0
        data = {"query": MILLION, "format": form}
        with httpx.stream("POST", url, data=data, timeout=300) as response:
            for place, part in enumerate(response.iter_raw(1 << 20)):
                first = first or time.perf_counter() - start
                size += len(part)
                if place % 16 == 0:
                    workers = sum(_resident(child) for child in _children(pid))
                    peak = [max(peak[0], _resident(pid)), max(peak[1], workers)]
        table.add_row(
            form, f"{first * 1000:.0f}", f"{time.perf_counter() - start:.1f}", f"{size / 1e6:.0f}",
            f"{before / 1e6:.0f}", f"{peak[0] / 1e6:.0f}", f"{peak[1] / 1e6:.0f}",
        )  # fmt: skip
    return table


def _short(ours: str, peer: str) -> Table:
    table = Table(
        "query", "ours p50 ms", "p95", "Oxigraph p50 ms", "p95", f"ours /s at {CLIENTS}",
        f"Oxigraph /s at {CLIENTS}", title=f"short queries, {CALLS} calls each",
    )  # fmt: skip
    for name, query in SHORT.items():
        cells = [name]
        for url in (ours, peer):
            times = _times(url, query)
            cells += [
                f"{1000 * quantiles(times, n=20)[9]:.2f}",
                f"{1000 * quantiles(times, n=20)[18]:.2f}",
            ]
        for url in (ours, peer):
            start = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(lambda _, u=url, q=query: _times(u, q), range(CLIENTS)))
            cells.append(f"{CLIENTS * CALLS / (time.perf_counter() - start):.0f}")
        table.add_row(*cells)
    return table


def _times(url: str, query: str) -> list[float]:
    found = []
    body = {"query": with_prefixes(query)}
    with httpx.Client(timeout=60) as client:
        for _ in range(CALLS):
            start = time.perf_counter()
            client.post(url, data=body).raise_for_status()
            found.append(time.perf_counter() - start)
    return found


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[str, int]]:
    port = _port()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MATTRA_SPARQL_TIMEOUT": "300"}
    server = str(ROOT / "tests" / "ui" / "sparql" / "server.py")
    with _running([sys.executable, server, str(port), str(folder)], port, environment) as pid:
        yield f"http://127.0.0.1:{port}/sparql", pid


@contextmanager
def _oxigraph(folder: Path) -> Iterator[tuple[str, int]]:
    port = _port()
    program = str(Path(sys.executable).with_name("oxigraph"))
    command = [program, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}",
               "--union-default-graph"]  # fmt: skip
    with _running(command, port, dict(os.environ)) as pid:
        yield f"http://127.0.0.1:{port}/query", pid


@contextmanager
def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/none")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.kill()
        process.wait()


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    task = Path(f"/proc/{pid}/task")
    return [
        int(child) for each in task.iterdir() for child in (each / "children").read_text().split()
    ]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
