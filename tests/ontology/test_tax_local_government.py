"""The code of a local government, against its grammar and against the whole registry."""

import json
from collections import Counter
from pathlib import Path

import pytest

from ontology.tax.areas import areas
from ontology.tax.codes import code_list
from ontology.tax.local_government import (
    EXCEPTIONS,
    TYPES,
    RegistryError,
    parse,
    read_registry,
)


@pytest.mark.parametrize(
    "text", ["", "550140", "55014020", "1501402", "7501402", "5 501402", "550140a", "๕๕๐๑๔๐๒"]
)
def test_what_is_no_code(text: str) -> None:
    assert parse(text) is None


def test_eight_digits_may_begin_with_nought() -> None:
    assert parse("05501402") == parse("5501402")


def test_the_types_are_those_of_the_code_list() -> None:
    assert {*TYPES.values(), *EXCEPTIONS.values()} == set(code_list("local-government-type"))


def test_all_of_the_registry_follow_the_grammar(shared: Path) -> None:
    registry = read_registry(shared / "tax" / "lao_registry.json")
    assert len(registry) == 7849
    assert len({item.code for item in registry}) == 7849
    for item in registry:
        code = parse(item.code)
        assert code is not None, item
        assert code.text == item.code
        assert code.kind == item.kind, item
        assert code.province == item.province
        assert code.district in areas()["district"], item
        if code.kind == "pao":
            assert item.code.endswith("0101")
    assert Counter(item.kind for item in registry) == {
        "sao": 5300,
        "subdistrict-municipality": 2247,
        "town-municipality": 195,
        "pao": 76,
        "city-municipality": 30,
        "special": 1,
    }


def test_the_example_code_is_of_no_local_government(shared: Path) -> None:
    registry = read_registry(shared / "tax" / "lao_registry.json")
    assert "5501499" not in {item.code for item in registry}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"localAuthorities": 1}',
        '{"localAuthorities": [{"dlaCode": "5501402"}]}',
        json.dumps(
            {
                "localAuthorities": [
                    {"dlaCode": "1", "nameTh": "ก", "type": "village", "provinceCode": "50"}
                ]
            }
        ),
    ],
)
def test_another_file_is_refused_in_both_languages(tmp_path: Path, content: str) -> None:
    path = tmp_path / "registry.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        read_registry(path)
    assert "registry.json" in caught.value.th
    assert "registry.json" in caught.value.en


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError):
        read_registry(tmp_path / "nowhere.json")
