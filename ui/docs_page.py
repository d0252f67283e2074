"""The OpenAPI document, and its page served from here: a browser fetches nothing from elsewhere."""

from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from ui.documented import everywhere, problem_schema
from ui.serving.policy import hashes_of, policy
from ui.sparql.documented import operations as sparql_operations


def install(app: FastAPI) -> None:
    """Add ``/docs`` and make the document say what the routes really answer."""
    static = Path(fastapi_offline.__file__).parent / "static"
    app.mount("/docs/files", StaticFiles(directory=static), name="docs")

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        page = get_swagger_ui_html(
            openapi_url="/openapi.json", title="mattra API",
            swagger_js_url="/docs/files/swagger-ui-bundle.js",
            swagger_css_url="/docs/files/swagger-ui.css",
            swagger_favicon_url="/favicon.svg",
            swagger_ui_parameters={
                "docExpansion": "list", "tryItOutEnabled": True, "validatorUrl": None,
            },
        )  # fmt: skip
        page.headers["Content-Security-Policy"] = policy(hashes_of(bytes(page.body).decode()))
        return page

    def document() -> dict[str, Any]:
        if not app.openapi_schema:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description,
                routes=app.routes, tags=app.openapi_tags, servers=app.servers,
                license_info=app.license_info,
            )  # fmt: skip
            made["paths"]["/sparql"] = sparql_operations()
            for operations in made["paths"].values():
                for operation in operations.values():
                    everywhere(operation)
            schemas = made.setdefault("components", {}).setdefault("schemas", {})
            schemas.update(problem_schema())
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
