"""Invented payments: of the tax that the assessments of the same seed come to."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl

from ingest.records.assessments import assessment_ids, last_days, taxes
from ingest.records.cells import day, hundredths, one_of, only, truth, whole
from ingest.records.draws import Draws, Integers
from ingest.records.figures import figures, part
from ingest.records.persons import digits
from ingest.records.places import local_governments
from ingest.records.properties import YEARS, properties

_CASES: Final = ("on-time", "before-warning", "within-warning", "after-warning")
_METHODS: Final = ("cash", "bank-transfer", "cheque", "qr-payment", "counter-service", "other")
_INSTALMENTS: Final = 3
_LAST: Final = np.datetime64("2026-10")
"""No payment is later than this month."""


def payments(draws: Draws, rows: int, size: int) -> Iterator[dict[str, pl.Series]]:
    """Yield the cells of so many payments, in chunks of about a size."""
    left, first = rows, 1
    while left:
        last = first + size - 1
        place, instalment = _instalments(draws, first, last, left)
        yield _cells(draws, first, last, place, instalment)
        left -= len(place)
        first = last + 1


def _instalments(draws: Draws, first: int, last: int, most: int) -> tuple[Integers, Integers]:
    """Return which assessment each payment is of, and which of how many: 0 for the only one.

    An assessment whose instalments would not all fit is paid at once.
    """
    found = properties(draws, first, last)
    due = taxes(draws, found).due
    least = np.array([figures().least[year] for year in YEARS], np.int64)[found.year - YEARS[0]]
    split = (due >= least) & draws.chance("instalments", found.number, 0.8)
    count = np.where(due == 0, 0, np.where(split, _INSTALMENTS, 1))
    until = np.cumsum(count)
    count[(until > most) & (until - count < most)] = 1
    count[np.cumsum(count) > most] = 0
    place = np.repeat(np.arange(len(count)), count)
    order = np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count)
    return place, np.where(count[place] == 1, 0, order + 1)


def _cells(
    draws: Draws, first: int, last: int, place: Integers, instalment: Integers
) -> dict[str, pl.Series]:
    found = properties(draws, first, last)
    due, year, number = taxes(draws, found).due[place], found.year[place], found.number[place]
    split = instalment > 0
    equal = due // _INSTALMENTS
    amount = np.where(split, np.where(instalment == 1, due - 2 * equal, equal), due)
    own = number * 4 + instalment
    steps = ("payment", *(f"instalment-{step + 1}" for step in range(_INSTALMENTS)))
    due_date = np.stack([last_days(step, year) for step in steps])[
        instalment, np.arange(len(instalment))
    ]
    paid = ~draws.chance("unpaid", own, 0.04)
    case, months, paid_date = _when(draws, own, due_date)
    extended = (case > 0) & draws.chance("extended", own, 0.1)
    penalties = np.array([0, *(figures().penalty[each] for each in _CASES[1:])], np.int64)
    penalty = np.where(extended, 0, part(amount, penalties[case]))
    monthly = np.where(extended, figures().surcharge[True], figures().surcharge[False])
    surcharge = np.minimum(part(amount, monthly * months), amount)
    year_text = whole(year)
    ids = "PAY-" + year_text + "-" + whole(number).str.zfill(6)
    ids = (ids + "-" + whole(instalment)).zip_with(pl.Series(split), ids)
    receipt = year_text.str.slice(2) + "/" + whole(own).str.zfill(7)
    return {
        "paymentId": ids,
        "assessmentId": assessment_ids(found).gather(place),
        "taxYear": year_text,
        "localGovernmentCode": local_governments(found.local_government[place])["code"],
        "ownerId": digits(draws, found.owner[place], found.owner_kind[place]),
        "taxDue": hundredths(due),
        "instalmentCount": whole(np.where(split, _INSTALMENTS, 1)),
        "instalmentNumber": whole(np.maximum(instalment, 1)),
        "instalmentAmount": hundredths(amount),
        "dueDate": day(due_date),
        "extensionGranted": truth(extended),
        "paidDate": only(paid, day(paid_date)),
        "lateCase": only(paid, one_of(_CASES, case)),
        "monthsLate": only(paid, whole(months)),
        "penalty": only(paid, hundredths(penalty)),
        "surcharge": only(paid, hundredths(surcharge)),
        "amountPaid": only(paid, hundredths(amount + penalty + surcharge)),
        "paymentMethod": only(
            paid, one_of(_METHODS, draws.pick("method", own, (20, 25, 5, 35, 12, 3)))
        ),
        "receiptNumber": only(paid, receipt),
    }


def _when(draws: Draws, own: Integers, due: Any) -> tuple[Integers, Integers, Any]:
    """Return the case of each payment, the months it is late and its day."""
    case = draws.pick("case", own, (84, 8, 5, 3))
    month = due.astype("datetime64[M]")
    room = np.clip((_LAST - month).astype(np.int64), 0, 10)
    wanted = np.select([case == 0, case == 1], [0, 1], 1 + draws.below("months", own, 10))
    months = np.minimum(wanted, room)
    case = np.where(months == 0, 0, case)
    late = (month + months).astype("datetime64[D]") + draws.below("day", own, 28)
    early = due - draws.below("day", own, 28)
    return case, months, np.where(case == 0, early, late)
