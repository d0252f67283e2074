"""Patterns on other records, and the values that records meet by."""

from typing import Any
from urllib.parse import unquote

import polars as pl

from ontology import CONCEPT
from ontology.tax import TAX, Dataset
from shapes.errors import UncoveredError
from shapes.patterns import DTYPES, RDF_TYPE, Pending, column_term, physical
from shapes.query import Scan
from shapes.terms import Term


def key(own: Term, theirs: Term, column: str, table: pl.DataFrame | Scan) -> tuple[Term, str]:
    """Return a record's value and the column of another table that must equal it.

    :param table: its column is changed from concepts' IRIs to codes where the record has codes.
    :raises UncoveredError: the two are not alike, or the record may have no value.
    """
    if own.bound is not None or own.size is not None or own.kind == "decimal":
        raise UncoveredError("a join on an optional or decimal value is not translated")
    if own.kind.startswith("code:") and theirs.kind == "iri" and isinstance(table, pl.DataFrame):
        start = f"{CONCEPT}{own.kind[5:]}/"
        slugs = [
            unquote(v.removeprefix(start)) if v.startswith(start) else None for v in table[column]
        ]
        table.replace_column(
            table.get_column_index(column), pl.Series(column, slugs, dtype=pl.String)
        )
    elif own.kind != theirs.kind:
        raise UncoveredError(f"a join of a {own.kind} with a {theirs.kind} is not translated")
    return own, column


def scan(
    pattern: Pending, dataset: Dataset, prefix: str, needed: set[str]
) -> tuple[Scan, dict[str, Term]]:
    """Return the records that a pattern matches as a table, and its variables.

    :param needed: takes the names of the columns that must be kept of these records.
    :raises UncoveredError: the pattern is more than columns of one record.
    """
    picked: dict[str, tuple[str, Any]] = {}
    terms: dict[str, Term] = {}
    optional = [t for part in pattern.optional for t in part]
    required = []
    for triple in [*pattern.triples, *optional]:
        _, predicate, value = triple
        if predicate == RDF_TYPE:
            continue
        column = dataset.column(predicate.removeprefix(TAX))
        if column is None or value[0] != "v" or value[1] in terms:
            raise UncoveredError("this pattern on another record is not translated")
        term = column_term(column, prefix + value[1])
        for source in physical(column):
            name = prefix + value[1] + source.removeprefix(column.name)
            picked[name] = (
                source,
                DTYPES[column.datatype] if name.endswith("#") else pl.String,
            )
            needed.add(source)
        if triple in optional:
            bound = pl.col(prefix + value[1]).is_not_null()
            term = Term(term.expr, term.kind, term.text, bound)
        else:
            required.append(prefix + value[1])
        terms[value[1]] = term
    return Scan(dataset.slug, picked, tuple(required)), terms
