"""The guided path over HTTP: what may be chosen, the checklist, and the checklist as a document."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from qa.guide import Asked, Checklist
from qa.guide.model import Offer
from qa.text import MAX_QUESTION
from ui import examples
from ui.api import json_only, service_of
from ui.documented import answers
from ui.guide.docx import MEDIA as DOCX
from ui.models import Words

router = APIRouter(tags=["questions"])
_MOST: Final = 60
_LONGEST: Final = 80
Name = Annotated[Words, Field(max_length=_LONGEST)]
Names = Annotated[list[Name], Field(max_length=_MOST)]
_DAY: Final = "วันที่ต้องการรู้ ว่างคือวันนี้ เช่น 2026-01-31 หรือ 31 มกราคม 2569 (the day; empty for today)"
Language = Annotated[Literal["th", "en"], Query(description="ภาษาของหัวข้อ (language of headings)")]


class GuideBody(BaseModel):
    """Choices by the names of ``GET /api/guide/choices``, or a description that names them."""

    agency: Name = Field(default="", examples=["local"])
    activities: Names = Field(default=[], examples=[["e-payment"]])
    data: Names = Field(default=[], examples=[["people"]])
    channels: Names = Field(default=[], examples=[["website"]])
    day: Name = Field(default="", description=_DAY, examples=["2026-01-31"])
    description: Annotated[Words, Field(max_length=MAX_QUESTION)] = Field(
        default="",
        description="คำบรรยายงาน ใช้เติมตัวเลือกที่รู้จัก (the work in words; fills what it names)",
        examples=[""],
    )


Chosen = Annotated[list[Words], Query(max_length=_MOST)]


def asked_of(
    agency: Annotated[Words, Query(max_length=_LONGEST, examples=["local"])] = "",
    activity: Annotated[Chosen, Query(examples=[["e-payment"]])] = [],  # noqa: B006
    data: Chosen = [],  # noqa: B006
    channel: Chosen = [],  # noqa: B006
    day: Annotated[Words, Query(max_length=_LONGEST, description=_DAY)] = "",
) -> Asked:
    """Return the choices of an address's query."""
    return Asked(agency, activity, data, channel, day)


@router.get(
    "/api/guide/choices", operation_id="guideChoices", response_model=None,
    responses=answers(examples.GUIDE_CHOICES, Offer, 400),
)  # fmt: skip
def choices(request: Request) -> dict[str, Any]:
    """ตัวเลือกทั้งหมดของเส้นทางแนะนำ จากกราฟ (what may be chosen, as the graph has it)."""
    return service_of(request).guide_choices().to_dict()


@router.post(
    "/api/guide", operation_id="guide", response_model=None, dependencies=[Depends(json_only)],
    responses=answers(examples.GUIDE, Checklist, 400, 415, 422),
)  # fmt: skip
def guide(request: Request, body: GuideBody) -> dict[str, Any]:
    """รายการตรวจสอบมาตรฐานและมาตราที่ใช้กับงานที่เลือก (a checklist for the work chosen)."""
    asked = Asked(
        body.agency, body.activities, body.data, body.channels, body.day, body.description
    )
    return service_of(request).guide(asked).to_dict()


@router.get(
    "/api/guide.html", operation_id="guideHtml", response_class=HTMLResponse,
    responses=answers("<!doctype html>…", str, 400, 422, media="text/html"),
)  # fmt: skip
def as_html(
    request: Request, asked: Annotated[Asked, Depends(asked_of)], lang: Language = "th"
) -> Response:
    """รายการตรวจสอบเป็นเอกสาร HTML สำหรับแนบบันทึก (the checklist as an HTML document)."""
    from ui.guide.html import document_html

    found = service_of(request).guide(asked)
    return HTMLResponse(document_html(found, lang), headers=_attached(found, "html"))


@router.get(
    "/api/guide.docx", operation_id="guideDocx", response_class=Response,
    responses=answers("PK…", bytes, 400, 422, media=DOCX),
)  # fmt: skip
def as_docx(
    request: Request, asked: Annotated[Asked, Depends(asked_of)], lang: Language = "th"
) -> Response:
    """รายการตรวจสอบเป็นเอกสาร Word สำหรับแนบบันทึก (the checklist as a Word document)."""
    from ui.guide.docx import document_docx

    found = service_of(request).guide(asked)
    return Response(document_docx(found, lang), media_type=DOCX, headers=_attached(found, "docx"))


def _attached(found: Checklist, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="checklist-{found.day}.{ending}"'}
