"""Numbers as people type them, read without guessing, many at a time."""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from ingest.records.blanks import BLANKS

LONGEST: Final = 18
"""Digits before or after the point that every engine of the rules can count with."""
_THAI_DIGIT: Final = re.compile("[๐-๙]")
_THAI: Final = list("๐๑๒๓๔๕๖๗๘๙")
_DIGITS: Final = list("0123456789")
_GROUPED: Final = r"^[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$"
_IN_PARENTHESES: Final = r"^\(\s*([0-9][0-9,.]*)\s*\)$"
_DECIMAL: Final = (
    rf"^[+-]?(?:[0-9]{{1,{LONGEST}}}(?:\.[0-9]{{0,{LONGEST}}})?|\.[0-9]{{1,{LONGEST}}})$"
)
_INTEGER: Final = r"^[+-]?[0-9]+$"
_WHOLE: Final = r"^([+-]?[0-9]+)\.0*$"


@dataclass(frozen=True)
class Numbers:
    """What texts were read as.

    :param text: the number as XML Schema writes it; where there is none, the text without blanks
        at its ends, or null if nothing is left.
    :param value: the number, or null.
    :param notes: how many were written in which other way.
    """

    text: pl.Series
    value: pl.Series
    notes: dict[str, int]


def read_numbers(texts: pl.Series, percent: pl.Series | None = None, *, integer: bool) -> Numbers:
    """Return the numbers that texts are.

    :param percent: for each, whether it counts percent, so that a sign % may follow.

    >>> read = read_numbers(pl.Series(["๑,๒๓๔.๕๐", "(5)", "1e3", "12,34", " "]), integer=False)
    >>> read.text.to_list(), read.value.to_list()
    (['1234.50', '-5', '1e3', '12,34', None], [1234.5, -5.0, None, None, None])
    """
    all_of_them = texts.str.join("")[0]
    raw, bare = pl.col("raw"), pl.col("raw").str.strip_chars(BLANKS)
    counted, arabic, signed = pl.col("bare"), pl.col("counted"), pl.col("arabic")
    # Most ways of writing are rare, and cost as much to look for as to read.
    if percent is not None and "%" in all_of_them:
        cut = counted.str.replace(r"([0-9๐-๙])\s*%$", "${1}")
        counted = pl.when(percent).then(cut).otherwise(counted)
    if _THAI_DIGIT.search(all_of_them):
        arabic = arabic.str.replace_many(_THAI, _DIGITS)
    if "(" in all_of_them or "−" in all_of_them:
        signed = signed.str.replace("^−", "-").str.replace(_IN_PARENTHESES, "-${1}")
    ungrouped = pl.col("signed").str.replace_all(",", "", literal=True)
    steps = (
        texts.rename("raw")
        .to_frame()
        .with_columns(bare=bare)
        .with_columns(counted=counted)
        .with_columns(arabic=arabic)
        .with_columns(signed=signed)
        .with_columns(grouped=pl.col("signed").str.contains(_GROUPED))
        .with_columns(plain=pl.when("grouped").then(ungrouped).otherwise("signed"))
    )
    if integer:
        steps = steps.with_columns(final=pl.col("plain").str.replace(_WHOLE, "${1}"))
        lexical = pl.col("final").str.contains(_INTEGER)
    else:
        steps = steps.with_columns(final=pl.col("plain"))
        lexical = pl.col("final").str.contains(_DECIMAL)
    dtype: type[pl.DataType] = pl.Int64 if integer else pl.Float64
    steps = steps.with_columns(
        value=pl.when(lexical).then("final").cast(dtype, strict=False)
    )  # fmt: skip
    read = pl.col("value").is_not_null()
    text = pl.when(read).then("final").when(pl.col("bare") != "").then("bare")
    notes = steps.select(
        (read & (pl.col("bare") != raw)).sum().alias("trimmed"),
        (read & (pl.col("counted") != pl.col("bare"))).sum().alias("percent-sign"),
        (read & (pl.col("arabic") != pl.col("counted"))).sum().alias("thai-digits"),
        (read & (pl.col("signed") != pl.col("arabic"))).sum().alias("negative-form"),
        (read & pl.col("grouped")).sum().alias("thousands-separator"),
        (read & (pl.col("final") != pl.col("plain"))).sum().alias("integer-decimals"),
    )
    done = steps.select(text.alias("text"), "value")
    return Numbers(done["text"], done["value"], notes.row(0, named=True))
