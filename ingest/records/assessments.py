"""Invented assessments: the tax of each property, worked out with the year's own figures."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from ingest.records.cells import day, days, hundredths, key, nothing, one_of, only, truth, whole
from ingest.records.draws import Draws, Integers
from ingest.records.figures import figures, part
from ingest.records.persons import KINDS, NATURAL, digits
from ingest.records.places import local_governments
from ingest.records.properties import (
    BOTH,
    BUILDING,
    LAND,
    OTHER,
    OWN,
    OWN_BUILDING,
    PROPERTIES,
    RESIDENCE,
    STRUCTURES,
    UNIT,
    USES,
    VACANT,
    YEARS,
    Properties,
    properties,
)  # fmt: skip

SPECIALS: Final = (0, 50, 90)
_STEPS: Final = 9
"""After so many steps of three years the rate of vacant land rises no more."""


@dataclass(frozen=True)
class Tax:
    """The tax of each property in satang, and the rate its value reaches in hundredths."""

    rate: Integers
    before: Integers
    special: Integers
    due: Integers


def taxes(draws: Draws, found: Properties) -> Tax:
    """Return the tax of each."""
    known = figures()
    taxable = found.assessed - found.exempt
    steps = np.minimum(found.vacant_years // 3, _STEPS)
    rate, before = np.zeros_like(taxable), np.zeros_like(taxable)
    case = (found.year * 10 + found.use) * 10 + steps
    for one in np.unique(case):
        same = case == one
        year, use, step = int(one) // 100, USES[int(one) // 10 % 10], int(one) % 10
        rate[same], before[same] = known.tax(year, use, step, taxable[same])
    special = draws.pick("special", found.number, (90, 5, 5)) * (found.use == OTHER)
    left = np.array([[known.remaining[year, cut] for cut in SPECIALS] for year in YEARS], np.int64)
    due = part(before, left[found.year - YEARS[0], special])
    return Tax(rate, before, np.array(SPECIALS, np.int64)[special], due)


def assessment_ids(found: Properties) -> pl.Series:
    """Return the number of the assessment of each."""
    return key(whole(found.year), found.number)


def last_days(step: str, year: Integers) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    """Return the last day of a step for each tax year."""
    known = days([figures().due[each, step] for each in YEARS])
    found: np.ndarray[tuple[int], np.dtype[np.datetime64]] = known[year - YEARS[0]]
    return found


def assessments(draws: Draws, first: int, last: int) -> dict[str, pl.Series]:
    """Return the cells of the assessments with the numbers from first to last."""
    found = properties(draws, first, last)
    tax = taxes(draws, found)
    land = (found.kind == LAND) | (found.kind == BOTH)
    building = (found.kind == BUILDING) | (found.kind == BOTH)
    unit = found.kind == UNIT
    home = (found.use == OWN) | (found.use == OWN_BUILDING)
    asked = home | ((found.use == RESIDENCE) & (found.owner_kind == NATURAL))
    notice = last_days("assessment", found.year) - draws.below("notice", found.number, 28)
    return {
        "assessmentId": assessment_ids(found),
        "taxYear": whole(found.year),
        "localGovernmentCode": local_governments(found.local_government)["code"],
        "ownerId": digits(draws, found.owner, found.owner_kind),
        "ownerType": one_of(KINDS, found.owner_kind),
        "propertyKind": one_of(PROPERTIES, found.kind),
        "parcelId": only(land, key("P", found.number)),
        "buildingId": only(building, key("B", found.number)),
        "unitId": only(unit, key("U", found.number)),
        "landUse": one_of(USES, found.use),
        "ownerRegistered": only(asked, truth(home)),
        "landAreaSqWa": only(land, hundredths(found.land_area)),
        "landPricePerSqWa": only(land, hundredths(found.land_price)),
        "landValue": only(land, hundredths(found.land_value)),
        "buildingAreaSqM": only(building, hundredths(found.building_area)),
        "buildingPricePerSqM": only(building, hundredths(found.building_price)),
        "buildingValue": only(building, hundredths(found.building_value)),
        "structureType": only(building, one_of(STRUCTURES, found.structure)),
        "buildingAge": only(building, whole(found.age)),
        "depreciationPercent": only(building, hundredths(found.depreciation)),
        "buildingNetValue": only(building, hundredths(found.net_value)),
        "unitAreaSqM": only(unit, hundredths(found.unit_area)),
        "unitPricePerSqM": only(unit, hundredths(found.unit_price)),
        "unitValue": only(unit, hundredths(found.unit_value)),
        "useSharePercent": hundredths(found.share),
        "assessedValue": hundredths(found.assessed),
        "exemptValue": hundredths(found.exempt),
        "taxableValue": hundredths(found.assessed - found.exempt),
        "vacantYears": only(found.use == VACANT, whole(found.vacant_years)),
        "taxRate": hundredths(tax.rate),
        "taxBeforeReduction": hundredths(tax.before),
        "specialReduction": whole(tax.special),
        "taxAfterReduction": hundredths(tax.due),
        "priorTax": nothing(len(found.number)),
        "taxDue": hundredths(tax.due),
        "noticeDate": day(notice),
        "dueDate": day(last_days("payment", found.year)),
    }
