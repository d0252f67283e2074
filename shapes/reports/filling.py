"""Messages of rules with what was found filled in."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ontology import CONCEPT

Scalar = str | int | float | bool | None
_VARIABLE: Final = re.compile(r"\{[?$](\w+)\}")
_DECIMAL: Final = re.compile(r"-?\d+\.\d+", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)", re.ASCII)
_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_YEARS: Final = range(1900, 2700)
_LONGEST: Final = 400


@lru_cache(maxsize=1024)
def pieces(template: str) -> tuple[str, ...]:
    """Return a template's text at even places and the names of its variables at odd ones.

    >>> pieces("must be {?expected} baht")
    ('must be ', 'expected', ' baht')
    """
    return tuple(_VARIABLE.split(template))


def fill(template: str, values: Mapping[str, Scalar], language: str) -> str:
    """Return a message with its variables filled in; one without a value becomes a dash.

    >>> fill("ต้องเป็น {?expected} บาท", {"expected": "40000.5"}, "th")
    'ต้องเป็น 40,000.50 บาท'
    """
    parts = list(pieces(template))
    which = 0 if language == "th" else 1
    for place in range(1, len(parts), 2):
        parts[place] = said(values.get(parts[place]))[which]
    return "".join(parts)


@lru_cache(maxsize=8192, typed=True)
def said(value: Scalar) -> tuple[str, str]:
    """Say a value as people write it, in Thai and English.

    Text made of digits alone may be an identifier and stays as it is.

    >>> [said(v)[0] for v in (0.3, 2569, 12000, "2026-06-30", "0105", None)]
    ['0.30', '2569', '12,000', '30 มิ.ย. 2569', '0105', '–']
    """
    if value is None or value == "":
        return "–", "–"
    text = str(value)
    thai = ""
    if isinstance(value, bool):
        text = text.lower()
    elif isinstance(value, int):
        text = text if value in _YEARS else f"{value:,}"
    elif isinstance(value, float) or _DECIMAL.fullmatch(text):
        text = _number(text)
    elif day := _DATE.fullmatch(text):
        thai = f"{int(day[3])} {_MONTHS[int(day[2]) - 1]} {int(day[1]) + 543}"
    else:
        tail = text.rpartition("/")[2] if text.startswith(CONCEPT) else text
        text = shorten(tail, _LONGEST)
    return thai or text, text


def _number(digits: str) -> str:
    whole, _, part = digits.partition(".")
    if whole.lstrip("-") != "0" and len(part) > 2:
        # Sums of money are computed to the satang; only rates are as small as that.
        whole, _, part = f"{Decimal(digits):.2f}".partition(".")
    if len(part) > 4 or len(whole) > 15 or not whole.isdigit():
        whole, _, part = f"{Decimal(digits):,.4f}".partition(".")
    elif len(whole) > 3:
        whole = f"{int(whole):,}"
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


def shorten(text: str, longest: int) -> str:
    """Return the text, its end left out and marked when it is too long.

    >>> shorten("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= longest else text[: longest - 1] + "…"
