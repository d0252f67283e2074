"""Our SPARQL endpoint beside Oxigraph's own server and rdflib, on the same data in the same run.

Two sets of data: the shipped graph with the example queries, their functions expanded, and three
million triples of generated tax records with joins. ``MATTRA_BENCH_SECONDS`` says how long each
number of clients asks (10), ``MATTRA_BENCH_ROWS`` how many tax records of each kind there are
(33000), ``MATTRA_BENCH_PATIENCE`` after how many seconds a query of rdflib is stopped (10).
"""

import os
import tempfile
from pathlib import Path
from statistics import geometric_mean
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store
from rich.console import Console
from rich.table import Table

import ontology
from bench.asking import Rdflib, Times, latency, throughput
from bench.serving import Server, serving
from graph.examples import examples
from graph.query import with_prefixes
from graph.store import built_store
from ingest.records.convert import convert
from ingest.records.reading import open_records
from ingest.records.sample import generate
from ingest.records.writing import write
from ontology.tax import datasets
from qa.service import Service
from ui.sparql_functions import expander

TIMES: Final = 30
CLIENTS: Final = (1, 8, 64)
NAMES: Final = ("mattra", "oxigraph")
KINDS: Final = ("assessment", "owner", "parcel", "payment")
JOINS: Final = {
    "one assessment, its owner and parcel": """
SELECT ?due ?first ?last ?area WHERE {
  ?a t:assessmentId "2569-000001" ; t:taxDue ?due ; t:ownerId ?owner ; t:parcelId ?parcel .
  ?o a t:Ownership ; t:ownerId ?owner ; t:parcelId ?parcel ; t:firstName ?first ; t:lastName ?last .
  ?p a t:LandParcel ; t:parcelId ?parcel ; t:landAreaSqWa ?area }""",
    "owners of one province with what they owe": """
SELECT ?owner ?due ?paid WHERE {
  ?o a t:Ownership ; t:provinceCode <https://w3id.org/mattra/concept/province/96> .
  ?o t:ownerId ?owner ; t:parcelId ?parcel .
  ?a a t:Assessment ; t:parcelId ?parcel ; t:taxDue ?due ; t:assessmentId ?id .
  ?y a t:Payment ; t:assessmentId ?id ; t:amountPaid ?paid } ORDER BY ?owner LIMIT 200""",
    "late payers of large taxes": """
SELECT ?first ?last ?due ?late WHERE {
  ?y a t:Payment ; t:monthsLate ?late ; t:assessmentId ?id . FILTER (?late >= 3)
  ?a a t:Assessment ; t:assessmentId ?id ; t:taxDue ?due ; t:ownerId ?owner . FILTER (?due > 20000)
  ?o a t:Ownership ; t:ownerId ?owner ; t:firstName ?first ; t:lastName ?last } LIMIT 100""",
    "tax by use, with the parcels' area": """
SELECT ?use (COUNT(?a) AS ?n) (SUM(?due) AS ?total) (AVG(?area) AS ?mean) WHERE {
  ?a a t:Assessment ; t:landUse ?use ; t:taxDue ?due ; t:parcelId ?parcel .
  ?p a t:LandParcel ; t:parcelId ?parcel ; t:landAreaSqWa ?area } GROUP BY ?use""",
    "assessments without a payment": """
SELECT (COUNT(?a) AS ?n) WHERE {
  ?a a t:Assessment ; t:assessmentId ?id .
  MINUS { ?y a t:Payment ; t:assessmentId ?id ; t:paidDate ?day } }""",
}


def run(console: Console) -> None:
    """Print the tables of both sets of data."""
    run_graph(console)
    run_tax(console)


