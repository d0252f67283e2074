"""Rules that a record breaks or keeps by itself, as conditions over whole columns."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import polars as pl

from shapes.held import Held, roots, with_held
from shapes.query import Query
from shapes.rules import PropertyShape
from shapes.sieve import SAMPLE, Sieve

MOST_ASIDE: Final = 30_000
"""So many records that may break a rule are judged together."""


@dataclass(frozen=True)
class Mask:
    """One rule: where it is broken, and where rounding leaves that in doubt."""

    shape: PropertyShape
    broken: pl.Expr
    doubt: pl.Expr | None = None
    query: Query | None = None

    @property
    def demands(self) -> list[pl.Expr]:
        """Conditions that a record which breaks the rule meets."""
        return (self.query and self.query.demands) or [self.broken]

    def idle(self, absent: frozenset[str]) -> bool:
        """Return whether there is nothing to find in a file without these columns."""
        return self.shape.rule.column in absent and set(self.shape.parameters) == {"minCount"}


@dataclass(frozen=True)
class Judged:
    """The records that break a rule, and those an exact engine must decide."""

    mask: Mask
    broken: pl.DataFrame
    doubtful: pl.DataFrame


@dataclass
class Masks:
    """All such rules of a data set. Several threads may use one.

    A record that may break a rule is set aside, so that the rules are computed for many at once.
    """

    masks: list[Mask] = field(default_factory=list)
    held: Held = field(default_factory=dict)
    _sieves: dict[frozenset[str], Sieve] = field(default_factory=dict)
    _aside: dict[frozenset[str], list[pl.DataFrame]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def fresh(self) -> "Masks":
        """Return the same rules with no records set aside."""
        other = copy(self)
        other._aside, other._lock = {}, Lock()
        return other

    def judge(self, frame: pl.DataFrame, absent: frozenset[str]) -> Iterator[Judged]:
        """Take records, and yield what is decided by now.

        :param absent: columns that their file does not have.
        """
        if frame.is_empty():
            return
        sieve = self._sieve(frame, absent)
        often = [self.masks[place] for place in sieve.often]
        if often:
            yield from self._decide(often, frame, absent)
        suspects = frame.filter(sieve.suspects(with_held(frame, self.held, roots(sieve.may))))
        with self._lock:
            aside = self._aside.setdefault(absent, [])
            aside.append(suspects)
            full = sum(map(len, aside)) >= MOST_ASIDE
            batch = self._aside.pop(absent) if full else []
        if batch:
            yield from self._rare(batch, absent)

    def rest(self) -> Iterator[Judged]:
        """Decide what was set aside."""
        with self._lock:
            aside, self._aside = self._aside, {}
        for absent, frames in aside.items():
            yield from self._rare(frames, absent)

    def _rare(self, frames: list[pl.DataFrame], absent: frozenset[str]) -> Iterator[Judged]:
        often = self._sieves[absent].often
        rare = [mask for place, mask in enumerate(self.masks) if place not in often]
        # A column as typed is there only in the chunks where reading changed it.
        frame = pl.concat(frames, how="diagonal")
        if rare and not frame.is_empty():
            yield from self._decide(rare, frame, absent)

    def _sieve(self, frame: pl.DataFrame, absent: frozenset[str]) -> Sieve:
        if absent not in self._sieves:
            sample = frame.gather_every(max(1, len(frame) // SAMPLE))
            rules = [[pl.lit(False)] if mask.idle(absent) else mask.demands for mask in self.masks]
            used = roots(expr for rule in rules for expr in rule)
            sieve = Sieve.learn(rules, with_held(sample, self.held, used))
            with self._lock:
                self._sieves.setdefault(absent, sieve)
        return self._sieves[absent]

    def _decide(
        self, masks: list[Mask], frame: pl.DataFrame, absent: frozenset[str]
    ) -> Iterator[Judged]:
        masks = [mask for mask in masks if not mask.idle(absent)]
        exprs = {f"b{i}": mask.broken for i, mask in enumerate(masks)}
        exprs |= {f"d{i}": m.doubt for i, m in enumerate(masks) if m.doubt is not None}
        details = [e for m in masks if m.query for e in m.query.details.values()]
        frame = with_held(frame, self.held, roots([*exprs.values(), *details]))
        marks = frame.select(**exprs)
        for i, mask in enumerate(masks):
            broken = _whole(marks[f"b{i}"], len(frame))
            doubt = frame.clear()
            if mask.doubt is not None:
                doubtful = _whole(marks[f"d{i}"], len(frame))
                if doubtful.any():
                    broken, doubt = broken & ~doubtful, frame.filter(doubtful)
            if broken.any() or len(doubt):
                yield Judged(mask, frame.filter(broken), doubt)


def _whole(marks: pl.Series, length: int) -> pl.Series:
    """Return a mark for each row, where an expression gave one for all."""
    return marks if len(marks) == length else pl.repeat(marks[0], length, eager=True)
