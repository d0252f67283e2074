"""Columns whose value stands in the name of a folder, as in ``taxYear=2569/part-0.parquet``.

Spark, Hive and DuckDB write tables so: a column by which the files are divided is in none of them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import polars as pl

from ingest.records.headers import Headers, column_of
from ingest.records.source import Request, Source
from ontology.tax import Column, Dataset

_NOTHING: Final = "__HIVE_DEFAULT_PARTITION__"


def folder_values(path: Path, dataset: Dataset) -> dict[str, str]:
    """Return the values in the names of a file's folders, by header.

    >>> from ontology.tax import datasets
    >>> folder_values(Path("a/taxYear=2569/colour=red/b.parquet"), datasets()["assessment"])
    {'taxYear': '2569'}
    """
    pairs = (part.partition("=") for part in path.absolute().parent.parts)
    return {
        header: unquote(value)
        for header, equals, value in pairs
        if equals and column_of(header, dataset)
    }


def with_folders(source: Source, request: Request) -> Source:
    """Return a source with the columns that only the names of folders have."""
    present = set(source.headers.places.values())
    given = {
        header: (column, value)
        for header, value in folder_values(request.path, request.dataset).items()
        if (column := column_of(header, request.dataset)) and column not in present
    }
    if not given:
        return source
    request.journal.note("folder-value", len(given))
    return _Foldered(source, given)


class _Foldered:
    """A table with some columns more, each of one value."""

    def __init__(self, source: Source, given: dict[str, tuple[Column, str]]) -> None:
        self._source = source
        self._values = {column.name: value for column, value in given.values()}
        self.drop_blank = source.drop_blank
        headers = source.headers
        start = len(headers.cells)
        more = {start + place: column for place, (column, _) in enumerate(given.values())}
        self.headers = Headers(
            (*headers.cells, *given),
            headers.places | more,
            tuple(
                finding
                for finding in headers.findings
                if finding.kind != "missing" or finding.header not in self._values
            ),
            headers.better,
        )

    @property
    def encoding(self) -> str | None:
        """What the text is written in."""
        return self._source.encoding

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield the frames of the table with the columns."""
        for frame in self._source.frames():
            yield frame.with_columns(
                pl.lit(None if value == _NOTHING else value, dtype=pl.String).alias(name)
                for name, value in self._values.items()
            )
