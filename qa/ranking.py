"""How much each sign weighs, and the chance that follows for each candidate.

A conditional logit: the chance that a candidate answers is the share of its weight among all
candidates, topics outside the graph and «none of them» included. So an answer's confidence, and
the doubt that makes the service abstain, come from one model. ``python -m bench train`` fits the
weights on the tuning questions and writes ``shipped/ranking.json``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

import numpy as np

from qa.layout import Scores
from qa.signs import NAMES

FILE: Final = "ranking.json"


@dataclass(frozen=True)
class Ranking:
    """Weights of signs by name; a sign without one counts nothing.

    :param doubt: chance that nothing here answers from which on the service abstains.
    """

    weights: Mapping[str, float]
    doubt: float = 0.5

    def scores(self, rows: Scores) -> Scores:
        """Return a score for each row of :meth:`qa.signs.Signs.rows`."""
        # Not «@»: see qa.evidence.
        return np.asarray(np.einsum("ij,j->i", rows, self._column), np.float32)

    def reasons(self, row: Scores, beside: Scores) -> list[tuple[str, float]]:
        """Return the signs that put one row before another, each with what it adds, most first."""
        parts = (row - beside) * self._column
        order = np.argsort(-parts, kind="stable")
        return [(NAMES[n], round(float(parts[n]), 2)) for n in order if parts[n] > 0]

    @cached_property
    def _column(self) -> Scores:
        return np.array([self.weights.get(name, 0.0) for name in NAMES], np.float32)


def chances(scores: Scores) -> Scores:
    """Return the share of each score among all, 0 to 1 in sum."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), np.float32)


@cache
def trained() -> Ranking:
    """Return the ranking that comes with the package."""
    kept = json.loads((files("qa.shipped") / FILE).read_text(encoding="utf-8"))
    return Ranking(kept["weights"], kept["doubt"])
