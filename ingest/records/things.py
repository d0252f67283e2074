"""Invented parcels, buildings and condominium units: what the assessments of the seed are of."""

from typing import Final

import numpy as np
import polars as pl

from ingest.records.cells import hundredths, key, millionths, one_of, only, whole
from ingest.records.draws import Draws, Flags, Integers
from ingest.records.persons import leader
from ingest.records.places import areas, local_governments, subdistricts
from ingest.records.properties import (
    AGRICULTURE,
    OTHER,
    STRUCTURES,
    VACANT,
    Properties,
    properties,
)  # fmt: skip

DOCUMENTS: Final = ("chanote", "ns3k", "ns3", "sk1", "spk401")
_CHANOTE, _NS3K = range(2)
_SCALES: Final = ((4000, 0), (2000, 4), (1000, 16), (500, 64))
"""Scales of the map sheets of chanotes, and into how many parts a sheet is cut at each."""
_ROMAN: Final = ("I", "II", "III", "IV")
_TYPES: Final = (
    ("103", "105", "107", "201", "202", "402", "404", "502", "509-1", "513"),
    ("106", "111", "303"),
    ("101", "102", "104", "110", "301", "302"),
)
"""Types of building for each structure."""
_FLOORS: Final = {
    "101": 1,
    "102": 1,
    "103": 1,
    "110": 1,
    "201": 1,
    "301": 1,
    "502": 1,
    "107": 3,
    "404": 3,
}


