"""docs/settings.md names every setting there is, with the default that it has."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from graph.limits import QueryLimits
from ingest.records.limits import PREFIX as RECORDS
from ingest.records.limits import Limits
from ui.linked.settings import LinkedSettings
from ui.settings import PREFIX, ServerSettings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


KINDS = (
    (ServerSettings, PREFIX), (Limits, RECORDS), (QueryLimits, "MATTRA_SPARQL_"),
    (LinkedSettings, "MATTRA_LINKED_"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "prefix"), KINDS)
def test_each_field_is_there_with_its_default(kind: type, prefix: str) -> None:
    for each in fields(kind):
        line = re.search(rf"^\| `{prefix}{each.name.upper()}` \|.*$", TEXT, re.M)
        assert line, each.name
        default = each.default
        shown = f"`{default:,}`" if isinstance(default, int | float) else f"`{default}`"
        assert line[0].endswith(f"| {shown if default else 'none'} |"), line[0]


def test_each_name_in_the_sources_is_there() -> None:
    named: set[str] = set()
    for folder in ("ontology", "shapes", "graph", "tax", "ingest", "qa", "ui", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            named |= set(re.findall(r"MATTRA_[A-Z]+(?:_[A-Z]+)*", path.read_text(encoding="utf-8")))
    assert len(named) > 10
    assert {name for name in named if name not in TEXT} == set()


def test_each_name_there_is_in_use() -> None:
    known = {f"{prefix}{each.name.upper()}" for kind, prefix in KINDS
             for each in fields(kind)}  # fmt: skip
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("graph", "qa", "ui", "ingest", "tests", "bench")
        for path in (ROOT / folder).rglob("*.py")
    )
    for name in re.findall(r"^\| `(MATTRA_\w+)`", TEXT, re.M):
        assert name in known or f'"{name}"' in sources, name
