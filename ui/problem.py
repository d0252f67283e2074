"""Errors over HTTP: one shape for every route, RFC 9457 ``application/problem+json``."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.errors import MattraError


def problem(status: int, title: str, detail: str) -> JSONResponse:
    """Return a problem document."""
    return JSONResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail},
        status_code=status,
        media_type="application/problem+json",
    )


def install(app: FastAPI) -> None:
    """Make an application answer every error in this shape."""

    @app.exception_handler(MattraError)
    def _ours(_: Request, error: MattraError) -> JSONResponse:
        return problem(error.status, error.title, str(error))

    @app.exception_handler(HTTPException)
    def _http(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, "request refused", str(error.detail))

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return problem(422, "invalid request", f"คำขอไม่ถูกต้องที่ {where} ({where}: {first['msg']})")
