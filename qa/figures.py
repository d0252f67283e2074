"""The figures of an evaluation, how sure they are, and what changed against an earlier run."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any, Final

import numpy as np

from qa.evaluate import Outcome, read_records

COLUMNS: Final = (
    "n", "hit@1", "hit@3", "hit@10", "mrr@10", "facts",
    "abstain_in", "abstain_out", "p50_ms", "p95_ms",
)  # fmt: skip
BANDS: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Bounds of the bands of confidence in :func:`reliability`."""
_Z: Final = 1.96
Interval = tuple[float, float] | None
Earlier = dict[str, dict[str, Any]]


def table(outcomes: list[Outcome]) -> dict[str, dict[str, float | None]]:
    """Return the figures of :data:`COLUMNS`, overall and by kind; rates are 0 to 1."""
    return {name: _figures(group) for name, group in _groups(outcomes).items()}


def intervals(outcomes: list[Outcome]) -> dict[str, dict[str, Interval]]:
    """Return the 95 % intervals (Wilson's) of the rates in :func:`table`, overall and by kind."""
    return {
        name: {column: _interval(values) for column, values in _rates(group).items()}
        for name, group in _groups(outcomes).items()
    }


def reliability(outcomes: list[Outcome]) -> list[tuple[float, float, int, float, float]]:
    """Return how often the answers given with a certain confidence are right.

    For each band: its bounds, how many answers lie in it, their mean confidence, and the share of
    them whose first citation is right. An abstention gives no answer and is left out; an answer
    out of scope is never right.
    """
    rows = []
    answered = [o for o in outcomes if not o.abstained]
    for low, high in pairwise(BANDS):
        inside = [o for o in answered if low < o.confidence <= high]
        if inside:
            mean = sum(o.confidence for o in inside) / len(inside)
            right = sum(o.rank == 1 for o in inside) / len(inside)
            rows.append((low, high, len(inside), round(mean, 3), round(right, 3)))
    return rows


@dataclass(frozen=True)
class Change:
    """A question that came out otherwise than in an earlier run."""

    id: str
    question: str
    what: str
    before: Any
    now: Any
    better: bool


def write_outcomes(outcomes: list[Outcome], path: Path) -> None:
    """Write one JSON line a question, which :func:`changes` can read again."""
    lines = [json.dumps(asdict(outcome), ensure_ascii=False) for outcome in outcomes]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_outcomes(path: Path) -> Earlier:
    """Return what :func:`write_outcomes` kept of a run, by the id of the question.

    :raises InputError: the file cannot be read.
    """
    return {str(r["question"].get("id")): r for _, r in read_records(path, of=dict)}


def changes(outcomes: list[Outcome], earlier: Earlier) -> list[Change]:
    """Return what differs from an earlier run, what is worse first."""
    found: list[Change] = []
    for outcome in outcomes:
        if outcome.question.id in earlier:
            found.extend(_differences(outcome, earlier[outcome.question.id]))
    return sorted(found, key=lambda change: change.better)


def _differences(outcome: Outcome, record: dict[str, Any]) -> Iterator[Change]:
    question, inside = outcome.question, bool(outcome.question.gold)
    rank, earlier = outcome.rank or 99, record.get("rank") or 99
    facts, had = outcome.facts or 0, record.get("facts") or 0
    differing = (
        ("rank", inside and rank != earlier, rank < earlier),
        ("abstained", outcome.abstained != record.get("abstained"), outcome.abstained != inside),
        ("facts", facts != had, facts > had),
    )
    for what, differs, better in differing:
        if differs:
            before, now = record.get(what), getattr(outcome, what)
            yield Change(question.id, question.question, what, before, now, better)


def _groups(outcomes: list[Outcome]) -> dict[str, list[Outcome]]:
    kinds = sorted({outcome.question.kind for outcome in outcomes})
    return {"all": outcomes} | {
        kind: [o for o in outcomes if o.question.kind == kind] for kind in kinds
    }


def _rates(group: list[Outcome]) -> dict[str, list[float]]:
    inside = [o for o in group if o.question.gold]
    outside = [o for o in group if not o.question.gold]
    return {
        "hit@1": [float(o.rank == 1) for o in inside],
        "hit@3": [float(0 < o.rank <= 3) for o in inside],
        "hit@10": [float(0 < o.rank <= 10) for o in inside],
        "mrr@10": [1 / o.rank if o.rank else 0.0 for o in inside],
        "facts": [o.facts for o in inside if o.facts is not None],
        "abstain_in": [float(o.abstained) for o in inside],
        "abstain_out": [float(o.abstained) for o in outside],
    }


def _figures(group: list[Outcome]) -> dict[str, float | None]:
    times = [o.took_ms for o in group]
    return {
        "n": len(group),
        **{name: _mean(values) for name, values in _rates(group).items()},
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
    }


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 3) if found else None


def _interval(values: list[float]) -> Interval:
    if not values:
        return None
    n, share = len(values), sum(values) / len(values)
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return round(max(centre - half, 0.0), 3), round(min(centre + half, 1.0), 3)
