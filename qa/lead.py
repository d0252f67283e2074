"""The first sentence of an answer about a section: the figure, date or rule that was asked for."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from graph.statements import Statement, value_text
from graph.things import Thing
from qa.sentences import measures_text, norm_text, penalty_case, time_text
from qa.text import grams, normalize
from qa.understand import Asked
from qa.words import certainty_text, say

TIMES: Final = ("deadline", "frequency")
MAXIMA: Final = ("imprisonmentMax", "fineMax", "administrativeFineMax", "dailyFineMax")
FIGURES: Final = (*TIMES, "amount", "rate", *MAXIMA)
"""The figures of norms that an answer gives as facts."""
CLOSE: Final = 0.8
"""Norms whose fit differs by no more than this are both meant, for all that can be told."""
CLEAR: Final = 3.0
"""A norm that fits less than this may say something else than what was asked."""
_MOST: Final = 4
_UNITS: Final = {
    "Y": re.compile(r"กี่ปี|how many years|what year", re.IGNORECASE),
    "M": re.compile(r"กี่เดือน|how many months", re.IGNORECASE),
    "D": re.compile(r"กี่วัน|how many days", re.IGNORECASE),
    "T": re.compile(r"กี่ชั่วโมง|กี่ชม|how many hours", re.IGNORECASE),
}
_EXEMPTION: Final = re.compile(r"ยกเว้น|ไม่ต้องเสีย|ไม่ต้องจ่าย|ไม่เกินกี่|ได้ฟรี|exempt", re.IGNORECASE)


def by_question(norms: Sequence[Statement], fits: Mapping[str, float]) -> list[Statement]:
    """Return norms in the order in which they fit the question."""
    return sorted(norms, key=lambda norm: -fits.get(norm.ref, -9.0))


def leads_of(
    thing: Thing, asked: Asked, fits: Mapping[str, float], question: str
) -> list[Statement]:
    """Return the norms of a thing that the answer begins with, best first.

    Those that hold what was asked for come before others. Several are given where they fit the
    question alike, hold as many of its words and differ in the figure: the answer then names each.
    Where no figure was asked for, a norm leads only if it fits the question clearly and better
    than the summary of the whole does; none is given otherwise.
    """
    rules = [n for n in by_question(thing.norms, fits) if n.kind != "Definition"]
    for kind in asked.kinds:
        holding = _of_what_is_asked([norm for norm in rules if _holds(norm, kind)], kind, question)
        if holding:
            best = fits.get(holding[0].ref, 0.0)
            alike = [n for n in holding[:_MOST] if best - fits.get(n.ref, -9.0) <= CLOSE]
            return _nearest_in_words(alike, asked.language, question)
    least = max(CLEAR, fits.get(thing.ref, -9.0)) if thing.summary else -9.0
    return [norm for norm in rules[:1] if fits.get(norm.ref, -9.0) >= least]


def _of_what_is_asked(norms: list[Statement], kind: str, question: str) -> list[Statement]:
    """Return the norms whose figure can be what a question asks for.

    A time in the unit asked of comes before others; who asks what there is to pay is not answered
    by a sum that is exempt.
    """
    if kind == "deadline":
        asked = {unit for unit, pattern in _UNITS.items() if pattern.search(question)}
        fitting = [n for n in norms if asked & {*_unit_letters(n)}]
        return fitting or norms
    if kind == "rate" and not _EXEMPTION.search(question):
        return [n for n in norms if not (n.kind == "Right" and "ยกเว้น" in n.one("action", "th"))]
    return norms


def _unit_letters(norm: Statement) -> str:
    """Return the units of a norm's times as xsd:duration writes them, hours as «T»."""
    return "".join("T" if "T" in value else value[-1:] for value in map(norm.one, TIMES))


def _nearest_in_words(norms: list[Statement], language: str, question: str) -> list[Statement]:
    """Return those that hold most of the pieces of a question that tell them apart."""
    held = [set(grams(norm_text(norm, language))) for norm in norms]
    shared = held[0].intersection(*held)
    telling = set(grams(normalize(question))) - shared
    counts = [len(telling & its) for its in held]
    return [n for n, count in zip(norms, counts, strict=True) if 2 * count >= max(counts)]


def lead_text(leads: Sequence[Statement], asked: Asked) -> str:
    """Say what an answer begins with: the figure asked for and its case, or the rule."""
    language = asked.language
    kind = next((kind for kind in asked.kinds if _holds(leads[0], kind)), "")
    figures = list(dict.fromkeys(_figure(norm, kind, language) for norm in leads))
    if kind and len(figures) > 1:
        return say("by-case", language, figures=say("or", language).join(figures))
    return case_text(leads[0], kind, language)


def case_text(norm: Statement, kind: str, language: str) -> str:
    """Say a norm with the figure of a kind of question before it."""
    sure = certainty_text(norm.certainty, language)
    if not _holds(norm, kind):
        return norm_text(norm, language) + sure
    if norm.kind == "Penalty":
        told = penalty_case(norm, language)
    else:
        told = norm_text(norm, language, timed=kind != "deadline", counted=kind != "rate")
    return f"{_figure(norm, kind, language)}: {told}{sure}"


def _holds(norm: Statement, kind: str) -> bool:
    if kind == "deadline":
        return any(norm.one(key) for key in TIMES)
    if kind == "penalty":
        return norm.kind == "Penalty"
    if kind == "rate":
        return any(norm.one(key) for key in ("amount", "rate", *MAXIMA))
    return False


def _figure(norm: Statement, kind: str, language: str) -> str:
    if kind == "deadline":
        return time_text(norm, language)
    if norm.kind == "Penalty":
        return measures_text(norm, language)
    return ", ".join(
        value_text(key, norm.one(key), language) for key in ("amount", "rate") if norm.one(key)
    )
