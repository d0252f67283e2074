"""Generated records: valid by the computation itself, linked, the same for the same seed."""

from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import polars as pl
import pytest

from graph.errors import InputError
from ingest.records.sample import generate
from ontology.tax import datasets
from ontology.tax.codes import all_lists
from tax.calendar import calendar
from tax.compute import TaxedProperty, compute
from tax.late import late
from tax.reference import shipped_parameters

pytestmark = pytest.mark.slow

ROWS = 3_000
MILLION = Decimal(1_000_000)
Record = dict[str, Any]


@cache
def frame(dataset: str, rows: int = ROWS, seed: int = 11) -> pl.DataFrame:
    return pl.concat(generate(dataset, min(rows, 8) if dataset == "title-document" else rows, seed))


def records(dataset: str) -> list[Record]:
    return frame(dataset).to_dicts()


@cache
def by_key(dataset: str) -> dict[str, Record]:
    return {record[datasets()[dataset].key.name]: record for record in records(dataset)}


def number(record: Record, name: str) -> Decimal:
    return Decimal(record[name] or "0")


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_the_columns_are_those_of_the_table(dataset: str) -> None:
    columns = datasets()[dataset].columns
    found = frame(dataset)
    assert found.columns == [column.name for column in columns]
    assert set(found.dtypes) == {pl.String}
    for column in columns:
        values = found[column.name].drop_nulls()
        assert not (values == "").any()
        if column.required:
            assert len(values) == len(found), column.name
        if column.code_list:
            assert set(values) <= set(all_lists()[column.code_list]), column.name
    assert found[datasets()[dataset].key.name].n_unique() == len(found)


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_the_same_seed_gives_the_same_records(dataset: str) -> None:
    again = pl.concat(generate(dataset, len(frame(dataset)), 11))
    assert again.equals(frame(dataset))
    if dataset != "title-document":
        assert not frame(dataset, seed=12).equals(frame(dataset))


@pytest.mark.parametrize("dataset", ["assessment", "parcel", "building", "condominium"])
def test_record_n_does_not_depend_on_how_many_there_are(dataset: str) -> None:
    few = pl.concat(generate(dataset, 7, 11))
    assert few.equals(frame(dataset).head(7))


def test_chunks_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.records.sample.CHUNK", 701)
    for dataset in ("assessment", "owner", "payment", "local-government"):
        parts = list(generate(dataset, ROWS, 11))
        assert len(parts) > 1
        assert pl.concat(parts).equals(frame(dataset)), dataset


@pytest.mark.parametrize("rows", [1, 2, 9, 10, 11, 97])
def test_so_many_records_as_asked_for(rows: int) -> None:
    for dataset in set(datasets()) - {"title-document"}:
        assert len(pl.concat(generate(dataset, rows, 5))) == rows


def test_each_tax_is_the_computed_one() -> None:
    parameters = shipped_parameters()
    exempt = {
        u: p.number("amount") for u in parameters.uses for p in parameters.of("ExemptBase", 2569, u)
    }
    for record in records("assessment"):
        use, natural = record["landUse"], record["ownerType"] == "natural-person"
        building = number(record, "buildingNetValue")
        whole = number(record, "landValue") + building + number(record, "unitValue")
        taxed = TaxedProperty(
            use,
            int(record["taxYear"]),
            (whole * number(record, "useSharePercent") / 100).quantize(
                Decimal("0.01"), ROUND_HALF_UP
            ),
            natural_person=natural,
            vacant_years=int(record["vacantYears"] or 0),
            special_reduction=int(record["specialReduction"]) or None,
        )
        assert number(record, "assessedValue") == taxed.land
        given = number(record, "exemptValue")
        assert given <= (exempt.get(use, Decimal(0)) if natural else 0)
        assert number(record, "taxableValue") == taxed.land - given
        # Where another farm of the same owner took up the exemption, compute what is left.
        if given == min(taxed.land, exempt.get(use, Decimal(0)) if natural else Decimal(0)):
            result = compute(taxed, parameters)
            computed = next(step.amount for step in result.steps if step.key == "computed")
            assert number(record, "taxBeforeReduction") == computed
            assert number(record, "taxDue") == number(record, "taxAfterReduction")
            assert abs(number(record, "taxDue") - result.tax) <= Decimal("0.01")


