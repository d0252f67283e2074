"""The kept findings of a check over HTTP: a page at a time, in another form, marked in the file."""

import asyncio
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from ingest.records.kept import ANNOTATED, Kept
from ui import examples
from ui.documented import answers
from ui.jobs.files import JobFiles, JobState
from ui.jobs.pool import Jobs
from ui.jobs_api import TYPES, failure, found
from ui.models import Findings, Report, Severity, Words
from ui.problem import RefusedError

router = APIRouter(tags=["jobs"])
PAGE: Final = 50
MOST: Final = 500
Offset = Annotated[int, Query(ge=0, le=2**31, description="ข้ามกี่จุด (findings to leave out)")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="กี่จุด (findings to give)")]
Filter = Annotated[Words | None, Query(max_length=300)]


@router.get(
    "/api/jobs/{id}/findings", operation_id="findings", response_model=None,
    responses=answers(examples.FINDINGS, Findings, 400, 404, 409, 422),
)  # fmt: skip
def findings(
    request: Request,
    id: str,
    rule: Filter = None,
    severity: Severity | None = None,
    column: Filter = None,
    offset: Offset = 0,
    limit: Limit = PAGE,
) -> dict[str, Any]:
    """จุดผิดทีละหน้า กรองตามกฎ ความร้ายแรง และคอลัมน์ พร้อมแถวในไฟล์ (findings, a page at a time).

    Of a job that was sent with `keep`. `rows` are the cells as they were typed.
    """
    files, state = found(request, id)
    kept = kept_of(files, state)
    page = kept.page(offset, limit, rule=rule, severity=severity, column=column)
    report = kept.empty
    return {
        "dataset": report.dataset, "files": report.files, "records": report.records,
        "counts": kept.counts,
        "by_rule": [
            {"rule": rule_id, "severity": each.severity, "title_th": each.title_th,
             "title_en": each.title_en, "source": each.source, "count": count}
            for rule_id, count in kept.by_rule.items() for each in (kept.rules[rule_id],)
        ],
        "by_column": [
            {"column": name, "name_th": report.headings.get(name, ""), "count": count}
            for name, count in kept.by_column.items()
        ],
        "total": page.total, "offset": offset, "limit": limit,
        "findings": [each.to_dict() for each in page.findings],
        "rows": [
            {"row": number, "cells": {name: text for name, text in cells.items() if name != "row"}}
            for number, cells in page.rows.items()
        ],
    }  # fmt: skip


@router.get(
    "/api/jobs/{id}/report", operation_id="report", response_model=None,
    responses=answers(examples.REPORT, Report, 400, 404, 409, 422, 503, 504, 507),
)  # fmt: skip
async def report(
    request: Request,
    id: str,
    format: Annotated[
        Literal["text", "json", "csv", "ttl", "html", "junit"] | None,
        Query(description="รูปแบบอื่นของงานที่ส่งโดยใส่ keep (another form, of a job sent with keep)"),
    ] = None,
) -> Response:
    """รายงานผลตรวจ ถูกลบเมื่อครบเวลา (the report of a check; deleted after a set time)."""
    files, state = await asyncio.to_thread(found, request, id)
    form = format or state.format
    if form != state.format:
        path = await written(request, files, state, form)
    elif state.status:
        raise failure(state)
    elif not state.finished:
        raise not_done()
    else:
        path = files.report
    return FileResponse(path, media_type=TYPES[form])


_MARKED: Final = answers(
    "taxDue,mattra\n41000,LBT-151\n", None, 400, 404, 409, 422, 503, 504, 507,
    media=["application/octet-stream"],
)  # fmt: skip


@router.get(
    "/api/jobs/{id}/annotated", operation_id="annotated", response_class=Response,
    responses=_MARKED,
)  # fmt: skip
async def annotated(request: Request, id: str) -> Response:
    """ไฟล์ที่ส่งมาพร้อมเครื่องหมายจุดผิด CSV หรือ XLSX (the file that was sent, its findings marked)."""
    files, state = await asyncio.to_thread(found, request, id)
    sent = files.sent
    path = await written(request, files, state, ANNOTATED)
    name = f"checked-{sent.name}" if sent else "checked"
    return FileResponse(path, media_type="application/octet-stream", filename=name)


async def written(request: Request, files: JobFiles, state: JobState, form: str) -> Path:
    """Return the path of the kept report in a form, written by a process of the checks.

    :raises RefusedError: 409 not kept or not done, 503 busy, 504 too slow, 404 deleted meanwhile.
    """
    if state.status:
        raise failure(state)
    if not state.finished:
        raise not_done()
    target = files.report_in(form)
    if not target.is_file():
        jobs: Jobs = request.app.state.jobs
        outcome = await asyncio.wrap_future(jobs.write(files, state, form).ended)
        if outcome is None:
            raise RefusedError(404, "งานถูกลบไปแล้ว", "the job was deleted meanwhile")
        if outcome.status:
            raise failure(outcome)
    return target


def kept_of(files: JobFiles, state: JobState) -> Kept:
    """Return the kept findings of a finished job.

    :raises RefusedError: 409, it is not done, or they were not kept; 404, they are deleted.
    """
    if state.status:
        raise failure(state)
    if not state.finished:
        raise not_done()
    if not state.keep:
        raise RefusedError(
            409, "งานนี้ไม่ได้เก็บจุดผิดไว้ ส่งไฟล์ใหม่โดยใส่ keep=true",
            "the findings were not kept; send the file again with keep=true",
        )  # fmt: skip
    try:
        return Kept(files.kept)
    except FileNotFoundError as error:
        raise RefusedError(404, "งานถูกลบไปแล้ว", "the job was deleted") from error


def not_done() -> RefusedError:
    """Return what is said of a job under way."""
    return RefusedError(
        409, "งานยังไม่เสร็จ ดูความคืบหน้าที่ /api/jobs/{id}", "the job is not done; see its state",
        {"Retry-After": "1"},
    )  # fmt: skip
