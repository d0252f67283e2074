"""The same records checked by the local engine and by Spark with one and two workers."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import polars as pl
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from ingest.records.sample import generate

ROWS: Final = 2_000_000
FILES: Final = 8
PIECE: Final = 50_000
SEED: Final = 11
_SUBREAPER: Final = 36


def run(console: Console) -> None:
    """Print the table."""
    table = Table(
        "engine", "records", "seconds", "CPU s", "records/s", "findings", "load before",
        title=f"assessments in {FILES} Parquet files, 1 % with a wrong tax, a fresh process each",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        _write(folder)
        small = Path(name) / "small"
        small.mkdir()
        pl.read_parquet(folder / "part-0.parquet", n_rows=1_000).write_parquet(small / "a.parquet")
        files = sorted(map(str, folder.iterdir()))
        table.add_row("local", *_command(ROWS, *files, "--out", f"{name}/local.csv"))
        for cores, records, given in ((1, ROWS, folder), (2, ROWS, folder), (2, 1_000, small)):
            spark = ("--engine", "spark", "--master", f"local[{cores}]")
            out = f"{name}/spark-{cores}-{records}"
            figures = _command(records, str(given), *spark, "--out", out)
            table.add_row(f"spark local[{cores}]", *figures)
    console.print(table)


def _write(folder: Path) -> None:
    """Write the records; every hundredth has a wrong tax, and some keys come twice."""
    folder.mkdir()
    writers: dict[int, pq.ParquetWriter] = {}
    pieces = (p for frame in generate("assessment", ROWS, SEED) for p in frame.iter_slices(PIECE))
    for number, piece in enumerate(pieces):
        odd = pl.int_range(pl.len()) % 100 == 0
        wrong = piece.with_columns(
            pl.when(odd).then(pl.lit("1.00")).otherwise("taxDue").alias("taxDue")
        ).vstack(piece.head(5))
        place = number * FILES * PIECE // ROWS
        data = wrong.to_arrow()
        if place not in writers:
            writers[place] = pq.ParquetWriter(folder / f"part-{place}.parquet", data.schema)
        writers[place].write_table(data)
    for writer in writers.values():
        writer.close()


def _command(records: int, *arguments: str) -> tuple[str, ...]:
    """Run the command; return its figures."""
    command = [str(Path(sys.executable).parent / "mattra"), "validate", *arguments]
    load = os.getloadavg()[0]
    # Java and its workers outlive the command by a moment: they are waited for here.
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(  # noqa: S603
        [*command, "--as", "assessment", "--format", "csv"], capture_output=True, check=False
    )
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode(errors="replace"))
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    out = Path(arguments[-1])
    report = out / "report.csv" if out.is_dir() else out
    findings = pl.scan_csv(report).select(pl.len()).collect().item()
    return (
        f"{records:,}", f"{took:.1f}", f"{used:.1f}", f"{records / took:,.0f}", f"{findings:,}",
        f"{load:.1f}",
    )  # fmt: skip
