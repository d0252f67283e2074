"""Numbers that stand inside texts: the digits of a check digit, the parts of a date.

Dividing a number of thirteen digits is four times as fast as cutting its text apart.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

LONG: Final = 13


def whole(text: pl.Expr) -> pl.Expr:
    """Return a text of thirteen digits as a number, null for any other text."""
    number = text.cast(pl.Int64, strict=False)
    signed = text.str.starts_with("+") | text.str.starts_with("-")
    return pl.when((text.str.len_bytes() == LONG) & ~signed).then(number)


def digit(number: pl.Expr, text: pl.Expr, place: int) -> pl.Expr:
    """Return the digit at a place, from 1; null where there is something else.

    :param number: what :func:`whole` makes of the text.
    """
    return _read(number // 10 ** (LONG - place) % 10, text, place - 1, 1)


def date_part(date: pl.Expr, text: pl.Expr, start: int, length: int) -> pl.Expr:
    """Return the number that stands at a place of a date's text: its year, month or day.

    SPARQL has YEAR() for date-times only. Where the text is no date, what stands there counts.
    """
    ways = {(1, 4): date.dt.year(), (6, 2): date.dt.month(), (9, 2): date.dt.day()}
    return _read(ways[start, length].cast(pl.Int64), text, start - 1, length)


def _read(fast: pl.Expr, text: pl.Expr, offset: int, length: int) -> pl.Expr:
    """Return numbers found a fast way, and cut out of the text where that way finds none."""

    def pick(columns: Sequence[pl.Series]) -> pl.Series:
        found, texts = columns
        if found.null_count() == texts.null_count():
            return found
        odd = (found.is_null() & texts.is_not_null()).arg_true()
        cut = texts.gather(odd).str.slice(offset, length).cast(pl.Int64, strict=False)
        return found.clone().scatter(odd, cut)

    return pl.map_batches([fast, text], pick, return_dtype=pl.Int64)
