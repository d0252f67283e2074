"""What every reader of one form of file gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import polars as pl

from ingest.records.headers import Headers
from ingest.records.journal import Journal
from ingest.records.limits import Limits
from ontology.tax import Dataset


@dataclass(frozen=True)
class Request:
    """What is to be read: a file, as a data set, within limits."""

    path: Path
    dataset: Dataset
    limits: Limits
    journal: Journal


class Source(Protocol):
    """A file whose header was read and whose rows were not yet.

    :ivar headers: the headers and what is wrong with them.
    :ivar encoding: what its text is written in; None where that is no question.
    :ivar drop_blank: whether a row without a value is no record.
    """

    headers: Headers
    drop_blank: bool

    @property
    def encoding(self) -> str | None:
        """What the text is written in."""

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield frames of texts: ``row``, and a column of strings for each known header."""
