"""``/sparql``: the SPARQL 1.1 Protocol, read-only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ui.sparql.endpoint import Endpoint

__all__ = ["Endpoint", "install", "lifespan"]


class _Answering:
    """The route as plain ASGI: the framework's way to a function costs more than a short query."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        response = await _endpoint_of(scope["app"]).respond(request)
        await response(scope, receive, send)


def install(app: FastAPI) -> None:
    """Put the route before all others: routes are tried in turn, and queries are many."""
    app.router.routes.insert(0, Route("/sparql", _Answering()))


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Stop the workers when the server stops; they start with the first query."""
    yield
    endpoint: Endpoint | None = getattr(app.state, "sparql", None)
    if endpoint is not None:
        endpoint.close()


def _endpoint_of(app: FastAPI) -> Endpoint:
    """Return the application's endpoint, made from the environment where none was set."""
    if getattr(app.state, "sparql", None) is None:
        app.state.sparql = Endpoint.from_environment()
    endpoint: Endpoint = app.state.sparql
    return endpoint
