"""The compiler of rules: what it covers, what it leaves, and that nothing is lost on the way."""

import json
from datetime import date

import polars as pl
import pytest
from pyoxigraph import Store

from ontology.tax import datasets
from shapes.algebra import parse, tree_of
from shapes.errors import ShapesError
from shapes.parsing import queries
from shapes.plan import Plan
from shapes.rules import ShapeGraph
from shapes.tax import tax_shapes_text
from shapes.whole import TripleRun
from tax.reference import default_reference

TODAY = date(2026, 11, 25)
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix t: <https://w3id.org/mattra/ns/tax#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/> .
@prefix lu: <https://w3id.org/mattra/concept/land-use/> .
:S a sh:NodeShape ; sh:targetClass t:Assessment ; sh:property :R .
"""


def plan_of(shapes: str, dataset: str = "assessment") -> Plan:
    return Plan(datasets()[dataset], ShapeGraph.parse(PREFIXES + shapes), Store())


AMOUNTS = pl.DataFrame(
    {
        "row": [2, 3, 4, 5, 6],
        "taxDue": ["1.00", "-5", "abc", None, "50000000.01"],
        "taxDue#": [1.0, -5.0, None, None, 50000000.01],
        "landUse": ["other", "vacant", "nonsense", None, "other"],
    },
    schema_overrides={"row": pl.UInt32},
)


def broken(shapes: str, records: pl.DataFrame = AMOUNTS) -> list[int]:
    """Return the rows found by columns, which must be those that both triple engines find."""
    plan = plan_of(shapes)
    assert not plan.uncovered
    rows = _rows(plan, records)
    for engine in ("shacl", "pyshacl"):
        run = TripleRun(plan.dataset, plan.shapes, plan.reference, engine)
        assert _rows(run, records) == rows, engine
    return rows


def _rows(run: Plan | TripleRun, records: pl.DataFrame) -> list[int]:
    return sorted(pl.concat([run.feed(records, "a.csv"), run.finish()])["row"].to_list())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("constraint", "rows"),
    [
        ("sh:path t:taxDue ; sh:minCount 1", [5]),
        ("sh:path t:taxDue ; sh:maxCount 0", [2, 3, 4, 6]),
        ("sh:path t:taxDue ; sh:datatype xsd:decimal", [4]),
        ("sh:path t:taxDue ; sh:datatype xsd:string", [2, 3, 6]),
        ("sh:path t:taxDue ; sh:minInclusive 0", [3, 4]),
        ("sh:path t:taxDue ; sh:maxExclusive 1.0", [2, 4, 6]),
        ("sh:path t:taxDue ; sh:maxLength 3", [2, 6]),
        ('sh:path t:taxDue ; sh:pattern "^[0-9]"', [3, 4]),
        ("sh:path t:landUse ; sh:in ( lu:other lu:vacant )", [4]),
        ("sh:path t:landUse ; sh:hasValue lu:other", [3, 4, 5]),
        ("sh:path t:landUse ; sh:nodeKind sh:Literal", [2, 3, 4, 6]),
        ("sh:path t:landUse ; sh:not [ sh:in ( lu:other ) ]", [2, 6]),
        ("sh:path t:taxDue ; sh:or ( [ sh:maxInclusive 0 ] [ sh:minInclusive 100 ] )", [2, 4]),
    ],
)
def test_core_constraints(constraint: str, rows: list[int]) -> None:
    assert broken(f":R a sh:PropertyShape ; {constraint} .") == rows


@pytest.mark.slow
def test_a_comparison_that_rounding_could_decide_is_decided_exactly() -> None:
    select = "SELECT $this ?value WHERE { $this <https://w3id.org/mattra/ns/tax#taxDue> ?value . FILTER (?value - 50000000 >= 0.01) }"
    shapes = f':R a sh:PropertyShape ; sh:path t:taxDue ; sh:sparql [ sh:select "{select}" ] .'
    plan = plan_of(shapes)
    assert _rows(plan, AMOUNTS) == [6]
    assert plan.doubted == 1


def test_what_is_not_covered_is_named_and_left_to_a_triple_engine() -> None:
    plan = plan_of(":R a sh:PropertyShape ; sh:path ( t:a t:b ) ; sh:minCount 1 .")
    assert list(plan.uncovered) == ["https://example.org/R"]


@pytest.mark.slow
@pytest.mark.parametrize("dataset", sorted(datasets()))
def test_every_shipped_rule_is_covered(dataset: str) -> None:
    shapes = ShapeGraph.parse(tax_shapes_text())
    plan = Plan(datasets()[dataset], shapes, default_reference(TODAY), frozenset(datasets()))
    assert not plan.uncovered
    assert not plan.idle


@pytest.mark.slow
def test_the_kept_trees_are_those_of_the_shipped_queries() -> None:
    wanted = queries()
    assert set(_kept()) == set(wanted), "run python -m shapes.parsing"
    for name in sorted(wanted)[::20]:
        assert json.loads(json.dumps(parse(wanted[name]))) == _kept()[name]


def _kept() -> dict[str, object]:
    from shapes import algebra

    return algebra._kept()  # type: ignore[return-value]


def test_a_query_that_is_not_sparql_is_refused() -> None:
    with pytest.raises(ShapesError, match=r"SPARQL 1\.1"):
        tree_of("SELECT $this WHERE { oops }")
