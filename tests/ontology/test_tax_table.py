"""The table of columns: complete, of one mind, and its example row right to the satang."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from graph.store import open_store
from ontology.tax import Column, Dataset, datasets
from ontology.tax.codes import code_list
from ontology.tax.local_government import parse
from tax.compute import TaxedProperty, compute
from tax.parameters import Parameters

COLUMNS = [column for dataset in datasets().values() for column in dataset.columns]
DATASETS = list(datasets().values())
NO_EXAMPLE = {
    ("assessment", "unitId"),
    ("assessment", "unitAreaSqM"),
    ("assessment", "unitPricePerSqM"),
    ("assessment", "unitValue"),
    ("assessment", "vacantYears"),
    ("assessment", "priorTax"),
    ("owner", "organisationName"),
    ("owner", "unitId"),
}
"""What a row about a person's house of this year cannot have."""
DATATYPES: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
    "code": str,
}
UNITS = {"", "baht", "baht/sqwa", "baht/sqm", "sqwa", "sqm", "rai", "ngan", "percent", "year"}
UNITS |= {"month", "degree", "be"}


def _example(dataset: str, name: str) -> str:
    column = datasets()[dataset].column(name)
    assert column, name
    return column.example


def _amount(dataset: str, name: str) -> Decimal:
    return Decimal(_example(dataset, name))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: f"{c.dataset}.{c.name}")
def test_every_column_is_described_in_both_languages(column: Column) -> None:
    for text in (column.name_th, column.definition_th):
        assert re.search(r"[ก-ฮ]", text)
    for text in (column.name_en, column.definition_en):
        assert text
        assert not re.search(r"[ก-๛]", text)
    assert column.definition_en.endswith(".")
    assert column.unit in UNITS
    assert bool(column.form) == bool(column.form_column)
    assert column.official_name == "", "say in the documentation where an official name was found"


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda d: d.slug)
def test_headers_are_unique_in_a_data_set_and_it_has_one_key(dataset: Dataset) -> None:
    for headers in (
        [column.name for column in dataset.columns],
        [column.name_th for column in dataset.columns],
        [column.name_en for column in dataset.columns],
    ):
        assert len({header.casefold() for header in headers}) == len(headers)
    assert [column.required for column in dataset.columns if column.key] == [True]


def test_a_name_means_the_same_in_every_data_set() -> None:
    """One name is one property, so its rows may differ only in what is of the data set."""
    meanings = defaultdict(set)
    for c in COLUMNS:
        meanings[c.name].add(
            (
                c.name_th,
                c.name_en,
                c.datatype,
                c.code_list,
                c.unit,
                c.definition_th,
                c.definition_en,
            )
        )
    assert {name for name, found in meanings.items() if len(found) > 1} == set()
    labels = [label for found in meanings.values() for label in next(iter(found))[:2]]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: f"{c.dataset}.{c.name}")
def test_datatypes_code_lists_and_links_are_known(column: Column) -> None:
    assert column.datatype in DATATYPES
    assert bool(column.code_list) == (column.datatype == "code")
    if column.code_list:
        assert code_list(column.code_list)
    if column.link:
        assert datasets()[column.link].key.name == column.name


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: f"{c.dataset}.{c.name}")
def test_every_example_is_a_value_of_its_column(column: Column) -> None:
    if (column.dataset, column.name) in NO_EXAMPLE:
        assert column.example == ""
        assert not column.required
        return
    assert column.example
    DATATYPES[column.datatype](column.example)
    if column.datatype == "decimal":
        assert re.fullmatch(r"\d+\.\d+", column.example)
    if column.code_list:
        assert column.example in code_list(column.code_list)


def test_the_examples_of_all_data_sets_are_of_one_property() -> None:
    """All but the condominium, which is another property of the same local government."""
    seen = defaultdict(set)
    for column in COLUMNS:
        if column.example and column.dataset != "condominium":
            seen[column.name].add(column.example)
    assert {name: values for name, values in seen.items() if len(values) > 1} == {}
    assert _example("condominium", "localGovernmentCode") in seen["localGovernmentCode"]


def test_the_example_numbers_are_invented_and_well_formed() -> None:
    digits = [int(digit) for digit in _example("owner", "ownerId")]
    weights = range(13, 1, -1)
    total = sum(weight * digit for weight, digit in zip(weights, digits[:12], strict=True))
    assert digits[12] == (11 - total % 11) % 10
    assert digits[1:5] == [0, 0, 0, 0], "no registry office has this number"
    code = parse(_example("local-government", "localGovernmentCode"))
    assert code is not None
    assert code.kind == _example("local-government", "localGovernmentType")
    for dataset in ("parcel", "condominium", "owner", "local-government"):
        subdistrict = code_list("subdistrict")[_example(dataset, "subdistrictCode")]
        assert subdistrict.parent == _example(dataset, "districtCode") == code.district
        assert subdistrict.parent[:2] == _example(dataset, "provinceCode") == code.province


def test_the_example_sums_are_right() -> None:
    for dataset in ("assessment", "parcel"):
        assert _amount(dataset, "landValue") == _amount(dataset, "landAreaSqWa") * _amount(
            dataset, "landPricePerSqWa"
        )
    for dataset in ("assessment", "building"):
        value = _amount(dataset, "buildingAreaSqM") * _amount(dataset, "buildingPricePerSqM")
        assert _amount(dataset, "buildingValue") == value
        left = value * (100 - _amount(dataset, "depreciationPercent")) / 100
        assert _amount(dataset, "buildingNetValue") == left
    assert _amount("condominium", "unitValue") == _amount("condominium", "unitAreaSqM") * _amount(
        "condominium", "unitPricePerSqM"
    )
    area = sum(
        _amount("parcel", name) * size
        for name, size in (("areaRai", 400), ("areaNgan", 100), ("areaWa", 1))
    )
    assert _amount("parcel", "landAreaSqWa") == area
    for dataset, total in (
        ("parcel", "landAreaSqWa"),
        ("building", "buildingAreaSqM"),
        ("condominium", "unitAreaSqM"),
    ):
        uses = [
            Decimal(column.example)
            for column in datasets()[dataset].columns
            if re.match(r"(agriculture|residential|other|vacant|mixed)Area", column.name)
        ]
        assert sum(uses) == _amount(dataset, total)
    assert _amount("payment", "amountPaid") == sum(
        _amount("payment", name) for name in ("instalmentAmount", "penalty", "surcharge")
    )
    built, year = (int(_example("building", name)) for name in ("completedYear", "taxYear"))
    assert year - built == int(_example("building", "buildingAge"))


def test_the_example_tax_is_what_the_calculator_says() -> None:
    taxed = TaxedProperty(
        _example("assessment", "landUse"),
        int(_example("assessment", "taxYear")),
        _amount("assessment", "landValue"),
        building=_amount("assessment", "buildingValue"),
        structure=_example("assessment", "structureType"),
        age=int(_example("assessment", "buildingAge")),
    )
    result = compute(taxed, Parameters(open_store()))
    assert result.tax == _amount("assessment", "taxDue") == _amount("payment", "taxDue")
    base = _amount("assessment", "landValue") + _amount("assessment", "buildingNetValue")
    assert base == _amount("assessment", "assessedValue") == _amount("assessment", "taxableValue")
    assert base * _amount("assessment", "taxRate") / 100 == result.tax
