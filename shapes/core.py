"""The constraints of SHACL Core on one column, as conditions over the whole of it.

A record has at most one value in a column, so counts come down to whether there is one. A value
that could not be read as its datatype is a plain string in RDF, and so fails what a string fails.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from ontology import CONCEPT
from ontology.tax import Column, Dataset
from shapes.algebra import XSD_STRING
from shapes.errors import UncoveredError
from shapes.expressions import checked_pattern
from shapes.rules import SH, PropertyShape, ShapeGraph, Value
from shapes.terms import NUMBERS, XSD, encoded

_ORDER: Final[dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]]] = {
    "minInclusive": lambda v, limit: v >= limit, "minExclusive": lambda v, limit: v > limit,
    "maxInclusive": lambda v, limit: v <= limit, "maxExclusive": lambda v, limit: v < limit,
    "lessThan": lambda v, other: v < other, "lessThanOrEquals": lambda v, other: v <= other,
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A column as SHACL sees it.

    :param there: whether there is a value; ``read`` whether it is of the column's datatype.
    """

    column: Column

    @property
    def there(self) -> pl.Expr:
        """Whether there is a value."""
        return pl.col(self.column.name).is_not_null()

    @property
    def typed(self) -> pl.Expr:
        """The value as its datatype, null where it could not be read."""
        plain = self.column.datatype in ("string", "code")
        return pl.col(self.column.name if plain else self.column.name + "#")

    @property
    def read(self) -> pl.Expr:
        """Whether the value is of the column's datatype."""
        return self.typed.is_not_null()

    @property
    def text(self) -> pl.Expr:
        """What STR() gives."""
        name = pl.col(self.column.name)
        if self.column.datatype != "code":
            return name
        return pl.lit(f"{CONCEPT}{self.column.code_list}/") + encoded(name)


