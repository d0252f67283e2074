"""The meaning of records as RDF, written out plainly, and what an engine finds in them."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from urllib.parse import quote, unquote

import polars as pl
from pyoxigraph import DefaultGraph, RdfFormat, Store

from ontology import CONCEPT
from ontology.tax import TAX, Dataset, datasets
from shapes.plan import Plan
from shapes.rules import ShapeGraph
from shapes.tax import tax_shapes_text
from shapes.triples import run
from tax.reference import default_reference

TODAY = date(2026, 11, 23)
RECORD = "https://w3id.org/mattra/id/record/"
Finding = tuple[str, int, str, str | None]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_READ: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "integer": lambda cell: cell.cast(pl.Int64),
    "decimal": lambda cell: cell.cast(pl.Float64),
    "boolean": lambda cell: cell == "true",
    "date": lambda cell: cell.str.to_date(strict=False),
}
_LEXICAL = {
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?[0-9]+(\.[0-9]+)?",
    "boolean": r"true|false",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}


@cache
def tax_shapes() -> ShapeGraph:
    return ShapeGraph.parse(tax_shapes_text())


@cache
def reference() -> Store:
    return default_reference(TODAY)


def triples(frame: pl.DataFrame, dataset: Dataset) -> Iterable[str]:
    """Give the triples of a frame of texts; rows are those of a spreadsheet, the header being 1."""
    for row, record in enumerate(frame.iter_rows(named=True), start=2):
        node = f"<{RECORD}{dataset.slug}/test/{row}>"
        yield f"{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{dataset.iri}> .\n"
        for column in dataset.columns:
            value = record[column.name]
            if value is None:
                continue
            if column.datatype == "code":
                term = f"<{CONCEPT}{column.code_list}/{quote(value, safe='')}>"
            else:
                escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                term = f'"{escaped}"'
                lexical = _LEXICAL.get(column.datatype)
                if lexical and re.fullmatch(lexical, value):
                    term += f"^^<{_XSD}{column.datatype}>"
            yield f"{node} <{column.iri}> {term} .\n"


def found(
    engine: str, frame: pl.DataFrame, dataset: str, others: dict[str, pl.DataFrame] | None = None
) -> list[Finding]:
    """Return rule, row, column and value of what an engine finds, sorted.

    :param others: records that links lead to, by data set, for the engine of columns.
    """
    kind = datasets()[dataset]
    if engine == "columns":
        return _by_columns(frame, kind, others or {})
    known = reference().dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    near = _near(known.decode(), frame) if engine == "pyshacl" else known.decode()
    data = "".join([*triples(frame, kind), near]).encode()
    # Each constraint that a value breaks is a result; several of one rule are one finding. What
    # a code is not, pySHACL says of the code as well.
    results = {
        (
            result.rule,
            int(result.focus.rpartition("/")[2]),
            result.path.removeprefix(TAX),
            _plain(result.value),
        )
        for result in run(engine, tax_shapes(), data)
        if result.focus.startswith(RECORD)
    }
    return sorted(results, key=str)


def _near(known: str, frame: pl.DataFrame) -> str:
    """Return what of the reference the records can touch: pySHACL goes through all there is."""
    said = {text for name in frame.columns for text in frame[name].drop_nulls()}
    if "localGovernmentCode" in frame.columns:
        said |= {code[1:5] for code in frame["localGovernmentCode"].drop_nulls()}
    key = re.compile(
        r"<https://w3id.org/mattra/(?:id/reference/(?:[a-z-]+)/(\d+)/|id/reference/depreciation/\w+/"
        r"(\d+)>|concept/(?:province|district|subdistrict)/(\d+)>)"
    )
    lines = known.splitlines(keepends=True)
    return "".join(
        line
        for line in lines
        if not (m := key.match(line)) or next(filter(None, m.groups())) in said
    )


def _by_columns(
    frame: pl.DataFrame, dataset: Dataset, others: dict[str, pl.DataFrame]
) -> list[Finding]:
    plan = Plan(dataset, tax_shapes(), reference(), frozenset(others))
    assert not plan.uncovered
    for name, records in others.items():
        plan.feed_other(datasets()[name], _typed(records, datasets()[name]))
    results = pl.concat([plan.feed(_typed(frame, dataset), "test.csv"), plan.finish()])
    rows = results.select("rule", "row", "column", "value").rows()
    return sorted(
        ((rule, row, column, value or None) for rule, row, column, value in rows), key=str
    )


def _typed(frame: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    typed = frame.with_row_index("row", offset=2)
    for column in dataset.columns:
        if column.datatype in _LEXICAL:
            cell = pl.col(column.name)
            good = pl.when(cell.str.contains(f"^({_LEXICAL[column.datatype]})$")).then(cell)
            typed = typed.with_columns(_READ[column.datatype](good).alias(column.name + "#"))
    return typed


def _plain(value: str | None) -> str | None:
    if value and value.startswith(CONCEPT):
        return unquote(value.rpartition("/")[2])
    return value or None
