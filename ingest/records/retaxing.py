"""A changed record made right again, but for what is meant to be wrong."""

from decimal import Decimal
from math import ceil

import numpy as np

from ingest.records.assessments import SPECIALS
from ingest.records.defect import Record, money, number
from ingest.records.draws import Draws
from ingest.records.figures import SATANG, figures, part
from ingest.records.persons import KINDS, NATURAL, digits

_STEPS = 9
_APART = 100_000_000
"""Numbers of owners from here on belong to no generated property."""


def retaxed(record: Record, **changed: str | None) -> Record:
    """Return changed cells, and with them the taxable value and the tax that follow."""
    new = {**record, **changed}
    year, use = int(new["taxYear"] or 0), new["landUse"] or ""
    taxable = number(new, "assessedValue") - number(new, "exemptValue")
    steps = min(int(new["vacantYears"] or 0) // 3, _STEPS)
    satang = np.array([int(taxable * SATANG)], np.int64)
    rate, before = figures().tax(year, use, steps, satang)
    special = int(new["specialReduction"] or 0)
    after = part(before, figures().remaining[year, special])
    due = money(Decimal(int(after[0])) / SATANG)
    return {
        **changed,
        "taxableValue": money(taxable),
        "taxRate": money(Decimal(int(rate[0])) / SATANG),
        "taxBeforeReduction": money(Decimal(int(before[0])) / SATANG),
        "taxAfterReduction": due,
        "taxDue": due,
    }


def worth(record: Record, baht: int) -> Record:
    """Return the cells of land alone that make it worth at least a sum."""
    area = number(record, "landAreaSqWa")
    price = ceil(Decimal(baht) / area)
    value = money(area * price)
    return {
        "landPricePerSqWa": money(Decimal(price)),
        "landValue": value,
        "useSharePercent": "100.00",
        "assessedValue": value,
    }


def in_year(record: Record, year: int) -> Record:
    """Return the cells that move an assessment to another tax year; the tax is not one of them."""
    due = figures().due
    return {
        "taxYear": str(year),
        "noticeDate": due[year, "assessment"].isoformat(),
        "dueDate": due[year, "payment"].isoformat(),
        "specialReduction": str(SPECIALS[0]),
    }


def another_owner(n: int, kind: int = NATURAL) -> str:
    """Return the 13 digits of an owner of nothing else."""
    return str(digits(Draws(0), np.array([_APART + n]), np.array([kind]))[0])


def started_with(start: str, thirteen: str) -> str:
    """Return 13 digits with another start, the check digit following suit."""
    twelve = start + thirteen[len(start) : 12]
    total = sum((13 - place) * int(digit) for place, digit in enumerate(twelve))
    return f"{twelve}{(11 - total % 11) % 10}"


NATURAL_PERSON, JURISTIC_PERSON, STATE = KINDS
