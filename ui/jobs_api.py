"""Jobs over HTTP: how far a check has come, its report, and stopping it."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from graph.errors import MattraError
from ui import examples
from ui.documented import answers
from ui.jobs.files import JobFiles, JobState, moment
from ui.jobs.pool import Jobs
from ui.models import Job
from ui.problem import RefusedError
from ui.problem_kinds import KINDS, slug_of
from ui.settings import ServerSettings

router = APIRouter(tags=["jobs"])
TYPES: Final = {
    "text": "text/plain; charset=utf-8", "json": "application/json",
    "csv": "text/csv; charset=utf-8", "ttl": "text/turtle",
    "html": "text/html; charset=utf-8", "junit": "application/xml",
}  # fmt: skip
_DELETED: Final = answers(None, None, 404, 422)
_DELETED[204] = {"description": "หยุดและลบแล้ว (stopped and deleted)"}
del _DELETED[200]


@router.get(
    "/api/jobs/{id}", operation_id="job", response_model=None,
    responses=answers(examples.JOB, Job, 404, 422)
)  # fmt: skip
def job(request: Request, id: str) -> dict[str, Any]:
    """งานตรวจไฟล์ถึงไหนแล้ว (how far a check has come)."""
    state = found(request, id)[1]
    return job_answer(state, request.app.state.settings)


@router.delete(
    "/api/jobs/{id}", operation_id="cancel", response_model=None,
    status_code=204, response_class=Response,
    responses=_DELETED,
)  # fmt: skip
def cancel(request: Request, id: str) -> Response:
    """หยุดงานและลบไฟล์ทั้งหมดของงาน (stop a check and delete all its files)."""
    files, _ = found(request, id)
    jobs: Jobs = request.app.state.jobs
    jobs.cancel(files)
    return Response(status_code=204)


def job_answer(state: JobState, settings: ServerSettings) -> dict[str, Any]:
    """Return a job as its JSON."""
    links = {"self": f"/api/jobs/{state.id}"}
    if state.state == "done":
        links["report"] = f"/api/jobs/{state.id}/report"
        if state.keep:
            links["findings"] = f"/api/jobs/{state.id}/findings"
            links["annotated"] = f"/api/jobs/{state.id}/annotated"
    return {
        "id": state.id,
        "state": state.state,
        "dataset": state.dataset,
        "format": state.format,
        "bytes": state.bytes,
        "bytes_read": state.bytes_read,
        "rows": state.rows,
        "rows_per_second": state.rows_per_second,
        "created": moment(state.created),
        "expires": moment(state.finished + settings.result_seconds) if state.finished else None,
        "problem": _problem(state) if state.status else None,
        "links": links,
    }


def failure(state: JobState) -> MattraError | RefusedError:
    """Return the error that a check ended with."""
    if state.title:
        error = MattraError(state.th, state.en)
        error.status, error.title = state.status, state.title
        return error
    return RefusedError(state.status, state.th, state.en)


def _problem(state: JobState) -> dict[str, Any]:
    slug = slug_of(state.status, state.title)
    return {
        "type": f"/problems/{slug}", "title": state.title or KINDS[slug].title,
        "status": state.status, "detail": f"{state.th} ({state.en})",
        "detail_th": state.th, "detail_en": state.en, "request_id": "",
    }  # fmt: skip


def found(request: Request, id_: str) -> tuple[JobFiles, JobState]:
    """Return the files and the state of a job.

    :raises RefusedError: 404, there is none of this id.
    """
    jobs: Jobs = request.app.state.jobs
    files = jobs.find(id_)
    state = files.state() if files else None
    if files is None or state is None:
        raise RefusedError(404, "ไม่มีงานนี้ หรือถูกลบไปแล้ว", "no such job, or it was deleted")
    return files, state
