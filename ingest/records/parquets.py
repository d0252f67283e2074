"""Parquet, a row group at a time; typed columns are turned into the texts they stand for."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from polars.exceptions import PolarsError

from graph.errors import InputError
from ingest.records.headers import match
from ingest.records.source import Request

_BATCH: Final = 50_000
_MOMENT: Final = "%Y-%m-%d %H:%M:%S"


class Parquet:
    """A table in a Parquet file.

    :param groups: numbers of the row groups to be read, one after another; all by default.
    :raises InputError: no Parquet file, or without a known column.
    """

    encoding = None
    drop_blank = False

    def __init__(self, request: Request, groups: range | None = None) -> None:
        self._request = request
        with self._opened() as file:
            names = file.schema_arrow.names
            counts = [
                file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups)
            ]
        self._groups = range(len(counts)) if groups is None else groups
        self._count = sum(counts)
        self._first = 1 + sum(counts[: self._groups.start])
        limits = request.limits
        if len(names) > limits.max_columns:
            name, most = request.path.name, f"{limits.max_columns:,}"
            raise InputError(
                f"{name} มี {len(names):,} คอลัมน์ เกิน {most}",
                f"{name} has {len(names):,} columns, more than {most}",
            )
        self.headers = match(names, request.dataset, request.path.name)

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts."""
        journal, total = self._request.journal, self._request.path.stat().st_size
        names = {self.headers.cells[p]: column for p, column in self.headers.places.items()}
        row = self._first
        with self._opened() as file:
            for batch in file.iter_batches(
                min(_BATCH, self._request.limits.chunk_rows),
                row_groups=list(self._groups),
                columns=list(names),
            ):
                # Arrow takes a damaged text as it is, and polars ends the process over it.
                batch.validate(full=True)
                places = {name: place for place, name in reversed([*enumerate(batch.schema.names)])}
                texts = [
                    as_text(pl.Series(batch.column(places[header])), column.name).alias(column.name)
                    for header, column in names.items()
                ]
                rows = pl.int_range(row, row + len(batch), dtype=pl.UInt32, eager=True)
                row += len(batch)
                journal.bytes_read = min(total, total * (row - 1) // max(self._count, 1))
                yield pl.DataFrame([rows.alias("row"), *texts])

    @contextmanager
    def _opened(self) -> Iterator[pq.ParquetFile]:
        name = self._request.path.name
        try:
            with pq.ParquetFile(self._request.path) as file:
                yield file
        except (pa.ArrowException, PolarsError, OSError, ValueError) as error:
            raise InputError(
                f"อ่าน Parquet {name} ไม่ได้ ไฟล์เสียหรือถูกตัด เขียนไฟล์ใหม่แล้วลองอีกครั้ง",
                f"cannot read the Parquet file {name}: it is damaged or cut off; write it anew",
            ) from error


def as_text(values: pl.Series, name: str) -> pl.Series:
    """Return typed values as the texts that people write for them.

    :raises InputError: the values are lists or the like.
    """
    dtype = values.dtype
    if dtype.is_nested() or dtype == pl.Object:
        raise InputError(
            f"คอลัมน์ {name} มีค่าซ้อนเป็นชั้น ({dtype}) ต้องเป็นค่าเดียว",
            f"column {name} holds nested values ({dtype}); give plain values",
        )
    if dtype.is_float():
        texts = values.cast(pl.String).str.strip_suffix(".0")
        odd = texts.str.contains("e").fill_null(False).arg_true()
        plain = [f"{Decimal(text):f}" for text in texts.gather(odd)]
        return texts.scatter(odd, pl.Series(plain, dtype=pl.String)) if plain else texts
    if isinstance(dtype, pl.Datetime):
        return values.dt.replace_time_zone(None).dt.strftime(_MOMENT)
    return values.cast(pl.String)
