"""Invented local governments, and where in them a thing lies: codes of real areas only."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import geothai
import numpy as np
import polars as pl

from ingest.records.draws import Draws, Integers

TYPES: Final = ("sao", "subdistrict-municipality", "town-municipality", "pao")
_DIGIT: Final = (6, 5, 4, 2)
"""First digit of the code of each type."""
_NAMES: Final = ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "องค์การบริหารส่วนจังหวัด")
_PAO_EVERY: Final = 20
_USED: Final = 1_900
"""So many local governments are used by property; the list of them may be longer."""
_BANGKOK: Final = "10"


@dataclass(frozen=True)
class Areas:
    """The subdistricts outside Bangkok, which has no local government of these types."""

    districts: list[str]
    first: Integers
    count: Integers
    subdistricts: pl.Series
    postal_codes: pl.Series
    provinces: list[str]


@cache
def areas() -> Areas:
    """Return the areas."""
    provinces = [p.code for p in geothai.provinces() if p.code != _BANGKOK]
    districts = [d.code for p in provinces for d in geothai.districts(p)]
    below = [geothai.subdistricts(d) for d in districts]
    count = np.array([len(s) for s in below], np.int64)
    flat = [s for group in below for s in group]
    return Areas(
        districts,
        np.cumsum(count) - count,
        count,
        pl.Series([s.code for s in flat]),
        pl.Series([next(iter(s.postal_codes), None) for s in flat], dtype=pl.String),
        provinces,
    )


def most() -> int:
    """Return how many local governments there can be: 99 a district and type."""
    return len(areas().districts) * 99 * 3


def governed(draws: Draws, group: Integers) -> Integers:
    """Return the number of the local government of each group of properties."""
    number = draws.below("local government", group, _USED)
    return number // (_PAO_EVERY - 1) * _PAO_EVERY + number % (_PAO_EVERY - 1)


def subdistricts(draws: Draws, purpose: str, district: Integers, numbers: Integers) -> Integers:
    """Return the place of a subdistrict of each district in the list of all."""
    known = areas()
    return known.first[district] + draws.below(purpose, numbers, known.count[district])


def local_governments(number: Integers) -> dict[str, pl.Series]:
    """Return type, name and code of each, and the place of its district among the areas."""
    known = areas()
    provincial = (number % _PAO_EVERY == _PAO_EVERY - 1) & (
        number // _PAO_EVERY < len(known.provinces)
    )
    # A stride without a common factor spreads the first ones over the whole country.
    place, layer = number % len(known.districts), number // len(known.districts)
    district = place * 389 % len(known.districts)
    kind = np.where(provincial, 3, (place + layer) % 3)
    serial = np.where(provincial, 1, 1 + layer // 3)
    district_code = np.array(known.districts, np.int64)[district]
    province_code = np.array(known.provinces, np.int64)[
        np.where(provincial, number // _PAO_EVERY, 0)
    ]
    area = np.where(provincial, province_code * 100 + 1, district_code)
    code = np.array(_DIGIT)[kind] * 10**6 + area * 100 + serial
    return {
        "code": pl.Series(code).cast(pl.String),
        "type": pl.Series(TYPES).gather(kind),
        "name": pl.Series(_NAMES).gather(kind) + "ตัวอย่าง " + pl.Series(number + 1).cast(pl.String),
        "district": pl.Series(district),
        "provincial": pl.Series(provincial),
        "province": pl.Series(area // 100).cast(pl.String),
    }
