"""The land tax rates that are collected, beside the ceilings that the Act sets for them."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Store

from graph.statements import Statement
from graph.things import Thing
from qa.calculate import use_in
from qa.draft import Fact
from qa.of_tax import holds, parameter_facts
from qa.understand import Asked

_CEILING: Final = re.compile(r"เพดาน|สูงสุด|ไม่เกิน|ceiling|maximum|highest", re.IGNORECASE)


def asks_for_rates(asked: Asked, question: str) -> bool:
    """Tell whether a question is for the rates collected: not for ceilings, nor whether or who."""
    other = {"yes-no", "who", "comparison", "procedure"} & {*asked.kinds}
    return "rate" in asked and not other and not _CEILING.search(question)


def levied(
    section: Thing,
    things: Mapping[str, Thing],
    question: str,
    store: Store,
    year: int,
    language: str,
) -> Iterator[tuple[Thing, Fact, list[float]]]:
    """Yield the rates collected in a tax year, where a section does not say them itself: per use.

    Section 37 of the Land and Building Tax Act only says what a decree may set at most, section
    94 what was collected in the first two years. With each fact come its rates, in percent.

    :param question: where it names one use of land, only that use's rates are given.
    :param year: of the Christian era.
    """
    instruments = _setting_rates(section, things, year)
    use = use_in(question, store) if instruments else None
    for instrument in instruments:
        by_use: dict[str, list[Statement]] = {}
        for rate in instrument.parameters:
            slugs = [link.ref.rpartition("/")[2] for link in rate.links.get("landUse", ())]
            if _is_rate(rate, year) and (use is None or use in slugs):
                by_use.setdefault(rate.linked("landUse"), []).append(rate)
        for its in by_use.values():
            (fact,) = parameter_facts(its, year, language)
            yield instrument, fact, [float(rate.one("rate")) for rate in its]


def _setting_rates(section: Thing, things: Mapping[str, Thing], year: int) -> list[Thing]:
    detailing = [things[link.ref] for link in section.detailed_by if link.ref in things]
    brackets = [p for p in section.parameters if p.kind == "RateBracket"]
    if brackets and not any(_is_rate(p, year) for p in brackets):
        detailing += [thing for thing in things.values() if thing is not section]
    return [thing for thing in detailing if any(_is_rate(p, year) for p in thing.parameters)]


def _is_rate(parameter: Statement, year: int) -> bool:
    return parameter.kind == "RateBracket" and holds(
        parameter.one("taxYearFrom"), parameter.one("taxYearUntil"), year
    )
