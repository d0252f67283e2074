"""How to break the rules on parcels, buildings, units and local governments that compare cells."""

from typing import Final

from ingest.records.defect import (
    ANY,
    Defect,
    Record,
    added,
    column,
    has,
    is_,
    put,
    repeated,
    single,
)  # fmt: skip
from ingest.records.defects_common import (
    AROUND,
    GOVERNED,
    PARCEL_LINK,
    PLACED,
    YEARLY,
    elsewhere,
    other_districts,
)  # fmt: skip

_CHANOTE: Final = is_("titleDocumentType", "chanote")
_NS3K: Final = is_("titleDocumentType", "ns3k")


def _too_young(record: Record, n: int) -> Record:
    return {"completedYear": str(int(record["taxYear"] or 0) + 1)}


def _too_old(record: Record, n: int) -> Record:
    return {"completedYear": str(int(record["completedYear"] or 0) - 2 - n % 20)}


def _in_other_province(record: Record, n: int) -> Record:
    province = elsewhere(record["provinceCode"] or "")
    return {"provinceCode": province, "districtCode": None, "subdistrictCode": None}


def _in_other_district(record: Record, n: int) -> Record:
    others = other_districts(record["districtCode"] or "")
    return {"districtCode": others[n % len(others)], "subdistrictCode": None}


def _the_same(records: list[Record], n: int) -> list[Record]:
    return [{}, dict(records[0])]


PARCEL: Final = (
    *YEARLY,
    *PLACED,
    repeated("LBT-202", "parcelId"),
    # A title deed's number is judged by its form besides.
    single(
        "LBT-204", "titleDocumentNumber", ~(_CHANOTE | _NS3K), put(titleDocumentNumber="ก" * 51)
    ),
    single("LBT-205", "titleDocumentNumber", _CHANOTE | _NS3K, put(titleDocumentNumber="ฉ.{n}")),
    single("LBT-206", "mapSheet", _CHANOTE, put(mapSheet="4746 V 0286")),
    single("LBT-207", "mapSheet", _NS3K, put(mapSheet="4746")),
    single("LBT-209", "mapScale", _CHANOTE, put(mapScale="1500")),
    single("LBT-210", "mapScale", _NS3K, put(mapScale="4000")),
    single("LBT-211", "mapSheetPart", _CHANOTE, put(mapSheetPart="99")),
    single("LBT-212", "mapSheetPart", _NS3K, put(mapSheetPart="12")),
    single("LBT-213", "landNumber", _CHANOTE | _NS3K, put(landNumber="99/1")),
    single("LBT-214", "surveyPage", _CHANOTE, put(surveyPage="หน้า {n}")),
    single("LBT-215", "landNumber", _CHANOTE, put(landNumber=None)),
    single("LBT-216", "surveyPage", _CHANOTE, put(surveyPage=None)),
    single("LBT-226", "landAreaSqWa", ANY, added("landAreaSqWa")),
    single("LBT-232", "landAreaSqWa", ANY, put(mixedAreaSqWa="20.00")),
    single("LBT-233", "landValue", ANY, added("landValue")),
    single("LBT-236", "latitude", ANY, put(latitude="1.350000")),
    single("LBT-237", "longitude", ANY, put(longitude="18.850000")),
    single("LBT-238", "longitude", ANY, put(longitude=None)),
    single("LBT-239", "latitude", ANY, put(latitude=None)),
)
BUILDING: Final = (
    *YEARLY,
    PARCEL_LINK,
    repeated("LBT-302", "buildingId"),
    single("LBT-052", "buildingNetValue", ANY, added("buildingNetValue")),
    single(
        "LBT-053",
        "buildingNetValue",
        ANY,
        lambda r, n: {"buildingAge": None, **added("buildingNetValue")(r, n)},
    ),
    single("LBT-310", "buildingAreaSqM", ANY, added("otherAreaSqM", amount="30.00")),
    single("LBT-312", "completedYear", ANY, _too_young),
    single("LBT-313", "buildingAge", ANY, _too_old),
    single("LBT-314", "buildingValue", ANY, added("buildingValue")),
    single(
        "LBT-315",
        "depreciationPercent",
        column("depreciationPercent") < 90,
        added("depreciationPercent", amount="1.00"),
    ),
)
CONDOMINIUM: Final = (
    *YEARLY,
    *PLACED,
    repeated("LBT-402", "unitId"),
    single("LBT-414", "unitAreaSqM", ANY, added("vacantAreaSqM", amount="1.00")),
    single("LBT-415", "unitValue", ANY, added("unitValue")),
)
LOCAL_GOVERNMENT: Final[tuple[Defect, ...]] = (
    *GOVERNED,
    *AROUND,
    PARCEL_LINK,
    Defect("LBT-801", "localGovernmentCode", ANY, _the_same, span=2, blamed=(0, 1)),
    single(
        "LBT-806",
        "localGovernmentType",
        has("districtCode"),
        put(localGovernmentType="city-municipality"),
    ),
    single("LBT-808", "localGovernmentCode", has("districtCode"), _in_other_province),
    single("LBT-809", "localGovernmentCode", has("districtCode"), _in_other_district),
)
