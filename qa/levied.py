"""The land tax rates that are collected, beside the ceilings that the Act sets for them."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Store

from graph.statements import Statement
from graph.things import Thing
from qa.calculate import use_in
from qa.draft import Fact
from qa.of_tax import holds, parameter_facts


def levied(
    section: Thing,
    things: Mapping[str, Thing],
    question: str,
    store: Store,
    year: int,
    language: str,
) -> Iterator[tuple[Thing, Fact, list[float]]]:
    """Yield the rates of a tax year set by instruments that detail a section: per use, in percent.

    Section 37 of the Land and Building Tax Act only says what a decree may set at most.

    :param question: where it names one use of land, only that use's rates are given.
    :param year: of the Christian era.
    """
    use = use_in(question, store)
    for link in section.detailed_by:
        instrument = things.get(link.ref)
        if instrument is None:
            continue
        rates = [p for p in instrument.parameters if p.kind == "RateBracket" and _of(p, year, use)]
        by_use: dict[str, list[Statement]] = {}
        for rate in rates:
            by_use.setdefault(rate.linked("landUse"), []).append(rate)
        for its in by_use.values():
            (fact,) = parameter_facts(its, year, language)
            yield instrument, fact, [float(rate.one("rate")) for rate in its]


def _of(rate: Statement, year: int, use: str | None) -> bool:
    uses = [link.ref.rpartition("/")[2] for link in rate.links.get("landUse", ())]
    return holds(rate.one("taxYearFrom"), rate.one("taxYearUntil"), year) and (
        use is None or use in uses
    )
