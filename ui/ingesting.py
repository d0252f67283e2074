"""Ingesting as the command line does it: read, compare with the graph, keep, report."""

from pathlib import Path
from typing import Any

from pyoxigraph import Store


def ingest_pages(path: Path, store: Store) -> dict[str, Any]:
    """Placeholder until wired."""
    raise NotImplementedError


def report_text(report: dict[str, Any]) -> str:
    """Placeholder until wired."""
    raise NotImplementedError
