"""SPARQL's operators and functions as expressions over whole columns (SPARQL 1.1, section 17)."""

from collections.abc import Callable
from typing import Any, Final

import polars as pl

from ontology import CONCEPT
from shapes.algebra import Tree
from shapes.digits import LONG, date_part, digit, whole
from shapes.errors import UncoveredError
from shapes.held import Held
from shapes.terms import NUMBERS, ROUNDING, XSD, Handler, Scope, Term, size, text_of


def new_scope(held: Held) -> Scope:
    """Return a scope with no variables that knows all operators."""
    return Scope(concept_base=CONCEPT, handlers=HANDLERS, held=held)


def _and(scope: Scope, f: dict[str, Any]) -> Term:
    return Term(_fold(scope, f, lambda a, b: a & b), "boolean")


def _or(scope: Scope, f: dict[str, Any]) -> Term:
    return Term(_fold(scope, f, lambda a, b: a | b), "boolean")


def _fold(scope: Scope, f: dict[str, Any], join: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> pl.Expr:
    result = scope.truth(f["expr"])
    for other in f["other"][1:]:
        result = join(result, scope.truth(other))
    return result


def _relation(scope: Scope, f: dict[str, Any]) -> Term:
    left, operator = scope.term(f["expr"]), f["op"]
    if operator in ("IN", "NOT IN"):
        hits = [scope.compare("=", left, scope.term(item)) for item in f["other"][1:]]
        among = pl.any_horizontal(hits) if hits else pl.lit(False)
        return Term(among if operator == "IN" else ~among, "boolean")
    return Term(scope.compare(operator, left, scope.term(f["other"])), "boolean")


def _add(scope: Scope, f: dict[str, Any]) -> Term:
    result = scope.number(f["expr"])
    for operator, tree in zip(f["op"][1:], f["other"][1:], strict=True):
        other = scope.number(tree)
        whole = result.kind == other.kind == "integer" and result.size is None is other.size
        expr = result.expr + other.expr if operator == "+" else result.expr - other.expr
        result = Term(
            expr,
            "integer" if result.kind == other.kind == "integer" else "decimal",
            size=None if whole else size(result) + size(other),
        )
    return result


def _multiply(scope: Scope, f: dict[str, Any]) -> Term:
    result = scope.number(f["expr"])
    for operator, tree in zip(f["op"][1:], f["other"][1:], strict=True):
        other = scope.number(tree)
        whole = result.kind == other.kind == "integer"
        if operator == "*":
            exact = whole and result.size is None is other.size
            result = Term(
                result.expr * other.expr,
                "integer" if whole else "decimal",
                size=None if exact else size(result) * size(other),
            )
        else:
            below = other.expr if other.constant else _unless_zero(other.expr)
            bound = size(result) / below.abs()
            result = Term(result.expr / below, "decimal", size=bound, ratio=whole)
    return result


def _unless_zero(expr: pl.Expr) -> pl.Expr:
    return pl.when(expr != 0).then(expr)


def _negative(scope: Scope, f: dict[str, Any]) -> Term:
    term = scope.number(f["expr"])
    return Term(-term.expr, term.kind, size=term.size)


def _abs(scope: Scope, f: dict[str, Any]) -> Term:
    term = scope.number(f["arg"])
    return Term(term.expr.abs(), term.kind, size=term.size)


def _whole(way: Callable[[pl.Expr], pl.Expr], offset: float) -> Handler:
    def handler(scope: Scope, f: dict[str, Any]) -> Term:
        term = scope.number(f["arg"])
        if term.kind == "integer":
            return term
        if term.size is not None and not term.ratio:
            # Doubtful next to the edge where the result jumps.
            shifted = term.expr - offset
            scope.doubts.append((shifted - shifted.round()).abs() <= term.size * ROUNDING)
        return Term(way(term.expr), "decimal")

    return handler


def _string_test(
    way: Callable[[pl.Expr, pl.Expr], pl.Expr],
) -> Handler:
    return lambda scope, f: Term(way(scope.string(f["arg1"]), scope.string(f["arg2"])), "boolean")


def _beside(after: bool) -> Handler:
    def handler(scope: Scope, f: dict[str, Any]) -> Term:
        text, mark = scope.string(f["arg1"]), scope.term(f["arg2"]).constant
        if not isinstance(mark, str):
            raise UncoveredError("STRBEFORE and STRAFTER are translated for a constant only")
        halves = text.str.split_exact(mark, 1) if not after else text.str.splitn(mark, 2)
        part = halves.struct.field("field_1" if after else "field_0")
        found = text.str.contains(mark, literal=True)
        return Term(pl.when(found).then(part).when(~found).then(pl.lit("")), "string")

    return handler


def _substring(scope: Scope, f: dict[str, Any]) -> Term:
    start, length = scope.term(f["start"]), scope.term(f["length"]) if f.get("length") else None
    if not isinstance(start.constant, int) or start.constant < 1:
        raise UncoveredError("SUBSTR is translated for a constant start only")
    offset: Any = start.constant - 1
    count: Any = length and (length.expr if length.constant is None else length.constant)
    return Term(scope.string(f["arg"]).str.slice(offset, count), "string")


def _text(scope: Scope, f: dict[str, Any]) -> Term:
    return Term(text_of(scope, scope.term(f["arg"])), "string")


def _regex(scope: Scope, f: dict[str, Any]) -> Term:
    pattern = scope.term(f["pattern"]).constant
    flags = scope.term(f["flags"]).constant if f.get("flags") else ""
    if not isinstance(pattern, str):
        raise UncoveredError("REGEX is translated for a constant pattern only")
    return Term(scope.string(f["text"]).str.contains(checked_pattern(pattern, flags)), "boolean")


def checked_pattern(pattern: str, flags: str = "") -> str:
    """Return a pattern that polars can run.

    :raises UncoveredError: it uses what the engine of polars does not know, such as look-ahead.
    """
    full = f"(?{flags}){pattern}" if flags else pattern
    try:
        pl.Series([""]).str.contains(full)
    except pl.exceptions.ComputeError as error:
        raise UncoveredError(f"the pattern {pattern} is not translated") from error
    return full


def _concat(scope: Scope, f: dict[str, Any]) -> Term:
    return Term(pl.concat_str([scope.string(part) for part in f["arg"][1:]]), "string")


def _length(scope: Scope, f: dict[str, Any]) -> Term:
    return Term(scope.string(f["arg"]).str.len_chars().cast(pl.Int64), "integer")


def _bound(scope: Scope, f: dict[str, Any]) -> Term:
    bound = scope.term(f["arg"]).bound
    return Term(pl.lit(True) if bound is None else bound, "boolean")


def _choose(scope: Scope, f: dict[str, Any]) -> Term:
    condition = scope.truth(f["arg1"])
    yes, no = _same_kind([scope.term(f["arg2"]), scope.term(f["arg3"])])
    exact = yes.size is None and no.size is None
    return Term(
        pl.when(condition).then(yes.expr).when(~condition).then(no.expr),
        yes.kind,
        size=None if exact else pl.when(condition).then(size(yes)).otherwise(size(no)),
    )


def _coalesce(scope: Scope, f: dict[str, Any]) -> Term:
    terms = _same_kind([t for t in map(scope.term, f["arg"][1:]) if t.kind != "unbound"])
    exact = all(term.size is None for term in terms)
    return Term(
        pl.coalesce([term.expr for term in terms]),
        terms[0].kind,
        size=None if exact else pl.coalesce([size(term) for term in terms]),
    )


def _same_kind(terms: list[Term]) -> list[Term]:
    kinds = {term.kind for term in terms}
    if kinds <= set(NUMBERS) and len(kinds) == 2:
        return [Term(t.expr.cast(pl.Float64), "decimal", size=t.size) for t in terms]
    if len(kinds) != 1:
        raise UncoveredError(f"a choice between {' and '.join(sorted(kinds))} is not translated")
    return terms


def _datatype(scope: Scope, f: dict[str, Any]) -> Term:
    term = scope.term(f["arg"])
    if term.kind not in ("integer", "decimal", "boolean", "date", "string"):
        raise UncoveredError(f"the datatype of a {term.kind} is not translated")
    # A cell that could not be read is a plain string.
    read = pl.when(term.expr.is_not_null()).then(pl.lit(XSD + term.kind))
    if term.text is None:
        return Term(read, "iri")
    return Term(read.when(term.text.is_not_null()).then(pl.lit(XSD + "string")), "iri")


def _cast(scope: Scope, f: dict[str, Any]) -> Term:
    name = f["iri"][1].removeprefix(XSD)
    (tree,) = f["expr"][1:]
    for way in (_date_part, _digit):
        part = way(scope, tree) if name == "integer" else None
        if part is not None:
            return Term(part, "integer")
    term = scope.term(tree)
    if name == "string":
        return Term(text_of(scope, term), "string")
    if name == "integer" and term.kind == "string":
        return Term(term.expr.cast(pl.Int64, strict=False), "integer")
    if name == "integer" and term.kind in NUMBERS and term.size is None:
        return Term(term.expr.cast(pl.Int64), "integer")
    if name == "decimal" and term.kind in NUMBERS:
        return Term(term.expr.cast(pl.Float64), "decimal", size=term.size)
    raise UncoveredError(f"a cast of a {term.kind} to {name} is not translated")


def _date_part(scope: Scope, tree: Tree) -> pl.Expr | None:
    """Return year, month or day of a date: ``xsd:integer(SUBSTR(STR(?date), 1, 4))``."""
    if tree[0] != "Builtin_SUBSTR" or tree[1]["arg"][0] != "Builtin_STR" or not tree[1]["length"]:
        return None
    term = scope.term(tree[1]["arg"][1]["arg"])
    start, length = (scope.term(tree[1][name]).constant for name in ("start", "length"))
    if term.kind != "date" or (start, length) not in ((1, 4), (6, 2), (9, 2)):
        return None
    return scope.hold(date_part(term.expr, text_of(scope, term), start, length))


def _digit(scope: Scope, tree: Tree) -> pl.Expr | None:
    """Return one digit of a column's text, as a check digit needs it: ``SUBSTR(?id, 3, 1)``."""
    if tree[0] != "Builtin_SUBSTR" or tree[1]["arg"][0] != "v" or not tree[1]["length"]:
        return None
    term, start = scope.term(tree[1]["arg"]), scope.term(tree[1]["start"]).constant
    single = scope.term(tree[1]["length"]).constant == 1
    if term.kind != "string" or not single or start not in range(1, LONG + 1):
        return None
    return scope.hold(digit(scope.hold(whole(term.expr)), term.expr, start))


HANDLERS: Final[dict[str, Handler]] = {
    "ConditionalAndExpression": _and,
    "ConditionalOrExpression": _or,
    "RelationalExpression": _relation,
    "AdditiveExpression": _add,
    "MultiplicativeExpression": _multiply,
    "UnaryNot": lambda scope, f: Term(~scope.truth(f["expr"]), "boolean"),
    "UnaryMinus": _negative,
    "UnaryPlus": lambda scope, f: scope.number(f["expr"]),
    "TrueFilter": lambda scope, f: Term(pl.lit(True), "boolean"),
    "Function": _cast,
    "Builtin_ABS": _abs,
    "Builtin_FLOOR": _whole(lambda e: e.floor(), 0),
    "Builtin_CEIL": _whole(lambda e: e.ceil(), 0),
    "Builtin_ROUND": _whole(lambda e: (e + 0.5).floor(), 0.5),
    "Builtin_STR": _text,
    "Builtin_STRLEN": _length,
    "Builtin_SUBSTR": _substring,
    "Builtin_STRSTARTS": _string_test(lambda a, b: a.str.starts_with(b)),
    "Builtin_STRENDS": _string_test(lambda a, b: a.str.ends_with(b)),
    "Builtin_CONTAINS": _string_test(lambda a, b: a.str.contains(b, literal=True)),
    "Builtin_STRAFTER": _beside(after=True),
    "Builtin_STRBEFORE": _beside(after=False),
    "Builtin_CONCAT": _concat,
    "Builtin_REGEX": _regex,
    "Builtin_IF": _choose,
    "Builtin_COALESCE": _coalesce,
    "Builtin_BOUND": _bound,
    "Builtin_DATATYPE": _datatype,
}  # fmt: skip
