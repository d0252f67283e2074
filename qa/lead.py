"""The first sentence of an answer about a section: the figure, date or rule that was asked for."""

from collections.abc import Mapping, Sequence
from typing import Final

from graph.statements import Statement, value_text
from graph.things import Thing
from qa.sentences import measures_text, norm_text, penalty_case, time_text
from qa.text import normalize, stop_words, words
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
        holding = [norm for norm in rules if _holds(norm, kind)]
        if holding:
            best = fits.get(holding[0].ref, 0.0)
            alike = [n for n in holding[:_MOST] if best - fits.get(n.ref, -9.0) <= CLOSE]
            return _nearest_in_words(alike, asked.language, question)
    least = max(CLEAR, fits.get(thing.ref, -9.0)) if thing.summary else -9.0
    return [norm for norm in rules[:1] if fits.get(norm.ref, -9.0) >= least]


def _nearest_in_words(norms: list[Statement], language: str, question: str) -> list[Statement]:
    """Return those that hold most of a question's own words."""
    wanted = {w for w in words(normalize(question)) if len(w) > 2 and w not in stop_words()}
    held = [sum(word in norm_text(norm, language).lower() for word in wanted) for norm in norms]
    return [norm for norm, count in zip(norms, held, strict=True) if count == max(held)]


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
