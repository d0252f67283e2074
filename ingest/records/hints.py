"""What the author of a wrong cell may have meant: said, never changed."""

import re
from collections.abc import Callable
from typing import Final

from ingest.records.blanks import strip
from ingest.records.hints_codes import code_hint
from ingest.records.hints_dates import date_hint
from ingest.records.hints_numbers import number_hint, year_hint
from ingest.records.hints_texts import damage_hint, identifier_hint
from ontology.tax import Column

Hint = tuple[str, str] | None
_NOTHING: Final = re.compile(r"[-–—.?/*]+|n/?a|null|none|nil|nan|ไม่มี|ไม่ระบุ|ว่าง", re.I)
_LONGEST: Final = 200
"""Characters above which a cell is not looked at."""


def hint(column: Column, value: str) -> Hint:
    """Return in Thai and English what is probably wrong with a cell, or None.

    >>> from ontology.tax import datasets
    >>> assessment = datasets()["assessment"]
    >>> hint(assessment.column("taxYear"), "2026")[1]
    'a Gregorian year; the Buddhist year is 2569'
    >>> hint(assessment.column("landUse"), "vacant") is None
    True
    """
    text = strip(value)
    if not text or len(text) > _LONGEST:
        return None
    if _NOTHING.fullmatch(text) and (column.datatype != "string" or column.required):
        return (
            f"{text} ไม่ใช่ค่า ถ้าไม่มีข้อมูลให้เว้นเซลล์ว่าง",
            f"{text} is no value; leave the cell empty where nothing is known",
        )
    return damage_hint(text) or _OF_KIND[column.datatype](column, text)


def _integer(column: Column, text: str) -> Hint:
    return (year_hint(text) if column.unit == "be" else None) or number_hint(column, text)


def _boolean(column: Column, text: str) -> Hint:
    return (
        "ใช้ true หรือ false (อ่าน ใช่ ไม่ใช่ Y N 1 0 ได้ด้วย)",
        "write true or false (ใช่, ไม่ใช่, Y, N, 1 and 0 are read too)",
    )


_OF_KIND: Final[dict[str, Callable[[Column, str], Hint]]] = {
    "string": identifier_hint,
    "code": code_hint,
    "date": date_hint,
    "integer": _integer,
    "decimal": number_hint,
    "boolean": _boolean,
}
