"""Blocks of delimited text as frames of texts, column by column."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import PolarsError

from ingest.records.blocks import Block, Places
from ingest.records.journal import Journal, RowFinding
from ontology.tax import Column

_CR: Final = ord("\r")


@dataclass(frozen=True)
class Table:
    """How the rows of a file are divided.

    :param width: cells of the header.
    :param places: columns by the place of their cells, from 0.
    """

    separator: str
    width: int
    places: dict[int, Column]

    @cached_property
    def _names(self) -> list[str]:
        return [f"column_{place + 1}" for place in range(self.width)]

    @cached_property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """Schema of the frames of texts."""
        return {"row": pl.UInt32, **{column.name: pl.String for column in self.places.values()}}

    def frame(self, rows: Sequence[int], cells: Sequence[Sequence[str]]) -> pl.DataFrame:
        """Return rows of cells as a frame of texts."""
        columns = {c.name: [row[place] for row in cells] for place, c in self.places.items()}
        return pl.DataFrame({"row": rows, **columns}, schema=self.schema)

    def fit(self, cells: list[str], row: int, journal: Journal) -> list[str] | None:
        """Return as many cells as the header has; None of a row that has no or too many."""
        if not any(cell.strip() for cell in cells):
            journal.note("blank-row")
            return None
        if len(cells) > self.width:
            if any(cell.strip() for cell in cells[self.width :]):
                journal.row(RowFinding("ragged", row, len(cells), self.width))
                return None
            journal.note("extra-empty-cells")
        elif len(cells) < self.width:
            journal.row(RowFinding("short", row, len(cells), self.width))
            cells = cells + [""] * (self.width - len(cells))
        return cells

    def parse(self, block: Block, journal: Journal) -> pl.DataFrame | None:
        """Return a sound block as a frame of texts; None if it must be read with care."""
        block = self._without_blank_start(block, journal)
        height = len(block.bounds)
        if not height:
            return self.frame([], [])
        frame = self._parsed(block, tolerant=False)
        drop: npt.NDArray[np.bool_] | None = None
        if frame is None or frame.height != height:
            frame = self._parsed(block, tolerant=True)
            if frame is None or frame.height != height:
                return None
            drop = self._ragged(block, journal)
        self._short(block, frame, journal)
        rows = pl.int_range(block.row, block.row + height, dtype=pl.UInt32, eager=True)
        named = frame.select(
            rows.alias("row"),
            *(pl.col(self._names[place]).alias(c.name) for place, c in self.places.items()),
        )
        return named if drop is None else named.filter(pl.Series(~drop))

    def _parsed(self, block: Block, *, tolerant: bool) -> pl.DataFrame | None:
        try:
            return pl.read_csv(
                block.data,
                has_header=False,
                schema=dict.fromkeys(self._names, pl.String),
                separator=self.separator,
                quote_char='"' if len(block.quotes) else None,
                truncate_ragged_lines=tolerant,
                extra_columns="ignore" if tolerant else "raise",
                missing_columns="insert" if tolerant else "raise",
            )
        except PolarsError:
            return None

    def _without_blank_start(self, block: Block, journal: Journal) -> Block:
        """Take blank lines off the start, which the parser of polars would not count."""
        start = len(block.data) - len(block.data.lstrip(b"\r\n"))
        if not start:
            return block
        blank = int(np.searchsorted(block.ends, start))
        journal.note("blank-row", blank)
        return Block(
            block.data[start:],
            block.row + blank,
            block.ends[blank:] - start,
            block.quotes - start,
            block.sound,
            block.last,
        )

    def _ragged(self, block: Block, journal: Journal) -> npt.NDArray[np.bool_]:
        """Report rows with too many cells; return which to leave out."""
        counts = self._counts(block)
        drop = np.zeros(len(counts), np.bool_)
        for place in np.flatnonzero(counts > self.width).tolist():
            cells = self._cells(block, place)
            drop[place] = self.fit(cells, block.row + place, journal) is None
        return drop

    def _short(self, block: Block, frame: pl.DataFrame, journal: Journal) -> None:
        """Report rows that end before the last column; the parser takes the rest as empty."""
        last = frame[self._names[-1]]
        if not last.null_count():
            return
        view = np.frombuffer(block.data, np.uint8)
        starts = np.concatenate(([0], block.bounds[:-1] + 1))
        ends = block.bounds - (view[np.maximum(block.bounds - 1, 0)] == _CR)
        finished = (ends <= starts) | (view[np.maximum(ends - 1, 0)] == ord(self.separator))
        short = last.is_null().to_numpy() & ~finished
        counts = self._counts(block) if short.any() else short
        blanks = b' \t\r"' + self.separator.encode()
        for place in np.flatnonzero(short & (counts < self.width)).tolist():
            if block.record(place).strip(blanks):
                found = int(counts[place])
                journal.row(RowFinding("short", block.row + place, found, self.width))

    def _counts(self, block: Block) -> Places:
        """Return how many cells each record has."""
        separators = np.flatnonzero(np.frombuffer(block.data, np.uint8) == ord(self.separator))
        outside = separators[np.searchsorted(block.quotes, separators) % 2 == 0]
        return np.diff(np.searchsorted(outside, block.bounds), prepend=0) + 1

    def _cells(self, block: Block, place: int) -> list[str]:
        text = StringIO(block.record(place).decode(errors="replace"), newline="")
        return next(csv.reader(text, delimiter=self.separator), [])