def test_values_are_area_by_price_and_depreciation_by_age() -> None:
    parameters = shipped_parameters()
    for record in records("assessment"):
        for thing, unit in (("land", "SqWa"), ("building", "SqM"), ("unit", "SqM")):
            area, price = (
                number(record, f"{thing}Area{unit}"),
                number(record, f"{thing}PricePer{unit}"),
            )
            assert area * price == number(record, f"{thing}Value")
            assert (area > 0) == (thing in record["propertyKind"])
        if record["structureType"]:
            bare = TaxedProperty(
                "other", 2569, Decimal(0), number(record, "buildingValue"),
                record["structureType"], int(record["buildingAge"]),
            )  # fmt: skip
            (step,) = (s for s in compute(bare, parameters).steps if s.key == "building")
            assert number(record, "buildingNetValue") == step.amount


def test_nobody_has_two_homes_or_too_much_exempt_farm_land() -> None:
    homes: Counter[tuple[str, str]] = Counter()
    farms: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    several = 0
    for record in records("assessment"):
        owner, year = record["ownerId"], record["taxYear"]
        if record["landUse"].startswith("residential-own"):
            assert record["ownerRegistered"] == "true"
            assert record["ownerType"] == "natural-person"
            homes[owner, year] += 1
        if record["landUse"] == "agriculture":
            key = owner, year, record["localGovernmentCode"]
            several += key in farms
            farms[key] += number(record, "exemptValue")
    assert max(homes.values()) == 1
    assert several > 10
    assert max(farms.values()) == 50 * MILLION


def test_the_mix_is_that_of_real_life() -> None:
    found = frame("assessment")
    for name, least in (("landUse", 6), ("propertyKind", 4), ("ownerType", 3), ("taxYear", 4)):
        assert found[name].n_unique() == least
        assert min(found[name].value_counts()["count"].to_list()) > ROWS / 200
    assert set(found["specialReduction"]) == {"0", "50", "90"}
    assert found["taxRate"].n_unique() > 20
    assert ROWS * 0.3 < (found["taxDue"] != "0.00").sum() < ROWS * 0.9
    assert set(frame("assessment", 30_000)["taxRate"]) >= {"0.70", "3.00", "0.10", "0.01"}


def test_owner_numbers_pass_the_check_digit_and_name_no_province() -> None:
    kinds = {"natural-person": "99", "juristic-person": "97", "state": "98"}
    for dataset in ("assessment", "owner"):
        for record in records(dataset):
            digits = [int(digit) for digit in record["ownerId"]]
            total = sum((13 - place) * digit for place, digit in enumerate(digits[:12]))
            assert (11 - total % 11) % 10 == digits[12]
            assert record["ownerId"][1:3] == kinds[record["ownerType"]]
            assert (digits[0] == 0) == (record["ownerType"] != "natural-person")


def test_dates_are_those_of_the_year() -> None:
    due = {
        (year, each.step): each.last_day
        for year in range(2566, 2570)
        for each in calendar(year, shipped_parameters())
    }
    for record in records("assessment"):
        year = int(record["taxYear"])
        assert date.fromisoformat(record["dueDate"]) == due[year, "payment"]
        assert date.fromisoformat(record["noticeDate"]) <= due[year, "assessment"]
        assert date.fromisoformat(record["noticeDate"]).year == year - 543


def test_records_of_the_same_seed_are_about_the_same_things() -> None:
    for record in records("assessment"):
        for name, dataset in (
            ("parcelId", "parcel"),
            ("buildingId", "building"),
            ("unitId", "condominium"),
        ):
            if record[name]:
                thing = by_key(dataset)[record[name]]
                for shared in set(thing) & set(record) - {"unitId", "parcelId", "buildingId"}:
                    assert thing[shared] == record[shared], shared
    for record in records("building"):
        parcel = by_key("parcel")[record["parcelId"]]
        assert parcel["localGovernmentCode"] == record["localGovernmentCode"]
    codes = set(frame("local-government")["localGovernmentCode"])
    assert set(frame("assessment")["localGovernmentCode"]) <= codes


