"""Page, API and linked data in one application."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from qa.service import Service
from ui import (
    api,
    browse_api,
    docs_page,
    feedback_api,
    findings_api,
    guide_api,
    health,
    jobs_api,
    linked,
    mcp_server,
    problem,
    problem_pages,
    query_api,
    records_api,
    sparql,
    tax_api,
)
from ui.documented import DESCRIPTION, TAGS
from ui.jobs.pool import Jobs
from ui.page import calculator, checking
from ui.page.mounting import mount, redirect_bare
from ui.page.served import Served
from ui.serving import layers
from ui.serving.fallback import Fallback
from ui.settings import ServerSettings
from ui.sparql_functions import endpoint_over


def create_app(
    service: Service, settings: ServerSettings | None = None, spool: Path | None = None
) -> FastAPI:
    """Return the application over a service.

    :param settings: by default those of the environment.
    :param spool: folder of uploads that several workers share; by default one of its own.
    :raises InputError: a setting cannot be used.
    """
    settings = settings or ServerSettings.from_environment()
    app = FastAPI(
        title="mattra", version=version("mattra"), description=DESCRIPTION, openapi_tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/", "description": "เซิร์ฟเวอร์นี้ (this server)"}],
        docs_url=None, redoc_url=None, lifespan=_lifespan,
    )  # fmt: skip
    app.state.service = service
    app.state.settings = settings
    app.state.sparql = endpoint_over(service, settings)
    app.state.jobs = Jobs(settings, records_api.labels(service), spool)
    problem.install(app)
    static = str(files("ui") / "static")
    app.mount("/files", StaticFiles(directory=static), name="files")
    docs_page.install(app)
    sparql.install(app)
    app.include_router(records_api.router)
    app.include_router(jobs_api.router)
    app.include_router(findings_api.router)
    app.include_router(tax_api.router)
    app.include_router(checking.router)
    app.include_router(calculator.router)
    app.include_router(api.router)
    app.include_router(feedback_api.router)
    app.include_router(guide_api.router)
    app.include_router(query_api.router)
    app.include_router(browse_api.router)
    app.include_router(linked.router)
    app.include_router(health.router)
    app.include_router(problem_pages.router)

    @app.get("/favicon.svg", include_in_schema=False)
    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return FileResponse(f"{static}/favicon.svg", media_type="image/svg+xml")

    tools = mcp_server.tools_of(service, app.state.jobs, app.state.sparql)
    app.router.routes.extend(mcp_server.http_app(tools).routes)
    app.state.tools = tools

    redirect_bare(app)
    # After every route of ours: the page takes all that is left.
    app.router.routes.append(Fallback(app.router.routes))
    layers.install(app, settings)
    return mount(app, Served(service, app.state.sparql))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        stack.callback(app.state.jobs.close)
        await stack.enter_async_context(sparql.lifespan(app))
        await stack.enter_async_context(app.state.tools.session_manager.run())
        yield
        app.state.closing = True
