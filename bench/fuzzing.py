"""The API called with whatever its own OpenAPI document allows, and with what it forbids."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from rich.console import Console
from rich.table import Table
from schemathesis import Case
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from qa.service import Service
from ui.server import create_app
from ui.settings import ServerSettings

UNLIMITED = ServerSettings(
    requests_per_minute=0, questions_per_minute=0, uploads_per_minute=0, result_seconds=60
)


EXAMPLES: Final = 300
_PARTLY: Final = (
    "/api/validate", "/sparql", "/api/tax", "/api/guide", "/api/guide.html", "/api/guide.docx",
    "/api/browse", "/api/compare",
)  # fmt: skip
"""Any bytes are a file and any text is a query, but few are records or SPARQL; and a choice must be
one that the graph has."""


def app_of(service: Service) -> FastAPI:
    """Return the application without limits on how often it may be called."""
    return create_app(service, UNLIMITED)


def operations_of(app: FastAPI) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    """Yield the operations of the document."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    for found in schema.get_all_operations():
        operation: APIOperation[Any, Any, Any, Any] = found.ok()  # type: ignore[union-attr]
        yield operation


def fuzz(operation: APIOperation[Any, Any, Any, Any], examples: int) -> list[str]:
    """Call an operation with so many requests of each kind; returns what was wrong."""
    return [fault for mode in GenerationMode for fault in _fuzz(operation, mode, examples)]


def _fuzz(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, examples: int
) -> list[str]:
    wrong: list[str] = []
    excluded: list[Any] = [positive_data_acceptance] if operation.path in _PARTLY else []

    @seed(2569)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Case[Any]) -> None:
        try:
            case.call_and_validate(excluded_checks=excluded, timeout=60)
        except schemathesis.errors.FailureGroup as group:
            wrong.extend(f"{operation.label} {mode.value}: {each}" for each in group.exceptions)

    with suppress(Unsatisfiable):
        # A request with nothing in it cannot be made wrong.
        call()
    return wrong


def run(console: Console) -> None:
    """Print what is wrong with each operation after many requests."""
    app = app_of(Service())
    table = Table("operation", "wrong", "s", title=f"{EXAMPLES} requests of each kind")
    for operation in operations_of(app):
        start = time.perf_counter()
        wrong = fuzz(operation, EXAMPLES)
        table.add_row(operation.label, str(len(wrong)), f"{time.perf_counter() - start:.1f}")
        for each in list(dict.fromkeys(wrong))[:5]:
            console.print(each[:1_000], markup=False)
    console.print(table)