def test_areas_add_up() -> None:
    for record in records("parcel"):
        rai, ngan, wa = (number(record, f"area{unit}") for unit in ("Rai", "Ngan", "Wa"))
        assert ngan < 4
        assert wa < 100
        assert rai * 400 + ngan * 100 + wa == number(record, "landAreaSqWa")
    for dataset, whole in (
        ("parcel", "landAreaSqWa"),
        ("building", "buildingAreaSqM"),
        ("condominium", "unitAreaSqM"),
    ):
        for record in records(dataset):
            parts = [
                n
                for n in record
                if n.split("Area")[0] in ("agriculture", "residential", "other", "vacant", "mixed")
            ]
            assert sum(number(record, part) for part in parts) == number(record, whole)


def test_places_lie_in_their_local_government() -> None:
    for dataset in ("parcel", "condominium"):
        for record in records(dataset):
            assert record["subdistrictCode"].startswith(record["districtCode"])
            assert record["districtCode"].startswith(record["provinceCode"])
            assert record["localGovernmentCode"][1:5] == record["districtCode"]
    kinds = {"2": "pao", "4": "town-municipality", "5": "subdistrict-municipality", "6": "sao"}
    for record in records("local-government"):
        assert kinds[record["localGovernmentCode"][0]] == record["localGovernmentType"]
        assert record["localGovernmentCode"][1:3] == record["provinceCode"]


def test_shares_of_a_property_add_up_to_one() -> None:
    for rows in (ROWS, 9, 10, 19):
        shares: dict[tuple[str | None, ...], Decimal] = defaultdict(Decimal)
        for record in frame("owner", rows).to_dicts():
            key = tuple(record[name] for name in ("parcelId", "buildingId", "unitId"))
            shares[key] += number(record, "shareNumerator") / number(record, "shareDenominator")
        assert set(shares.values()) == {Decimal(1)}
    assert (frame("owner")["shareDenominator"] == "2").sum() > ROWS / 10


def test_payments_are_what_was_due() -> None:
    parameters = shipped_parameters()
    sums: dict[str, Decimal] = defaultdict(Decimal)
    seen: Counter[str] = Counter()
    assessed = {r["assessmentId"]: r for r in frame("assessment", 2 * ROWS).to_dicts()}
    for record in records("payment"):
        of = assessed[record["assessmentId"]]
        for shared in ("taxYear", "localGovernmentCode", "ownerId", "taxDue"):
            assert record[shared] == of[shared]
        sums[record["assessmentId"]] += number(record, "instalmentAmount")
        seen[record["lateCase"] or "unpaid"] += 1
        if record["paidDate"]:
            _check_paid(record, parameters)
    assert sums == {key: number(assessed[key], "taxDue") for key in sums}
    assert (
        min(
            seen[case]
            for case in ("on-time", "before-warning", "within-warning", "after-warning", "unpaid")
        )
        > 10
    )
    assert (frame("payment")["instalmentCount"] == "3").sum() > 100


def _check_paid(record: Record, parameters: Any) -> None:
    amount, months = number(record, "instalmentAmount"), int(record["monthsLate"])
    due, paid = (date.fromisoformat(record[name]) for name in ("dueDate", "paidDate"))
    assert months == max(0, (paid.year - due.year) * 12 + paid.month - due.month)
    assert (paid > due) == (months > 0) == (record["lateCase"] != "on-time")
    assert paid < date(2026, 11, 1)
    total = amount
    if months:
        extended = record["extensionGranted"] == "true"
        total = late(
            amount, int(record["taxYear"]), record["lateCase"], months, parameters, extended
        ).total
    assert number(record, "amountPaid") == total
    assert amount + number(record, "penalty") + number(record, "surcharge") == total


def test_names_are_invented_and_go_with_the_kind_of_owner() -> None:
    for record in records("owner"):
        natural = record["ownerType"] == "natural-person"
        assert natural == bool(record["firstName"] and record["lastName"] and record["titlePrefix"])
        assert natural != bool(record["organisationName"])
        assert "ทดสอบ" in (record["firstName"] or record["organisationName"])


def test_impossible_wishes_are_refused() -> None:
    for dataset, rows in (("title-document", 9), ("local-government", 10**6), ("owner", 0)):
        with pytest.raises(InputError, match="rows"):
            next(generate(dataset, rows, 1))
    with pytest.raises(InputError, match="100 %"):
        next(generate("owner", 1, 1, defects=1.5))
