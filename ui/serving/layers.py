"""The layers in their order, and nothing else."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.serving.bodies import Bodies
from ui.serving.context import Context
from ui.serving.fallback import Problems
from ui.serving.hosts import Hosts
from ui.serving.rates import Rates
from ui.settings import ServerSettings


class ApiCors:
    """Lets pages of the named origins call ``/api``; other routes say for themselves."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app = app
        self.cors = CORSMiddleware(
            app, allow_origins=settings.origins, allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Content-Type", "Prefer", "X-Request-ID"],
            expose_headers=["X-Request-ID", "Location", "Retry-After", "RateLimit"],
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        api = scope["type"] == "http" and scope["path"].startswith("/api/")
        await (self.cors if api else self.app)(scope, receive, send)


def install(app: FastAPI, settings: ServerSettings) -> None:
    """Put the layers around an application; the last added is the outermost."""
    app.add_middleware(Problems)
    app.add_middleware(Bodies, settings=settings)
    app.add_middleware(Rates, settings=settings)
    if settings.origins:
        app.add_middleware(ApiCors, settings=settings)
    app.add_middleware(Hosts, settings=settings)
    app.add_middleware(Context, settings=settings)
