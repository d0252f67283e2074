"""How much of a law is read by rule, and how rightly, beside plain patterns in the same run.

Against sections annotated by hand (``tests/ingest/annotations.jsonl``: refs and values only);
``part`` tells those that the rules were tuned on from those that were held out.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from graph.store import open_store
from ingest.law.citations import Citation
from ingest.law.facts import Facts
from ingest.law.ingesting import known_actors, known_laws
from ingest.law.numbers import NUMBER, number
from ingest.law.reading import read_law

ROOT: Final = Path(__file__).parent.parent
ANNOTATIONS: Final = ROOT / "tests" / "ingest" / "annotations.jsonl"
LAWS: Final = ROOT.parent / "shared" / "law"
KINDS: Final = (
    "citations", "definitions", "times", "penalties", "amounts", "rates", "actors",
)  # fmt: skip
FILES: Final = {
    "pdpa-2562": "pdpa_2562",
    "lbt-2562": "land_building_tax_act_2562",
    "eta-2544": "eta_2544",
    "oia-2540": "official_information_act_2540",
    "dgov-2562": "dgov_act_2562",
    "pdpc-breach-2565": "pdpc_2565_breach_notification",
    "digital-id-2565": "eta_digital_id_decree_2565",
}
Counts = dict[str, tuple[int, int, int]]
"""By kind: how many are right, read, annotated."""


def annotated() -> list[dict[str, Any]]:
    """Return the annotated sections."""
    return [json.loads(line) for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines()]


def read_by_rule(folder: Path = LAWS) -> dict[str, dict[str, set[str]]]:
    """Return what the importer reads from each section of the annotated laws, by ref."""
    store = open_store()
    laws, actors = known_laws(store), known_actors(store)
    found = {}
    for ref, file in FILES.items():
        reading = read_law(folder / f"{file}.json", laws, actors)
        for section in reading.parts.sections:
            found[f"{ref}/{section.key}"] = _as_sets(reading.facts[section.number], ref)
    return found


def read_plainly(folder: Path = LAWS) -> dict[str, dict[str, set[str]]]:
    """Return what the first pattern that comes to mind reads of each kind."""
    found = {}
    for ref, file in FILES.items():
        for section in read_law(folder / f"{file}.json").parts.sections:
            text = section.text
            key = f"{ref}/{section.key}"
            places = re.findall(r"(?:มาตรา|ข้อ)\s*(\d+(?:/\d+)?)", text)
            fines = re.findall(rf"ปรับไม่เกิน({NUMBER})", text)
            found[key] = {
                "citations": {f"{ref}/{p.replace('/', '-')}" for p in places} - {key},
                "definitions": set(re.findall(r"“([^”]+)”", text)),
                "times": {f"P{number(n):g}D" for n in re.findall(rf"({NUMBER})วัน", text)},
                "penalties": {json.dumps({"fine_max": number(n)}) for n in fines},
                "amounts": {f"{number(n):g}" for n in re.findall(rf"({NUMBER})\s*บาท", text)},
                "rates": {f"{number(n):g}" for n in re.findall(rf"ร้อยละ({NUMBER})", text)},
                "actors": set(re.findall(r"ให้([ก-๙]+?)(?:มี|ต้อง|แจ้ง|กำหนด)", text)),
            }
    return found


def _as_sets(facts: Facts, ref: str) -> dict[str, set[str]]:
    return {
        "citations": {Citation.ref(c, ref) for c in facts.citations},
        "definitions": set(facts.definitions),
        "times": {time.value for time in facts.times},
        "penalties": {json.dumps(p.values(), sort_keys=True) for p in facts.penalties},
        "amounts": {f"{amount:g}" for amount in facts.amounts},
        "rates": {f"{rate:g}" for rate in facts.rates},
        "actors": set(facts.actors),
    }


def gold_of(row: dict[str, Any]) -> dict[str, set[str]]:
    """Return an annotated section's values, written as the importer's are."""
    gold = {kind: {str(value) for value in row[kind]} for kind in KINDS if kind != "penalties"}
    gold["penalties"] = {
        json.dumps({k: v if isinstance(v, str) else float(v) for k, v in p.items()}, sort_keys=True)
        for p in row["penalties"]
    }
    for kind in ("amounts", "rates"):
        gold[kind] = {f"{float(value):g}" for value in row[kind]}
    return gold


def count(read: dict[str, dict[str, set[str]]], rows: list[dict[str, Any]]) -> Counts:
    """Return how many values of each kind are right, read and annotated."""
    counts: Counts = dict.fromkeys(KINDS, (0, 0, 0))
    for row in rows:
        gold, its = gold_of(row), read[row["ref"]]
        for kind in KINDS:
            right, all_read, wanted = counts[kind]
            counts[kind] = (
                right + len(gold[kind] & its[kind]),
                all_read + len(its[kind]),
                wanted + len(gold[kind]),
            )
    return counts


def precision_recall(counts: tuple[int, int, int]) -> tuple[float, float]:
    """Return both shares; 1 where there was nothing to be wrong about."""
    right, read, wanted = counts
    return (right / read if read else 1.0), (right / wanted if wanted else 1.0)


def run(console: Console) -> None:
    """Print a table for each part of the annotated sections."""
    if not LAWS.is_dir():
        console.print(f"extraction: skipped, no official texts in {LAWS.parent.name}/law")
        return
    ours, plain = read_by_rule(), read_plainly()
    for part in ("tuning", "held out"):
        rows = [row for row in annotated() if row["part"] == part]
        table = Table("kind", "annotated", "precision", "recall", "plain: precision", "recall",
                      title=f"read by rule, {len(rows)} sections, {part}")  # fmt: skip
        for cells in _rows(count(ours, rows), count(plain, rows)):
            table.add_row(*cells)
        console.print(table)


def _rows(ours: Counts, plain: Counts) -> Iterator[tuple[str, ...]]:
    for kind in KINDS:
        figures = [*precision_recall(ours[kind]), *precision_recall(plain[kind])]
        yield kind, str(ours[kind][2]), *(f"{figure:.3f}" for figure in figures)
