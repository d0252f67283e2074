"""Page, API and linked data in one process."""

import os
import socket
from importlib.resources import files
from typing import Final

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import click
import gradio as gr
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.base import RequestResponseEndpoint

from graph.errors import InputError
from qa.service import Service
from ui import api, linked, problem, records_api, sparql
from ui.page import build, theme
from ui.sparql_functions import FUNCTION_IRIS, expander

POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'self'"
)
"""What a browser may load: nothing from elsewhere. Gradio's own scripts are inline."""


def create_app(service: Service) -> FastAPI:
    """Return the application over a service."""
    app = FastAPI(
        title="mattra", version="0.1.0", description="Thai digital-government standards and laws"
    )
    app.state.service = service
    app.state.sparql = sparql.Endpoint.from_environment()
    app.state.sparql.expand = expander(service)
    app.state.sparql.functions = FUNCTION_IRIS
    problem.install(app)
    static = str(files("ui") / "static")
    app.mount("/files", StaticFiles(directory=static), name="files")
    app.include_router(records_api.router)
    app.include_router(api.router)
    app.include_router(linked.router)
    app.include_router(sparql.router)
    app.include_router(api.last)

    @app.get("/favicon.svg", include_in_schema=False)
    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return FileResponse(f"{static}/favicon.svg", media_type="image/svg+xml")

    @app.middleware("http")
    async def guard(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        if not request.url.path.startswith("/docs"):
            response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    mounted: FastAPI = gr.mount_gradio_app(
        app, build(service), path="/", theme=theme(), css_paths=[f"{static}/mattra.css"],
        run_history=False, show_error=False, max_file_size="50mb", ssr_mode=False, mcp_server=False,
        footer_links=[], favicon_path=f"{static}/favicon.svg",
    )  # fmt: skip
    return mounted


def serve(host: str, port: int) -> None:
    """Build the index, then answer until stopped.

    :raises InputError: the address cannot be used.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(
                f"เปิดที่ {host}:{port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ ลอง --port อื่น",
                f"cannot listen on {host}:{port}: {error}; try another --port",
            ) from error
    service = Service()
    service.warm_up()
    config = uvicorn.Config(create_app(service), host=host, port=port, log_level="warning")
    click.echo(f"mattra: http://{host}:{port}/", err=True)
    uvicorn.Server(config).run()
