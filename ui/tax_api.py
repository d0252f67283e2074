"""The land and building tax over HTTP: the same call as ``mattra tax``."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request

from qa.taxing import reckon
from ui import examples
from ui.api import service_of
from ui.documented import answers
from ui.models import Reckoning, Words

router = APIRouter(tags=["questions"])
Baht = Annotated[Words | None, Query(max_length=30)]
Structure = Literal["masonry", "half", "wood"]
Late = Literal["before-warning", "within-warning", "after-warning"]


@router.get(
    "/api/tax", operation_id="tax", response_model=None,
    responses=answers(examples.TAX, Reckoning, 400, 422),
)  # fmt: skip
def tax(
    request: Request,
    use: Annotated[
        Words,
        Query(max_length=40, description="การใช้ประโยชน์ (the use): agriculture, residential-own, "
              "residential-own-building, residential-other, other, vacant", examples=["other"]),
    ],
    year: Annotated[
        Words, Query(max_length=8, description="ปีภาษี พ.ศ. (tax year, B.E.)", examples=["2569"])
    ],
    value: Annotated[
        Words | None,
        Query(max_length=30, description="มูลค่าฐานภาษีรวม บาท (value of all, baht)",
              examples=["5,000,000"]),
    ] = None,
    land: Baht = None,
    building: Baht = None,
    structure: Structure | None = None,
    age: Annotated[int | None, Query(ge=0, le=1_000)] = None,
    owner: Literal["natural", "juristic"] | None = None,
    vacant_years: Annotated[int | None, Query(ge=0, le=1_000)] = None,
    special_reduction: Literal["50", "90"] | None = None,
    old_tax: Baht = None,
    late: Late | None = None,
    months: Annotated[int, Query(ge=0, le=1_200)] = 0,
    extended: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """ภาษีที่ดินและสิ่งปลูกสร้างหนึ่งรายการ พร้อมขั้นตอนและมาตรา (the tax of one property, by steps).

    The parameters are the options of `mattra tax`; give `value`, or `land` and `building`. What
    the graph does not know is refused with status 400.
    """
    case = {
        "use": use, "year": year, "value": value, "land": land, "building": building,
        "structure": structure, "age": age, "owner": owner, "vacant_years": vacant_years,
        "special_reduction": special_reduction, "old_tax": old_tax, "late": late,
        "months": months, "extended": extended,
    }  # fmt: skip
    return reckon(case, service_of(request).store)
