"""What is said of a column: all of the table, and the rules that look at it."""

import json

import pytest

from ingest.records.fields import fields
from ontology.tax import datasets


@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_each_column_is_described(dataset: str) -> None:
    described = fields(dataset)
    columns = datasets()[dataset].columns
    assert [field["name"] for field in described] == [column.name for column in columns]
    for field, column in zip(described, columns, strict=True):
        assert field["name_th"] == column.name_th
        assert field["required"] == column.required
        assert field["personal_data"] == column.personal_data
        assert (field["code_list"] is None) == (not column.code_list)
        for rule in field["rules"]:
            assert rule["number"].startswith("LBT-")
            assert rule["severity"] in ("violation", "warning", "info")
            assert rule["title_th"]
            assert rule["title_en"]
        numbers = [rule["number"] for rule in field["rules"]]
        assert len(set(numbers)) == len(numbers)
    json.dumps(described)


def test_required_columns_have_a_rule_that_says_so() -> None:
    by_name = {field["name"]: field for field in fields("assessment")}
    assert by_name["taxYear"]["rules"][0]["number"] == "LBT-001"
    assert "LBT-012" in [rule["number"] for rule in by_name["ownerId"]["rules"]]
    assert by_name["ownerId"]["personal_data"] == "pd:OfficialID"
    assert by_name["landUse"]["code_list"]["count"] == 6
    assert by_name["landUse"]["code_list"]["first"][0]["label_th"] == "เกษตรกรรม"


def test_long_lists_are_only_begun() -> None:
    (field,) = (f for f in fields("parcel") if f["name"] == "subdistrictCode")
    assert field["code_list"]["count"] == 7436
    assert len(field["code_list"]["first"]) == 8
