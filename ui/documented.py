"""What the OpenAPI document says of every route: an example of its answer and of each error."""

from collections.abc import Sequence
from typing import Any, Final

from ui.models import Problem
from ui.problem import MEDIA
from ui.problem_kinds import KINDS, slug_of

TAGS: Final = [
    {
        "name": "questions",
        "description": "ถามและค้น คำตอบทุกข้อมีแหล่งอ้างอิง (questions, with citations)",
    },
    {"name": "records", "description": "ตรวจระเบียนภาษีที่ดิน (checking tax records)"},
    {"name": "jobs", "description": "งานตรวจไฟล์ที่ใช้เวลานาน (checks that take long)"},
    {"name": "sparql", "description": "ถามกราฟด้วย SPARQL (querying the graph)"},
    {
        "name": "linked data",
        "description": "ตัวระบุทุกตัวเปิดได้ เป็นหน้าเว็บหรือ RDF ตาม Accept (identifiers answer, by Accept)",
    },
    {"name": "service", "description": "สถานะของระบบ (the state of the service)"},
]
DESCRIPTION: Final = """มาตรฐานและกฎหมายรัฐบาลดิจิทัลไทย: ถามเป็นภาษาไทย ได้คำตอบพร้อมแหล่งอ้างอิง
ถ้าไม่มีข้อมูลจะบอกว่าไม่มี

Thai digital-government standards and laws: questions answered with citations, tax records checked
against the rules. Every error is a problem document (RFC 9457) in Thai and English. Calls are
limited for each address: see the RateLimit headers; status 429 says when to call again.
"""
_DETAILS: Final = {
    "unusable-input": ("คำถามว่างเปล่า", "the question is empty"),
    "unknown-ref": ("ไม่พบ mspr-99 ในกราฟ", "the graph has no mspr-99"),
    "not-found": ("ไม่มีงานนี้ หรือถูกลบไปแล้ว", "no such job, or it was deleted"),
    "conflict": ("งานยังไม่เสร็จ", "the job is not done"),
    "too-large": ("คำขอใหญ่เกิน 300 MB", "the request is above 300 MB"),
    "unsupported-media-type": ("ต้องส่งเป็น application/json", "send application/json"),
    "too-many-requests": ("เรียกถี่เกินไป รอ 2 วินาที", "too many requests; try again in 2 s"),
    "internal-error": ("ระบบขัดข้อง แจ้งผู้ดูแลพร้อมรหัส", "the service failed; tell the operator the id"),
    "busy": ("มีไฟล์รอตรวจเต็มแล้ว รอ 5 วินาที", "too many files are waiting; try again in 5 s"),
    "no-space": ("พื้นที่เก็บของเครื่องเต็ม", "the machine's disk is full"),
    "took-too-long": ("ตรวจนานเกิน 900 วินาทีจึงถูกหยุด", "the check took more than 900 s"),
    "invalid-request": (
        "คำขอไม่ถูกต้องที่ #/question ต้องมีค่านี้",
        "invalid at #/question: Field required",
    ),
}
_HEADERS: Final = {
    "X-Request-ID": {"description": "รหัสของคำขอ (id of the request)", "schema": {"type": "string"}},
}
_RETRY: Final = {
    "Retry-After": {"description": "วินาที (seconds)", "schema": {"type": "integer"}},
}


def answers(
    example: Any, model: Any, *errors: int | str, media: Sequence[str] = ("application/json",)
) -> dict[Any, Any]:
    """Return the ``responses`` of a route: its answer and its own errors.

    :param model: of a JSON answer, else None.
    :param media: those that the answer may have; the example is in the first.
    :param errors: statuses, or slugs of :mod:`ui.problem_kinds` where a status has several.
    """
    found: dict[Any, Any] = {
        200: {
            "description": "สำเร็จ (done)",
            "headers": _HEADERS,
            "content": {each: {} for each in media} | {media[0]: {"example": example}},
        }
    }
    if model is not None:
        found[200]["model"] = model
    for error in errors:
        slug = slug_of(error) if isinstance(error, int) else error
        found[KINDS[slug].status] = _error(slug)
    return found


def everywhere(operation: dict[str, Any]) -> None:
    """Add the errors that any route may answer, and put our shape where the framework's was."""
    responses = operation.setdefault("responses", {})
    for status in (400, 413, 421, 429, 500):
        responses.setdefault(str(status), _error(slug_of(status)))
    if "422" in responses and MEDIA not in responses["422"].get("content", {}):
        responses["422"] = _error("invalid-request")
    operation["responses"] = dict(sorted(responses.items()))


def _error(slug: str) -> dict[str, Any]:
    kind = KINDS[slug]
    retry = kind.status in (429, 503)
    return {
        "description": f"{kind.title_th} ({kind.title})",
        "headers": _HEADERS | (_RETRY if retry else {}),
        "content": {
            MEDIA: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example_of(slug),
            }
        },
    }


def example_of(slug: str) -> dict[str, Any]:
    """Return an example of one kind of error.

    >>> Problem.model_validate(example_of("busy")).status
    503
    """
    kind = KINDS[slug]
    thai, english = _DETAILS.get(slug, (kind.help_th, kind.help_en))
    body: dict[str, Any] = {
        "type": f"/problems/{slug}", "title": kind.title, "status": kind.status,
        "detail": f"{thai} ({english})", "detail_th": thai, "detail_en": english,
        "request_id": "3f0d6c1e9b5a4f7c8d2e1a0b9c8d7e6f",
    }  # fmt: skip
    if kind.status == 422:
        body["errors"] = [
            {"in": "body", "pointer": "#/question", "kind": "missing",
             "detail_th": "ต้องมีค่านี้", "detail_en": "Field required"}
        ]  # fmt: skip
    return body


def problem_schema() -> dict[str, Any]:
    """Return the schemas of a problem document, by name."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    nested: dict[str, Any] = schema.pop("$defs")
    return {**nested, "Problem": schema}
