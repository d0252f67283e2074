"""What is added to a tax that is paid late (Land and Building Tax Act ss. 68 to 70)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from graph.errors import InputError
from tax.compute import HUNDRED, SATANG, Step
from tax.parameters import Parameters

CASES: Final = ("before-warning", "within-warning", "after-warning")
"""When it was paid: before the warning letter came, within its time, or later."""


@dataclass(frozen=True)
class Late:
    """The penalty and the surcharge, in baht, and the sum to pay with the tax."""

    steps: list[Step]
    total: Decimal


def late(
    tax: Decimal, year: int, case: str, months: int, parameters: Parameters, extended: bool = False
) -> Late:
    """Return what is due on a tax in arrears.

    :param case: one of :data:`CASES`.
    :param months: months since the last day of payment, a part of one counting as one.
    :param extended: the local executive put the time off and it was kept: the surcharge is
        lower; section 70 does not speak of a penalty then, and none is added.
    :raises InputError: the case or the number of months is not possible.
    """
    if case not in CASES or months < 0:
        raise InputError(
            f"เลือก --late จาก {', '.join(CASES)} และใส่ --months ตั้งแต่ 0",
            f"choose --late from {', '.join(CASES)} and give --months of 0 or more",
        )
    steps: list[Step] = []
    penalty = Decimal(0)
    if not extended:
        rule = next(p for p in parameters.of("LatePenalty", year) if p.values["lateCase"] == case)
        penalty = _baht(tax * rule.number("rate") / HUNDRED)
        formula = f"{tax:,.2f} × {rule.number('rate'):g} %"
        steps.append(Step("penalty", formula, penalty, rule.ref, rule.certainty))
    wanted = "extended" if extended else "late"
    rule = next(
        p for p in parameters.of("MonthlySurcharge", year) if p.values["lateCase"] == wanted
    )
    surcharge = min(_baht(tax * rule.number("rate") * months / HUNDRED), tax)
    formula = f"{tax:,.2f} × {rule.number('rate'):g} % × {months}"
    note = "มาตรา 70 ไม่กล่าวถึงเบี้ยปรับในกรณีที่ได้รับอนุมัติขยายเวลา จึงไม่รวมไว้" if extended else ""
    steps.append(Step("surcharge", formula, surcharge, rule.ref, rule.certainty, note))
    return Late(steps, tax + penalty + surcharge)


def _baht(amount: Decimal) -> Decimal:
    return amount.quantize(SATANG, ROUND_HALF_UP)
