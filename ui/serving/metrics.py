"""Figures of the running server for Prometheus."""

import os
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from qa.model import Answer

MEDIA: Final = CONTENT_TYPE_LATEST
_REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=_REGISTRY)
PlatformCollector(registry=_REGISTRY)

REQUESTS: Final = Counter(
    "mattra_requests", "Requests, by route template.", ["route", "method", "status"],
    registry=_REGISTRY,
)  # fmt: skip
SECONDS: Final = Histogram(
    "mattra_request_seconds", "Time until the last byte of an answer.", ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
    registry=_REGISTRY,
)  # fmt: skip
QUESTIONS: Final = Counter(
    "mattra_questions", "Questions, by how they ended.", ["outcome"], registry=_REGISTRY
)
ROWS: Final = Counter("mattra_validated_rows", "Tax records that were checked.", registry=_REGISTRY)
JOBS: Final = Counter(
    "mattra_jobs", "Files to check, by how they ended.", ["outcome"], registry=_REGISTRY
)
for _outcome in ("answered", "abstained"):
    QUESTIONS.labels(_outcome)


def count_answer(answer: Answer) -> None:
    """Count one question."""
    QUESTIONS.labels("abstained" if answer.abstained else "answered").inc()


def exposition() -> bytes:
    """Return the figures in Prometheus' text form: of all workers, where there are several."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(_REGISTRY)
