"""Each rule on tax records fires on its invalid example, alone, and on no valid one."""

import re
from functools import cache

import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SH

from graph.store import open_store
from graph.things import describe
from ontology import CONCEPT, ref
from ontology.tax import TAX, datasets
from shapes.check import SHAPES
from shapes.lint import lint
from shapes.tax import tax_shapes_files, tax_shapes_text
from tests.shapes.tax_examples import Engines, Example, Finding, examples, record

RULE = re.compile(r"LBT-\d{3}")


@pytest.fixture(scope="module")
def engines() -> Engines:
    return Engines()


@cache
def _shapes() -> Graph:
    return Graph().parse(data=tax_shapes_text(), format="turtle")


@cache
def _rules() -> dict[str, URIRef]:
    shapes = [s for s in _shapes().subjects(SH.path, None) if isinstance(s, URIRef)]
    return {str(s).removeprefix(str(SHAPES)): s for s in sorted(shapes)}


@cache
def _column(rule: str) -> str:
    (path,) = _shapes().objects(_rules()[rule], SH.path)
    assert str(path).startswith(TAX)
    return str(path).removeprefix(TAX)


@cache
def _datasets_of(rule: str) -> set[str]:
    classes = {
        str(target)
        for shape in _shapes().subjects(SH.property, _rules()[rule])
        for target in _shapes().objects(shape, SH.targetClass)
    }
    return {d.slug for d in datasets().values() if d.iri in classes}


def _assert_alone(example: Example, found: list[Finding]) -> None:
    if example.valid:
        assert found == []
        return
    assert {(rule, path) for rule, _, path in found} == {
        (example.rule, TAX + _column(example.rule))
    }
    judged = {focus for _, focus, _ in found}
    assert example.records[0][0] in judged
    assert judged <= {node for node, _ in example.records}


@pytest.mark.parametrize("example", examples(), ids=str)
def test_a_rule_fires_on_its_invalid_example_alone(example: Example, engines: Engines) -> None:
    _assert_alone(example, engines.shacl(example.ntriples))


@pytest.mark.slow
@pytest.mark.parametrize("example", [e for e in examples() if not e.valid], ids=str)
def test_pyshacl_finds_the_same(example: Example, engines: Engines) -> None:
    found = engines.pyshacl(example.ntriples)
    _assert_alone(example, found)
    assert engines.shacl(example.ntriples) == found


def test_every_rule_has_an_example_among_the_records_it_judges() -> None:
    shown: dict[str, set[str]] = {}
    for example in examples():
        shown.setdefault(example.rule, set()).add(example.dataset)
    assert set(shown) == set(_rules())
    for rule, slugs in shown.items():
        assert slugs <= _datasets_of(rule), rule


def test_every_rule_has_its_number_texts_source_and_severity() -> None:
    shapes, store = _shapes(), open_store()
    for number, rule in _rules().items():
        assert RULE.fullmatch(number)
        for predicate in (SH.message, DCTERMS.title):
            texts = [o for o in shapes.objects(rule, predicate) if isinstance(o, Literal)]
            said = {text.language: str(text) for text in texts}
            assert sorted(text.language or "" for text in texts) == ["en", "th"], number
            assert re.search("[ก-๙]", said["th"]), number
            assert not re.search("[ก-๙]", said["en"]), number
            if predicate == SH.message:
                assert all(text.startswith(f"{number}: ") for text in said.values())
        (severity,) = shapes.objects(rule, SH.severity)
        assert severity in (SH.Violation, SH.Warning)
        (source,) = shapes.objects(rule, DCTERMS.source)
        describe(store, ref(str(source)))


def test_a_message_shows_only_what_its_query_answers() -> None:
    for number, rule in _rules().items():
        constraint = _shapes().value(rule, SH.sparql)
        select = str(_shapes().value(constraint, SH.select)) if constraint else ""
        answered = set(re.findall(r"\?(\w+)", select.partition("WHERE")[0]))
        for message in _shapes().objects(rule, SH.message):
            assert set(re.findall(r"\{\?(\w+)\}", str(message))) <= answered, number


def test_every_path_is_a_column_of_the_records_judged() -> None:
    for rule in _rules():
        assert _datasets_of(rule), rule
        for slug in _datasets_of(rule):
            assert datasets()[slug].column(_column(rule)), (rule, slug)


def test_a_number_is_used_once_and_each_file_has_one_severity() -> None:
    defined: list[str] = []
    for file in tax_shapes_files():
        text = file.read_text(encoding="utf-8")
        defined += re.findall(r"^shape:(LBT-\d{3}) a ", text, re.MULTILINE)
        given = set(re.findall(r"sh:severity (sh:\w+)", text))
        assert given == {"sh:Warning" if file.name == "should.ttl" else "sh:Violation"}
        lint(Graph().parse(data=text, format="turtle"))
    assert sorted(defined) == sorted(_rules())


def test_columns_that_are_required_or_codes_have_their_rule_and_all_have_one() -> None:
    required, coded = set(), set()
    for number, rule in _rules().items():
        places = {(slug, _column(number)) for slug in _datasets_of(number)}
        if (rule, SH.minCount, Literal(1)) in _shapes():
            required |= places
        for node in _shapes().objects(rule, SH.node):
            demand = _shapes().value(node, SH.property)
            scheme = str(_shapes().value(demand, SH.hasValue)).removeprefix(CONCEPT)
            coded |= {(*place, scheme) for place in places}
    columns = [column for dataset in datasets().values() for column in dataset.columns]
    assert required == {(c.dataset, c.name) for c in columns if c.required}
    assert coded == {(c.dataset, c.name, c.code_list) for c in columns if c.code_list}
    judged = {(slug, _column(number)) for number in _rules() for slug in _datasets_of(number)}
    assert judged == {(column.dataset, column.name) for column in columns}


def test_the_example_row_of_each_data_set_conforms(engines: Engines) -> None:
    """The templates hold it, so it must pass."""
    for slug, dataset in datasets().items():
        cells = {column.name: column.example for column in dataset.columns}
        assert engines.shacl(record(slug, "template", 2, cells)[1]) == [], slug


@pytest.mark.slow
def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=_shapes(), meta_shacl=True)
    assert conforms, text
