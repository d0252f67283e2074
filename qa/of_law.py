"""Answers about a section, an act or an instrument."""

from datetime import date
from typing import Final

from graph.statements import Statement, value_text
from graph.thai import date_text
from graph.things import Thing
from qa.draft import Draft, by_fit, label_of, summary_of
from qa.force import write_force
from qa.model import FactLine
from qa.of_tax import parameter_facts, sets_steps, tax_year
from qa.passages import norm_text
from qa.understand import Asked
from qa.words import CERTAINTY, certainty_text, name_of, say

FIGURES: Final = (
    "deadline", "frequency", "amount", "rate",
    "imprisonmentMax", "fineMax", "administrativeFineMax", "dailyFineMax",
)  # fmt: skip
"""The figures of norms that an answer gives as facts."""
MAXIMA: Final = FIGURES[4:]


def write_section(draft: Draft, thing: Thing, asked: Asked, question: str, day: date) -> None:
    """Write what a section lays down, the norm that fits the question best first."""
    language = draft.language
    norms = by_fit(thing.norms, lambda norm: norm_text(norm, language), question)
    figured = [n for n in norms if any(n.one(key) for key in FIGURES)]
    penalties = [n for n in norms if n.kind == "Penalty"]
    rules = [n for n in norms if n.kind != "Definition"]
    if "penalty" in asked and penalties:
        lead = said(penalties[0], language)
    elif {"deadline", "list", "rate"} & {*asked.kinds} and figured:
        lead = said(figured[0], language)
    elif "definition" in asked and any(n.kind == "Definition" for n in norms):
        lead = ""
    elif len(rules) == 1 and {"yes-no", "who", "procedure"} & {*asked.kinds}:
        # Where a section has several rules, the one that shares most letters may not be the answer.
        lead = said(rules[0], language)
    else:
        lead = ""
    label = label_of(thing, language)
    year = tax_year(question, day)
    figures = parameter_facts([*thing.parameters, *thing.put_off], year, language)
    due = [fact for fact in figures if fact[0] == "due"] if sets_steps(thing) else []
    # When a time was put off for the year, the Act's own month comes after that.
    draft.say(f"{lead} ({label}) [1]" if lead and not due else f"{label} [1]")
    for fact in due:
        draft.add(thing, fact)
    _write_summary(draft, thing)
    for norm in norms:
        for key in FIGURES:
            if value := norm.one(key):
                text = _timed_text(norm, key, language)
                draft.facts.append(
                    FactLine(say(key, language), value, text, _where(norm), norm.certainty)
                )
    for definition in (n for n in norms if n.kind == "Definition"):
        for term in definition.links.get("defines", ()):
            text = term.note_en if language == "en" else term.note
            draft.add(thing, ("definition", term.ref, f"{term.label}: {text}", None))
    told = {lead}
    for norm in rules[:4]:
        text = said(norm, language)
        if text not in told:
            told.add(text)
            draft.say(f"• {text}")
    for fact in by_fit([f for f in figures if f not in due], lambda fact: fact[2], question):
        draft.add(thing, fact)
    write_force(draft, thing, day, year)
    for note in thing.notes if language == "th" else ():
        draft.add(thing, ("note", "", note, None))


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


def _write_summary(draft: Draft, thing: Thing) -> None:
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
