"""Measuring answers on questions whose right citations are known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from graph.errors import InputError
from qa.model import Answer
from qa.text import normalize


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
    """What came of one question.

    :param rank: of the first right citation, 0 for none in ten.
    :param facts: share of the expected facts whose words are in the answer; None if none is.
    :param missing: the others.
    """

    question: Question
    rank: int
    facts: float | None
    abstained: bool
    confidence: float
    took_ms: float
    cited: list[str]
    missing: list[str] = field(default_factory=list)


class Answers(Protocol):
    """What can be asked: a service, or an answerer alone."""

    def ask(self, question: str) -> Answer:
        """Return the answer to a question."""


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a JSON-lines file.

    :raises InputError: it cannot be read, or a line is not such an object.
    """
    return [_question(record, number) for number, record in read_records(path)]


def read_records(path: Path, of: type = str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of a JSON-lines file in UTF-8, with or without BOM.

    :param of: what ``question`` is in each object.
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
        if not isinstance(record, dict) or not isinstance(record.get("question"), of):
            raise InputError(
                f"{path} บรรทัด {number} ต้องเป็นวัตถุที่มี question เป็นข้อความ",
                f"{path} line {number} must be an object with a text question",
            )
        yield number, record


def evaluate(answerer: Answers, questions: list[Question]) -> list[Outcome]:
    """Ask every question and compare; a citation of an item counts for its section."""
    answerer.ask("อุ่นเครื่อง")
    outcomes = []
    for question in tqdm(questions, desc="ประเมิน", unit="คำถาม", delay=1):
        answer = answerer.ask(question.question)
        cited = [citation.ref for citation in answer.citations]
        gold = {ref.partition("(")[0] for ref in question.gold}
        rank = next((n for n, ref in enumerate(cited, 1) if ref.partition("(")[0] in gold), 0)
        said = normalize_fact(answer.answer)
        missing = [f for f in question.answer_facts if normalize_fact(f) not in said]
        outcomes.append(
            Outcome(
                question,
                rank,
                1 - len(missing) / len(question.answer_facts) if question.answer_facts else None,
                answer.abstained,
                answer.confidence,
                answer.took_ms,
                cited,
                missing,
            )
        )
    return outcomes


def normalize_fact(text: str) -> str:
    """Return a text as facts are compared: one spelling, no spaces."""
    # Answers are longer than questions may be; piecewise keeps every part.
    return "".join(normalize(line) for line in text.splitlines()).replace(" ", "").lower()


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
