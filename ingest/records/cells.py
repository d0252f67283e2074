"""Values of invented records as the texts of cells."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from ingest.records.draws import Flags, Integers


def hundredths(values: Integers) -> pl.Series:
    """Return values in hundredths, such as sums in satang, with two decimals."""
    return _decimal(values, 2)


def millionths(values: Integers) -> pl.Series:
    """Return values in millionths with six decimals."""
    return _decimal(values, 6)


def whole(values: Integers) -> pl.Series:
    """Return integers as they are."""
    return pl.Series(values).cast(pl.String)


def one_of(choices: tuple[str, ...], places: Integers) -> pl.Series:
    """Return a choice for each place in the list of them."""
    return pl.Series(choices).gather(places)


def truth(flags: Flags) -> pl.Series:
    """Return ``true`` or ``false``."""
    return one_of(("false", "true"), flags.astype(np.int64))


def key(start: str | pl.Series, numbers: Integers) -> pl.Series:
    """Return identifiers such as ``P-000012``."""
    return start + "-" + whole(numbers).str.zfill(6)


def day(values: Any) -> pl.Series:
    """Return days of numpy as ISO dates."""
    return pl.Series(np.asarray(values, "datetime64[D]")).cast(pl.String)


def days(values: list[date]) -> Any:
    """Return days as numpy keeps them."""
    return np.array(values, "datetime64[D]")


def only(flags: Flags, values: pl.Series) -> pl.Series:
    """Return the values where the flag is set, and no value elsewhere."""
    return values.zip_with(pl.Series(flags), nothing(len(values)))


def nothing(count: int) -> pl.Series:
    """Return a column without values."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, count)


def _decimal(values: Integers, scale: int) -> pl.Series:
    number = pl.Series(values).cast(pl.Decimal(38, scale))
    text: pl.Series = (number / 10**scale).cast(pl.Decimal(38, scale)).cast(pl.String)
    return text
