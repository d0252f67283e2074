"""Which records can break a rule at all, told by the one or two conditions that most records fail.

A rule is broken where all its conditions are met. Which of them most records fail is learned from
some records; what the others then decide is computed for the few that are left. This is exact: a
record that clearly fails one condition cannot break the rule, whatever rounding does to the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any, Final

import numpy as np
import polars as pl

SAMPLE: Final = 4_096
OFTEN: Final = 0.03
"""A rule that more records than this may break is computed for all."""
RARE: Final = 0.002
_MOST_CONDITIONS: Final = 3


@dataclass(frozen=True)
class Sieve:
    """Rules by place: those that many records may break, and what the others demand.

    :param often: places of rules to compute for every record.
    :param may: whether a record may break each of the others.
    """

    often: tuple[int, ...]
    may: tuple[pl.Expr, ...]

    @classmethod
    def learn(cls, rules: Sequence[Sequence[pl.Expr]], sample: pl.DataFrame) -> "Sieve":
        """Choose from the conditions of each rule, by how many records of a sample meet them."""
        names: dict[bytes, str] = {}
        exprs: dict[str, pl.Expr] = {}
        for expr in (expr for rule in rules for expr in rule):
            name = names.setdefault(expr.meta.serialize(), f"c{len(names)}")
            exprs[name] = expr
        marks = sample.select(**exprs)
        met = {n: np.broadcast_to(marks[n].to_numpy(), len(sample)) for n in marks.columns}
        often, may = [], []
        for place, rule in enumerate(rules):
            candidates = [names[expr.meta.serialize()] for expr in rule]
            chosen, share = _fewest(candidates, met)
            if share > OFTEN:
                often.append(place)
            else:
                may.append(reduce(and_, (exprs[name] for name in chosen)))
        return cls(tuple(often), tuple(may))

    def suspects(self, frame: pl.DataFrame) -> pl.Series:
        """Return a mark for each record that may break a rule.

        :param frame: it has the held columns that the conditions rest on.
        """
        # One large expression would take polars longer to plan than many small ones to compute.
        marks = frame.select(may.alias(str(place)) for place, may in enumerate(self.may))
        found = pl.repeat(False, len(frame), eager=True)
        for mark in marks.get_columns():
            found = found | mark
        return found


def _fewest(
    candidates: Iterable[str], met: dict[str, "np.typing.NDArray[np.bool_]"]
) -> tuple[list[str], float]:
    """Return the conditions that together let the fewest records pass, and their share."""
    left = list(dict.fromkeys(candidates))
    chosen: list[str] = []
    passed: Any = np.True_
    share = 1.0
    while left and share > RARE and len(chosen) < _MOST_CONDITIONS:
        best = min(left, key=lambda name: np.mean(passed & met[name]))
        least = float(np.mean(passed & met[best]))
        if chosen and least > share / 2:
            break
        left.remove(best)
        chosen.append(best)
        passed, share = passed & met[best], least
    return chosen, share