def run_graph(console: Console) -> None:
    """Print the tables of the shipped graph."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        expanded = expander(Service())
        queries = {each.name: with_prefixes(expanded(each.query)) for each in examples()}
        _measure(console, "shipped graph", built_store(folder / "shipped"), queries, folder)


def run_tax(console: Console) -> None:
    """Print the tables of generated tax records."""
    rows = int(os.environ.get("MATTRA_BENCH_ROWS", "33000"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        joins = {name: with_prefixes(query) for name, query in JOINS.items()}
        _measure(console, "tax records", _tax_store(folder, rows), joins, folder)


def _measure(
    console: Console, title: str, store: Path, queries: dict[str, str], folder: Path
) -> None:
    seconds = float(os.environ.get("MATTRA_BENCH_SECONDS", "10"))
    size = len(Store.read_only(str(store)))
    alone: dict[str, dict[str, tuple[Times, int]]] = {}
    load = Table(
        "server", "clients", "seconds", "requests/s", "p50 ms", "p95 ms", "errors",
        "MB before", "MB after", title=f"{title}, {size:,} triples: all queries in turns",
    )  # fmt: skip
    for name in NAMES:
        with serving(name, store) as server:
            alone[name] = {q: latency(server, text, TIMES) for q, text in queries.items()}
            for clients in CLIENTS:
                load.add_row(name, *_loaded(server, list(queries.values()), clients, seconds))
    alone["rdflib"] = _rdflib(store, queries, folder)
    console.print(_latencies(f"{title}, {size:,} triples: one client", alone))
    console.print(load)
    console.print(_summary(alone))


def _loaded(server: Server, queries: list[str], clients: int, seconds: float) -> list[str]:
    before = server.memory()
    times = throughput(server, queries, clients, seconds)
    figures = (times.quantile(0.5), times.quantile(0.95))
    return [
        str(clients), f"{seconds:g}", f"{len(times.spent) / seconds:,.0f}",
        *(f"{figure:.1f}" for figure in figures), str(times.errors),
        f"{before:.0f}", f"{server.memory():.0f}",
    ]  # fmt: skip


def _rdflib(store: Path, queries: dict[str, str], folder: Path) -> dict[str, tuple[Times, int]]:
    file = folder / "all.nq"
    Store.read_only(str(store)).dump(str(file), format=RdfFormat.N_QUADS)
    peer = Rdflib(file, float(os.environ.get("MATTRA_BENCH_PATIENCE", "10")))
    try:
        return {name: peer.ask(text) for name, text in queries.items()}
    finally:
        peer.close()


def _latencies(title: str, alone: dict[str, dict[str, tuple[Times, int]]]) -> Table:
    table = Table(
        "query", "rows", "mattra p50", "p95", "oxigraph p50", "p95", "ratio", "rdflib p50",
        title=f"{title} (ms)",
    )  # fmt: skip
    for query, (ours, rows) in alone["mattra"].items():
        peer, same = alone["oxigraph"][query]
        other, _ = alone["rdflib"][query]
        ratio = ours.quantile(0.5) / peer.quantile(0.5)
        cells = [f"{t.quantile(q):.1f}" for t in (ours, peer) for q in (0.5, 0.95)]
        table.add_row(
            query, f"{rows}" if rows == same else f"{rows}, oxigraph {same}", *cells,
            f"{ratio:.2f}", f"{other.quantile(0.5):.0f}" if other.spent else "stopped or failed",
        )  # fmt: skip
    return table


def _summary(alone: dict[str, dict[str, tuple[Times, int]]]) -> str:
    """Return how often as slow as Oxigraph's server, and as fast as rdflib, by the medians."""
    ours = {query: times.quantile(0.5) for query, (times, _) in alone["mattra"].items()}
    peer = {query: times.quantile(0.5) for query, (times, _) in alone["oxigraph"].items()}
    ratios = [ours[query] / peer[query] for query in ours]
    other = {q: t.quantile(0.5) for q, (t, _) in alone["rdflib"].items() if t.spent}
    faster = [other[query] / ours[query] for query in other] or [float("nan")]
    return (
        f"of oxigraph's latency: {geometric_mean(ratios):.2f} (geometric mean), "
        f"{max(ratios):.2f} at most; faster than rdflib: {geometric_mean(faster):.0f} times "
        f"(geometric mean), {min(faster):.1f} to {max(faster):.0f}, "
        f"{len(ours) - len(other)} of {len(ours)} queries it did not finish"
    )


def _tax_store(folder: Path, rows: int) -> Path:
    """Return a store of generated tax records, of four kinds that refer to each other."""
    location = folder / "tax"
    store = Store(str(location))
    for kind in KINDS:
        csv, triples = folder / f"{kind}.csv", folder / f"{kind}.nt"
        write(generate(kind, rows, 7, 0, []), kind, "csv", csv)
        with triples.open("wb") as out:
            convert(open_records(csv, datasets()[kind]), "nt", out)
        graph = NamedNode(f"{ontology.GRAPH}records/{kind}")
        store.bulk_load(path=str(triples), format=RdfFormat.N_TRIPLES, to_graph=graph)
    store.optimize()
    del store
    return location
