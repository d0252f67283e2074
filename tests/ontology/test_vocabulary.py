"""The vocabulary itself: labels, definitions, terms that exist, no loose ends."""

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    VANN,
    XSD,
    DefinedNamespace,
)
from rdflib.plugins.parsers.notation3 import BadSyntax

import ontology
from ontology.reasoning import knowledge, vocabulary
from shapes.check import knowledge_shapes

ELI = (
    "LegalResource LegalResourceSubdivision LegalExpression is_part_of has_part cites cited_by based_on "
    "amends repeals date_document date_publication first_date_entry_in_force "
    "date_no_longer_in_force in_force passed_by "
    "responsibility_of title number type_document"
)
CLOSED: dict[str, type[DefinedNamespace]] = {
    str(namespace): namespace
    for namespace in (DCAT, DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD)
}


@cache
def _everything() -> Graph:
    return vocabulary() + knowledge()


def _own_terms() -> set[URIRef]:
    return {
        s for s in vocabulary().subjects() if isinstance(s, URIRef) and s.startswith(ontology.NS)
    }


def test_every_own_term_has_one_label_and_definition_a_language() -> None:
    graph = vocabulary()
    terms = _own_terms()
    assert len(terms) > 50
    for term in terms:
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(str(o.language) for o in graph.objects(term, predicate))  # type: ignore[attr-defined]
            assert languages == ["en", "th"], (term, predicate)


@pytest.mark.slow
def test_no_term_of_our_namespace_is_used_undefined() -> None:
    used = {
        term
        for triple in _everything() + knowledge_shapes()
        for term in triple
        if isinstance(term, URIRef) and term.startswith(ontology.NS)
    }
    assert used - _own_terms() == set()


@pytest.mark.slow
def test_foreign_terms_exist(shared: Path) -> None:
    """Catches such slips as rdfs:Label; the vocabularies' own files are the measure."""
    listed: set[str] = {f"{ontology.PREFIXES['eli']}{name}" for name in ELI.split()}
    for file in (shared / "vocab").glob("*.ttl"):
        text = file.read_text(encoding="utf-8")
        try:
            listed |= {str(s) for s in Graph().parse(data=text, format="turtle").subjects()}
        except BadSyntax:
            # ADMS as published is not valid Turtle; the names it writes must do.
            names = re.findall(r"^\s*adms:(\w+)", text, re.MULTILINE)
            listed |= {ontology.PREFIXES["adms"] + name for name in names}
    graph = _everything()
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type))
    used |= set(graph.objects(None, SKOS.exactMatch)) | set(graph.objects(None, SKOS.closeMatch))
    for term in used:
        assert isinstance(term, URIRef)
        if term.startswith(ontology.BASE):
            continue
        namespace = next((n for start, n in CLOSED.items() if term.startswith(start)), None)
        assert str(term) in listed or (namespace is not None and term in namespace), term


def test_no_concept_is_an_orphan_and_labels_are_unique_in_a_scheme() -> None:
    graph = _everything()
    seen: dict[tuple[str, str, str], str] = {}
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        schemes = list(graph.objects(concept, SKOS.inScheme))
        assert schemes, concept
        for scheme in schemes:
            assert (scheme, RDF.type, SKOS.ConceptScheme) in graph, concept
            for label in graph.objects(concept, SKOS.prefLabel):
                key = (str(scheme), str(label), str(label.language))  # type: ignore[attr-defined]
                assert seen.setdefault(key, str(concept)) == str(concept), key


def test_the_ontology_is_versioned_and_its_terms_are_not() -> None:
    node = URIRef("https://w3id.org/mattra/ns")
    version = vocabulary().value(node, OWL.versionIRI)
    assert version is not None
    assert re.search(r"/\d+\.\d+\.\d+$", str(version))
    assert not any(re.search(r"\d+\.\d+", term) for term in _own_terms())


@pytest.mark.parametrize("file", list(ontology.knowledge_files()), ids=lambda f: f.name)
def test_every_file_is_one_graph_without_blank_nodes(file: object) -> None:
    graph = Graph().parse(data=file.read_bytes(), format="turtle")  # type: ignore[attr-defined]
    assert len(graph) > 0
    assert all(isinstance(s, URIRef) for s in graph.subjects())


def test_every_link_between_our_things_resolves() -> None:
    graph = _everything()
    described = set(graph.subjects(RDF.type, None))
    ours = (ontology.ID, ontology.CONCEPT)
    loose = {
        (str(s), str(o))
        for s, p, o in graph
        if isinstance(o, URIRef) and str(o).startswith(ours) and o not in described
    }
    assert loose == set()
