"""An answer's lines as parts of a document: text, steps, what is assumed, further points."""

import re
from dataclasses import dataclass
from typing import Final

from qa.model import Answer
from qa.words import say

STEP: Final = re.compile(r"\d+\. ")
_ASSUMED: Final = re.compile(r"(?:ข้อสมมติ|Assumption|Assumed)\s*: ?", re.IGNORECASE)
OPEN_POINTS: Final = 4
"""Points that are read at once; more are folded."""


@dataclass(frozen=True)
class Block:
    """Lines of one kind: ``text``, ``steps``, ``assumed``, ``points`` or ``note``."""

    kind: str
    lines: list[str]


def lead_of(answer: Answer) -> str:
    """Return the first sentence, which answers."""
    return answer.answer.split("\n", 1)[0]


def blocks_of(answer: Answer) -> list[Block]:
    """Return what follows the first sentence, but for lines that a table repeats.

    Left out too is what the evidence beside repeats: the nearest things, the first summary.
    """
    found: list[Block] = []
    for line in answer.answer.split("\n")[1:]:
        kind, text = _read(line)
        if not text or (kind == "points" and _in_a_table(text, answer)):
            continue
        if _beside(text, answer):
            continue
        if found and found[-1].kind == kind:
            found[-1].lines.append(text)
        else:
            found.append(Block(kind, [text]))
    return found


def _read(line: str) -> tuple[str, str]:
    line = line.strip()
    if line.startswith("• "):
        return "points", line[2:]
    if match := STEP.match(line):
        return "steps", line[match.end() :]
    if match := _ASSUMED.match(line):
        return "assumed", line[match.end() :]
    if line.startswith("(") and line.endswith(")"):
        return "note", line[1:-1]
    return "text", line


def _beside(text: str, answer: Answer) -> bool:
    """Tell whether a line says no more than the evidence beside: its names or first summary."""
    if not answer.citations:
        return False
    first = answer.citations[0]
    if answer.abstained:
        return "[1]" in text
    named = text.startswith(f"{say('basis-of', answer.language)}: {first.label}")
    return named or (first.kind == "section" and text == first.excerpt)


def _in_a_table(text: str, answer: Answer) -> bool:
    rows = (f"{row[0]}: {' | '.join(row[1:])}" for table in answer.tables for row in table.rows)
    facts = (f"{fact.label}: {fact.text}" for fact in answer.facts)
    return text in rows or any(text.startswith(fact) for fact in facts)
