"""How long the graph takes to load and to answer, beside rdflib; and the commands' start."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import rdflib
from rich.console import Console
from rich.table import Table

import ontology
from graph.query import with_prefixes
from graph.store import open_store

RUNS = 5
QUERY = "SELECT ?s ?n WHERE { ?s a m:Section ; eli:number ?n . ?norm m:statedIn ?s ; m:actor ?a }"


def run(console: Console) -> None:
    """Print the table."""
    table = Table("what", "mattra", "peer", "peer is", title="loading (median of 5, seconds)")
    files = [ontology.vocabulary_file(), *ontology.knowledge_files()]

    def peer_load() -> rdflib.Graph:
        graph = rdflib.Graph()
        for file in files:
            graph.parse(data=file.read_bytes(), format="turtle")
        return graph

    store, peer = open_store(), peer_load()
    table.add_row(
        f"load {len(store):,} triples, rules included", _time(open_store), _time(peer_load),
        "rdflib memory, parsing alone",
    )  # fmt: skip
    query = with_prefixes(QUERY)
    ours = _time(lambda: list(store.query(query, use_default_graph_as_union=True)))  # type: ignore[arg-type]
    table.add_row(
        "norms of all sections, SPARQL", ours, _time(lambda: list(peer.query(query))), "rdflib"
    )
    with tempfile.TemporaryDirectory() as folder:
        open_store(Path(folder))
        table.add_row(
            "open the built store on disk", _time(lambda: open_store(Path(folder))), "–", ""
        )
    command = str(Path(sys.executable).parent / "mattra")
    _process(command, "ask", "มสพร. 7 คืออะไร")
    for arguments in (("--help",), ("ask", "มสพร. 7 คืออะไร"), ("show", "dgov-2562/12")):
        wall, cpu, peak = _process(command, *arguments)
        table.add_row(
            f"mattra {arguments[0]}, cold process",
            f"{wall:.2f} wall, {cpu:.2f} CPU, {peak:.0f} MB",
            "–",
            "",
        )
    console.print(table)


def _time(what: Callable[[], object]) -> str:
    what()
    spans = []
    for _ in range(RUNS):
        start = time.perf_counter()
        what()
        spans.append(time.perf_counter() - start)
    return f"{median(spans):.4f}"


def _process(*command: str) -> tuple[float, float, float]:
    """Return median wall and CPU seconds and the peak memory in MB of a command."""
    walls, cpus, peak = [], [], 0.0
    for _ in range(RUNS):
        start = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
        )
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0
        walls.append(time.perf_counter() - start)
        cpus.append(used.ru_utime + used.ru_stime)
        peak = max(peak, used.ru_maxrss / 1024)
    return median(walls), median(cpus), peak
