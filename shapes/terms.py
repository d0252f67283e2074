"""Values of SPARQL expressions over whole columns, and when two of them can be compared.

Numbers are computed in floating point. A comparison whose two sides lie closer together than
rounding could have moved them is *doubtful*: it is reported as such, and an exact engine decides
that row. Where SPARQL raises a type error the value is null, and null is to the logic of polars
what an error is to that of SPARQL (section 17.2).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from shapes.algebra import XSD_STRING, Tree
from shapes.errors import UncoveredError
from shapes.held import Held, hold

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
NUMBERS: Final = ("integer", "decimal")
ROUNDING: Final = 1e-14
"""Relative error allowed for: some forty operations of one half unit in the last place each."""
_COMPARE: Final[dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


Handler = Callable[["Scope", dict[str, Any]], "Term"]


@dataclass(frozen=True)
class Term:
    """A value in every row.

    :param kind: ``integer``, ``decimal``, ``string``, ``boolean``, ``date``, ``iri``, or
        ``code:<scheme>`` where the expression holds the tail of the concept's IRI.
    :param text: the lexical form, where it is known as it was written.
    :param bound: whether there is a value; None where there always is.
    :param size: an upper bound of what was added up to get a number, for the rounding error;
        None where the number is exact.
    :param constant: the value itself where it is the same in every row.
    :param ratio: a quotient of whole numbers: a double holds it exactly when it is whole.
    """

    expr: pl.Expr
    kind: str
    text: pl.Expr | None = None
    bound: pl.Expr | None = None
    size: pl.Expr | None = None
    constant: Any = None
    ratio: bool = False


@dataclass
class Scope:
    """The variables bound so far, and the doubts that comparisons have raised."""

    terms: dict[str, Term] = field(default_factory=dict)
    doubts: list[pl.Expr] = field(default_factory=list)
    concept_base: str = ""
    handlers: Mapping[str, "Handler"] = field(default_factory=dict)
    held: Held = field(default_factory=dict)

    def hold(self, expr: pl.Expr) -> pl.Expr:
        """Return a column of its own for what several expressions use."""
        return hold(expr, self.held)

    def term(self, tree: Tree) -> Term:
        """Return the value of an expression.

        :raises UncoveredError: an operation or a mix of types that is not translated.
        """
        kind = tree[0]
        if kind == "v":
            if tree[1] not in self.terms:
                return Term(pl.lit(None), "unbound", bound=pl.lit(False))
            return self.terms[tree[1]]
        if kind == "i":
            return Term(pl.lit(tree[1]), "iri", constant=tree[1])
        if kind == "l":
            return _literal(tree[1], tree[2])
        handler = self.handlers.get(kind)
        if handler is None:
            raise UncoveredError(f"{kind.removeprefix('Builtin_')} is not translated")
        return handler(self, tree[1])

    def truth(self, tree: Tree) -> pl.Expr:
        """Return the effective boolean value of an expression."""
        term = self.term(tree)
        if term.kind == "boolean":
            return term.expr
        raise UncoveredError(f"the truth of a {term.kind} is not translated")

    def number(self, tree: Tree) -> Term:
        """Return an expression that must be a number."""
        term = self.term(tree)
        if term.kind not in NUMBERS:
            raise UncoveredError(f"arithmetic on a {term.kind} is not translated")
        return term

    def string(self, tree: Tree) -> pl.Expr:
        """Return an expression that must be a string."""
        term = self.term(tree)
        if term.kind != "string":
            raise UncoveredError(f"a string function on a {term.kind} is not translated")
        return term.expr

    def compare(self, operator: str, left: Term, right: Term) -> pl.Expr:
        """Return the comparison of two values, noting a doubt where rounding could decide it."""
        if left.kind in NUMBERS and right.kind in NUMBERS:
            result = _COMPARE[operator](left.expr, right.expr)
            if left.size is not None or right.size is not None:
                near = (left.expr - right.expr).abs() <= (size(left) + size(right)) * ROUNDING
                self.doubts.append(near)
            return result
        a, b = self._alike(left, right)
        return _COMPARE[operator](a, b)

    def _alike(self, left: Term, right: Term) -> tuple[pl.Expr, pl.Expr]:
        if left.kind == right.kind and left.kind != "unbound":
            return left.expr, right.expr
        for one, other in ((left, right), (right, left)):
            if one.kind.startswith("code:") and other.kind == "iri" and other.constant:
                start = f"{self.concept_base}{one.kind[5:]}/"
                tail = str(other.constant).removeprefix(start)
                constant = pl.lit(tail if str(other.constant).startswith(start) else None)
                return (one.expr, constant) if one is left else (constant, one.expr)
        raise UncoveredError(f"comparing a {left.kind} with a {right.kind} is not translated")


def size(term: Term) -> pl.Expr:
    """Return the bound of a number for its rounding error."""
    return term.size if term.size is not None else term.expr.abs()


def _literal(lexical: str, datatype: str) -> Term:
    text = pl.lit(lexical)
    name = datatype.removeprefix(XSD)
    if datatype == XSD_STRING:
        return Term(pl.lit(lexical), "string", text, constant=lexical)
    if name == "integer":
        return Term(pl.lit(int(lexical)), "integer", text, constant=int(lexical))
    if name == "decimal":
        return Term(pl.lit(float(lexical)), "decimal", text, constant=float(lexical))
    if name == "boolean":
        value = lexical in ("true", "1")
        return Term(pl.lit(value), "boolean", text, constant=value)
    if name == "date":
        return Term(pl.lit(lexical).str.to_date("%Y-%m-%d"), "date", text, constant=lexical)
    raise UncoveredError(f"literals of {datatype} are not translated")


def text_of(scope: Scope, term: Term) -> pl.Expr:
    """Return STR() of a value."""
    if term.kind == "string" or term.kind == "iri":
        return term.expr
    if term.kind.startswith("code:"):
        return pl.lit(f"{scope.concept_base}{term.kind[5:]}/") + encoded(term.expr)
    if term.text is not None:
        return term.text
    if term.kind == "date":
        return term.expr.dt.to_string("%Y-%m-%d")
    raise UncoveredError(f"STR of a computed {term.kind} is not translated")


def encoded(expr: pl.Expr) -> pl.Expr:
    """Percent-encode what an IRI must not hold."""
    from urllib.parse import quote

    def encode(series: pl.Series) -> pl.Series:
        odd = series.str.contains(r"[^A-Za-z0-9._~-]").fill_null(False)
        if not odd.any():
            return series
        return pl.Series(
            [
                quote(v, safe="") if o and v is not None else v
                for v, o in zip(series, odd, strict=True)
            ],
            dtype=pl.String,
        )

    return expr.map_batches(encode, return_dtype=pl.String)
