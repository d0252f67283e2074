"""The concept schemes: names that mean one thing, definitions with the section behind them."""

from collections import Counter

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

import ontology
from qa.names import VOCABULARIES
from tests.knowledge.official import shipped

SCHEMES = [URIRef(ontology.CONCEPT + name) for name in VOCABULARIES]
NAMES = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def _concepts() -> list[URIRef]:
    graph = shipped()
    return [URIRef(str(c)) for scheme in SCHEMES for c in graph.subjects(SKOS.inScheme, scheme)]


def test_every_scheme_has_its_concepts() -> None:
    for scheme in SCHEMES:
        assert (scheme, RDF.type, SKOS.ConceptScheme) in shipped()
        assert len(list(shipped().subjects(SKOS.inScheme, scheme))) >= 30


def test_no_name_means_two_concepts() -> None:
    graph = shipped()
    owners: dict[str, set[URIRef]] = {}
    for concept in _concepts():
        for name in NAMES:
            for label in graph.objects(concept, name):
                owners.setdefault(str(label).lower().replace(" ", ""), set()).add(concept)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_preferred_labels_are_unique_in_every_scheme() -> None:
    graph = shipped()
    for scheme in set(graph.objects(None, SKOS.inScheme)):
        labels = Counter(
            label
            for concept in graph.subjects(SKOS.inScheme, scheme)
            for label in graph.objects(concept, SKOS.prefLabel)
        )
        assert [label for label, count in labels.items() if count > 1] == []


def test_every_definition_names_the_section_behind_it() -> None:
    graph = shipped()
    for concept in _concepts():
        definitions = graph.objects(concept, SKOS.definition)
        languages = [d.language or "" for d in definitions if isinstance(d, Literal)]
        assert sorted(languages) == ["en", "th"], concept
        sources = list(graph.objects(concept, DCTERMS.source))
        assert 1 <= len(sources) <= 3, concept
        assert all((source, RDF.type, None) in graph for source in sources), concept


def test_people_s_names_for_the_known_ones() -> None:
    graph = shipped()
    names = {str(o).lower() for c in _concepts() for p in NAMES for o in graph.objects(c, p)}
    assert {"dpo", "ropa", "สคส.", "ภ.ด.ส. 6", "โฉนด", "ภาษีโรงเรือน", "กวฉ."} <= names
