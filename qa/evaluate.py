"""Measuring answers on questions whose right citations are known."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from tqdm import tqdm

from graph.errors import InputError
from qa.answer import Answerer
from qa.text import normalize

COLUMNS: Final = (
    "n", "hit@1", "hit@3", "hit@10", "mrr@10", "facts",
    "abstain_in", "abstain_out", "p50_ms", "p95_ms",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One evaluation question; no ``gold`` means that abstaining is right."""

    id: str
    question: str
    gold: list[str]
    answer_facts: list[str]
    kind: str


@dataclass(frozen=True)
class Outcome:
    """What came of one question; ``rank`` of the first right citation, 0 for none in ten."""

    question: Question
    rank: int
    facts: float | None
    abstained: bool
    confidence: float
    took_ms: float
    cited: list[str]


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a JSON-lines file.

    :raises InputError: it cannot be read, or a line is not such an object.
    """
    return [_question(record, number) for number, record in read_records(path)]


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of a JSON-lines file in UTF-8, with or without BOM.

    :raises InputError: it cannot be read, or a line is not an object with a ``question``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"อ่านไฟล์ {path} ไม่ได้ ต้องเป็น JSON Lines เข้ารหัส UTF-8", f"cannot read {path}: {error}"
        ) from error
    if not any(line.strip() for line in lines):
        raise InputError(f"ไฟล์ {path} ว่างเปล่า", f"{path} is empty")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(
                f"{path} บรรทัด {number} ไม่ใช่ JSON", f"{path} line {number} is not JSON: {error}"
            ) from error
        if not isinstance(record, dict) or not isinstance(record.get("question"), str):
            raise InputError(
                f"{path} บรรทัด {number} ต้องเป็นวัตถุที่มี question เป็นข้อความ",
                f"{path} line {number} must be an object with a text question",
            )
        yield number, record


def evaluate(answerer: Answerer, questions: list[Question]) -> list[Outcome]:
    """Ask every question and compare; a citation of an item counts for its section."""
    answerer.ask("อุ่นเครื่อง")
    outcomes = []
    for question in tqdm(questions, desc="ประเมิน", unit="คำถาม", delay=1):
        answer = answerer.ask(question.question)
        cited = [citation.ref for citation in answer.citations]
        gold = {ref.partition("(")[0] for ref in question.gold}
        rank = next((n for n, ref in enumerate(cited, 1) if ref.partition("(")[0] in gold), 0)
        said = normalize_fact(answer.answer)
        present = [normalize_fact(fact) in said for fact in question.answer_facts]
        outcomes.append(
            Outcome(
                question,
                rank,
                sum(present) / len(present) if present else None,
                answer.abstained,
                answer.confidence,
                answer.took_ms,
                cited,
            )
        )
    return outcomes


def table(outcomes: list[Outcome]) -> dict[str, dict[str, float | None]]:
    """Return the figures of :data:`COLUMNS`, overall and by kind; rates are 0 to 1."""
    kinds = sorted({outcome.question.kind for outcome in outcomes})
    groups = {"all": outcomes} | {
        kind: [o for o in outcomes if o.question.kind == kind] for kind in kinds
    }
    return {name: _figures(group) for name, group in groups.items()}


def normalize_fact(text: str) -> str:
    """Return a text as facts are compared: one spelling, no spaces."""
    # Answers are longer than questions may be; piecewise keeps every part.
    return "".join(normalize(line) for line in text.splitlines()).replace(" ", "").lower()


def _figures(group: list[Outcome]) -> dict[str, float | None]:
    inside = [o for o in group if o.question.gold]
    outside = [o for o in group if not o.question.gold]
    facts = [o.facts for o in inside if o.facts is not None]
    times = [o.took_ms for o in group]
    return {
        "n": len(group),
        "hit@1": _mean(o.rank == 1 for o in inside),
        "hit@3": _mean(0 < o.rank <= 3 for o in inside),
        "hit@10": _mean(0 < o.rank <= 10 for o in inside),
        "mrr@10": _mean(1 / o.rank if o.rank else 0.0 for o in inside),
        "facts": _mean(facts),
        "abstain_in": _mean(o.abstained for o in inside),
        "abstain_out": _mean(o.abstained for o in outside),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
    }


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 3) if found else None


def _question(record: dict[str, Any], number: int) -> Question:
    gold, facts = record.get("gold"), record.get("answer_facts", [])
    if not isinstance(gold, list) or not isinstance(facts, list):
        raise InputError(
            f"คำถามบรรทัด {number} ต้องมี gold เป็นรายการของ ref",
            f"the question in line {number} needs gold, a list of refs",
        )
    return Question(
        str(record.get("id", number)), record["question"], gold, facts, str(record.get("kind", "-"))
    )
