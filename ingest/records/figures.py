"""The reference graph's figures as tables, and the tax of many properties at once.

Money is in whole satang and rates in hundredths of a percent, so that rounding is exact.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

import numpy as np
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from ingest.records.draws import Integers
from ontology.tax import TAX
from tax.reference import reference_ntriples, shipped_parameters

SATANG: Final = 100
_PERCENT: Final = 10_000
"""A whole in hundredths of a percent, and in the parts in which a reduction is held."""


@dataclass(frozen=True)
class Bracket:
    """A slice of value: from where, up to where, its rate and the tax on all that is below it."""

    low: int
    high: int | None
    rate: int
    below: int


@dataclass(frozen=True)
class Figures:
    """What a computation looks up.

    :param brackets: by year, use and steps of vacancy.
    :param exempt: satang by year and use, for natural persons.
    :param remaining: ten-thousandths of the tax left by year and special reduction.
    :param due: last day by year and step.
    :param depreciation: hundredths of a percent by structure and age.
    :param penalty: hundredths of a percent by case of late payment.
    :param surcharge: hundredths of a percent a month, by whether the time was put off.
    :param least: by year, the tax in satang from which it may be paid in instalments.
    """

    brackets: dict[tuple[int, str, int], list[Bracket]]
    exempt: dict[tuple[int, str], int]
    remaining: dict[tuple[int, int], int]
    due: dict[tuple[int, str], date]
    depreciation: dict[tuple[str, int], int]
    penalty: dict[str, int]
    surcharge: dict[bool, int]
    least: dict[int, int]

    def tax(self, year: int, use: str, step: int, taxable: Integers) -> tuple[Integers, Integers]:
        """Return the rate of the bracket each value reaches, and the tax, before reductions."""
        brackets = self.brackets[year, use, step]
        lows = np.array([bracket.low for bracket in brackets], np.int64)
        reached = np.maximum(np.searchsorted(lows, taxable, side="left") - 1, 0)
        rate = np.array([bracket.rate for bracket in brackets], np.int64)[reached]
        below = np.array([bracket.below for bracket in brackets], np.int64)[reached]
        return rate, below + part(taxable - lows[reached], rate)


def part(amount: Integers, share: Integers | int) -> Integers:
    """Return so many ten-thousandths of each sum, halves rounded up."""
    product: Integers = (amount * share * 2 + _PERCENT) // (2 * _PERCENT)
    return product


@cache
def figures() -> Figures:
    """Return the figures of the shipped knowledge."""
    store = Store()
    # The clock's day is not looked at.
    nodes = reference_ntriples(shipped_parameters(), date.min, schemes=())
    store.load(nodes, format=RdfFormat.N_TRIPLES)
    brackets: dict[tuple[int, str, int], list[Bracket]] = {}
    columns = ("taxYear", "landUse", "vacantSteps", "lowerBound", "upperBound", "rate", "taxBelow")
    for year, use, step, low, high, rate, below in sorted(
        _table(store, "YearlyBracket", *columns), key=lambda row: Decimal(row[3])
    ):
        bracket = Bracket(_whole(low), _whole(high) if high else None, _whole(rate), _whole(below))
        brackets.setdefault((int(year), use, int(step)), []).append(bracket)
    return Figures(
        brackets=brackets,
        exempt={
            (int(year), use): _whole(amount)
            for year, use, amount in _table(
                store, "YearlyExemption", "taxYear", "landUse", "amount"
            )
        },
        remaining={
            (int(year), int(special)): int(Decimal(left) * _PERCENT)
            for year, special, left in _table(
                store, "YearlyReduction", "taxYear", "special", "remaining"
            )
        },
        due={
            (int(year), step): date.fromisoformat(day)
            for year, step, day in _table(store, "YearlyDue", "taxYear", "step", "lastDay")
        },
        depreciation={
            (structure, int(age)): _whole(percent)
            for structure, age, percent in _table(
                store, "DepreciationAge", "structure", "age", "percent"
            )
        },
        penalty={
            case: _whole(percent)
            for case, percent in _table(store, "LateRate", "case", "penaltyPercent")
        },
        surcharge={
            extended == "true": _whole(percent)
            for extended, percent in _table(store, "SurchargeRate", "extended", "percentPerMonth")
        },
        least={
            int(year): _whole(least)
            for year, least in _table(store, "InstalmentTerms", "taxYear", "least")
        },
    )


def _table(store: Store, kind: str, *names: str) -> list[tuple[str, ...]]:
    """Return a class of nodes as rows of texts; a value that is not there as the empty text."""
    parts = " ".join(f"OPTIONAL {{ ?n <{TAX}{name}> ?{name} }}" for name in names)
    found = store.query(f"SELECT * WHERE {{ ?n a <{TAX}{kind}> . {parts} }}")
    assert isinstance(found, QuerySolutions)  # noqa: S101
    return [tuple(_text(solution[name]) for name in names) for solution in found]


def _text(value: object) -> str:
    if isinstance(value, NamedNode):
        return value.value.rpartition("/")[2]
    return value.value if isinstance(value, Literal) else ""


def _whole(value: str) -> int:
    return int(Decimal(value) * SATANG)
