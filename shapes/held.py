"""Intermediate columns: what several expressions use is computed once.

An expression that stands inside others is written out in each of them; held in a column of its own
it is computed once, for all rules that need the same.
"""

import hashlib
from collections.abc import Iterable, Mapping

import polars as pl

Held = dict[str, pl.Expr]


def hold(expr: pl.Expr, held: Held) -> pl.Expr:
    """Return a reference to a column that will hold an expression's values."""
    name = "?" + hashlib.sha256(expr.meta.serialize()).hexdigest()[:20]
    held[name] = expr
    return pl.col(name)


def with_held(
    frame: pl.DataFrame, held: Mapping[str, pl.Expr], used: Iterable[str]
) -> pl.DataFrame:
    """Return a frame with the held columns that are used, each after those it rests on."""
    missing = {name: expr for name, expr in held.items() if name not in frame.columns}
    for stage in stages(missing, used):
        frame = frame.with_columns(**{name: held[name] for name in stage})
    return frame


def roots(exprs: Iterable[pl.Expr | None]) -> set[str]:
    """Return the columns that expressions rest on."""
    return {name for expr in exprs if expr is not None for name in expr.meta.root_names()}


def stages(held: Mapping[str, pl.Expr], used: Iterable[str]) -> list[list[str]]:
    """Return the used columns in groups, each group resting on the groups before it."""
    levels: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in levels:
            below = [n for n in held[name].meta.root_names() if n in held]
            levels[name] = 1 + max(map(level, below), default=-1)
        return levels[name]

    for name in used:
        if name in held:
            level(name)
    found: list[list[str]] = [[] for _ in range(max(levels.values(), default=-1) + 1)]
    for name, at in levels.items():
        found[at].append(name)
    return found
