"""Tax records over HTTP: the columns of a data set, and checking an upload."""

import asyncio
import io
import re
from collections.abc import Callable
from concurrent.futures import Future
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from graph.errors import UnknownRefError
from graph.view import View
from ontology import iri
from ontology.tax import datasets
from qa.service import Service
from ui import examples
from ui.documented import answers
from ui.jobs.files import JobState
from ui.jobs.pool import Jobs, Waiting
from ui.jobs_api import TYPES, failure, job_answer
from ui.models import Column, Job, Report, Words
from ui.problem import RefusedError

router = APIRouter(tags=["records"])
MOST_SAMPLED: Final = 1_000
"""Generated records that one request may ask for; the command makes any number."""
_LOOK: Final = 0.5
"""Seconds between two looks whether the client is still there."""
_FILES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json", "xml": "application/xml",
}  # fmt: skip
Form_ = Literal["text", "json", "csv", "ttl", "html", "junit"]


@router.get(
    "/api/fields/{dataset}", operation_id="fields", response_model=None,
    responses=answers(examples.COLUMNS, list[Column], "unknown-ref", 422),
)  # fmt: skip
def fields(dataset: Words) -> list[dict[str, Any]]:
    """คอลัมน์ของชุดข้อมูล ชนิด รายการรหัส ข้อมูลส่วนบุคคล และกฎ (the columns of a data set)."""
    from ingest.records.fields import fields as describe

    _known(dataset)
    return describe(dataset)


def _known(dataset: str) -> None:
    if dataset not in datasets():
        raise UnknownRefError(
            f"ไม่รู้จักชุดข้อมูล {dataset} เลือกจาก {', '.join(datasets())}",
            f"no data set {dataset}; choose from {', '.join(datasets())}",
        )


def _file(data: bytes, dataset: str, form: str) -> Response:
    name = f'attachment; filename="{dataset}.{form}"'
    return Response(data, media_type=_FILES[form], headers={"Content-Disposition": name})


_FILE_ANSWERS: Final = answers(
    "parcelId,landAreaSqWa\nP-1,200\n", None, "unknown-ref", 400, 422, media=tuple(_FILES.values())
)


Rows = Annotated[int, Query(ge=1, le=MOST_SAMPLED, description="จำนวนแถว (records)")]


@router.get(
    "/api/templates/{dataset}", operation_id="template", response_class=Response,
    responses=_FILE_ANSWERS,
)  # fmt: skip
def template(dataset: Words, format: Literal["csv", "xlsx", "json", "xml"] = "csv") -> Response:
    """ไฟล์ที่มีหัวคอลัมน์ถูกต้องและตัวอย่างหนึ่งแถว (a file with the right headers, one example row)."""
    from ingest.records.template import template as make

    _known(dataset)
    return _file(make(dataset, format), dataset, format)


@router.get(
    "/api/samples/{dataset}", operation_id="sample", response_class=Response,
    responses=_FILE_ANSWERS,
)  # fmt: skip
def sample(
    dataset: Words,
    rows: Rows = 20,
    defects: Annotated[
        float,
        Query(ge=0, le=1, allow_inf_nan=False, description="สัดส่วนแถวที่ผิด (share with a defect)"),
    ] = 0.0,
    seed: Annotated[int, Query(ge=0, le=2**31 - 1, description="เมล็ดสุ่ม (random seed)")] = 1,
    format: Literal["csv", "xlsx", "json", "xml"] = "csv",
) -> Response:
    """ข้อมูลสมมุติสำหรับทดสอบ ไม่มีบุคคลจริง (generated records, no real people)."""
    from ingest.records.sample import generate
    from ingest.records.writing import write_to

    _known(dataset)
    buffer = io.BytesIO()
    write_to(generate(dataset, rows, seed, defects), dataset, format, buffer)
    return _file(buffer.getvalue(), dataset, format)


