"""The vocabulary of tax records, its code lists and its alignment: terms that exist, no loose ends."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import (
    DCTERMS,
    GEO,
    OWL,
    RDF,
    RDFS,
    SDO,
    SKOS,
    VANN,
    XSD,
    DefinedNamespace,
)

import ontology
from ontology.reasoning import knowledge, vocabulary
from ontology.tax import TAX, datasets, vocabulary_files
from ontology.tax.build import turtle
from shapes.check import knowledge_shapes

CALATHE = "https://www.opengis.net/def/CaLAThe/5.0/"
CALATHE_CONCEPTS = (
    "AdministrativeUnit CadastralParcel Condominium Construction GovernmentalOrganisation "
    "LA_AdministrativeSource LA_BAUnit LA_LegalSpaceBuildingUnit LA_Right LegalPerson NaturalPerson "
    "Owner Ownership PartyShare PartyType RightsHolder SpatialUnit TitleDeed"
)
"""Members of CaLAThe 5.0 as the naming authority of the OGC publishes it."""
CLOSED: dict[str, type[DefinedNamespace]] = {
    str(namespace): namespace for namespace in (DCTERMS, GEO, OWL, RDF, RDFS, SDO, SKOS, VANN, XSD)
}
DOCUMENTS = {CALATHE, "http://www.apache.org/licenses/LICENSE-2.0"}


@cache
def _graph(name: str) -> Graph:
    return Graph().parse(data=vocabulary_files()[name].read_bytes(), format="turtle")


def _own_terms() -> set[URIRef]:
    subjects = _graph("tax").subjects(RDFS.label, None)
    return {s for s in subjects if isinstance(s, URIRef) and s.startswith(TAX)}


def test_the_committed_file_is_what_the_table_gives() -> None:
    built = Graph().parse(data=turtle(), format="turtle")
    assert isomorphic(built, _graph("tax")), "run python -m ontology.tax.build"


def test_every_term_is_labelled_and_defined_once_a_language() -> None:
    graph = _graph("tax")
    assert len(_own_terms()) > 130
    for term in {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(TAX)}:
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(str(o.language) for o in graph.objects(term, predicate))  # type: ignore[attr-defined]
            assert languages == ["en", "th"], (term, predicate)
        assert (term, RDFS.isDefinedBy, URIRef(TAX.rstrip("#"))) in graph


def test_no_label_names_two_classes_or_two_properties_of_records() -> None:
    graph = _graph("tax")
    of_records = {column.iri for dataset in datasets().values() for column in dataset.columns}
    for kind in (OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty):
        seen: dict[str, URIRef] = {}
        for term in graph.subjects(RDF.type, kind):
            if kind != OWL.Class and str(term) not in of_records:
                continue
            for label in graph.objects(term, RDFS.label):
                assert seen.setdefault(str(label), term) == term, label  # type: ignore[arg-type]


def test_classes_and_properties_are_those_of_the_table() -> None:
    graph = _graph("tax")
    for dataset in datasets().values():
        node = URIRef(dataset.iri)
        assert (node, RDF.type, OWL.Class) in graph
        assert (node, RDFS.label, Literal(dataset.label_th, "th")) in graph
        assert (node, RDFS.label, Literal(dataset.label_en, "en")) in graph
        for column in dataset.columns:
            property_ = URIRef(column.iri)
            kind = OWL.ObjectProperty if column.code_list else OWL.DatatypeProperty
            assert (property_, RDF.type, kind) in graph
            domains = set(graph.objects(property_, RDFS.domain))
            included = set(graph.objects(property_, SDO.domainIncludes))
            assert domains == {node} or (not domains and node in included)
            ranges = [*graph.objects(property_, RDFS.range)]
            ranges += graph.objects(property_, SDO.rangeIncludes)
            assert ranges == [SKOS.Concept if column.code_list else XSD[column.datatype]]


def test_every_term_is_used_or_declared_where_it_belongs() -> None:
    """No term of ours is used undefined, in the vocabulary, its lists, its alignment or the shapes."""
    defined = _own_terms() | {s for s in vocabulary().subjects() if isinstance(s, URIRef)}
    shapes = knowledge_shapes()
    for graph in (*map(_graph, vocabulary_files()), shapes):
        for triple in graph:
            for term in triple:
                if isinstance(term, URIRef) and str(term).startswith((TAX, ontology.NS)):
                    assert term in defined, term


@pytest.mark.slow
def test_foreign_terms_exist(shared: Path) -> None:
    listed = {CALATHE + name for name in CALATHE_CONCEPTS.split()}
    for file in (shared / "vocab").glob("*.ttl"):
        if file.stem != "adms":  # As published it is not valid Turtle, and no term of it is used.
            text = file.read_text(encoding="utf-8")
            listed |= {str(s) for s in Graph().parse(data=text, format="turtle").subjects()}
    for name in vocabulary_files():
        for term in {term for triple in _graph(name) for term in triple}:
            if not isinstance(term, URIRef) or term.startswith(ontology.BASE):
                continue
            namespace = next((n for start, n in CLOSED.items() if term.startswith(start)), None)
            known = str(term) in listed | DOCUMENTS
            assert known or (namespace is not None and term in namespace), term


def test_personal_data_is_marked_by_categories_of_dpv(shared: Path) -> None:
    categories = Graph().parse(shared / "vocab" / "dpv-pd.ttl", format="turtle")
    marked = 0
    for dataset in datasets().values():
        for column in dataset.columns:
            if column.personal_data:
                prefix, name = column.personal_data.split(":")
                node = URIRef(ontology.PREFIXES[prefix] + name)
                assert (node, None, None) in categories, column
                marking = (URIRef(column.iri), URIRef(ontology.PREFIXES["dpv"] + "hasPersonalData"))
                assert (*marking, node) in _graph("tax")
                marked += 1
    assert marked > 30


@pytest.mark.slow
def test_every_link_to_a_thing_of_ours_resolves() -> None:
    everything = knowledge() + _graph("codes")
    described = set(everything.subjects(RDF.type, None))
    ours = (ontology.ID, ontology.CONCEPT)
    for name in vocabulary_files():
        for term in set(_graph(name).objects()):
            if isinstance(term, URIRef) and str(term).startswith(ours):
                area = re.search("/concept/(province|district|subdistrict)$", term)
                assert term in described or area, term


@pytest.mark.parametrize("name", vocabulary_files())
def test_the_versions_are_of_the_files_and_not_of_the_terms(name: str) -> None:
    versions = [*_graph(name).objects(None, OWL.versionIRI)]
    assert all(re.search(r"/\d+\.\d+\.\d+$", str(version)) for version in versions)
    assert len(versions) == (name != "codes")
    assert not any(re.search(r"\d+\.\d+", term) for term in _own_terms())


def test_refs_of_terms_and_shapes_are_there_and_back() -> None:
    for ref, iri in (
        ("tax/Assessment", TAX + "Assessment"),
        ("tax/assessedValue", TAX + "assessedValue"),
        ("shape/LBT-101", ontology.SHAPES + "LBT-101"),
        ("concept/land-use/other", ontology.CONCEPT + "land-use/other"),
    ):
        assert ontology.iri(ref) == iri
        assert ontology.ref(iri) == ref


def test_no_two_prefixes_share_a_namespace() -> None:
    names = defaultdict(list)
    for prefix, namespace in ontology.PREFIXES.items():
        names[namespace].append(prefix)
    assert all(len(prefixes) == 1 for prefixes in names.values())
