"""Planting defects in generated records, and keeping count of what they must give."""

from collections import defaultdict
from collections.abc import Collection

import numpy as np
import polars as pl

from ingest.records.defect import Defect
from ingest.records.defects import defects
from ingest.records.draws import Flags, Integers
from ingest.records.planted import Planted

_FIRST_ROW = 2
_TRIES = 40
"""Places tried for a defect before its rule is left out of a chunk."""


class Planter:
    """Plants a share of defective records, the rules in turn.

    :param share: of the records that are given a defect, one each.
    :param linked: data sets whose records of the same seed will be given too.
    """

    def __init__(self, dataset: str, seed: int, share: float, linked: Collection[str]) -> None:
        self._chance = np.random.default_rng([seed, 1])
        known = [d for d in defects(dataset) if not d.linked or d.linked in linked]
        self._defects = [known[place] for place in self._chance.permutation(len(known))]
        self._share = share
        self._seen = self._broken = self._turn = 0
        self.planted: list[Planted] = []

    def plant(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the next chunk with its defects."""
        start, self._seen = self._seen, self._seen + frame.height
        wanted = round(self._share * self._seen)
        open_to = frame.select(
            defect.where.fill_null(value=False).alias(str(place))
            for place, defect in enumerate(self._defects)
        )
        places = [np.flatnonzero(column.to_numpy()) for column in open_to]
        taken: Flags = np.zeros(frame.height, np.bool_)
        left = [len(found) > 0 for found in places]
        changes: dict[str, dict[int, str | None]] = defaultdict(dict)
        while self._broken < wanted and any(left):
            which = self._turn % len(self._defects)
            self._turn += 1
            if not left[which]:
                continue
            defect = self._defects[which]
            at = self._free(places[which], taken, defect.span)
            if at is None:
                left[which] = False
                continue
            taken[at : at + defect.span] = True
            self._broken += defect.span
            self._break(frame, defect, at, start, changes)
        return frame.with_columns(
            frame[name].scatter(list(cells), list(cells.values()))
            for name, cells in changes.items()
        )

    def _free(self, places: Integers, taken: Flags, span: int) -> int | None:
        for at in self._chance.choice(places, _TRIES):
            if at + span <= len(taken) and not taken[at : at + span].any():
                return int(at)
        return None

    def _break(
        self,
        frame: pl.DataFrame,
        defect: Defect,
        at: int,
        start: int,
        changes: dict[str, dict[int, str | None]],
    ) -> None:
        records = frame.slice(at, defect.span).to_dicts()
        changed = defect.change(records, self._turn)
        for place, cells in enumerate(changed):
            for name, value in cells.items():
                changes[name][at + place] = value
        for place in defect.blamed:
            value = {**records[place], **changed[place]}[defect.column]
            row = _FIRST_ROW + start + at + place
            self.planted.append(Planted(defect.rule, row, defect.column, value or ""))
