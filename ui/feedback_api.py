"""``POST /api/feedback``: whether an answer helped, kept on this machine."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from qa.text import MAX_QUESTION
from ui import examples, feedback
from ui.api import json_only
from ui.documented import answers
from ui.models import Feedback, Words
from ui.settings import ServerSettings

router = APIRouter(tags=["questions"])
Ref = Annotated[Words, Field(max_length=200)]


class FeedbackBody(BaseModel):
    """What a user thinks of one answer."""

    question: Annotated[Words, Field(min_length=1, max_length=MAX_QUESTION)] = Field(
        examples=["มสพร. 7 คืออะไร"]
    )
    verdict: Literal["up", "down"] = Field(description="ช่วยได้หรือไม่ (whether it helped)")
    note: Annotated[Words, Field(max_length=1_000)] = Field(
        default="", description="ความเห็น (in words)", examples=["ตรงกับที่ถาม"]
    )
    refs: list[Ref] = Field(
        default=[], max_length=20, description="สิ่งที่คำตอบอ้าง (what it cited)",
        examples=[["mspr-7-2565"]],
    )  # fmt: skip


@router.post(
    "/api/feedback", operation_id="feedback", response_model=None,
    dependencies=[Depends(json_only)],
    responses=answers(examples.FEEDBACK, Feedback, 415, 422, "no-space"),
)  # fmt: skip
def post_feedback(request: Request, body: FeedbackBody) -> dict[str, Any]:
    """บอกว่าคำตอบช่วยได้ไหม เก็บไว้ในเครื่องนี้ ไม่ส่งไปที่อื่น (whether an answer helped; kept here only)."""
    settings: ServerSettings = request.app.state.settings
    return feedback.keep(
        body.question, body.verdict, body.note, body.refs, settings.max_feedback_bytes
    )
