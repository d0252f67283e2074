"""The forms of results that the engine writes, by the short names that users type."""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

from graph.errors import QueryError

RESULTS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
"""Of SELECT and ASK."""
GRAPHS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
"""Of CONSTRUCT and DESCRIBE."""


def wrong_form(form: str, forms: Iterable[str]) -> QueryError:
    """Return the error of a form that a query's result does not have."""
    known = ", ".join(forms)
    return QueryError(
        f"ผลของคำสั่งนี้ไม่มีรูปแบบ {form} เลือกได้: {known}",
        f"this query's result has no form {form}; choose one of {known}",
    )
