"""HermiT: consistent as shipped, and it sees each planted contradiction."""

import shutil

import pytest
from rdflib import Graph

from ontology import ID, NS
from ontology.reasoning import knowledge, reason

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("java") is None, reason="no Java: apt-get install default-jre-headless"
    ),
]
PREFIXES = f"""
@prefix m: <{NS}> .
@prefix id: <{ID}> .
@prefix st: <https://w3id.org/mattra/concept/status/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
"""


def _graph(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


def test_the_shipped_knowledge_is_consistent_and_every_class_can_have_members() -> None:
    result = reason(knowledge())
    assert result.consistent
    assert result.unsatisfiable == []
    assert NS + "InForce" in result.types[ID + "mspr-7-2565"]
    assert NS + "Draft" in result.types[ID + "draft-anonymization-2567"]
    assert NS + "Superseded" in result.types[ID + "website-standard-2-2560"]


@pytest.mark.parametrize(
    ("sound", "planted"),
    [
        ("id:a a m:Standard .", "id:a m:supersededBy id:a ."),
        ("id:a a m:Standard ; m:supersededBy id:b .", "id:b m:supersededBy id:a ."),
        ("id:a a m:Standard ; adms:status st:draft .", "id:a adms:status st:in-force ."),
        ("id:a a m:Standard ; adms:status st:in-force .", "id:a m:supersededBy id:b ."),
        ("id:a a m:Section .", "id:a a m:Act ."),
        ("id:n a m:Duty ; m:statedIn id:a .", "id:n a m:Right ."),
        ("id:a a m:Standard .", "id:a m:statedIn id:b ."),
    ],
)
def test_a_planted_contradiction_is_caught(sound: str, planted: str) -> None:
    assert reason(_graph(sound)).consistent
    assert not reason(_graph(f"{sound}\n{planted}")).consistent
