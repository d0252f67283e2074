"""The same records checked by the local engine and by Spark with one and two workers."""

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


def run(console: Console) -> None:
    """Print the table."""
    table = Table(
        "engine", "seconds", "records/s", "beside local", "findings",
        title=f"{ROWS:,} assessments in {FILES} Parquet files, 1 % with a wrong tax, a fresh "
        "process each",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        _write(folder)
        files = sorted(map(str, folder.iterdir()))
        local, counted = _command(*files, "--out", f"{name}/local.csv")
        table.add_row("local", *_figures(local, local, counted))
        for cores in (1, 2):
            out = f"{name}/spark-{cores}"
            took, counted = _command(
                str(folder), "--engine", "spark", "--master", f"local[{cores}]", "--out", out
            )
            table.add_row(f"spark local[{cores}]", *_figures(took, local, counted))
        small = Path(name) / "small"
        small.mkdir()
        (small / "one.parquet").write_bytes(_head(folder))
        took, counted = _command(
            str(small), "--engine", "spark", "--master", "local[2]", "--out", f"{name}/spark-0"
        )
        table.add_row("spark local[2], 1,000 records", f"{took:.1f}", "–", "–", f"{counted:,}")
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


def _head(folder: Path) -> bytes:
    frame = pl.read_parquet(folder / "part-0.parquet", n_rows=1_000)
    with tempfile.TemporaryFile() as file:
        frame.write_parquet(file)
        file.seek(0)
        return file.read()


def _command(*arguments: str) -> tuple[float, int]:
    """Return how long the command took and how many findings its report has."""
    command = [str(Path(sys.executable).parent / "mattra"), "validate", *arguments]
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603
        [*command, "--as", "assessment", "--format", "csv"], capture_output=True, check=False
    )
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode(errors="replace"))
    out = Path(arguments[-1])
    report = out / "report.csv" if out.is_dir() else out
    return took, pl.scan_csv(report).select(pl.len()).collect().item()


def _figures(took: float, local: float, findings: int) -> tuple[str, str, str, str]:
    return f"{took:.1f}", f"{ROWS / took:,.0f}", f"{local / took:.2f}", f"{findings:,}"
