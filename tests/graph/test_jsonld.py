"""JSON-LD for reading: compact, with its context, and the same triples as any other syntax."""

import json

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.compare import isomorphic

import ontology
from graph.export import export, triples_of, write
from graph.jsonld import compact, context
from graph.store import open_store
from graph.view import View, term

REFS = (
    "pdpa-2562", "pdpa-2562/37", "pdpa-2562/37(4)", "mspr-7-2565", "mspr-6-5-2567", "lbt-2562/94",
    "website-standard-2-2560", "org/dga", "concept/activity/e-signature", "concept/activity",
    "pdpa-2562/37/norm/1", "lbt-2562/14/due/2563/payment", "source/council-of-state",
)  # fmt: skip


@pytest.mark.parametrize("ref", REFS)
def test_expanding_gives_the_same_triples(ref: str) -> None:
    store = open_store()
    flat = rdflib.Graph().parse(data=export(store, ref, "nt"), format="nt")
    read = rdflib.Graph().parse(data=export(store, ref, "jsonld"), format="json-ld")
    assert len(flat) > 2
    assert isomorphic(flat, read)


def test_a_section_reads_well() -> None:
    data = json.loads(export(open_store(), "pdpa-2562/37", "jsonld"))
    section, *norms = data["@graph"]
    assert section["@id"] == "id:pdpa-2562/37"
    assert section["@type"] == "m:Section"
    assert section["dcterms:title"]["en"] == "Duties of the data controller"
    assert "id:pdpa-2562/24" in section["eli:cites"]
    assert {norm["deadline"] for norm in norms if "deadline" in norm} == {"P3D"}
    assert data["@context"]["deadline"] == {"@id": "m:deadline", "@type": "xsd:duration"}
    assert "trigger" in data["@context"]
    assert "landUse" not in data["@context"], "the context holds only what the document uses"


def test_what_belongs_to_a_thing_stands_inside_it() -> None:
    data = json.loads(export(open_store(), "mspr-7-2565", "jsonld"))
    assert data["hasApplicability"][0]["@type"] == "m:Applicability"
    assert "@graph" not in data


def test_values_that_no_term_fits_survive() -> None:
    root = ontology.ID + "x"
    node, deadline = NamedNode(root), term("m:deadline")
    triples = [
        Triple(node, deadline, Literal("P3D", datatype=term("xsd:duration"))),
        Triple(node, deadline, Literal("three days", language="en")),
        Triple(node, deadline, NamedNode("urn:x:y")),
        Triple(node, term("m:summary"), Literal("no language")),
        Triple(node, term("m:actor"), Literal("a text where a node belongs")),
        Triple(node, term("dcterms:title"), Literal("ก", language="th")),
        Triple(node, NamedNode("urn:p:q"), BlankNode("b1")),
        Triple(BlankNode("b1"), NamedNode("urn:p:q"), Literal("2", datatype=term("xsd:integer"))),
        Triple(BlankNode("b1"), term("rdf:type"), BlankNode("b2")),
        Triple(NamedNode("urn:other"), term("m:actor"), node),
    ]  # fmt: skip
    read = rdflib.Graph().parse(data=json.dumps(compact(triples, root)), format="json-ld")
    flat = rdflib.Graph().parse(data=write(triples, "nt", root), format="nt")
    assert isomorphic(flat, read)


def test_the_served_context_reads_the_same_documents() -> None:
    """A document whose own context is exchanged for the whole one says the same."""
    whole = context()
    for ref in ("pdpa-2562/37", "mspr-7-2565", "concept/term"):
        data = json.loads(export(open_store(), ref, "jsonld"))
        served = rdflib.Graph().parse(data=json.dumps(data | whole), format="json-ld")
        own = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
        assert isomorphic(own, served)


def test_every_property_of_ours_has_a_term() -> None:
    store = open_store()
    ours = View(store).subjects("rdf:type", term("owl:ObjectProperty"))
    names = set(context()["@context"])
    missing = [n.value for n in ours if n.value.startswith(ontology.NS)
               and n.value.removeprefix(ontology.NS) not in names]  # fmt: skip
    assert missing == []


def test_a_things_triples_come_once_and_sorted() -> None:
    triples = triples_of(open_store(), "lbt-2562/94")
    assert triples == sorted(set(triples), key=str)
    assert any("rate/agriculture" in str(t.subject) for t in triples), "figures belong to a section"
