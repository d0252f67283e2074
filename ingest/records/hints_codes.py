"""Which code of its list a cell comes nearest to."""

import re
from difflib import get_close_matches
from typing import Final

from ingest.records.codes import CodeList, code_list, fold
from ontology.tax import Column

Hint = tuple[str, str] | None
_CLOSE: Final = 0.75
_FEW: Final = 12
"""Codes that can be listed whole."""
_MANY: Final = 1_000
"""Texts above which only those that begin alike are compared."""


def code_hint(column: Column, text: str) -> Hint:
    """Return the code that is probably meant, or the list where it is short.

    >>> from ontology.tax import datasets
    >>> code_hint(datasets()["assessment"].column("landUse"), "เกษตรกรม")[1]
    'probably agriculture (agriculture)'
    """
    codes = code_list(column.code_list)
    if not codes.labels or text in codes.labels:
        return None
    nearest = _nearest(codes, text)
    if nearest:
        thai, english = codes.labels[nearest]
        return f"น่าจะเป็น {nearest} ({thai})", f"probably {nearest} ({english})"
    if len(codes.labels) <= _FEW:
        known = ", ".join(codes.labels)
        return f"เลือกจาก {known}", f"choose one of {known}"
    return None


def _nearest(codes: CodeList, text: str) -> str | None:
    folded = fold(text)
    for guess in (folded.removesuffix(".0"), re.sub(r"\D", "", folded)[:6]):
        if guess in codes.labels and len(guess) > 1:
            return guess
    texts = list(codes.codes)
    if len(texts) > _MANY:
        texts = [each for each in texts if each[:1] == folded[:1]]
    # Codes that are digits are all alike: a near one means nothing.
    texts = [each for each in texts if not each.isdigit()]
    close = get_close_matches(folded, texts, 1, _CLOSE)
    return codes.codes[close[0]] if close else None
