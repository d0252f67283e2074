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


CONTRADICTIONS = [
    ("id:a a m:Standard .", "id:a m:supersededBy id:a ."),
    ("id:b a m:Standard ; m:supersededBy id:c .", "id:c m:supersededBy id:b ."),
    ("id:d a m:Standard ; adms:status st:draft .", "id:d adms:status st:in-force ."),
    ("id:e a m:Standard ; adms:status st:in-force .", "id:e m:supersededBy id:f ."),
    ("id:g a m:Section .", "id:g a m:Act ."),
    ("id:n a m:Duty ; m:statedIn id:h .", "id:n a m:Right ."),
    ("id:k a m:Standard .", "id:k m:statedIn id:l ."),
]
"""What is sound, and what contradicts it."""


def test_nothing_contradicts_itself_before_it_is_planted() -> None:
    assert reason(_graph("\n".join(sound for sound, _ in CONTRADICTIONS))).consistent


@pytest.mark.parametrize(("sound", "planted"), CONTRADICTIONS)
def test_a_planted_contradiction_is_caught(sound: str, planted: str) -> None:
    assert not reason(_graph(f"{sound}\n{planted}")).consistent
