"""The JSON routes: the same calls as the command line's, over HTTP."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.routing import Match

from qa.facets import Facets
from qa.service import Service
from qa.text import MAX_QUESTION

router = APIRouter()
last = APIRouter()
"""To be included after every other router."""


class AskBody(BaseModel):
    """A question, and the day to answer for."""

    question: str = Field(
        max_length=MAX_QUESTION, examples=["จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ ต้องใช้มาตรฐานไหน"]
    )
    as_of: date | None = None
    before: list[Annotated[str, Field(max_length=MAX_QUESTION)]] = Field(
        default=[],
        max_length=20,
        description="the questions of the same conversation so far, oldest first",
    )


class AppliesBody(BaseModel):
    """The work to be done, in words."""

    description: str = Field(max_length=MAX_QUESTION, examples=["รับชำระค่าธรรมเนียมออนไลน์"])


def service_of(request: Request) -> Service:
    """Return the service that the application was made with."""
    service: Service = request.app.state.service
    return service


@router.post("/api/ask")
def ask(request: Request, body: AskBody) -> dict[str, Any]:
    """Answer one question, with citations."""
    return service_of(request).ask(body.question, body.as_of, body.before).to_dict()


@router.get("/api/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=MAX_QUESTION)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    act: Annotated[list[str], Query(description="refs of laws, such as pdpa-2562")] = [],  # noqa: B006
    kind: Annotated[list[str], Query(description="section, standard, act, instrument")] = [],  # noqa: B006
    status: Annotated[list[str], Query(description="in-force, draft, superseded …")] = [],  # noqa: B006
    concept: Annotated[list[str], Query(description="refs of subjects")] = [],  # noqa: B006
) -> dict[str, Any]:
    """Return the things nearest to a question, why each, and facets to narrow them by."""
    return service_of(request).search(q, limit, Facets(act, kind, status, concept)).to_dict()


@router.post("/api/applies")
def applies(request: Request, body: AppliesBody) -> dict[str, Any]:
    """Return what applies to the work, each with the path that makes it apply."""
    return service_of(request).applies(body.description).to_dict()


@router.get("/api/refs/{ref:path}")
def refs(request: Request, ref: str) -> dict[str, Any]:
    """Return one thing; the ref may be written as people write it."""
    return service_of(request).show(ref).to_dict()


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """Tell that the service lives, with the size of its graph."""
    return service_of(request).health()


@last.api_route(
    "/api/{path:path}",
    methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    include_in_schema=False,
)
def no_such_call(request: Request, path: str) -> None:
    """Refuse what no route above takes; the page's own routes would answer otherwise."""
    routes = request.app.router.routes
    known = any(route.matches(request.scope)[0] is Match.PARTIAL for route in routes)
    raise HTTPException(405 if known else 404, f"ไม่มี {request.method} /api/{path} ดู /docs")