def parcels(draws: Draws, first: int, last: int) -> dict[str, pl.Series]:
    """Return the cells of the parcels with the numbers from first to last."""
    found = properties(draws, first, last)
    n, area = found.number, found.land_area
    document = draws.pick("document", n, (72, 15, 5, 3, 5))
    chanote, ns3k = document == _CHANOTE, document == _NS3K
    scale = draws.below("scale", n, len(_SCALES))
    scales = np.array(_SCALES)
    part = np.where(scale == 0, 0, 1 + draws.below("part", n, np.maximum(scales[scale, 1], 1)))
    sheet = whole(4500 + draws.below("sheet", n, 1500))
    serial = whole(draws.below("sheet serial", n, 10_000)).str.zfill(4)
    roman = one_of(_ROMAN, draws.below("quarter", n, 4))
    serial = serial.zip_with(pl.Series(chanote), pl.Series(["0000"]).new_from_index(0, len(n)))
    part_text = whole(part).str.zfill(2)
    part_text = part_text.zip_with(
        pl.Series(chanote), whole(1 + draws.below("part", n, 200)).str.zfill(3)
    )
    mapped = chanote | ns3k
    return {
        "parcelId": key("P", n),
        **_common(found),
        "titleDocumentType": one_of(DOCUMENTS, document),
        "titleDocumentNumber": whole(1 + draws.below("title", n, 250_000)),
        "mapSheet": only(mapped, sheet + " " + roman + " " + serial),
        "mapSheetPart": only(mapped, part_text),
        "mapScale": only(mapped, whole(np.where(chanote, scales[scale, 0], 5000))),
        "landNumber": only(mapped, whole(1 + draws.below("land number", n, 999))),
        "surveyPage": only(chanote, whole(1 + draws.below("survey page", n, 9_999))),
        "titleVolume": whole(1 + draws.below("volume", n, 500)),
        "titlePage": whole(1 + draws.below("page", n, 100)),
        **_place(draws, found),
        "areaRai": whole(area // 40_000),
        "areaNgan": whole(area % 40_000 // 10_000),
        "areaWa": hundredths(area % 10_000),
        "landAreaSqWa": hundredths(area),
        **_uses(found.use, area, "SqWa", agriculture=True),
        "mixedAreaSqWa": hundredths(np.zeros_like(area)),
        "landPricePerSqWa": hundredths(found.land_price),
        "landValue": hundredths(found.land_value),
        "latitude": millionths(5_700_000 + draws.below("latitude", n, 14_000_000)),
        "longitude": millionths(98_000_000 + draws.below("longitude", n, 7_000_000)),
    }


def buildings(draws: Draws, first: int, last: int) -> dict[str, pl.Series]:
    """Return the cells of the buildings with the numbers from first to last."""
    found = properties(draws, first, last)
    n = found.number
    kind = draws.below(
        "building type", n, np.array([len(types) for types in _TYPES])[found.structure]
    )
    start = np.cumsum([0, *(len(types) for types in _TYPES)])[found.structure]
    types = one_of(tuple(code for group in _TYPES for code in group), start + kind)
    return {
        "buildingId": key("B", n),
        **_common(found),
        "parcelId": key("P", n),
        "houseNumber": house_numbers(draws, n),
        "houseCode": _district(found).cast(pl.String) + whole(n % 10**7).str.zfill(7),
        "buildingType": types,
        "structureType": one_of(STRUCTURES, found.structure),
        "floors": types.replace_strict(_FLOORS, default=2).cast(pl.String),
        "buildingAreaSqM": hundredths(found.building_area),
        **_uses(found.use, found.building_area, "SqM", agriculture=True),
        "completedYear": whole(found.year - found.age),
        "buildingAge": whole(found.age),
        "buildingPricePerSqM": hundredths(found.building_price),
        "buildingValue": hundredths(found.building_value),
        "depreciationPercent": hundredths(found.depreciation),
        "buildingNetValue": hundredths(found.net_value),
    }


def units(draws: Draws, first: int, last: int) -> dict[str, pl.Series]:
    """Return the cells of the condominium units with the numbers from first to last."""
    found = properties(draws, first, last)
    n, tower = found.number, leader(found.number)
    floor = 2 + draws.below("floor", n, 30)
    registration = whole(1 + tower) + "/" + whole(2535 + draws.below("registered", tower, 30))
    return {
        "unitId": key("U", n),
        **_common(found),
        "condominiumName": "อาคารชุดตัวอย่าง " + whole(1 + tower // 4),
        "condominiumRegistration": registration,
        "condominiumBuilding": one_of(("A", "B"), draws.below("tower", n, 2)),
        "unitNumber": whole(100 + tower % 800) + "/" + whole(n - tower + 1),
        "floor": whole(floor),
        "titleDocumentNumber": whole(1 + draws.below("condominium title", tower, 250_000)),
        "surveyPage": whole(1 + draws.below("condominium page", tower, 9_999)),
        **_place(draws, found, tower),
        "unitAreaSqM": hundredths(found.unit_area),
        **_uses(found.use, found.unit_area, "SqM", agriculture=False),
        "unitPricePerSqM": hundredths(found.unit_price),
        "unitValue": hundredths(found.unit_value),
    }


def _common(found: Properties) -> dict[str, pl.Series]:
    governments = local_governments(found.local_government)
    return {"taxYear": whole(found.year), "localGovernmentCode": governments["code"]}


def _district(found: Properties) -> pl.Series:
    places = local_governments(found.local_government)["district"].to_numpy()
    return pl.Series(areas().districts).gather(places)


def _place(draws: Draws, found: Properties, of: Integers | None = None) -> dict[str, pl.Series]:
    """Return a subdistrict within the local government's district, and what is above it."""
    district = local_governments(found.local_government)["district"].to_numpy()
    numbers = found.number if of is None else of
    code = areas().subdistricts.gather(subdistricts(draws, "place", district, numbers))
    return {
        "subdistrictCode": code,
        "districtCode": code.str.slice(0, 4),
        "provinceCode": code.str.slice(0, 2),
    }


def _uses(use: Integers, area: Integers, unit: str, *, agriculture: bool) -> dict[str, pl.Series]:
    """Put the whole area to the one use of the property; units are not farmed."""
    farmed = (use == AGRICULTURE) & agriculture
    traded: Flags = (use == OTHER) | ((use == AGRICULTURE) & (not agriculture))
    vacant = use == VACANT
    parts = {
        "agriculture": farmed,
        "residential": ~(farmed | traded | vacant),
        "other": traded,
        "vacant": vacant,
    }
    if not agriculture:
        del parts["agriculture"]
    return {
        f"{name}Area{unit}": hundredths(np.where(part, area, 0)) for name, part in parts.items()
    }


def house_numbers(draws: Draws, n: Integers) -> pl.Series:
    """Return a house number for each, such as ``12/3``."""
    return (
        whole(1 + draws.below("house", n, 999)) + "/" + whole(1 + draws.below("house part", n, 99))
    )
