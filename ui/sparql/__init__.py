"""``/sparql``: the SPARQL 1.1 Protocol, read-only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response

from ui.sparql.endpoint import Endpoint

__all__ = ["Endpoint", "router"]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Stop the workers when the server stops; they start with the first query."""
    yield
    endpoint: Endpoint | None = getattr(app.state, "sparql", None)
    if endpoint is not None:
        endpoint.close()


router = APIRouter(lifespan=_lifespan)


def endpoint_of(request: Request) -> Endpoint:
    """Return the application's endpoint, made from the environment where none was set."""
    state = request.app.state
    if getattr(state, "sparql", None) is None:
        state.sparql = Endpoint.from_environment()
    endpoint: Endpoint = state.sparql
    return endpoint


@router.api_route(
    "/sparql",
    methods=["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"],
    include_in_schema=False,
)
async def sparql(request: Request) -> Response:
    """Answer a SPARQL query, or describe the service."""
    return await endpoint_of(request).respond(request)
