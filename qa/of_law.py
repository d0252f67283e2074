"""Answers about a section, an act or an instrument."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from graph.statements import Link, Statement, value_text
from graph.thai import MONTHS_EN, MONTHS_TH, date_text
from graph.things import Thing
from qa.draft import Draft, Fact, by_fit, doubted, label_of, summary_of
from qa.force import write_force
from qa.lead import FIGURES, MAXIMA, by_question, lead_text, leads_of
from qa.model import FactLine
from qa.of_tax import parameter_facts, sets_steps, tax_year
from qa.sentences import norm_text
from qa.text import normalize
from qa.understand import Asked
from qa.words import CERTAINTY, certainty_text, name_of, say

OF_FORCE: Final = re.compile(
    r"มีผล|บังคับใช้|ใช้บังคับ|เริ่มใช้|ประกาศใช้|in force|effective|take effect|since", re.IGNORECASE
)
"""Words of a question for the day on which a law came into force."""
TOLD: Final = 5
"""Norms beside the first that an answer tells; the facts hold all."""


def write_section(
    draft: Draft,
    thing: Thing,
    asked: Asked,
    question: str,
    day: date,
    fits: Mapping[str, float],
    phases: str = "",
) -> list[Statement]:
    """Write what a section lays down: what was asked first, then the rest; return what led.

    :param fits: how well each norm fits the question, by its ref.
    :param phases: since when the parts of its law are in force, where that was asked.
    """
    language = draft.language
    norms = by_question(thing.norms, fits)
    leads = leads_of(thing, asked, fits, question)
    year = tax_year(question, day)
    figures = parameter_facts([*thing.parameters, *thing.put_off], year, language)
    if phases:
        first = f"{say('in-force-from', language)} {phases}"
    else:
        first = _first_sentence(thing, asked, question, norms, leads, figures)
    label = label_of(thing, language)
    whole = summary_of(thing, language)
    draft.say(f"{first or whole or label} [1]")
    if first or whole:
        draft.say(f"{say('basis-of', language)}: {label} [1]")
    if len(leads) > 1:
        for norm in leads:
            draft.say(f"• {said(norm, language)}")
    _write_summary(draft, thing, said=not first)
    _keep_figures(draft, norms)
    _write_definitions(draft, thing, norms)
    others = [n for n in norms if n.kind != "Definition" and n not in leads]
    for norm in others[:TOLD]:
        draft.say(f"• {said(norm, language)}")
    for fact in by_fit(figures, lambda fact: fact[2], question):
        draft.add(thing, fact, said=first.startswith(fact[2]))
    write_force(draft, thing, day, year)
    for note in thing.notes if language == "th" else ():
        draft.add(thing, ("note", "", note, None))
    return leads


def _write_definitions(draft: Draft, thing: Thing, norms: list[Statement]) -> None:
    for norm in norms:
        for term in norm.links.get("defines", ()):
            draft.add(thing, ("definition", term.ref, _definition(term, draft.language), None))


def _definition(term: Link, language: str) -> str:
    label = (term.label_en if language == "en" else term.label) or term.label
    note = term.note_en if language == "en" else term.note
    return f"{_bare(label)}: {note}" if note else ""


def _bare(label: str) -> str:
    """Return a term without the name of its law, which tells apart terms of one name."""
    return re.sub(r" [(](?:(?:ตาม|under) .*|[a-z0-9-]+-25\d\d[a-z0-9-]*)[)]$", "", label)


def _term_asked(terms: list[Link], question: str) -> Link:
    """Return the term that a question names by its longest label, else the one that fits best."""
    text = normalize(question).lower()
    named = [term for term in terms if _bare(term.label).lower() in text]
    return max(named, key=lambda term: len(_bare(term.label)), default=terms[0])


def _first_sentence(
    thing: Thing,
    asked: Asked,
    question: str,
    norms: list[Statement],
    leads: list[Statement],
    figures: list[Fact],
) -> str:
    language = asked.language
    # When a time was put off for the year, the Act's own month comes after that.
    due = [fact for fact in figures if fact[0] == "due"] if sets_steps(thing) else []
    own = lead_text(leads, asked) if leads else ""
    if due and (
        {"deadline", "date"} & {*asked.kinds}
        or _names_a_month(own or summary_of(thing, language), language)
    ):
        return doubted(due[0], language)
    defined = [term for norm in norms for term in norm.links.get("defines", ())]
    if "definition" in asked and defined:
        return _definition(_term_asked(defined, question), language)
    if "date" in asked and not leads and thing.in_force_from and OF_FORCE.search(question):
        return f"{say('in-force-from', language)} {date_text(thing.in_force_from, language)}"
    return own


def _names_a_month(text: str, language: str) -> bool:
    return any(month in text for month in (MONTHS_EN if language == "en" else MONTHS_TH))


def _keep_figures(draft: Draft, norms: list[Statement]) -> None:
    language = draft.language
    for norm in norms:
        for key in FIGURES:
            if value := norm.one(key):
                text = _timed_text(norm, key, language)
                draft.facts.append(
                    FactLine(say(key, language), value, text, _where(norm), norm.certainty)
                )


def write_law(draft: Draft, thing: Thing, question: str, day: date) -> None:
    """Write what is known of an act or instrument as a whole."""
    language = draft.language
    draft.say(f"{label_of(thing, language)} [1]")
    _write_summary(draft, thing)
    year = tax_year(question, day)
    figures = parameter_facts(thing.parameters, year, language)
    for fact in by_fit(figures, lambda fact: fact[2], question):
        draft.add(thing, fact)
    write_force(draft, thing, day, year)
    if thing.citation and language == "th":
        on = f" วันที่ {date_text(thing.published)}" if thing.published else ""
        draft.add(thing, ("gazette", thing.published, thing.citation + on, None))
    if thing.features and language == "th":
        draft.add(thing, ("feature", "", "; ".join(thing.features), None))
    for note in thing.notes if language == "th" else ():
        draft.add(thing, ("note", "", note, None))


def said(norm: Statement, language: str) -> str:
    """Say a norm, with its certainty where the text does not itself state it."""
    return norm_text(norm, language) + certainty_text(norm.certainty, language)


def _write_summary(draft: Draft, thing: Thing, said: bool = False) -> None:
    if not said:
        draft.say(summary_of(thing, draft.language))
    if thing.summary and thing.certainty not in (None, "stated"):
        sure = name_of(CERTAINTY, thing.certainty, draft.language)
        draft.say(f"({say('certainty', draft.language)}: {sure})")


def _timed_text(norm: Statement, key: str, language: str) -> str:
    text = value_text(key, norm.one(key), language)
    if key == "deadline":
        text = ("ภายใน " if language == "th" else "within ") + text
    if key == "frequency":
        text = ("ทุก " if language == "th" else "every ") + text
    if key in MAXIMA:
        text = ("ไม่เกิน " if language == "th" else "up to ") + text
    return text


def _where(norm: Statement) -> str:
    links = norm.links.get("statedIn", [])
    return links[0].ref if links else norm.ref
