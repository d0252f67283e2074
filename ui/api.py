"""The JSON routes: the same calls as the command line's, over HTTP."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from graph.things import Thing
from qa.facets import Facets, SearchResult
from qa.model import Answer, Applies
from qa.service import Service
from qa.text import MAX_QUESTION
from ui import examples
from ui.documented import answers
from ui.models import Day, Words
from ui.problem import RefusedError
from ui.serving.metrics import count_answer

router = APIRouter(tags=["questions"])
Asked = Annotated[Words, Field(max_length=MAX_QUESTION)]
_MOST_FACETS: Final = 50


class AskBody(BaseModel):
    """A question, and the day to answer for."""

    question: Asked = Field(examples=["จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ ต้องใช้มาตรฐานไหน"])
    as_of: Day | None = Field(
        default=None,
        description="ตอบตามที่มีผล ณ วันนี้ (the day to answer for)",
        examples=["2026-01-31"],
    )
    before: list[Asked] = Field(
        default=[],
        max_length=20,
        description="คำถามก่อนหน้าในบทสนทนาเดียวกัน (the questions of the same conversation so far, "
        "oldest first)",
        examples=[["มสพร. 7 คืออะไร"]],
    )


class AppliesBody(BaseModel):
    """The work to be done, in words."""

    description: Asked = Field(examples=["รับชำระค่าธรรมเนียมออนไลน์"])


def service_of(request: Request) -> Service:
    """Return the service that the application was made with."""
    service: Service = request.app.state.service
    return service


async def json_only(request: Request) -> None:
    """Refuse a body that does not say that it is JSON.

    :raises RefusedError: 415.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json" and not (
        media.startswith("application/") and media.endswith("+json")
    ):
        raise RefusedError(
            415, "ต้องส่งเนื้อหาเป็น Content-Type: application/json",
            "send the body with Content-Type: application/json", {"Accept": "application/json"},
        )  # fmt: skip


Facet = Annotated[list[Words], Query(max_length=_MOST_FACETS)]
Kind = Literal["section", "standard", "act", "instrument"]
Status = Literal["in-force", "draft", "superseded", "published", "unknown"]


@router.post(
    "/api/ask", operation_id="ask", response_model=None, dependencies=[Depends(json_only)],
    responses=answers(examples.ANSWER, Answer, 400, 415, 422),
)  # fmt: skip
def ask(request: Request, body: AskBody) -> dict[str, Any]:
    """ถามหนึ่งคำถาม ได้คำตอบพร้อมแหล่งอ้างอิง หรือคำบอกว่าไม่มีข้อมูล (one question, with citations)."""
    answer = service_of(request).ask(body.question, body.as_of, body.before)
    count_answer(answer)
    return answer.to_dict()


@router.get(
    "/api/search", operation_id="search", response_model=None,
    responses=answers(examples.SEARCH, SearchResult, 400, 404, 422),
)  # fmt: skip
def search(
    request: Request,
    q: Annotated[
        Words,
        Query(
            max_length=MAX_QUESTION,
            description="คำค้น (what to look for)",
            examples=["ลายมือชื่ออิเล็กทรอนิกส์"],
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    act: Annotated[Facet, Query(description="refs of laws, such as pdpa-2562")] = [],  # noqa: B006
    kind: Annotated[list[Kind], Query(max_length=10)] = [],  # noqa: B006
    status: Annotated[list[Status], Query(max_length=10)] = [],  # noqa: B006
    concept: Annotated[Facet, Query(description="refs of subjects")] = [],  # noqa: B006
) -> dict[str, Any]:
    """ค้นอย่างเดียว บอกเหตุผลของทุกอันดับ และตัวกรอง (things found, why each, and facets)."""
    return service_of(request).search(q, limit, Facets(act, kind, status, concept)).to_dict()


@router.post(
    "/api/applies", operation_id="applies", response_model=None, dependencies=[Depends(json_only)],
    responses=answers(examples.APPLIES, Applies, 400, 415, 422),
)  # fmt: skip
def applies(request: Request, body: AppliesBody) -> dict[str, Any]:
    """มาตรฐานและมาตราใดใช้กับงานนี้ พร้อมเส้นทางในกราฟ (what applies to the work, and why)."""
    return service_of(request).applies(body.description).to_dict()


@router.get(
    "/api/refs/{ref:path}", operation_id="ref", response_model=None,
    responses=answers(examples.THING, Thing, 400, "unknown-ref", 422),
)  # fmt: skip
def refs(request: Request, ref: Words) -> dict[str, Any]:
    """หนึ่งสิ่งในกราฟ เขียนชื่ออย่างที่คนเขียนได้ (one thing; the ref as people write it)."""
    return service_of(request).show(ref).to_dict()