async def form_only(request: Request) -> None:
    """Refuse a body that is no form with files.

    :raises RefusedError: 415.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "multipart/form-data":
        raise RefusedError(
            415, "ต้องส่งเป็น Content-Type: multipart/form-data ที่มีช่อง file และ dataset",
            "send a multipart/form-data body with the fields file and dataset",
            {"Accept": "multipart/form-data"},
        )  # fmt: skip


_ANSWERS: Final = answers(examples.REPORT, Report, 400, 415, 422, 503, 504, 507)
_ANSWERS[200]["content"] |= {
    media: {"schema": {"type": "string"}} for media in TYPES.values() if "json" not in media
}
_ANSWERS[202] = {
    "model": Job,
    "description": "กำลังตรวจ ดูที่ Location (being checked; see Location)",
    "headers": {"Location": {"schema": {"type": "string"}}},
    "content": {"application/json": {"example": examples.JOB}},
}


@router.post(
    "/api/validate", operation_id="validate", response_model=None,
    dependencies=[Depends(form_only)],
    responses=_ANSWERS,
)  # fmt: skip
async def validate(
    request: Request,
    background: BackgroundTasks,
    file: UploadFile,
    dataset: Annotated[
        Words,
        Form(
            description="ชุดข้อมูล (data set)",
            examples=["assessment"],
            json_schema_extra={"enum": list(datasets())},
        ),
    ],
    format: Annotated[Form_, Form(description="รูปแบบรายงาน (form of the report)")] = "json",
    keep: Annotated[
        bool,
        Form(
            description="เก็บไฟล์และจุดผิดไว้เท่ากับรายงาน เพื่อดูทีละหน้าที่ `/api/jobs/{id}/findings` "
            "และขอรายงานรูปแบบอื่นหรือไฟล์ที่ทำเครื่องหมาย (keep the file and its findings as long as "
            "the report, to page them, and for other forms and the marked file)"
        ),
    ] = False,
    wait: Annotated[
        float | None,
        Query(
            ge=0, le=3600, allow_inf_nan=False,
            description="รอผลกี่วินาทีก่อนตอบ 202; 0 คือไม่รอ เหมือน `Prefer: respond-async` หรือ "
            "`Prefer: wait=10` (seconds to wait for the report before 202)",
        ),
    ] = None,
) -> Response:  # fmt: skip
    """ตรวจไฟล์ระเบียนภาษี ไฟล์ที่ส่งมาถูกลบทันทีที่ตรวจเสร็จ (check a file of tax records).

    The upload is deleted as soon as it was checked, unless `keep` is true: then it goes with the
    report, whose job is the Location. With `wait=0` or `Prefer: respond-async` the
    answer is 202 with a Location that tells how far the check is, and its report once it is done.
    """
    from ingest.records.checking import dataset_of

    dataset_of(dataset)
    jobs: Jobs = request.app.state.jobs
    job = await run_in_threadpool(
        jobs.submit, file.file, file.filename or "", dataset, format, keep
    )
    seconds, applied = _patience(request, wait)
    if not await _ended(request, job, seconds):
        state = job.files.state() or job.state
        location = f"/api/jobs/{state.id}"
        headers = {"Location": location, "Retry-After": "1"}
        if applied:
            headers["Preference-Applied"] = applied
        return JSONResponse(job_answer(state, jobs.settings), 202, headers)
    state_or_none: JobState | None = job.ended.result()
    if state_or_none is None:
        raise RefusedError(
            503, "ระบบกำลังปิด ส่งใหม่ภายหลัง", "the server is closing", {"Retry-After": "5"}
        )
    if state_or_none.status:
        await run_in_threadpool(job.files.delete)
        raise failure(state_or_none)
    if keep:
        headers = {"Location": f"/api/jobs/{state_or_none.id}"}
        return FileResponse(job.files.report, media_type=TYPES[format], headers=headers)
    background.add_task(job.files.delete)
    return FileResponse(job.files.report, media_type=TYPES[format], background=background)


def _patience(request: Request, wait: float | None) -> tuple[float | None, str]:
    """Return the seconds to wait (None: until the end), and the preference that says so."""
    if wait is not None:
        return wait, ""
    preferences = ",".join(request.headers.getlist("prefer")).lower()
    found = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,4})", preferences)
    if found:
        return float(found[1]), f"wait={found[1]}"
    if re.search(r"(?:^|[,;\s])respond-async(?:$|[,;\s])", preferences):
        return 0.0, "respond-async"
    return None, ""


async def _ended(request: Request, job: Waiting, seconds: float | None) -> bool:
    """Wait for the end of a job; a client that goes away takes its job with it."""
    future: Future[JobState | None] = job.ended
    loop = asyncio.get_running_loop()
    until = None if seconds is None else loop.time() + seconds
    waiting = asyncio.wrap_future(future)
    while True:
        left = _LOOK if until is None else min(_LOOK, until - loop.time())
        if left <= 0:
            return future.done()
        done, _ = await asyncio.wait([waiting], timeout=left)
        if done:
            return True
        if await request.is_disconnected():
            job.files.ask_to_stop()


def labels(service: Service) -> Callable[[str], str]:
    """Return what names the source of a rule in Thai."""
    from pyoxigraph import NamedNode

    return lambda ref: View(service.store).label(NamedNode(iri(ref))) or ref
