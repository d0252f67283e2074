"""Whether a law or section is in force on a day, and how that differs from today."""

from datetime import date

from graph.thai import BUDDHIST_OFFSET, date_text, first_day
from graph.things import Thing
from qa.draft import Draft
from qa.of_tax import holds
from qa.words import say


def state_on(thing: Thing, day: date) -> str:
    """Return ``in-force``, ``not-yet``, ``ended`` or ``other-year`` (it is for other tax years)."""
    if thing.in_force_from and first_day(thing.in_force_from) > day:
        return "not-yet"
    if thing.in_force_until and first_day(thing.in_force_until) <= day:
        return "ended"
    if thing.tax_years and not holds(*thing.tax_years, day.year):
        return "other-year"
    return "in-force"


def write_force(draft: Draft, thing: Thing, day: date, year: int | None = None) -> None:
    """Say since when a law or section is in force, and what is different on the day asked of.

    :param year: the tax year that the question is about, of the Christian era; by it the law's
        own tax years are no surprise.
    """
    language, today = draft.language, date.today()
    if thing.in_force_from:
        start = date_text(thing.in_force_from, language)
        draft.add(thing, ("in-force-from", thing.in_force_from, start, None))
    if thing.tax_years:
        draft.add(
            thing, ("tax-years", "/".join(thing.tax_years), years_text(thing, language), None)
        )
    state = state_on(thing, day)
    if state == "other-year" and year is not None and holds(*(thing.tax_years or ("0", "")), year):
        return
    draft.say(_sentence(thing, state, day, language))
    if state != (now := state_on(thing, today)):
        then = _sentence(thing, now, today, language) or say("in-force-today", language)
        draft.say(say("differs", language, sentence=then))


def _sentence(thing: Thing, state: str, day: date, language: str) -> str:
    asked = date_text(day.isoformat(), language)
    if state == "not-yet":
        return say("not-yet", language, day=asked, start=date_text(thing.in_force_from, language))
    if state == "ended":
        names = [link.label_en if language == "en" else link.label for link in thing.superseded_by]
        ended = date_text(thing.in_force_until, language)
        by = say("replaced", language, by=", ".join(names)) if names else ""
        return f"{say('ended', language, day=asked, end=ended)} {by}".strip()
    if state == "other-year":
        return say("other-year", language, years=years_text(thing, language))
    return ""


def years_text(thing: Thing, language: str) -> str:
    """Return the tax years that a thing is for, in the language's era."""
    offset = BUDDHIST_OFFSET if language == "th" else 0
    first, last = thing.tax_years or ("", "")
    shown = [str(int(year) + offset) for year in dict.fromkeys((first, last)) if year]
    return (" ถึง " if language == "th" else " to ").join(shown)
