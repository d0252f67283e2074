"""What the computation of the tax says is what the rules on records accept, to the satang."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from graph.errors import InputError
from tax.calendar import calendar
from tax.compute import TaxedProperty, compute
from tax.late import CASES, late
from tax.reference import shipped_parameters
from tests.shapes.tax_examples import Cells, Engines, base, record

YEARS = range(2563, 2571)
VALUES = ("0", "1000000.55", "60000000", "130000000.37", "700000000", "6000000000.01")
USES = ("agriculture", "residential-own", "residential-other", "other", "vacant")
NO_BUILDING = (
    "buildingId", "buildingAreaSqM", "buildingPricePerSqM", "buildingValue", "structureType",
    "buildingAge", "depreciationPercent", "buildingNetValue", "landAreaSqWa", "landPricePerSqWa",
)  # fmt: skip


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


def _due(year: int) -> Cells:
    days = {due.step: due.last_day for due in calendar(year, shipped_parameters())}
    return {"noticeDate": f"{year - 543}-01-31", "dueDate": days["payment"].isoformat()}


def _assessment(taxed: TaxedProperty) -> Cells:
    """Return the record of a computation."""
    steps = compute(taxed, shipped_parameters()).steps
    by_key = {step.key: step for step in steps}
    taxable = by_key["exempt"].amount if "exempt" in by_key else taxed.land
    exempt = taxed.land - taxable
    before, last = Decimal(0), Decimal(0)
    rate = "0.01"
    if "full-exemption" not in by_key:
        before = by_key["computed"].amount
        last = steps[-1].amount
        rate = _rate(taxed) if taxable else _rate(replace(taxed, land=_one_baht(taxed)))
    else:
        taxable = taxed.land
    cuts = [step.amount for step in steps if step.key == "reduction"]
    after = cuts[-1] if cuts else before
    cells = {
        "taxYear": str(taxed.year),
        "propertyKind": "land",
        "landUse": taxed.use,
        "ownerRegistered": "true",
        "landValue": str(taxed.land),
        "assessedValue": str(taxed.land),
        "exemptValue": str(exempt),
        "taxableValue": str(taxable),
        "vacantYears": str(taxed.vacant_years),
        "taxRate": rate,
        "taxBeforeReduction": str(before),
        "specialReduction": str(taxed.special_reduction or 0),
        "taxAfterReduction": str(after),
        "priorTax": "" if taxed.old_tax is None else str(taxed.old_tax),
        "taxDue": str(last),
    }
    return base("assessment") | dict.fromkeys(NO_BUILDING, "") | cells | _due(taxed.year)


def _rate(taxed: TaxedProperty) -> str:
    """Return the rate of the highest slice."""
    slices = [s for s in compute(taxed, shipped_parameters()).steps if s.key == "slice"]
    return slices[-1].formula.split("×")[1].removesuffix("%").strip()


def _one_baht(taxed: TaxedProperty) -> Decimal:
    """Return the value of which one baht is left to tax: its rate is that of a base of nothing."""
    exempt = shipped_parameters().of("ExemptBase", taxed.year, taxed.use)
    return max((e.number("amount") for e in exempt), default=Decimal(0)) + 1


def _computed() -> Iterator[TaxedProperty]:
    for year, use, value in product(YEARS, USES, VALUES):
        vacant = (0, 2, 3, 29) if use == "vacant" else (0,)
        old = (None, Decimal(500)) if year in (2563, 2564, 2565) else (None,)
        for years, special, tax in product(vacant, (None, 50, 90), old):
            yield TaxedProperty(
                use,
                year,
                Decimal(value),
                vacant_years=years,
                special_reduction=special,
                old_tax=tax,
            )


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
def test_computed_taxes_break_no_rule(year: int, engines: Engines) -> None:
    texts = []
    for row, taxed in enumerate((t for t in _computed() if t.year == year), start=2):
        try:
            cells = _assessment(taxed)
        except InputError:
            continue
        # A person has one exempt amount in a year: each record has an owner of its own.
        own = {"assessmentId": f"A-{row}", "ownerId": _number(row)}
        texts.append(record("assessment", "computed", row, cells | own)[1])
    assert len(texts) > 100
    assert engines.shacl("".join(texts)) == []


def _number(row: int) -> str:
    twelve = f"1{row:011d}"
    total = sum((13 - place) * int(digit) for place, digit in enumerate(twelve))
    return f"{twelve}{(11 - total % 11) % 10}"


@pytest.mark.slow
def test_late_payments_as_computed_break_no_rule(engines: Engines) -> None:
    texts = []
    due = date(2026, 6, 30)
    days = [due + timedelta(days=n) for n in (1, 2, 31, 32, 62, 63, 100, 140)]
    cases = product(days, CASES, (False, True), ("1225.45", "3000", "999999.99"))
    for row, (paid, case, extended, tax) in enumerate(cases, start=2):
        months = (paid.year - due.year) * 12 + paid.month - due.month
        result = late(Decimal(tax), 2569, case, months, shipped_parameters(), extended)
        amounts = {step.key: str(step.amount) for step in result.steps}
        cells = base("payment") | {
            "paymentId": f"P-{row}",
            "assessmentId": f"A-{row}",
            "taxDue": tax,
            "instalmentAmount": tax,
            "paidDate": paid.isoformat(),
            "lateCase": case,
            "extensionGranted": str(extended).lower(),
            "monthsLate": str(months),
            "penalty": amounts.get("penalty", "0"),
            "surcharge": amounts["surcharge"],
            "amountPaid": str(result.total),
        }
        texts.append(record("payment", "computed", row, cells)[1])
    assert engines.shacl("".join(texts)) == []
