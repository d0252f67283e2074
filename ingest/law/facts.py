"""What can be read from a section by rule: citations, definitions, times, penalties, sums, rates.

Nothing is guessed: what the patterns do not reach is left out. How much they reach is measured on
sections annotated by hand (``python -m bench extraction``).
"""

import re
from dataclasses import dataclass, field
from typing import Final

from ingest.law.actors import actors_in, is_role
from ingest.law.citations import Citation, Laws, citations_in
from ingest.law.measures import Penalty, Time, amounts_in, penalties_in, rates_in, times_in
from ingest.law.parts import Parts

_DEFINITION: Final = re.compile(
    r"[“\"]([^”\"\n]{1,120})[”\"]\s*(?:ให้)?(?:หมายความรวมถึง|หมายความว่า|หมายความถึง|หมายถึง)"
)


@dataclass
class Facts:
    """All that was read from one section."""

    citations: list[Citation] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    penalties: list[Penalty] = field(default_factory=list)
    amounts: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)


def read_facts(text: str, laws: Laws, own: str, actors: tuple[str, ...] = ()) -> Facts:
    """Read a section's text (digits Arabic).

    :param own: the section's own number, which is no citation.
    :param actors: names of actors to look for, longest first.
    """
    penalties, rest = penalties_in(text)
    return Facts(
        citations=citations_in(text, laws, own),
        definitions=_definitions(text),
        times=times_in(rest),
        penalties=penalties,
        amounts=amounts_in(rest),
        rates=rates_in(text),
        actors=actors_in(text, actors),
    )


def roles_defined(parts: Parts) -> set[str]:
    """Return the terms that a law defines and that name a person or a body."""
    terms = {term for section in parts.sections for term in _definitions(section.text)}
    return {term for term in terms if is_role(term)}


def _definitions(text: str) -> list[str]:
    return list(dict.fromkeys(match[1].strip() for match in _DEFINITION.finditer(text)))
