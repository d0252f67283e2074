"""A day asked of (``?as-of=``), and how a thing stood on it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

import ontology
from graph.errors import InputError
from graph.thai import ARABIC, BUDDHIST_OFFSET, date_text, first_day
from graph.things import Thing
from graph.view import term
from qa.around import announced_on
from qa.force import state_on, years_text
from qa.words import say, status_of

BUDDHIST_FROM: Final = 2400
"""Years from this one are of the Buddhist era."""
LAW: Final = ("act", "instrument", "section", "item")
_XSD_DATE: Final = NamedNode(ontology.PREFIXES["xsd"] + "date")
_FORCE: Final = {
    "in-force": "inForce",
    **dict.fromkeys(("not-yet", "ended", "superseded", "other-year", "draft"), "notInForce"),
}
"""What ELI calls each state, where it can be told."""
_ELI: Final = ontology.PREFIXES["eli"]


@dataclass(frozen=True)
class Moment:
    """How a thing stood on a day.

    :param given: the day as the reader wrote it.
    :param state: ``in-force``, ``not-yet``, ``ended``, ``superseded``, ``other-year``, a status
        that has no dates (``draft`` …), or ``undated``.
    """

    day: date
    given: str
    state: str
    th: str
    en: str

    @property
    def query(self) -> str:
        """The query string that asks for the same day, in the common era."""
        return f"?as-of={self.day.isoformat()}"


def read_day(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names; years from 2400 are Buddhist.

    :raises InputError: it names no day.

    >>> read_day("2569-01-01"), read_day("๒๕๖๗-๐๒-๒๙"), read_day("2026-01-01")
    (datetime.date(2026, 1, 1), datetime.date(2024, 2, 29), datetime.date(2026, 1, 1))
    """
    match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text.strip().translate(ARABIC))
    if match:
        year, month, day = map(int, match.groups())
        try:
            return date(year - (BUDDHIST_OFFSET if year >= BUDDHIST_FROM else 0), month, day)
        except ValueError:
            pass
    raise InputError(
        "as-of ต้องเป็นวันที่มีจริง รูปแบบ ปปปป-ดด-วว เช่น 2026-01-31 หรือ 2569-01-31",
        "as-of must be a real day written YYYY-MM-DD, such as 2026-01-31 (or 2569-01-31, B.E.)",
    )


def moment_of(thing: Thing | None, text: str, replaced: str = "") -> Moment:
    """Return how a thing stood on the day that a text names.

    :param thing: None for what the graph keeps no dates of.
    :param replaced: the day on which what replaced a standard was announced, where known.
    :raises InputError: the text names no day.
    """
    day = read_day(text)
    state = _state(thing, day, replaced) if thing else "undated"
    th, en = (_sentence(thing, state, day, language) for language in ("th", "en"))
    return Moment(day, text.strip(), state, th, en)


def _state(thing: Thing, day: date, replaced: str) -> str:
    if thing.kind in LAW:
        state = state_on(thing, day)
        if state == "ended" and thing.superseded_by:
            return "superseded"
        return state
    if thing.kind != "standard":
        return "undated"
    announced = announced_on(thing)
    if announced and first_day(announced) > day:
        return "not-yet"
    if thing.status == "superseded" and replaced and day < first_day(replaced):
        return "in-force"
    return thing.status or "unknown"


def _sentence(thing: Thing | None, state: str, day: date, language: str) -> str:
    asked = date_text(day.isoformat(), language)
    thai = language == "th"
    if thing is None or state == "undated":
        return (
            f"กราฟไม่ได้เก็บช่วงเวลาของสิ่งนี้ ข้อมูลด้านล่างจึงเป็นของปัจจุบัน ไม่ใช่ของวันที่ {asked}"
            if thai
            else f"The graph keeps no dates for this, so what follows is as of now, not {asked}."
        )
    if state == "not-yet" and thing.kind == "standard":
        return say(
            "not-announced", language, day=asked, start=date_text(announced_on(thing), language)
        )
    if state == "not-yet":
        return say("not-yet", language, day=asked, start=date_text(thing.in_force_from, language))
    if thing.kind in LAW and state in ("ended", "superseded"):
        ended = say("ended", language, day=asked, end=date_text(thing.in_force_until, language))
        names = [link.label if thai else link.label_en for link in thing.superseded_by]
        return f"{ended} {say('replaced', language, by=', '.join(names))}" if names else ended
    if state == "other-year":
        return say("other-year", language, years=years_text(thing, language))
    if thing.kind in LAW:
        if not thing.in_force_from:
            return (
                f"กราฟไม่รู้วันเริ่มใช้ จึงบอกไม่ได้แน่ว่ามีผลใช้บังคับ ณ วันที่ {asked} หรือไม่"
                if thai
                else f"The graph has no day of entry into force, so it cannot tell for {asked}."
            )
        return f"ณ วันที่ {asked} มีผลใช้บังคับ" if thai else f"In force on {asked}."
    known = status_of(state, thing.kind, language)
    return (
        f"สถานะที่กราฟรู้: {known} กราฟไม่มีวันที่ที่บอกว่าสถานะ ณ วันที่ {asked} ต่างไป"
        if thai
        else f"Status as known: {known}. No date in the graph says that it differed on {asked}."
    )


def triples_of(moment: Moment, iri: str) -> list[Triple]:
    """Return the moment as RDF: a dated version of the thing, in force or not (ELI)."""
    node = NamedNode(iri + moment.query)
    day = Literal(moment.day.isoformat(), datatype=_XSD_DATE)
    found = [
        Triple(node, term("dcterms:isVersionOf"), NamedNode(iri)),
        Triple(node, term("eli:version_date"), day),
        Triple(node, term("dcterms:description"), Literal(moment.th, language="th")),
        Triple(node, term("dcterms:description"), Literal(moment.en, language="en")),
    ]
    if force := _FORCE.get(moment.state):
        found.append(Triple(node, term("eli:in_force"), NamedNode(f"{_ELI}InForce-{force}")))
    return found