@dataclass(frozen=True)
class Core:
    """Translates the property shapes of a data set."""

    dataset: Dataset
    shapes: ShapeGraph
    reference: Store

    def broken(self, shape: PropertyShape) -> pl.Expr:
        """Return where the value of a shape's path breaks any of its constraints.

        :raises UncoveredError: a constraint that is not translated.
        """
        column = self.dataset.column(shape.rule.column)
        if column is None:
            raise UncoveredError(f"<{shape.path}> is no column of {self.dataset.slug}")
        cell = Cell(column)
        conditions = []
        for name, values in shape.parameters.items():
            if name in ("flags", "qualifiedMinCount", "qualifiedMaxCount"):
                continue
            conditions += [self._broken(cell, name, value, shape.parameters) for value in values]
        return pl.any_horizontal(conditions) if conditions else pl.lit(False)

    def _broken(
        self, cell: Cell, name: str, value: Value, parameters: dict[str, list[Value]]
    ) -> pl.Expr:
        if name == "minCount":
            least = int(value.value)
            return pl.lit(True) if least > 1 else (~cell.there if least else pl.lit(False))
        if name == "maxCount":
            return cell.there if int(value.value) == 0 else pl.lit(False)
        if name == "hasValue":
            return ~self._among(cell, [value]).fill_null(False)
        return (cell.there & ~self._fits(cell, name, value, parameters)).fill_null(False)

    def _fits(
        self, cell: Cell, name: str, value: Value, parameters: dict[str, list[Value]]
    ) -> pl.Expr:
        """Return whether a value that is there meets one constraint; never null."""
        if name in ("or", "and", "xone", "not"):
            return self._logic(cell, name, value)
        if name == "in":
            return self._among(cell, self.shapes.items(value)).fill_null(False)
        if name in ("class", "node") and cell.column.datatype == "code":
            return pl.col(cell.column.name).is_in(self._concepts(cell.column, name, value))
        if name == "class":
            return pl.lit(False)
        if name == "datatype":
            return _of_datatype(cell, value.value)
        if name == "nodeKind":
            kind = value.value.removeprefix(SH)
            return pl.lit(("IRI" if cell.column.datatype == "code" else "Literal") in kind)
        if name in ("minLength", "maxLength"):
            length, limit = cell.text.str.len_chars(), int(value.value)
            return (length >= limit) if name == "minLength" else (length <= limit)
        if name == "pattern":
            flags = "".join(v.value for v in parameters.get("flags", []))
            return cell.text.str.contains(checked_pattern(value.value, flags))
        if name in _ORDER:
            return self._ordered(cell, name, value)
        if name in ("equals", "disjoint"):
            return self._same(cell, name == "equals", value)
        raise UncoveredError(f"sh:{name} is not translated")

    def _ordered(self, cell: Cell, name: str, value: Value) -> pl.Expr:
        if isinstance(value, Literal):
            limit, kind = _constant(value)
        else:
            other = self._other(value)
            limit, kind = other.typed, other.column.datatype
            if kind == "string":
                raise UncoveredError("an order of strings is not translated")
        alike = kind == cell.column.datatype or {kind, cell.column.datatype} <= set(NUMBERS)
        if not alike:
            return pl.lit(False)
        met = _ORDER[name](cell.typed, limit).fill_null(False)
        return met if isinstance(value, Literal) else met | ~other.there

    def _same(self, cell: Cell, wanted: bool, value: Value) -> pl.Expr:
        other = self._other(value)
        if wanted or other.column.datatype != cell.column.datatype:
            raise UncoveredError("sh:equals is not translated")
        return ((cell.text != other.text) | ~other.there).fill_null(True)

    def _other(self, value: Value) -> Cell:
        name = str(value.value).rpartition("#")[2]
        column = self.dataset.column(name)
        if column is None or column.iri != value.value:
            raise UncoveredError(f"<{value.value}> is no column of {self.dataset.slug}")
        return Cell(column)

    def _logic(self, cell: Cell, name: str, value: Value) -> pl.Expr:
        members = [value] if name == "not" else self.shapes.items(value)
        fits = [self._conforms(cell, member) for member in members]
        if name == "not":
            return ~fits[0]
        if name == "and":
            return pl.all_horizontal(fits)
        if name == "or":
            return pl.any_horizontal(fits)
        return pl.sum_horizontal(fit.cast(pl.UInt8) for fit in fits) == 1

    def _conforms(self, cell: Cell, shape: Value) -> pl.Expr:
        if isinstance(shape, Literal) or self.shapes.values(shape, "path"):
            raise UncoveredError("a path inside a logical constraint is not translated")
        parameters = self.shapes.parameters(shape)
        if "property" in parameters or self.shapes.values(shape, "sparql"):
            raise UncoveredError("a shape inside a logical constraint is not translated")
        return pl.all_horizontal(
            self._fits(cell, name, value, parameters)
            for name, values in parameters.items()
            if name != "flags"
            for value in values
        )

    def _among(self, cell: Cell, values: list[Value]) -> pl.Expr:
        """Return whether the value is one of the terms, compared as terms."""
        texts = [text for value in values if (text := _as_text(cell.column, value)) is not None]
        unread = [v.value for v in values if isinstance(v, Literal) and _plain(v)]
        name = pl.col(cell.column.name)
        if cell.column.datatype in ("string", "code"):
            return name.is_in(texts)
        return (cell.read & name.is_in(texts)) | (~cell.read & name.is_in(unread))

    def _concepts(self, column: Column, name: str, value: Value) -> list[str]:
        """Return the codes of a list that are of a class, or conform to a shape."""
        pattern = f"?code a {value}" if name == "class" else " . ".join(self._demands(value))
        solutions: Any = self.reference.query(f"SELECT ?code WHERE {{ {pattern} }}")
        start = f"{CONCEPT}{column.code_list}/"
        found = (row["code"].value for row in solutions)
        return [_decoded(iri.removeprefix(start)) for iri in found if iri.startswith(start)]

    def _demands(self, shape: Value) -> Iterator[str]:
        if isinstance(shape, Literal):
            raise UncoveredError("sh:node names no shape")
        parameters = self.shapes.parameters(shape)
        properties = parameters.pop("property", [])
        if parameters or not properties:
            raise UncoveredError("only sh:hasValue is translated inside sh:node")
        for nested in properties:
            if not isinstance(nested, NamedNode | BlankNode):
                raise UncoveredError("sh:property names no shape")
            demands = self.shapes.parameters(nested)
            (path,) = self.shapes.values(nested, "path")
            if set(demands) != {"hasValue"} or not isinstance(path, NamedNode):
                raise UncoveredError("only sh:hasValue is translated inside sh:node")
            for value in demands["hasValue"]:
                yield f"?code {path} {value}"


def _of_datatype(cell: Cell, datatype: str) -> pl.Expr:
    own = cell.column.datatype
    if own == "code":
        return pl.lit(False)
    if own == "string":
        return pl.lit(datatype == XSD_STRING)
    if datatype == XSD_STRING:
        return ~cell.read
    return cell.read if datatype == XSD + own else pl.lit(False)


def _constant(value: Literal) -> tuple[pl.Expr, str]:
    name = value.datatype.value.removeprefix(XSD)
    if name == "integer":
        return pl.lit(int(value.value)), name
    if name == "decimal":
        return pl.lit(float(value.value)), name
    if name == "date":
        return pl.lit(value.value).str.to_date("%Y-%m-%d"), name
    raise UncoveredError(f"a limit of {name} is not translated")


def _as_text(column: Column, value: Value) -> str | None:
    """Return how a term stands in a column; None where it cannot stand there."""
    if column.datatype == "code":
        start = f"{CONCEPT}{column.code_list}/"
        if isinstance(value, NamedNode) and value.value.startswith(start):
            return _decoded(value.value.removeprefix(start))
        return None
    if not isinstance(value, Literal):
        return None
    wanted = XSD_STRING if column.datatype == "string" else XSD + column.datatype
    return value.value if value.datatype.value == wanted and not value.language else None


def _plain(value: Literal) -> bool:
    return value.datatype.value == XSD_STRING and not value.language


def _decoded(tail: str) -> str:
    from urllib.parse import unquote

    return unquote(tail)
