"""The store: what is loaded, what is derived, and what ingesting leaves behind."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import ontology
from graph.errors import InputError
from graph.store import fingerprint, home, open_store, save_ingested, shipped_graphs
from graph.view import View, term

STANDARD = NamedNode(ontology.ID + "mspr-6-3-2566")


def _quad(text: str) -> Quad:
    graph = NamedNode(ontology.GRAPH + "ingested/x")
    return Quad(NamedNode(ontology.ID + "x"), term("dcterms:title"), Literal(text), graph)


def test_every_source_is_a_named_graph_that_the_catalog_describes() -> None:
    store = open_store()
    graphs = {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)}
    shipped = {ontology.GRAPH + f.name.removesuffix(".ttl") for f in ontology.knowledge_files()}
    assert shipped <= graphs
    for graph in graphs - {ontology.GRAPH + "catalog"}:
        query = (
            f"ASK {{ GRAPH <{ontology.GRAPH}catalog> {{ <{graph}> "
            "<http://www.w3.org/ns/prov#generatedAtTime> ?t ; <http://purl.org/dc/terms/title> ?n } }"
        )
        assert bool(store.query(query)), graph


def test_tax_columns_and_the_rules_on_them_are_loaded() -> None:
    assert {"tax-vocabulary", "tax-vocabulary-codes", "tax-shapes-must"} <= set(shipped_graphs())
    view = View(open_store())
    rules = view.subjects("sh:path", NamedNode(ontology.TAX + "taxDue"))
    assert rules
    assert all(view.nodes(rule, "dcterms:source") for rule in rules)
    assert term("pd:Tax") in view.nodes(NamedNode(ontology.TAX + "taxDue"), "dpv:hasPersonalData")


def test_a_part_inherits_its_familys_basis_marked_as_derived() -> None:
    store = open_store()
    derived = [
        quad
        for quad in store.quads_for_pattern(None, term("cpsv:implements"), None, None)
        if str(quad.graph_name).endswith("part-inherits-basis>")
    ]
    parts = View(store).subjects("m:isPartOf", NamedNode(ontology.ID + "mspr-6"))
    assert len(parts) >= 6
    for quad in derived:
        assert quad.subject in parts


def test_what_applies_to_an_activity_applies_to_its_narrower_ones() -> None:
    view = View(open_store())
    wide, narrow = term("act:digital-service"), term("act:e-payment")
    assert wide in view.nodes(narrow, "skos:broader")
    assert set(view.subjects("m:appliesTo", wide)) <= set(view.subjects("m:appliesTo", narrow))


def test_a_superseded_standard_is_not_current() -> None:
    view = View(open_store())
    old = [q.subject for q in view.store.quads_for_pattern(None, term("m:supersededBy"), None)]
    assert old
    for node in old:
        assert isinstance(node, NamedNode)
        assert term("m:Superseded") in view.nodes(node, "rdf:type")
        assert view.nodes(node, "adms:status") == [term("st:superseded")]


def test_a_store_on_disk_holds_the_same_and_is_shared(tmp_path: Path) -> None:
    memory, first = open_store(), open_store(tmp_path)
    second = open_store(tmp_path)
    assert len(memory) == len(first) == len(second)
    assert [path.name for path in tmp_path.iterdir()] == [fingerprint()]


def test_ingesting_again_replaces_and_nothing_is_half_written() -> None:
    before = fingerprint()
    try:
        path = save_ingested("x", [_quad("หนึ่ง")])
        once = fingerprint()
        save_ingested("x", [_quad("หนึ่ง")])
        assert before != once == fingerprint()
        assert not list(path.parent.glob("*.part"))
        assert View(open_store()).text(NamedNode(ontology.ID + "x"), "dcterms:title") == "หนึ่ง"
    finally:
        path.unlink()
        fingerprint.cache_clear()


def test_a_broken_ingested_file_is_named_with_the_way_out() -> None:
    broken = home() / "graphs" / "broken.nq"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text("not quads", encoding="utf-8")
    fingerprint.cache_clear()
    try:
        with pytest.raises(InputError, match="broken"):
            open_store()
    finally:
        broken.unlink()
        fingerprint.cache_clear()
