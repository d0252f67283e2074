"""Invented properties: what property n is, who owns it and what it is worth.

Every data set reads the same facts, so that assessment n is of parcel n, and so on.
"""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from ingest.records.draws import Draws, Flags, Integers
from ingest.records.figures import SATANG, figures, part
from ingest.records.persons import NATURAL, TOGETHER, leader, owners
from ingest.records.places import governed

YEARS: Final = (2566, 2567, 2568, 2569)
USES: Final = (
    "agriculture", "residential-own", "residential-own-building", "residential-other", "other",
    "vacant",
)  # fmt: skip
AGRICULTURE, OWN, OWN_BUILDING, RESIDENCE, OTHER, VACANT = range(6)
PROPERTIES: Final = ("land", "building", "land-and-building", "condominium-unit")
LAND, BUILDING, BOTH, UNIT = range(4)
STRUCTURES: Final = ("masonry", "half", "wood")
_OLDEST: Final = 60

_USES_OF: Final = np.array(((25, 28, 6, 16, 15, 10), (10, 0, 0, 20, 50, 20), (0, 0, 0, 0, 70, 30)))
"""How often each kind of owner puts property to each use."""
_KINDS_OF: Final = np.array(
    (
        (90, 0, 10, 0),
        (0, 0, 75, 25),
        (0, 1, 0, 0),
        (0, 15, 60, 25),
        (15, 10, 60, 15),
        (90, 0, 0, 10),
    )
)
"""How often each use is of each kind of property."""
_LAND: Final = np.array(
    ((400, 16_000), (20, 400), (20, 400), (20, 800), (50, 20_000), (50, 8_000)), float
)
"""Square wa of land, least and most, by use."""
_PRICES: Final = np.array(
    ((2, 600), (50, 8_000), (50, 8_000), (50, 6_000), (100, 12_000), (10, 6_000)), float
)
"""Price of a square wa in fifties of baht, least and most, by use."""


@dataclass(frozen=True)
class Properties:
    """The facts of a run of properties, a value each; money in satang, areas in hundredths."""

    number: Integers
    year: Integers
    local_government: Integers
    owner: Integers
    owner_kind: Integers
    use: Integers
    kind: Integers
    land_area: Integers
    land_price: Integers
    land_value: Integers
    building_area: Integers
    building_price: Integers
    building_value: Integers
    structure: Integers
    age: Integers
    depreciation: Integers
    net_value: Integers
    unit_area: Integers
    unit_price: Integers
    unit_value: Integers
    share: Integers
    assessed: Integers
    exempt: Integers
    vacant_years: Integers

    def between(self, first: int, last: int) -> "Properties":
        """Return those with the numbers from first to last."""
        wanted = (self.number >= first) & (self.number <= last)
        return Properties(*(getattr(self, field.name)[wanted] for field in fields(self)))


def properties(draws: Draws, first: int, last: int) -> Properties:
    """Return the properties with the numbers from first to last."""
    start = first - (first - 1) % TOGETHER
    stop = last + -last % TOGETHER
    n = np.arange(start, stop + 1, dtype=np.int64)
    group = leader(n)
    owner, owner_kind = owners(draws, n)
    use = _one_home(owner, draws.pick("use", n, _USES_OF[owner_kind]))
    kind = draws.pick("kind", n, _KINDS_OF[use])
    year = np.array(YEARS)[draws.pick("year", group, (20, 25, 25, 30))]

    land_area = draws.spread("land area", n, *_LAND[use].T * 10) * 10
    land_price = draws.spread("land price", n, *_PRICES[use].T) * 50 * SATANG
    building_area = (
        draws.spread("building area", n, 300, np.where(use == OTHER, 90_000, 6_000)) * 10
    )
    building_price = (90 + draws.below("building price", n, 110)) * 50 * SATANG
    structure = draws.pick("structure", n, (70, 15, 15))
    age = draws.below("age", n, _OLDEST + 1)
    depreciation = _depreciation()[structure, age]
    unit_area = draws.spread("unit area", n, 2_200, np.where(use == OTHER, 200_000, 35_000))
    unit_price = (400 + draws.below("unit price", n, 5_600)) * 50 * SATANG

    land_value = land_area * land_price // 100
    building_value = building_area * building_price // 100
    unit_value = unit_area * unit_price // 100
    net_value = part(building_value, 10_000 - depreciation)
    whole = np.select(
        [kind == LAND, kind == BUILDING, kind == UNIT],
        [land_value, net_value, unit_value],
        land_value + net_value,
    )
    partly = draws.chance("in part", n, 0.05) & (use == OTHER) & (kind == BOTH)
    share = np.where(partly, 500 * (2 + draws.below("share", n, 17)), 10_000)
    assessed = part(whole, share)
    vacant_years = np.where(use == VACANT, draws.below("vacant years", n, 36), 0)
    exempt = _exempt(year, owner, owner_kind, use, assessed)
    return Properties(
        n, year, governed(draws, group), owner, owner_kind, use, kind,
        land_area, land_price, land_value, building_area, building_price, building_value,
        structure, age, depreciation, net_value, unit_area, unit_price, unit_value,
        share, assessed, exempt, vacant_years,
    ).between(first, last)  # fmt: skip


def _depreciation() -> Integers:
    known = figures().depreciation
    return np.array([[known[s, age] for age in range(_OLDEST + 1)] for s in STRUCTURES], np.int64)


def _one_home(owner: Integers, use: Integers) -> Integers:
    """Let nobody have a second home of their own: it becomes another residence."""
    owners_of, uses = owner.reshape(-1, TOGETHER), use.reshape(-1, TOGETHER).copy()
    for place in range(1, TOGETHER):
        before = (owners_of[:, :place] == owners_of[:, place, None]) & _own(uses[:, :place])
        second = before.any(axis=1) & _own(uses[:, place])
        uses[second, place] = RESIDENCE
    return uses.reshape(-1)


def _own(use: Integers) -> Flags:
    own: Flags = (use == OWN) | (use == OWN_BUILDING)
    return own


def _exempt(
    year: Integers, owner: Integers, owner_kind: Integers, use: Integers, assessed: Integers
) -> Integers:
    """Give each natural person what the law exempts, of farm land once over all of it."""
    known = figures().exempt
    most = np.array([[known.get((y, u), 0) for u in USES] for y in YEARS], np.int64)
    left = most[year - YEARS[0], use] * (owner_kind == NATURAL)
    owners_of, uses = owner.reshape(-1, TOGETHER), use.reshape(-1, TOGETHER)
    lefts, values = left.reshape(-1, TOGETHER).copy(), assessed.reshape(-1, TOGETHER)
    given = np.zeros_like(values)
    for place in range(TOGETHER):
        given[:, place] = np.minimum(lefts[:, place], values[:, place])
        later = (owners_of == owners_of[:, place, None]) & (uses == AGRICULTURE)
        later &= (uses == AGRICULTURE)[:, place, None]
        lefts -= np.where(later, given[:, place, None], 0)
    return given.reshape(-1)
