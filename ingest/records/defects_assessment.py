"""How to break the rules on assessments that compare cells."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import polars as pl

from graph.thai import BUDDHIST_OFFSET
from ingest.records.defect import (
    Defect,
    Record,
    Together,
    added,
    column,
    has,
    is_,
    money,
    number,
    put,
    repeated,
    single,
)  # fmt: skip
from ingest.records.defects_common import OWNED, YEARLY
from ingest.records.retaxing import (
    JURISTIC_PERSON,
    NATURAL_PERSON,
    another_owner,
    in_year,
    retaxed,
    worth,
)  # fmt: skip

_MILLION: Final = 1_000_000
_PERSON: Final = is_("ownerType", NATURAL_PERSON)
_COMPANY: Final = is_("ownerType", JURISTIC_PERSON)
_FARM: Final = is_("landUse", "agriculture")
_HOME: Final = is_("landUse", "residential-own")
_LAND: Final = is_("propertyKind", "land")
_BOTH: Final = is_("propertyKind", "land-and-building")
_NO_LAND: Final = is_("propertyKind", "building", "condominium-unit")
_NO_BUILDING: Final = is_("propertyKind", "land", "condominium-unit")
_NO_UNIT: Final = ~is_("propertyKind", "condominium-unit")
_ALL_EXEMPT: Final = is_("exemptValue", "50000000.00") & (column("assessedValue") > 60 * _MILLION)
_NEXT_TOO: Final = (_LAND & _PERSON).shift(-1)
_SAME_PLACE: Final = (pl.col("localGovernmentCode") == pl.col("localGovernmentCode").shift(-1)) & (
    pl.col("taxYear") == pl.col("taxYear").shift(-1)
)
_RELIEF_YEAR: Final = 2564
"""A year of the relief, in which natural persons pay nothing on farm land."""


def _too_much(record: Record, n: int) -> Record:
    return retaxed(record, exemptValue="60000000.00")


def _twice(use: str) -> Together:
    """Give two properties of one owner an exemption that is enough for one."""

    def change(records: list[Record], n: int) -> list[Record]:
        owner = another_owner(n)
        registered = None if use == "agriculture" else "true"
        return [
            retaxed(
                record,
                ownerId=owner,
                landUse=use,
                ownerRegistered=registered,
                vacantYears=None,
                specialReduction="0",
                exemptValue="30000000.00",
                **worth(record, 35 * _MILLION),
            )
            for record in records
        ]

    return change


def _untaxed_farm(record: Record, n: int) -> Record:
    return {**_moved(record, exemptValue=record["assessedValue"]), "taxDue": "61.27"}


def _without_relief(record: Record, n: int) -> Record:
    return {**_moved(record), "priorTax": "1.00"}


def _moved(record: Record, **changed: str | None) -> Record:
    return retaxed(record, **in_year(record, _RELIEF_YEAR), **changed)


def _day(record: Record, month_day: str) -> str:
    return f"{int(record['taxYear'] or 0) - BUDDHIST_OFFSET}-{month_day}"


def _before_notice(record: Record, n: int) -> Record:
    notice = date.fromisoformat(record["noticeDate"] or "")
    return {"dueDate": (notice - timedelta(days=1)).isoformat()}


def _lower_rate(record: Record, n: int) -> Record:
    return {"taxRate": f"{number(record, 'taxRate') / 2:f}"}


def _higher_rate(record: Record, n: int) -> Record:
    return {"taxRate": money(number(record, "taxRate") + Decimal("0.05"))}


def _own_building(record: Record, n: int) -> Record:
    exempt = min(number(record, "assessedValue"), Decimal(10 * _MILLION))
    return retaxed(record, landUse="residential-own-building", exemptValue=money(exempt))


def _above_assessed(record: Record, n: int) -> Record:
    return {"exemptValue": money(number(record, "assessedValue") + 1000)}


def _company_farm(record: Record, n: int) -> Record:
    return retaxed(record, exemptValue=record["assessedValue"])


_VALUES: Final = (
    single("LBT-052", "buildingNetValue", has("buildingNetValue"), added("buildingNetValue")),
    single(
        "LBT-053",
        "buildingNetValue",
        has("buildingNetValue"),
        lambda r, n: {"buildingAge": None, **added("buildingNetValue")(r, n)},
    ),
    single("LBT-108", "landValue", has("landValue"), added("landValue")),
    single("LBT-109", "landValue", _NO_LAND, put(landValue="1000.00")),
    single("LBT-110", "buildingValue", has("buildingValue"), added("buildingValue")),
    single("LBT-111", "buildingValue", _NO_BUILDING, put(buildingValue="1000.00")),
    single("LBT-112", "buildingNetValue", _NO_BUILDING, put(buildingNetValue="1000.00")),
    single(
        "LBT-113",
        "depreciationPercent",
        has("structureType") & (column("depreciationPercent") < 90),
        added("depreciationPercent", amount="1.00"),
    ),
    single("LBT-114", "unitValue", has("unitValue"), added("unitValue")),
    single("LBT-115", "unitValue", _NO_UNIT, put(unitValue="1000.00")),
    single("LBT-119", "assessedValue", has("assessedValue"), added("assessedValue")),
)
_EXEMPTIONS: Final = (
    single(
        "LBT-104",
        "landUse",
        _COMPANY & is_("landUse", "residential-other"),
        lambda r, n: retaxed(r, landUse="residential-own"),
    ),
    single(
        "LBT-105", "ownerRegistered", is_("ownerRegistered", "true"), put(ownerRegistered="false")
    ),
    single("LBT-107", "landUse", _HOME & _BOTH, _own_building),
    single(
        "LBT-122",
        "exemptValue",
        _HOME & (column("assessedValue") < 40 * _MILLION),
        _above_assessed,
    ),
    single(
        "LBT-123",
        "exemptValue",
        is_("landUse", "residential-other", "other", "vacant")
        & (column("assessedValue") > 2 * _MILLION),
        lambda r, n: retaxed(r, exemptValue="1000000.00"),
    ),
    single("LBT-124", "exemptValue", _FARM & _COMPANY, _company_farm),
    single("LBT-125", "exemptValue", _FARM & _ALL_EXEMPT, _too_much),
    single("LBT-126", "exemptValue", _HOME & _ALL_EXEMPT, _too_much),
    Defect(
        "LBT-127",
        "exemptValue",
        _LAND & _PERSON & _NEXT_TOO & _SAME_PLACE,
        _twice("agriculture"),
        span=2,
        blamed=(0, 1),
    ),
    Defect(
        "LBT-128",
        "exemptValue",
        _LAND & _PERSON & _NEXT_TOO & _SAME_PLACE,
        _twice("residential-own"),
        span=2,
        blamed=(0, 1),
    ),
    single("LBT-129", "exemptValue", _HOME, lambda r, n: retaxed(r, exemptValue="0.00")),
)
_TAXES: Final = (
    single("LBT-132", "taxableValue", has("taxableValue"), added("taxableValue", amount="1000000")),
    # Too many years would ask for a higher rate as well.
    single("LBT-133", "vacantYears", has("vacantYears"), put(vacantYears="-1")),
    single("LBT-134", "vacantYears", ~is_("landUse", "vacant"), put(vacantYears="3")),
    single("LBT-137", "taxRate", has("taxRate"), _lower_rate),
    single("LBT-138", "taxRate", column("taxRate") < 2.9, _higher_rate),
    single("LBT-141", "taxBeforeReduction", has("taxRate"), added("taxBeforeReduction")),
    single("LBT-143", "specialReduction", has("taxRate"), put(specialReduction="40")),
    single("LBT-146", "taxAfterReduction", has("taxRate"), added("taxAfterReduction")),
    single(
        "LBT-147",
        "taxAfterReduction",
        column("taxAfterReduction") > 100,
        added("taxAfterReduction", amount="-50.00"),
    ),
    single("LBT-149", "priorTax", has("taxRate"), put(priorTax="500.00")),
    single(
        "LBT-150",
        "taxDue",
        is_("landUse", "other") & (column("taxBeforeReduction") > 1000),
        _without_relief,
    ),
    single("LBT-151", "taxDue", has("taxDue"), added("taxDue")),
    single("LBT-152", "taxDue", _FARM & is_("taxableValue", "0.00") & _PERSON, _untaxed_farm),
)
_DAYS: Final = (
    single(
        "LBT-154",
        "noticeDate",
        has("noticeDate"),
        put(noticeDate="2099-04-20"),
    ),
    single(
        "LBT-155",
        "noticeDate",
        has("noticeDate"),
        lambda r, n: {"noticeDate": _day(r, f"05-{1 + n % 28:02d}")},
    ),
    single("LBT-156", "dueDate", has("noticeDate"), _before_notice),
    single("LBT-157", "dueDate", has("dueDate"), lambda r, n: {"dueDate": _day(r, "07-31")}),
    single("LBT-158", "dueDate", has("dueDate"), put(dueDate="2099-06-30")),
)
ASSESSMENT: Final = (
    *YEARLY,
    *OWNED,
    *_VALUES,
    *_EXEMPTIONS,
    *_TAXES,
    *_DAYS,
    repeated("LBT-101", "assessmentId"),
)
