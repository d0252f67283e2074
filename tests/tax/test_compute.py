"""The computation of the tax against figures from elsewhere and an implementation of the test's own."""

import csv
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputError
from graph.store import open_store
from tax.calendar import calendar, payment_due
from tax.compute import TaxedProperty, compute
from tax.late import late
from tax.parameters import Parameters

MILLION = Decimal(1_000_000)
CATEGORY = {
    "agriculture": "agriculture",
    "residential-own": "residential_land_and_building_owner_registered",
    "residential-own-building": "residential_building_only_owner_registered",
    "residential-other": "residential_other",
    "other": "other_use",
    "vacant": "vacant",
}


@cache
def parameters() -> Parameters:
    return Parameters(open_store())


def _tax(use: str, millions: float, year: int = 2569, **more: object) -> Decimal:
    value = Decimal(str(millions)) * MILLION
    return compute(TaxedProperty(use, year, value, **more), parameters()).tax  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("use", "millions", "tax"),
    [
        ("residential-own", 120, 40_000),
        ("residential-own", 50, 0),
        ("residential-own", 75, 7_500),
        ("residential-own-building", 10, 0),
        ("residential-own-building", 50, 8_000),
        ("residential-other", 50, 10_000),
        ("other", 50, 150_000),
        ("other", 200, 750_000),
        ("vacant", 50, 150_000),
        ("agriculture", 50, 0),
        ("agriculture", 125, 7_500),
    ],
)
def test_known_cases(use: str, millions: int, tax: int) -> None:
    assert _tax(use, millions) == tax


def test_only_natural_persons_have_exempt_value() -> None:
    assert _tax("agriculture", 75, natural_person=False) == 7_500
    with pytest.raises(InputError):
        _tax("residential-own", 75, natural_person=False)


def test_farmers_pay_nothing_in_the_first_three_years() -> None:
    assert _tax("agriculture", 900, 2565) == 0
    assert _tax("agriculture", 900, 2566) > 0
    assert _tax("agriculture", 900, 2565, natural_person=False) > 0


@pytest.mark.parametrize(
    ("years", "rate"), [(2, "0.3"), (3, "0.6"), (5, "0.6"), (6, "0.9"), (27, "3"), (60, "3")]
)
def test_vacant_land_pays_more_every_three_years_up_to_three_percent(years: int, rate: str) -> None:
    assert _tax("vacant", 10, vacant_years=years) == 10 * MILLION * Decimal(rate) / 100


@pytest.mark.parametrize(
    ("year", "special", "share"),
    [
        (2565, None, 1),
        (2566, None, 0.85),
        (2566, 50, 0.425),
        (2566, 90, 0.1),
        (2567, 50, 0.5),
        (2564, None, 0.1),
    ],
)
def test_reductions_hold_for_their_years(year: int, special: int | None, share: float) -> None:
    whole = _tax("other", 100, 2568)
    assert _tax("other", 100, year, special_reduction=special) == whole * Decimal(str(share))


def test_what_the_graph_does_not_know_is_not_computed() -> None:
    with pytest.raises(InputError, match="2563"):
        _tax("other", 100, 2563, special_reduction=50)
    with pytest.raises(InputError, match="2575"):
        _tax("other", 100, 2575)
    with pytest.raises(InputError, match="97"):
        _tax("other", 100, 2568, old_tax=Decimal(5))


def test_relief_of_the_first_years() -> None:
    # 390,000 after the 90 % cut is 39,000; 9,000 + half of the rest.
    assert _tax("other", 110, 2564) == 39_000
    assert _tax("other", 110, 2564, old_tax=Decimal(9_000)) == 24_000
    assert _tax("other", 110, 2564, old_tax=Decimal(50_000)) == 39_000


def test_every_step_names_a_thing_of_the_graph() -> None:
    result = compute(
        TaxedProperty("other", 2566, 9 * MILLION, MILLION, "wood", 7, special_reduction=50),
        parameters(),
    )
    assert [step.ref for step in result.steps] == [
        "lbt-2562/35", "lbt-2562/35", "lbt-rates-2564", "lbt-2562/42", "lbt-reduction-2563", "lbt-reduction-2566/4",
    ]  # fmt: skip
    assert result.certainty == "inferred"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(CATEGORY)),
    st.decimals(min_value=0, max_value=20_000_000_000, places=2),
)
def test_slices_equal_a_second_implementation(use: str, value: Decimal) -> None:
    shared = Path(__file__).parents[3] / "shared" / "tax" / "rates.json"
    if not shared.exists():
        pytest.skip("no shared/tax/rates.json to compare with")
    category = json.loads(shared.read_text(encoding="utf-8"))["categories"][CATEGORY[use]]
    exempt = category.get("exempt", category.get("exempt_natural_person", 0))
    left, low, tax = max(value - exempt, Decimal(0)), Decimal(0), Decimal(0)
    for high, rate in category["brackets"]:
        top = left if high is None else min(left, Decimal(high))
        tax += max(top - low, Decimal(0)) * Decimal(str(rate)) / 100
        low = Decimal(high or 0)
    computed = compute(TaxedProperty(use, 2569, value), parameters()).tax
    assert abs(computed - tax) <= Decimal("0.03")


def test_depreciation_equals_the_published_table(shared: Path) -> None:
    names = {"masonry": "masonry", "half": "half_masonry_half_wood", "wood": "wood"}
    with (shared / "tax" / "depreciation.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for structure, column in names.items():
                taxed = TaxedProperty(
                    "other", 2569, Decimal(0), MILLION, structure, int(row["age"])
                )
                step = compute(taxed, parameters()).steps[0]
                assert step.amount == MILLION * (100 - int(row[column])) / 100, (
                    structure,
                    row["age"],
                )


@pytest.mark.parametrize(
    ("case", "months", "total"),
    [
        ("before-warning", 1, 1_110),
        ("within-warning", 2, 1_220),
        ("after-warning", 3, 1_430),
        ("after-warning", 500, 2_400),
    ],
)
def test_late_payment(case: str, months: int, total: int) -> None:
    assert late(Decimal(1_000), 2569, case, months, parameters()).total == total


def test_a_granted_extension_halves_the_surcharge() -> None:
    paid = late(Decimal(1_000), 2569, "before-warning", 2, parameters(), extended=True)
    assert paid.total == 1_010
    with pytest.raises(InputError):
        late(Decimal(1_000), 2569, "some day", 2, parameters())


@pytest.mark.parametrize(
    ("year", "by", "certainty"),
    [
        (2566, "สิ้นเดือนมิถุนายน 2566", "stated"),
        (2569, "สิ้นเดือนมิถุนายน 2569", "secondary"),
        (2565, "สิ้นเดือนกรกฎาคม 2565", "secondary"),
        (2570, "สิ้นเดือนเมษายน 2570", "stated"),
    ],
)
def test_payment_is_due_as_it_was_put_off(year: int, by: str, certainty: str) -> None:
    due = payment_due(year, parameters())
    assert due is not None
    assert (due.by, due.certainty) == (by, certainty)


def test_a_year_has_its_whole_calendar() -> None:
    assert {due.step for due in calendar(2569, parameters())} >= {
        "list",
        "prices",
        "assessment",
        "payment",
        "instalment-3",
        "warning",
        "arrears",
    }
