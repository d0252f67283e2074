"""Each rule fires on its own defect and on no other; the shipped knowledge has none."""

from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph

from graph.rdf import in_memory
from graph.store import open_store
from shapes.check import check, knowledge_shapes
from shapes.errors import ShapesError
from shapes.lint import lint

pytestmark = pytest.mark.slow

VALID = (Path(__file__).parent / "valid.ttl").read_text(encoding="utf-8")
PREFIXES = "\n".join(line for line in VALID.splitlines() if line.startswith("@prefix"))
# Rule: the words of the valid graph to be replaced, what replaces them.
DEFECTS = {
    "KG-001": ('x:item a m:Item ; eli:is_part_of x:section ; eli:number "2" ; dcterms:title "ก"@th, "a"@en', 'x:item a m:Item ; eli:is_part_of x:section ; eli:number "2" ; dcterms:title "ก"@th'),
    "KG-002": ('x:act a m:Act ; dcterms:title "ก"@th, "a"@en ; skos:altLabel "ข"@th ; m:summary "ก"@th, "a"@en', 'x:act a m:Act ; dcterms:title "ก"@th, "a"@en ; skos:altLabel "ข"@th ; m:summary "ก"@th'),
    "KG-003": ("m:basis x:act ; m:certainty x:concept", "m:basis x:act"),
    "KG-004": ("m:level x:concept ; m:certainty x:concept ; dcterms:source x:source", "m:level x:concept ; m:certainty x:concept"),
    "KG-005": ("eli:is_part_of x:act", "eli:is_part_of x:body"),
    "KG-006": ('eli:number "2"', 'eli:number "๒"'),
    "KG-007": ("eli:cites x:act", "eli:cites x:nowhere"),
    "KG-008": ("eli:cites x:act ; dcterms:subject x:concept", "eli:cites x:act ; dcterms:subject x:nowhere"),
    "KG-009": ("dcterms:subject x:concept ; m:appliesTo x:concept ; m:hasEvent", "dcterms:subject x:concept ; m:appliesTo x:nowhere ; m:hasEvent"),
    "KG-010": ("x:item a m:Item ; eli:is_part_of x:section", "x:item a m:Item ; eli:is_part_of x:act"),
    "KG-011": (' ; skos:altLabel "ข"@th ; m:summary', " ; m:summary"),
    "KG-012": ("m:statedIn x:item ;", "m:statedIn x:act ;"),
    "KG-013": ("x:duty a m:Duty ; m:statedIn x:item ; m:actor x:concept", "x:duty a m:Duty ; m:statedIn x:item"),
    "KG-014": ("m:statedIn x:item ; m:actor x:concept", "m:statedIn x:item ; m:actor x:nowhere"),
    "KG-015": ('m:action "ก"@th, "a"@en ; m:deadline', 'm:action "ก"@th ; m:deadline'),
    "KG-016": ('m:deadline "P3D"^^xsd:duration', 'm:deadline "3 วัน"'),
    "KG-017": ('m:frequency "P1Y"^^xsd:duration', "m:frequency 1"),
    "KG-018": ("m:amount 5.0", "m:amount -5.0"),
    "KG-019": ("m:defines x:concept", "m:note 'x'"),
    "KG-020": ('eli:number "มสพร. 1" ; dcterms:title "ก"@th', 'eli:number "มสพร. 1" ; dcterms:title "ก"@th, "ข"@th'),
    "KG-021": ("adms:status st:draft", "adms:status x:concept"),
    "KG-022": ("dcterms:publisher x:body", "dcterms:publisher x:nowhere"),
    "KG-023": ('eli:number "มสพร. 1"', 'eli:number "ISO 1"'),
    "KG-024": ("m:hasEvent x:hearing", "m:hasEvent x:nowhere"),
    "KG-029": ('m:until "2024-02-01"', 'm:until "2023-02-01"'),
    "KG-030": ("skos:broader x:wide", "skos:broader x:concept"),
    "KG-031": ('m:from "2024-01-01"^^xsd:date ; ', ""),
    "KG-032": ("m:basis x:act", "m:basis x:nowhere"),
    "KG-033": ("m:addressee x:concept ; ", ""),
    "KG-034": ("m:level x:concept ; ", ""),
    "KG-035": ('x:document a m:Document ; dcterms:title "ก"@th', "x:document a m:Document"),
    "KG-036": ('skos:prefLabel "ค"@th, "c"@en', 'skos:prefLabel "ค"@th'),
    "KG-037": ('x:wide a skos:Concept ; skos:inScheme x:scheme', "x:wide a skos:Concept"),
    "KG-038": ('skos:altLabel "ข"@th ; skos:broader', 'skos:altLabel "ก"@th ; skos:broader'),
    "KG-039": ("m:fineMax 10.0 ; ", ""),
    "KG-040": ("m:forBreachOf x:item", "m:forBreachOf x:act"),
    "KG-041": ("m:rate 2.5", "m:rate 250.0"),
    "KG-042": ("m:fineMax 10.0", "m:fineMax 0.0"),
    "KG-044": ("x:lower a m:RateBracket ; m:parameterOf x:section", "x:lower a m:RateBracket ; m:parameterOf x:act"),
    "KG-045": ('m:rate 0.1 ; m:taxYearFrom "2020"^^xsd:gYear', 'm:rate 0.1 ; m:taxYearFrom "2020"^^xsd:gYear , "2021"^^xsd:gYear'),
    "KG-046": ("m:upperBound 9.0", "m:upperBound 8.0"),
    "KG-047": ("m:rate 0.2", "m:rate 0.6"),
    "KG-048": ("m:between x:section , x:item", "m:between x:section"),
    "KG-049": ('m:note "ก"@th, "o"@en', 'm:note "ก"@th'),
    "KG-043": ('m:imprisonmentMax "P1Y"^^xsd:duration', 'm:imprisonmentMax "1 ปี"'),
}  # fmt: skip
STANDARD = """x:other a m:Standard ; dcterms:title "ข"@th ; m:summary "ก"@th, "a"@en ; adms:status %s ;
    dcterms:publisher x:body ; dcterms:subject x:concept ; m:certainty x:concept ; dcterms:source x:source ;
    m:supersededBy %s .
st:superseded a skos:Concept ; skos:inScheme x:scheme ; skos:prefLabel "เก่า"@th, "old"@en .
st:in-force a skos:Concept ; skos:inScheme x:scheme ; skos:prefLabel "ใช้"@th, "current"@en ."""
ADDED = {
    "KG-025": STANDARD % ("st:superseded", "x:act"),
    "KG-026": STANDARD % ("st:superseded", "x:other"),
    "KG-027": STANDARD % ("st:in-force", "x:standard"),
    "KG-028": "x:hearing a m:Announcement .",
}


