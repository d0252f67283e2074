"""The figures laid out per year give what the computation, the calendar and the late payment give."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

import ontology
from graph.errors import InputError
from graph.store import open_store
from ontology.tax import TAX
from tax.calendar import calendar
from tax.compute import TaxedProperty, compute, depreciation
from tax.late import CASES, late
from tax.parameters import Parameters
from tax.reference import (
    STEPS,
    default_reference,
    reference_ntriples,
    shipped_parameters,
    tax_years,
)

TODAY = date(2026, 3, 15)
SATANG = Decimal("0.01")
USES = (
    "agriculture", "residential-own", "residential-own-building", "residential-other", "other",
    "vacant",
)  # fmt: skip
BOUNDS = (10, 25, 40, 50, 65, 75, 90, 100, 200, 500, 1000, 5000)
"""Where brackets meet, in million baht, and some exempt values."""
Row = dict[str, str | None]


@cache
def parameters() -> Parameters:
    return shipped_parameters()


@cache
def reference() -> Store:
    return default_reference(TODAY)


@cache
def rows(kind: str, *names: str) -> list[Row]:
    """Return a class of nodes as a table; concepts by their slugs."""
    parts = " ".join(f"OPTIONAL {{ ?n <{TAX}{name}> ?{name} }}" for name in names)
    found = reference().query(f"SELECT * WHERE {{ ?n a <{TAX}{kind}> . {parts} }}")
    assert isinstance(found, QuerySolutions)
    return [{name: _plain(solution[name]) for name in names} for solution in found]


def _plain(value: object) -> str | None:
    if isinstance(value, NamedNode):
        return value.value.rpartition("/")[2]
    return value.value if isinstance(value, Literal) else None


def one(kind: str, wanted: Row, *names: str) -> Row | None:
    found = [
        row
        for row in rows(kind, *wanted, *names)
        if all(row[name] == value for name, value in wanted.items())
    ]
    assert len(found) <= 1, (kind, wanted)
    return found[0] if found else None


def number(row: Row | None, name: str) -> Decimal:
    assert row is not None
    return Decimal(row[name] or "0")


def baht(amount: Decimal) -> Decimal:
    return amount.quantize(SATANG, ROUND_HALF_UP)


@cache
def brackets(
    year: int, use: str, step: int
) -> list[tuple[Decimal, Decimal | None, Decimal, Decimal]]:
    names = ("taxYear", "landUse", "vacantSteps", "lowerBound", "upperBound", "rate", "taxBelow")
    return [
        (
            number(row, "lowerBound"),
            Decimal(row["upperBound"]) if row["upperBound"] else None,
            number(row, "rate"),
            number(row, "taxBelow"),
        )
        for row in rows("YearlyBracket", *names)
        if (row["taxYear"], row["landUse"], row["vacantSteps"]) == (str(year), use, str(step))
    ]


def by_reference(
    use: str, year: int, value: Decimal, natural: bool, vacant_years: int, special: int
) -> tuple[Decimal, Decimal]:
    """Return the tax before and after the reductions, worked out from the nodes alone."""
    if natural and one("YearlyFullExemption", {"taxYear": str(year), "landUse": use}):
        return Decimal(0), Decimal(0)
    exempt = one("YearlyExemption", {"taxYear": str(year), "landUse": use}, "amount")
    if natural and exempt:
        value = max(value - number(exempt, "amount"), Decimal(0))
    step = min(9, vacant_years // 3) if use == "vacant" else 0
    found = [
        (low, rate, below)
        for low, high, rate, below in brackets(year, use, step)
        if low < value <= (value if high is None else high)
    ]
    assert len(found) == (1 if value else 0)
    tax = baht(sum((below + (value - low) * rate / 100 for low, rate, below in found), Decimal(0)))
    cut = one("YearlyReduction", {"taxYear": str(year), "special": str(special)}, "remaining")
    return tax, tax * number(cut, "remaining")


def values() -> Iterator[Decimal]:
    yield Decimal(0)
    yield SATANG
    yield Decimal("1234567.89")
    for bound in BOUNDS:
        for more in ("-0.01", "0", "0.01", "7654321.55"):
            yield Decimal(bound) * 1_000_000 + Decimal(more)
    yield Decimal(12_345_678_901)


def years() -> list[int]:
    return list(tax_years(parameters()))


def test_the_years_are_those_that_a_tax_is_computed_for() -> None:
    assert years()[0] == 2563
    assert years()[-1] == parameters().last_known_year + 1 >= 2570


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("year", years())
def test_brackets_give_the_computed_tax(year: int, use: str) -> None:
    for vacant_years in (0, 1, 2, 3, 5, 6, 8, 14, 26, 27, 28, 60) if use == "vacant" else (0,):
        for natural in (True, False):
            if not natural and use.startswith("residential-own"):
                continue
            for value in values():
                taxed = TaxedProperty(
                    use, year, value, natural_person=natural, vacant_years=vacant_years
                )
                steps = compute(taxed, parameters()).steps
                computed = next((s.amount for s in steps if s.key == "computed"), Decimal(0))
                before, after = by_reference(use, year, value, natural, vacant_years, 0)
                assert before == computed, (value, vacant_years, natural)
                assert abs(after - compute(taxed, parameters()).tax) <= SATANG


@pytest.mark.parametrize("special", [0, 50, 90])
@pytest.mark.parametrize("year", years())
def test_reductions_agree_and_what_is_not_known_is_absent(year: int, special: int) -> None:
    cut = one("YearlyReduction", {"taxYear": str(year), "special": str(special)}, "remaining")
    for value in (Decimal("98765432.17"), Decimal("0.37"), Decimal(1_000_000_000)):
        taxed = TaxedProperty("other", year, value, special_reduction=special or None)
        if cut is None:
            with pytest.raises(InputError):
                compute(taxed, parameters())
        else:
            _, after = by_reference("other", year, value, True, 0, special)
            # The computation rounds between two cuts, the node's share does not.
            assert abs(after - compute(taxed, parameters()).tax) <= SATANG


def test_exactly_the_special_cuts_of_the_first_two_years_are_not_known() -> None:
    known = {
        (row["taxYear"], row["special"]) for row in rows("YearlyReduction", "taxYear", "special")
    }
    unknown = {(str(y), str(s)) for y in (2563, 2564) for s in (50, 90)}
    assert known == {(str(y), str(s)) for y in years() for s in (0, 50, 90)} - unknown


@pytest.mark.parametrize("year", years())
def test_relief_agrees(year: int) -> None:
    relief = one("YearlyRelief", {"taxYear": str(year)}, "rate")
    taxed = TaxedProperty("other", year, Decimal(110_000_000), old_tax=Decimal("9000.05"))
    if relief is None:
        with pytest.raises(InputError):
            compute(taxed, parameters())
        return
    result = compute(taxed, parameters())
    excess = by_reference("other", year, taxed.land, True, 0, 0)[1] - Decimal("9000.05")
    assert excess > 0
    assert result.tax == baht(Decimal("9000.05") + excess * number(relief, "rate") / 100)


@pytest.mark.parametrize("year", years())
def test_due_dates_agree_with_the_calendar(year: int) -> None:
    expected = {
        (due.step, due.last_day.isoformat(), due.certainty)
        for due in calendar(year, parameters())
        if due.step in STEPS
    }
    found = {
        (row["step"], row["lastDay"], row["certainty"])
        for row in rows("YearlyDue", "taxYear", "step", "lastDay", "certainty")
        if row["taxYear"] == str(year)
    }
    assert found == expected
    assert {step for step, _, _ in found} >= {"assessment", "payment"}


@pytest.mark.parametrize(
    ("year", "step", "day"),
    [
        (2563, "payment", "2020-08-31"),
        (2565, "payment", "2022-07-31"),
        (2566, "payment", "2023-06-30"),
        (2567, "assessment", "2024-04-30"),
        (2569, "instalment-3", "2026-08-31"),
        (2570, "assessment", "2027-02-28"),
        (2570, "payment", "2027-04-30"),
    ],
)
def test_last_days(year: int, step: str, day: str) -> None:
    assert one("YearlyDue", {"taxYear": str(year), "step": step, "lastDay": day})


@pytest.mark.parametrize("year", years())
def test_instalment_terms(year: int) -> None:
    assert one("InstalmentTerms", {"taxYear": str(year), "least": "3000", "count": "3"})


@pytest.mark.parametrize("tax", [Decimal("0.01"), Decimal("1234.55"), Decimal(100_000)])
@pytest.mark.parametrize("months", [0, 1, 7, 120])
def test_late_rates_agree(tax: Decimal, months: int) -> None:
    plain = one("SurchargeRate", {"extended": "false"}, "percentPerMonth")
    for case in CASES:
        rate = one("LateRate", {"case": case}, "penaltyPercent")
        penalty = baht(tax * number(rate, "penaltyPercent") / 100)
        surcharge = min(baht(tax * number(plain, "percentPerMonth") * months / 100), tax)
        for year in years():
            assert late(tax, year, case, months, parameters()).total == tax + penalty + surcharge
    low = one("SurchargeRate", {"extended": "true"}, "percentPerMonth")
    surcharge = min(baht(tax * number(low, "percentPerMonth") * months / 100), tax)
    result = late(tax, 2569, CASES[0], months, parameters(), extended=True)
    assert result.total == tax + surcharge


def test_late_rates_are_one_for_each_case() -> None:
    assert sorted(row["case"] or "" for row in rows("LateRate", "case")) == sorted(CASES)
    assert len(rows("SurchargeRate", "extended")) == 2


def test_depreciation_agrees_for_every_age_and_year() -> None:
    found = {
        (row["structure"], int(row["age"] or 0)): number(row, "percent")
        for row in rows("DepreciationAge", "structure", "age", "percent")
    }
    assert set(found) == {(s, a) for s in ("masonry", "half", "wood") for a in range(201)}
    for (structure, age), percent in found.items():
        assert structure is not None
        for year in years():
            assert percent == depreciation(structure, age, year, parameters())[0]


def test_depreciation_agrees_with_the_treasury_table() -> None:
    path = Path(__file__).parents[3] / "shared" / "tax" / "depreciation.csv"
    if not path.exists():
        pytest.skip("no table to compare with")
    columns = {"masonry": "masonry", "half": "half_masonry_half_wood", "wood": "wood"}
    for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        for structure, column in columns.items():
            node = one("DepreciationAge", {"structure": structure, "age": line["age"]}, "percent")
            assert number(node, "percent") == Decimal(line[column])


def test_the_clock_is_the_day_given() -> None:
    assert rows("Clock", "today", "thisYear") == [{"today": "2026-03-15", "thisYear": "2569"}]


def test_the_figures_are_those_of_the_whole_graph() -> None:
    whole = reference_ntriples(Parameters(open_store()), TODAY, schemes=())
    assert sorted(whole.splitlines()) == sorted(
        reference_ntriples(parameters(), TODAY, schemes=()).splitlines()
    )


def test_every_bracket_has_its_source() -> None:
    source = NamedNode(ontology.PREFIXES["dcterms"] + "source")
    for quad in reference().quads_for_pattern(None, None, NamedNode(TAX + "YearlyBracket"), None):
        assert list(reference().quads_for_pattern(quad.subject, source, None, None))


@pytest.mark.parametrize(
    ("scheme", "notation", "count"),
    [
        ("land-use", "residential-own-building", 6),
        ("structure", "half", 3),
        ("building-type", "506/1", 69),
        ("late-case", "on-time", 4),
        ("province", "10", 77),
        ("district", "1001", 928),
        ("subdistrict", "100101", 7436),
    ],
)
def test_code_lists_are_looked_up_by_scheme_and_notation(
    scheme: str, notation: str, count: int
) -> None:
    skos = ontology.PREFIXES["skos"]
    in_scheme = NamedNode(skos + "inScheme"), NamedNode(ontology.CONCEPT + scheme)
    found = {quad.subject for quad in reference().quads_for_pattern(None, *in_scheme, None)}
    concept = NamedNode(f"{ontology.CONCEPT}{scheme}/{notation.replace('/', '-')}")
    assert concept in found
    assert len(found) >= count
    marked = reference().quads_for_pattern(concept, NamedNode(skos + "notation"), None, None)
    assert [quad.object for quad in marked] == [Literal(notation)]


def test_only_the_lists_that_are_asked_for_are_there() -> None:
    few = default_reference(TODAY, schemes={"owner-type"})
    concept = NamedNode(ontology.PREFIXES["skos"] + "Concept")
    kinds = {quad.subject for quad in few.quads_for_pattern(None, None, concept, None)}
    assert {str(kind)[1:-1].split("/")[-2] for kind in kinds} == {"owner-type"}


def test_areas_name_what_is_above_them() -> None:
    broader = NamedNode(ontology.PREFIXES["skos"] + "broader")
    for below, above in (("subdistrict/100101", "district/1001"), ("district/1001", "province/10")):
        quads = reference().quads_for_pattern(
            NamedNode(ontology.CONCEPT + below), broader, None, None
        )
        assert [quad.object for quad in quads] == [NamedNode(ontology.CONCEPT + above)]
