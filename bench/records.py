"""Tax records from CSV to report: the whole command, beside engines that take triples.

The peers get what they need at its best: records already read, cut into chunks of the size that is
fastest for them, and mapped to N-Triples by whole columns. Rules that need other records are
checked within a chunk only there.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
from pyoxigraph import DefaultGraph, RdfFormat
from rich.console import Console
from rich.table import Table

from ingest.records.reading import open_records
from ingest.records.sample import generate
from ingest.records.writing import write
from ontology.tax import datasets
from shapes.ntriples import to_ntriples
from shapes.rules import ShapeGraph
from shapes.tax import tax_shapes_text
from shapes.triples import run as run_engine
from tax.reference import default_reference

KIND = datasets()["assessment"]
SHARE, SEED = 0.01, 11


def run(console: Console) -> None:
    """Print the table for a million records."""
    _table(console, (100_000, 1_000_000), peers=True)


def run_large(console: Console) -> None:
    """Print the table for ten million records, without peers."""
    _table(console, (1_000_000, 10_000_000), peers=False, times=1)


def _table(console: Console, sizes: tuple[int, ...], *, peers: bool, times: int = 3) -> None:
    table = Table(
        "what", "records", "seconds", "CPU s", "records/s", "peak MB", "findings",
        title=f"assessments from CSV to report, {SHARE:.0%} with a defect, {KIND.slug}",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            file = Path(folder) / f"a{rows}.csv"
            write(generate("assessment", rows, SEED, SHARE, []), "assessment", "csv", file)
            table.add_row("mattra validate", f"{rows:,}", *_command(file, Path(folder), times))
        if peers:
            frames = list(_chunks(Path(folder) / f"a{sizes[0]}.csv", 200, 10))
            table.add_row(*_peer("mapping + shacl, 2 threads", frames, "shacl", threads=2))
            frames = list(_chunks(Path(folder) / f"a{sizes[0]}.csv", 5, 1))
            table.add_row(*_peer("mapping + pySHACL", frames, "pyshacl", threads=1))
    console.print(table)


def _command(file: Path, folder: Path, times: int) -> tuple[str, str, str, str, str]:
    """Run the command some times; return the figures of the fastest and the largest memory."""
    command = [
        str(Path(sys.executable).parent / "mattra"),
        "validate",
        str(file),
        "--as",
        "assessment",
    ]
    out = folder / "report.csv"
    best, used, peak = 1e9, 0.0, 0.0
    for _ in range(times):
        start = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603
            [*command, "--format", "csv", "--out", str(out)], stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - start
        peak = max(peak, usage.ru_maxrss / 1024)
        if took < best:
            best, used = took, usage.ru_utime + usage.ru_stime
    if child.returncode not in (0, 1):
        raise RuntimeError(f"the command ended with {child.returncode}")
    findings = sum(1 for _ in out.open(encoding="utf-8")) - 1
    rows = int(file.stem.removeprefix("a"))
    return f"{best:.2f}", f"{used:.1f}", f"{rows / best:,.0f}", f"{peak:,.0f}", f"{findings:,}"


def _chunks(file: Path, size: int, count: int) -> Iterator[pl.DataFrame]:
    frame = next(iter(open_records(file, KIND).chunks()))
    for n in range(count):
        yield frame.slice(n * size, size)


def _peer(name: str, frames: list[pl.DataFrame], engine: str, threads: int) -> tuple[str, ...]:
    shapes = ShapeGraph.parse(tax_shapes_text())
    reference = (
        default_reference().dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    )

    def check(frame: pl.DataFrame) -> int:
        return len(list(run_engine(engine, shapes, reference + to_ntriples(frame, KIND, "a.csv"))))

    start = time.perf_counter()
    found = _all(check, frames, threads)
    took = time.perf_counter() - start
    rows = sum(frame.height for frame in frames)
    return name, f"{rows:,}", f"{took:.2f}", "–", f"{rows / took:,.1f}", "–", f"{found:,}"


def _all(check: Callable[[pl.DataFrame], int], frames: list[pl.DataFrame], threads: int) -> int:
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(check, frames))
