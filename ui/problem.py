"""Errors over HTTP: one shape for every route, RFC 9457 ``application/problem+json``."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Scope

from graph.errors import MattraError
from ui.disk import is_full
from ui.invalid import field_errors
from ui.problem_kinds import KINDS, slug_of

MEDIA: Final = "application/problem+json"


class RefusedError(HTTPException):
    """A request that the server, not the service behind it, refuses.

    A subclass of the framework's own, so that a refusal while a body is read is not taken for a
    body that cannot be parsed.

    :param headers: further headers of the answer, such as ``Retry-After``.
    """

    def __init__(
        self, status: int, th: str, en: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, f"{th} ({en})", dict(headers or {}))
        self.th, self.en = th, en


def problem(
    scope: Scope,
    status: int,
    th: str,
    en: str,
    *,
    title: str = "",
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> JSONResponse:
    """Return a problem document: what is wrong in Thai and English, and the request's id.

    :param title: of the kind of error; by default that of the status.
    :param errors: the wrong fields of a request, see :func:`ui.invalid.field_errors`.
    """
    slug = slug_of(status, title)
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": title or KINDS[slug].title,
        "status": status,
        "detail": f"{th} ({en})",
        "detail_th": th,
        "detail_en": en,
        "request_id": request_id(scope),
    }
    if errors:
        body["errors"] = list(errors)
    return JSONResponse(body, status, dict(headers or {}), MEDIA)


def request_id(scope: Scope) -> str:
    """Return the id of a request, empty where nothing has given it one."""
    return str(scope.get("state", {}).get("request_id", ""))


def internal(scope: Scope) -> JSONResponse:
    """Return what a caller is told of a failure inside: its id, and nothing of its cause."""
    given = request_id(scope)
    return problem(
        scope, 500,
        f"ระบบขัดข้อง ลองใหม่ ถ้ายังเป็นอยู่ให้แจ้งผู้ดูแลพร้อมรหัส {given}",
        f"the service failed; try again, or tell the operator the id {given}",
    )  # fmt: skip


def of_exception(scope: Scope, error: Exception) -> JSONResponse | None:
    """Return what a caller is told of an error; None of one that nobody foresaw."""
    if isinstance(error, RefusedError):
        return problem(scope, error.status_code, error.th, error.en, headers=error.headers)
    if isinstance(error, MattraError):
        headers: Mapping[str, str] = getattr(error, "headers", None) or {}
        return problem(
            scope, error.status, error.th, error.en, title=error.title, headers=headers
        )  # fmt: skip
    # The framework takes any error while it keeps a form's files for a form that is wrong.
    cause = error.__cause__ if isinstance(error, HTTPException) else error
    if is_full(cause):
        return problem(
            scope, 507,
            "พื้นที่เก็บของเครื่องเต็ม ไม่มีอะไรถูกเก็บไว้ ส่งใหม่ภายหลัง",
            "the machine's disk is full; nothing was kept; send it again later",
        )  # fmt: skip
    if isinstance(error, HTTPException):
        kind = KINDS[slug_of(error.status_code)]
        th = f"{kind.title_th}: {kind.help_th}"
        if error.status_code == 400:
            th = "อ่านเนื้อหาของคำขอไม่ได้ ตรวจรูปแบบให้ตรงกับ Content-Type แล้วส่งใหม่"
        return problem(
            scope, error.status_code, th, f"{kind.title}: {error.detail}",
            headers=error.headers,
        )  # fmt: skip
    return None


def install(app: FastAPI) -> None:
    """Make an application answer every error in this shape."""

    def foreseen(request: Request, error: Exception) -> JSONResponse:
        return of_exception(request.scope, error) or internal(request.scope)

    def full_or_broken(request: Request, error: Exception) -> JSONResponse:
        answer = of_exception(request.scope, error)
        if answer is None:
            # The outermost layer answers and logs what nobody foresaw.
            raise error
        return answer

    def invalid(request: Request, error: Exception) -> JSONResponse:
        if not isinstance(error, RequestValidationError):
            raise error
        errors = field_errors(error)
        first = errors[0]
        return problem(
            request.scope, 422,
            f"คำขอไม่ถูกต้องที่ {first['pointer']} {first['detail_th']}",
            f"invalid at {first['pointer']}: {first['detail_en']}",
            errors=errors,
        )  # fmt: skip

    app.add_exception_handler(MattraError, foreseen)
    app.add_exception_handler(HTTPException, foreseen)
    app.add_exception_handler(OSError, full_or_broken)
    app.add_exception_handler(RequestValidationError, invalid)
