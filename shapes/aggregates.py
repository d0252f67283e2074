"""Sums over groups of records, and values as messages show them."""

from typing import Any

import polars as pl

from shapes.errors import UncoveredError
from shapes.terms import Scope, Term, size, text_of


def aggregate(kind: str, f: dict[str, Any], scope: Scope) -> tuple[Term, pl.Expr, pl.Expr | None]:
    """Return the kind of an aggregate, its expression, and the bound of its rounding error.

    :raises UncoveredError: an aggregate that is not translated.
    """
    if kind == "Aggregate_Count":
        return Term(pl.lit(0), "integer"), pl.len().cast(pl.Int64), None
    term = scope.number(f["vars"])
    failed = term.expr.is_null().any()
    if kind in ("Aggregate_Max", "Aggregate_Min") and term.size is None:
        best = term.expr.max() if kind == "Aggregate_Max" else term.expr.min()
        return term, pl.when(~failed).then(best), None
    if kind != "Aggregate_Sum" or f.get("distinct", ["[]"]) not in (["[]"], "", None):
        raise UncoveredError(f"{kind.removeprefix('Aggregate_')} is not translated here")
    if term.kind == "integer" and term.size is None:
        return term, pl.when(~failed).then(term.expr.sum()), None
    if term.size is None and term.text is not None:
        # Sums of money meet a limit to the satang: they are added up exactly.
        exact = term.text.cast(pl.Decimal(38, 10), strict=False).sum().cast(pl.Float64)
        return Term(term.expr, "decimal"), pl.when(~failed).then(exact), None
    added = size(term).sum()
    return Term(term.expr, "decimal"), pl.when(~failed).then(term.expr.sum()), added


def shown(scope: Scope, term: Term) -> pl.Expr:
    """Return a value as a message shows it."""
    if term.kind.startswith("code:"):
        return term.expr
    if term.text is not None or term.kind in ("string", "iri"):
        return text_of(scope, term)
    return term.expr.cast(pl.String)
