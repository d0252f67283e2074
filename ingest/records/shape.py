"""Whether a value in RDF is what the cell of a table becomes, and that cell's text."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote, unquote

import polars as pl
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ingest.records.amounts import read_numbers
from ingest.records.blanks import strip
from ingest.records.codes import code_list
from ingest.records.days import BUDDHIST, read_day
from ingest.records.values import BOOLEANS
from ontology import CONCEPT, PREFIXES
from ontology.tax import Column

_XSD: Final = PREFIXES["xsd"]
_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True)
class Text:
    """The text of a cell, and whether it stands for a value of the column's own kind."""

    text: str
    typed: bool


def text_of(value: NamedNode | BlankNode | Literal | Triple, column: Column) -> Text | None:
    """Return the text that would be read as this very value, or None.

    >>> from ontology.tax import datasets
    >>> year = datasets()["payment"].column("taxYear")
    >>> text_of(Literal(2569), year), text_of(Literal("2569"), year)
    (Text(text='2569', typed=True), None)
    >>> text_of(Literal("ปีนี้"), year)
    Text(text='ปีนี้', typed=False)
    """
    if column.datatype == "code":
        return _code(value, column.code_list)
    if not isinstance(value, Literal) or value.language:
        return None
    text, datatype = value.value, value.datatype.value
    if not text or strip(text) != text:
        return None
    if datatype == _XSD + column.datatype:
        return Text(text, typed=True) if _is_own(text, column.datatype) else None
    # A cell that cannot be read becomes a plain string; one that can would not.
    if datatype == _XSD + "string" and not _is_readable(text, column):
        return Text(text, typed=False)
    return None


def _code(value: NamedNode | BlankNode | Literal | Triple, scheme: str) -> Text | None:
    start = f"{CONCEPT}{scheme}/"
    if not isinstance(value, NamedNode) or not value.value.startswith(start):
        return None
    encoded = value.value.removeprefix(start)
    code = unquote(encoded)
    same = quote(code, safe="") == encoded and strip(code) == code != ""
    return Text(code, typed=True) if same and code_list(scheme).code(code) in (None, code) else None


def _is_own(text: str, datatype: str) -> bool:
    if datatype == "string":
        return True
    if datatype == "boolean":
        return text in ("true", "false")
    if datatype == "date":
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and _is_gregorian(text)
    return _number(text, datatype) == text


def _is_gregorian(text: str) -> bool:
    day = read_day(text)
    return day is not None and int(text[:4]) < BUDDHIST and day.value == date.fromisoformat(text)


def _is_readable(text: str, column: Column) -> bool:
    if column.datatype == "date":
        return read_day(text) is not None
    if column.datatype == "boolean":
        return text.casefold() in BOOLEANS
    return _number(text, column.datatype, percent=column.unit == "percent") is not None


def _number(text: str, datatype: str, *, percent: bool = False) -> str | None:
    """Return how a text is written once it was read as a number, or None."""
    if _PLAIN.fullmatch(text) and (datatype == "decimal" or "." not in text):
        return text
    counts_percent = pl.Series("percent", [percent])
    read = read_numbers(pl.Series([text]), counts_percent, integer=datatype == "integer")
    return read.text[0] if read.value[0] is not None else None
