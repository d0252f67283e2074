"""How to break the rules that several data sets share and that compare cells."""

from typing import Final

import polars as pl

from ingest.records.defect import Defect, Record, has, is_, put, single
from ingest.records.places import areas
from ingest.records.retaxing import JURISTIC_PERSON, NATURAL_PERSON, STATE, started_with

_LAND: Final = is_("propertyKind", "land", "land-and-building")
_BUILDING: Final = is_("propertyKind", "building", "land-and-building")
_UNIT: Final = is_("propertyKind", "condominium-unit")
_NOWHERE: Final = "99"
"""No province has this code."""


def elsewhere(province: str) -> str:
    """Return another province."""
    return "57" if province != "57" else "50"


def _unknown_district(record: Record, n: int) -> Record:
    code = record["localGovernmentCode"] or ""
    return {"localGovernmentCode": f"{code[0]}{_NOWHERE}{n % 10_000:04d}"}


def _provincial(record: Record, n: int) -> Record:
    return {"localGovernmentCode": "2" + (record["localGovernmentCode"] or "")[1:]}


def _other_province(record: Record, n: int) -> Record:
    code = record["localGovernmentCode"] or ""
    return {"localGovernmentCode": f"{code[0]}{elsewhere(code[1:3])}01{code[5:]}"}


def other_districts(district: str) -> list[str]:
    """Return the other districts of the same province."""
    return [d for d in areas().districts if d[:2] == district[:2] and d != district]


def _other_district(record: Record, n: int) -> Record:
    code = record["localGovernmentCode"] or ""
    others = other_districts(code[1:5])
    return {"localGovernmentCode": f"{code[0]}{others[n % len(others)]}{code[5:]}"}


def _other_subdistrict(record: Record, n: int) -> Record:
    known, own = areas(), record["districtCode"]
    place = n * 31 % len(known.districts)
    if known.districts[place] == own:
        place -= 1
    return {"subdistrictCode": known.subdistricts[int(known.first[place])]}


def _other_around(record: Record, n: int) -> Record:
    return {"provinceCode": elsewhere(record["provinceCode"] or "")}


def _dashed(record: Record, n: int) -> Record:
    d = record["ownerId"] or ""
    return {"ownerId": f"{d[0]}-{d[1:5]}-{d[5:10]}-{d[10:12]}-{d[12]}"}


def wrong_check_digit(record: Record, n: int) -> Record:
    """Return the taxpayer number with another last digit."""
    digits = record["ownerId"] or ""
    return {"ownerId": digits[:12] + str((int(digits[12]) + 1 + n % 9) % 10)}


def _as_company(record: Record, n: int) -> Record:
    return {"ownerId": started_with("0", record["ownerId"] or "")}


def _as_person(record: Record, n: int) -> Record:
    return {"ownerId": started_with("1", record["ownerId"] or "")}


GOVERNED: Final = (
    single("LBT-006", "localGovernmentCode", has("localGovernmentCode"), _unknown_district),
)
"""Data sets with the code of a local government."""
YEARLY: Final = (
    *GOVERNED,
    single("LBT-003", "taxYear", has("taxYear"), put(taxYear="2600")),
    single("LBT-007", "localGovernmentCode", has("localGovernmentCode"), _provincial),
)
"""Data sets of a tax year."""
AROUND: Final = (
    single("LBT-038", "subdistrictCode", has("districtCode"), _other_subdistrict),
    single("LBT-039", "districtCode", has("districtCode"), _other_around),
)
"""Data sets with a place."""
PLACED: Final = (
    *AROUND,
    single("LBT-008", "localGovernmentCode", has("subdistrictCode"), _other_province),
    single("LBT-009", "localGovernmentCode", has("subdistrictCode"), _other_district),
)
"""Data sets of property with a place."""
PARCEL_LINK: Final = single(
    "LBT-025", "parcelId", has("parcelId"), put(parcelId="P-none-{n}"), linked="parcel"
)
OWNED: Final = (
    single("LBT-011", "ownerId", ~is_("ownerType", STATE), _dashed),
    single("LBT-012", "ownerId", has("ownerId"), wrong_check_digit),
    single("LBT-013", "ownerId", is_("ownerType", NATURAL_PERSON), _as_company),
    single("LBT-014", "ownerId", is_("ownerType", JURISTIC_PERSON), _as_person),
    single("LBT-019", "parcelId", _LAND, put(parcelId=None)),
    single("LBT-020", "buildingId", _BUILDING, put(buildingId=None)),
    single("LBT-021", "unitId", _UNIT, put(unitId=None)),
    single("LBT-022", "buildingId", ~_BUILDING, put(buildingId="B-000001")),
    single("LBT-023", "unitId", ~_UNIT, put(unitId="U-000001")),
    PARCEL_LINK,
    single("LBT-027", "buildingId", _BUILDING, put(buildingId="B-none-{n}"), linked="building"),
    single("LBT-029", "unitId", _UNIT, put(unitId="U-none-{n}"), linked="condominium"),
)
"""Data sets that say who owns what."""
Defects = tuple[Defect, ...]


def only_where(condition: pl.Expr, defects: Defects) -> Defects:
    """Return the same defects, planted in fewer records."""
    return tuple(
        Defect(d.rule, d.column, d.where & condition, d.change, d.span, d.blamed, d.linked)
        for d in defects
    )
