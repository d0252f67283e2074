"""Puts the page into the application: Thai at ``/``, English at ``/en/``."""

from importlib.resources import files
from typing import Final

import gradio as gr
from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse
from starlette.routing import Mount

from ui.page.document import whole
from ui.page.frame import build
from ui.page.served import Served
from ui.page.theme import theme
from ui.serving.policy import PageLayer

PATHS: Final = {"en": "/en", "th": "/"}
"""Where each language stands; what is at the root comes last, for it takes all the rest."""


def redirect_bare(app: FastAPI) -> None:
    """Let ``/en`` lead to ``/en/``, which a mount takes; to be called before it is mounted."""

    @app.get("/en", include_in_schema=False)
    def bare(request: Request) -> RedirectResponse:
        query = request.url.query
        return RedirectResponse("/en/" + (f"?{query}" if query else ""), 308)


def mount(app: FastAPI, served: Served) -> FastAPI:
    """Add the page in both languages after every other route; returns the application."""
    static = files("ui") / "static"
    look = theme()
    for language, path in PATHS.items():
        app = gr.mount_gradio_app(
            app, build(served, language), path=path, theme=look, run_history=False,
            show_error=False, max_file_size="50mb", ssr_mode=False, mcp_server=False,
            footer_links=[], favicon_path=str(static / "favicon.svg") if path == "/" else None,
        )  # fmt: skip
        mounted = app.router.routes[-1]
        assert isinstance(mounted, Mount)  # noqa: S101 - for the type: it was added just above
        app.router.routes[-1] = Mount(path, PageLayer(mounted.app, whole(language)))
    return app
