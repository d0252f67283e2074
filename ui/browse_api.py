"""Looking through the graph: names as they are typed, facets, and what stands around a thing."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request

from qa.catalogue import Listing, Suggestion
from qa.neighbours import Around
from qa.text import MAX_QUESTION
from qa.versions import Versions
from ui.api import service_of
from ui.documented import answers
from ui.models import Words

router = APIRouter(tags=["questions"])
_LABEL: Final = "พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562"
_SUGGESTED: Final = [{"ref": "pdpa-2562", "kind": "act", "label": _LABEL, "matched": "PDPA"}]
_LISTED: Final = {
    "query": "", "total": 6, "start": 0,
    "entries": [
        {"ref": "pdpa-2562", "kind": "act", "label": _LABEL, "label_en": "PDPA B.E. 2562",
         "heading": "", "summary": "สรุป", "status": "in-force", "year": "2562",
         "act": "pdpa-2562", "certainty": "stated", "names": ["PDPA"]}
    ],
    "facets": {"kind": [{"value": "act", "count": 6, "th": "พระราชบัญญัติ", "en": "act"}]},
}  # fmt: skip
_AROUND: Final = {
    "ref": "pdpa-2562/37",
    "neighbours": [{"ref": "pdpa-2562/37", "label": f"{_LABEL} มาตรา 37", "label_en": "s. 37",
                    "kind": "section", "step": 0}],
    "relations": [{"source": "pdpa-2562/37", "target": "pdpa-2562/24", "relation": "eli:cites",
                   "th": "อ้างถึง", "en": "cites"}],
    "timeline": [{"day": "2020-05-27", "th": "เริ่มมีผลใช้บังคับ", "en": "Entry into force",
                  "ref": ""}],
    "left_out": 0,
}  # fmt: skip
_COMPARED: Final = {
    "before": {"ref": "mspr-6-2565", "label": "มสพร. 6 2565", "label_en": "",
               "status": "superseded", "in_force_from": "", "in_force_until": ""},
    "after": {"ref": "mspr-6", "label": "มสพร. 6", "label_en": "", "status": "in-force",
              "in_force_from": "", "in_force_until": ""},
    "relation": "revises",
    "changes": [{"part": "เนื้อหา", "part_en": "Content", "change": "changed", "kind": "summary",
                 "before": "mspr-6-2565", "after": "mspr-6",
                 "pieces": [{"text": "ภายใน ", "mark": "same"}, {"text": "30", "mark": "removed"},
                            {"text": "15", "mark": "added"}]}],
    "counts": {"changed": 1},
}  # fmt: skip
Values = Annotated[list[Words], Query(max_length=20)]


@router.get(
    "/api/suggest", operation_id="suggest", response_model=None,
    responses=answers(_SUGGESTED, list[Suggestion], 422),
)  # fmt: skip
def suggest(
    request: Request,
    q: Annotated[Words, Query(max_length=200, description="ที่พิมพ์แล้ว (as typed so far)",
                              examples=["pdp"])],
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> list[Suggestion]:  # fmt: skip
    """ชื่อที่ขึ้นต้นด้วยหรือมีคำที่พิมพ์ (names that begin with or hold what was typed)."""
    return service_of(request).suggest(q, limit)


@router.get(
    "/api/browse", operation_id="browse", response_model=None,
    responses=answers(_LISTED, Listing, 400, 422),
)  # fmt: skip
def browse(
    request: Request,
    q: Annotated[Words, Query(max_length=MAX_QUESTION, examples=["ลายมือชื่อ"])] = "",
    kind: Annotated[Values, Query(description="act, section, standard …")] = [],  # noqa: B006
    status: Annotated[Values, Query(description="in-force, draft …")] = [],  # noqa: B006
    year: Annotated[Values, Query(description="Buddhist, such as 2562")] = [],  # noqa: B006
    act: Annotated[Values, Query(description="a law or a family of standards")] = [],  # noqa: B006
    certainty: Annotated[Values, Query(description="stated, inferred …")] = [],  # noqa: B006
    start: Annotated[int, Query(ge=0, le=100_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """ดูรายการทั้งหมดตามตัวกรอง หรือที่คำค้นพบ (all there is by facets, or what a text finds)."""
    wanted = {"kind": kind, "status": status, "year": year, "act": act, "certainty": certainty}
    return service_of(request).browse(q, wanted, start, limit).to_dict()


@router.get(
    "/api/around/{ref:path}", operation_id="around", response_model=None,
    responses=answers(_AROUND, Around, 400, "unknown-ref", 422),
)  # fmt: skip
def around(request: Request, ref: Words) -> dict[str, Any]:
    """สิ่งที่เกี่ยวข้องภายในสองขั้นและเส้นเวลา (what is within two steps, and the timeline)."""
    return service_of(request).around(ref).to_dict()


@router.get(
    "/api/compare", operation_id="compare", response_model=None,
    responses=answers(_COMPARED, Versions, 400, "unknown-ref", 422),
)  # fmt: skip
def compare(
    request: Request,
    ref: Annotated[Words, Query(max_length=300, description="ฉบับหลัง (the later version)",
                                examples=["mspr-6"])],
    before: Annotated[
        Words,
        Query(max_length=300, description="ฉบับก่อน ถ้าไม่ระบุคือฉบับที่ถูกแทน (the earlier one; by "
              "default that which the later replaced or revises)"),
    ] = "",
) -> dict[str, Any]:  # fmt: skip
    """เทียบสองฉบับของมาตรฐาน กฎหมาย หรือมาตรา (two versions of a standard, law or section).

    Official text is compared with official text, where both have it; else our summaries and norms.
    """
    return service_of(request).compare(ref, before).to_dict()
