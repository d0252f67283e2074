"""The code lists: complete, no name for two codes, and the same by loader, by RDF and by source."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

import ontology
from ontology.tax import datasets, vocabulary_files
from ontology.tax.areas import areas
from ontology.tax.codes import Code, all_lists, code_iri, code_list, code_lists, codes_ntriples

LISTED = {
    "owner-type": 3,
    "property-kind": 4,
    "title-document": 8,
    "building-type": 69,
    "late-case": 4,
    "payment-method": 6,
    "local-government-type": 6,
    "land-use": 6,
    "structure": 3,
}


def _codes() -> Graph:
    return Graph().parse(data=vocabulary_files()["codes"].read_bytes(), format="turtle")


def _key(text: str) -> str:
    return "".join(text.casefold().split()).replace(".", "")


def test_the_lists_are_those_that_columns_need() -> None:
    assert {scheme: len(codes) for scheme, codes in code_lists().items()} == LISTED
    needed = {c.code_list for d in datasets().values() for c in d.columns if c.code_list}
    assert needed == set(all_lists())


@pytest.mark.parametrize("scheme", LISTED)
def test_no_text_names_two_codes_of_a_list(scheme: str) -> None:
    """Blanks, dots and case aside, since a reader may pass over them."""
    seen: dict[str, str] = {}
    for slug, code in code_list(scheme).items():
        assert code.label_th
        assert code.label_en
        assert code.label_th != code.label_en
        names = (slug, code.notation, code.label_th, code.label_en, *code.alt_labels)
        for name in names:
            assert seen.setdefault(_key(name), slug) == slug, name
        assert len({*names[2:]}) == len(names[2:])


def test_every_concept_and_scheme_says_what_it_is_and_whence() -> None:
    graph = _codes()
    listed = graph.subjects(RDF.type, SKOS.Concept)
    certainty = URIRef(ontology.NS + "certainty")
    for node in {*listed, *graph.subjects(RDF.type, SKOS.ConceptScheme)}:
        for predicate in (SKOS.prefLabel, SKOS.definition):
            if predicate == SKOS.definition and "/building-type/" in str(node):
                continue  # The label is the Treasury's own description.
            languages = sorted(str(o.language) for o in graph.objects(node, predicate))  # type: ignore[attr-defined]
            assert languages == ["en", "th"], (node, predicate)
        assert (node, DCTERMS.source, None) in graph, node
        if (node, RDF.type, SKOS.Concept) in graph:
            assert (node, certainty, None) in graph, node
            assert len([*graph.objects(node, SKOS.notation)]) == 1, node
            scheme = graph.value(node, SKOS.inScheme)
            assert str(node).startswith(f"{scheme}/")
            assert (scheme, RDF.type, SKOS.ConceptScheme) in graph


def test_what_is_not_retrieved_is_marked_so() -> None:
    unverified = URIRef(ontology.iri("concept/certainty/unverified"))
    marked = set(_codes().subjects(URIRef(ontology.NS + "certainty"), unverified))
    assert {str(node).rpartition("/")[2] for node in marked} == {"nsl", "spk401", "och2"}


def test_building_types_are_those_of_the_treasury(shared: Path) -> None:
    with (shared / "tax" / "building_types.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = {line["code"]: line["name_th"] for line in csv.DictReader(file)}
    found = {code.notation: code.label_th for code in code_list("building-type").values()}
    assert found == expected


def test_areas_nest_and_are_as_many_as_the_package_says() -> None:
    counts = {scheme: len(codes) for scheme, codes in areas().items()}
    assert counts["province"] == 77
    assert counts["district"] > 900
    assert counts["subdistrict"] > 7400
    for inner, outer in (("district", "province"), ("subdistrict", "district")):
        for code in areas()[inner].values():
            assert code.slug.startswith(code.parent)
            assert code.parent in areas()[outer]
    within = Counter(
        (code.parent, code.label_th) for code in areas()["subdistrict"].values()
    ).most_common(1)
    assert within[0][1] == 1, "a name is unique in its district"


def test_areas_are_found_by_the_names_people_write() -> None:
    assert "กทม." in areas()["province"]["10"].alt_labels
    assert "จ.เชียงใหม่" in areas()["province"]["50"].alt_labels
    assert "พระนคร" in areas()["district"]["1001"].alt_labels
    assert "แขวงพระบรมมหาราชวัง" in areas()["subdistrict"]["100101"].alt_labels


def test_ntriples_say_what_the_loader_says() -> None:
    store = Store()
    store.load(codes_ntriples(), format=RdfFormat.N_TRIPLES)
    rows = store.query(
        f"""PREFIX skos: <{SKOS}>
        SELECT ?node ?scheme ?notation ?th ?en ?broader WHERE {{
            ?node a skos:Concept ; skos:inScheme ?scheme ; skos:notation ?notation ;
                skos:prefLabel ?th , ?en . FILTER (LANG(?th) = "th" && LANG(?en) = "en")
            OPTIONAL {{ ?node skos:broader ?broader }} }}"""
    )
    found = {tuple(row[i].value if row[i] else "" for i in range(6)) for row in rows}  # type: ignore[union-attr]
    assert found == {_row(code) for codes in all_lists().values() for code in codes.values()}


def _row(code: Code) -> tuple[str, ...]:
    around = {"district": "province", "subdistrict": "district"}.get(code.scheme)
    broader = code_iri(around, code.parent) if around else ""
    scheme = ontology.CONCEPT + code.scheme
    return (code.iri, scheme, code.notation, code.label_th, code.label_en, broader)


def test_a_fresh_process_has_the_ntriples_soon() -> None:
    """Every validation needs them: under 0.3 s on a quiet machine, twice that on a busy one."""
    program = (
        "import time; began = time.process_time(); from ontology.tax.codes import codes_ntriples; "
        "codes_ntriples(); print(time.process_time() - began)"
    )
    took = []
    for _ in range(3):
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        took.append(float(ran.stdout))
    assert min(took) < 0.6


def test_the_table_alone_needs_no_rdf_library() -> None:
    program = (
        "import sys, ontology.tax; ontology.tax.datasets(); "
        "print([m for m in ('rdflib', 'pyoxigraph', 'geothai', 'polars') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
