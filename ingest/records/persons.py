"""Invented owners: their numbers, names and kinds. None of them is a person who lives.

Their 13 digits pass the check digit but name provinces 97 to 99, which there are not.
"""

from typing import Final

import numpy as np
import polars as pl

from ingest.records.draws import Draws, Flags, Integers

KINDS: Final = ("natural-person", "juristic-person", "state")
NATURAL, JURISTIC, STATE = range(3)
TOGETHER: Final = 4
"""So many properties in a row may belong to one owner."""
_SHARED: Final = 0.15
_MANY: Final = 10**9
_STRIDE: Final = 387_420_489
"""A power of three, so that its multiples run through all of :data:`_MANY` without meeting."""
_PROVINCES: Final = (99, 97, 98)
_PREFIXES: Final = ("นาย", "นาง", "นางสาว")
_DIGITS: Final = (
    "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ",
)  # fmt: skip


def leader(numbers: Integers) -> Integers:
    """Return the number of the first property of each one's group."""
    return numbers - (numbers - 1) % TOGETHER


def owners(draws: Draws, numbers: Integers) -> tuple[Integers, Integers]:
    """Return the number and the kind of the owner of each property."""
    first = leader(numbers)
    same = draws.chance("same owner", numbers, _SHARED)
    holder = np.where(same, first, numbers)
    return 2 * holder, draws.pick("owner kind", holder, (85, 12, 3))


def other_owners(numbers: Integers) -> Integers:
    """Return the number of a person who holds half of each property with its owner."""
    return 2 * numbers + 1


def digits(draws: Draws, owner: Integers, kind: Integers) -> pl.Series:
    """Return the 13 digits of each owner."""
    first = np.where(kind == NATURAL, np.array((1, 3, 5))[draws.below("id", owner, 3)], 0)
    serial = (owner * _STRIDE + draws.seed) % _MANY
    twelve = (first * 100 + np.array(_PROVINCES)[kind]) * _MANY + serial
    places = 10 ** np.arange(11, -1, -1)
    weighed = ((twelve[:, None] // places % 10) * np.arange(13, 1, -1)).sum(axis=1)
    whole = twelve * 10 + (11 - weighed % 11) % 10
    return pl.Series(whole).cast(pl.String).str.zfill(13)


def names(draws: Draws, owner: Integers, kind: Integers) -> dict[str, pl.Series]:
    """Return prefix, first and last name of persons and the name of organisations."""
    ten = pl.Series(_DIGITS)
    prefix = pl.Series(_PREFIXES).gather(draws.below("prefix", owner, len(_PREFIXES)))
    number = pl.Series(owner).cast(pl.String)
    first = "ทดสอบ" + ten.gather(draws.below("first name", owner, len(_DIGITS)))
    last = "ตัวอย่าง" + ten.gather(draws.below("last name", owner, len(_DIGITS)))
    company, office = "บริษัท ทดสอบ " + number + " จำกัด", "หน่วยงานทดสอบ " + number
    natural = kind == NATURAL
    return {
        "titlePrefix": _only(natural, prefix),
        "firstName": _only(natural, first),
        "lastName": _only(natural, last),
        "organisationName": _only(~natural, company.zip_with(pl.Series(kind == JURISTIC), office)),
    }


def _only(where: Flags, values: pl.Series) -> pl.Series:
    return values.zip_with(
        pl.Series(where), pl.Series([None], dtype=pl.String).new_from_index(0, len(values))
    )