def _rules(turtle: str) -> set[str]:
    return {finding.rule for finding in check(Graph().parse(data=turtle, format="turtle")).findings}


def test_the_valid_graph_conforms() -> None:
    assert _rules(VALID) == set()
    assert _rules(f"{VALID}\n{STANDARD % ('st:superseded', 'x:standard')}") == set()


@pytest.mark.parametrize("rule", DEFECTS)
def test_a_defect_fires_its_rule_and_no_other(rule: str) -> None:
    good, bad = DEFECTS[rule]
    assert VALID.count(good) == 1
    assert _rules(VALID.replace(good, bad)) == {rule}


@pytest.mark.parametrize("rule", ADDED)
def test_an_added_defect_fires_its_rule_and_no_other(rule: str) -> None:
    assert _rules(f"{VALID}\n{ADDED[rule]}") == {rule}


def test_every_rule_has_its_examples_and_both_messages() -> None:
    text = knowledge_shapes().serialize(format="nt")
    rules = {piece[:6] for piece in text.split("shapes#")[1:] if piece.startswith("KG-")}
    assert rules == set(DEFECTS) | set(ADDED)
    good, bad = DEFECTS["KG-013"]
    graph = Graph().parse(data=VALID.replace(good, bad), format="turtle")
    (finding,) = check(graph).findings
    assert finding.message_th.startswith("KG-013: ")
    assert finding.message_en.startswith("KG-013: ")
    assert finding.focus == "urn:x:duty"


def test_the_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=knowledge_shapes(), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize(
    "shapes",
    [
        "",
        "x:s a <http://www.w3.org/ns/shacl#NodeShape> .",
        "x:s <http://www.w3.org/ns/shacl#targetClass> x:C ; <http://www.w3.org/ns/shacl#mincount> 1 .",
        "x:s <http://www.w3.org/ns/shacl#targetClass> x:C ; <http://www.w3.org/ns/shacl#property> x:p .",
    ],
)
def test_shapes_that_check_nothing_are_refused(shapes: str) -> None:
    with pytest.raises(ShapesError):
        lint(Graph().parse(data=f"{PREFIXES}\n{shapes}", format="turtle"))


def test_the_shipped_knowledge_has_no_violation() -> None:
    report = check(in_memory(open_store()))
    assert [f for f in report.findings if f.severity == "violation"] == []
