"""Answers about a standard."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from graph.statements import Statement
from graph.thai import date_text, first_day
from graph.things import Thing
from qa.draft import Draft, Fact, doubted, label_of, name_of_link, summary_of
from qa.sentences import event_text
from qa.understand import Asked
from qa.words import LEVEL, STATUS, name_of, say

_EVENT_KEYS: Final = {
    "PublicHearing": "hearing",
    "Approval": "approval",
    "Announcement": "announced",
    "StatusEvent": "event",
}
_ANSWERED_BY: Final[dict[str, tuple[str, ...]]] = {
    "status": ("status", "announced", "replaced-by", "hearing", "event"),
    "date": ("announced", "event", "approval", "hearing"),
    "number": ("announced",),
    "who": ("use", "announced", "approval"),
    "hearing": ("hearing",),
    "deadline": ("hearing",),
    "list": ("feature", "parts"),
}
"""Which facts answer which kind of question about a standard."""


def write_standard(draft: Draft, thing: Thing, asked: Asked, day: date) -> None:
    """Write what is known of a standard, what was asked for first."""
    language = draft.language
    facts = list(_standard_facts(thing, asked))
    # What was asked for comes first, the rest in its usual order.
    wanted = list(dict.fromkeys(k for kind in asked.kinds for k in _ANSWERED_BY.get(kind, ())))
    place = {key: n for n, key in enumerate(wanted)}
    facts.sort(key=lambda fact: place.get(fact[0], len(place)))
    label = label_of(thing, language)
    direct = facts[0] if facts[0][0] in wanted[:2] and "which-standard" not in asked else None
    if direct:
        draft.say(f"{thing.number or label}: {doubted(direct, language)} [1]")
        draft.say(label)
    else:
        draft.say(f"{label} [1]")
    draft.say(summary_of(thing, language))
    announced = [e for e in thing.events if e.kind == "Announcement"]
    if announced and announced[0].one("from") and first_day(announced[0].one("from")) > day:
        start = date_text(announced[0].one("from"), language)
        draft.say(
            say("not-announced", language, day=date_text(day.isoformat(), language), start=start)
        )
    for fact in facts:
        draft.add(thing, fact, said=fact is direct)


def use_text(use: Statement, language: str = "th") -> str:
    """Say who follows a standard, and whether they must or should."""
    level = name_of(LEVEL, _tail(use, "level"), language)
    return f"{use.linked('addressee', language)}: {level}"


def _standard_facts(thing: Thing, asked: Asked) -> Iterator[Fact]:
    """Yield key, value, text and certainty of each fact worth saying of a standard."""
    language = asked.language
    status = name_of(STATUS, thing.status, language)
    known = say("known-as-of", language)
    as_of = f" ({known} {date_text(thing.as_of, language)})" if thing.as_of else ""
    yield "status", thing.status or "", status + as_of, thing.certainty
    if not thing.number and thing.names:
        yield "names", "", ", ".join(thing.names[:4]), None
    for link in thing.superseded_by:
        yield "replaced-by", link.ref, name_of_link(link, language), None
    for link in thing.revises:
        yield "revises", link.ref, name_of_link(link, language), None
    for event in thing.events:
        key = _EVENT_KEYS[event.kind]
        if key not in ("approval", "hearing") or thing.status == "draft" or _asks(asked, key):
            yield key, event.one("from"), event_text(event, language), event.certainty
    for use in thing.uses:
        yield "use", _tail(use, "addressee"), use_text(use, language), use.certainty
    stated = set()
    for basis in thing.bases:
        stated |= {link.ref for link in basis.links.get("basis", ())}
        yield "basis", _tail(basis, "basis"), basis.linked("basis", language), basis.certainty
    for link in thing.implements:
        if link.ref not in stated:
            yield "basis", link.ref, name_of_link(link, language), "inferred"
    if thing.features and language == "th":
        yield "feature", "", "; ".join(thing.features), None
    if thing.parts:
        names = "; ".join(name_of_link(link, language) for link in thing.parts)
        yield "parts", str(len(thing.parts)), names, None


def _asks(asked: Asked, key: str) -> bool:
    return any(key in _ANSWERED_BY.get(kind, ()) for kind in asked.kinds)


def _tail(statement: Statement, name: str) -> str:
    links = statement.links.get(name, [])
    return re.sub(r"^concept/\w+/", "", links[0].ref) if links else ""
