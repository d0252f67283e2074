"""Typed frames as N-Triples: what a row of a table means."""

from typing import Final

import polars as pl

from ontology import CONCEPT, PREFIXES
from ontology.tax import Column, Dataset
from shapes.report import record_iri
from shapes.terms import encoded

_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


def to_ntriples(frame: pl.DataFrame, dataset: Dataset, file: str) -> bytes:
    """Return the triples of a chunk of records, one subject a row.

    :param frame: typed frame; a column ``focus`` names the nodes, where it is empty rows do.
    :param file: name of the file, part of the nodes' names.
    """
    if frame.is_empty():
        return b""
    subject = pl.format(
        f"<{record_iri(dataset.slug, file, '').replace('{', '%7B')}{{}}>", pl.col("row")
    )
    if "focus" in frame.columns:
        subject = pl.coalesce(pl.format("<{}>", pl.col("focus")), subject)
    lines = [pl.format(f"{{}} {_TYPE} <{dataset.iri}> .\n", pl.col("?s"))]
    for column in dataset.columns:
        if column.name in frame.columns:
            lines.append(
                pl.concat_str(
                    pl.col("?s"), pl.lit(f" <{column.iri}> "), _object(column), pl.lit(" .\n")
                )
            )
    written = frame.with_columns(subject.alias("?s")).select(
        pl.concat_str(lines, ignore_nulls=True).alias("?t")
    )
    return "".join(written["?t"].to_list()).encode()


def _object(column: Column) -> pl.Expr:
    name = pl.col(column.name)
    if column.datatype == "code":
        start = f"<{CONCEPT}{column.code_list}/"
        return pl.concat_str(pl.lit(start), encoded(name), pl.lit(">"))
    text = pl.concat_str(pl.lit('"'), _escaped(name), pl.lit('"'))
    if column.datatype == "string":
        return text
    datatype = pl.lit(f"^^<{PREFIXES['xsd']}{column.datatype}>")
    read = pl.col(column.name + "#").is_not_null()
    return pl.when(read).then(pl.concat_str(text, datatype)).otherwise(text)


def _escaped(expr: pl.Expr) -> pl.Expr:
    def escape(series: pl.Series) -> pl.Series:
        if not series.str.contains(r'[\\"\n\r]').any():
            return series
        for plain, safe in _ESCAPES.items():
            series = series.str.replace_all(plain, safe, literal=True)
        return series

    return expr.map_batches(escape, return_dtype=pl.String)
