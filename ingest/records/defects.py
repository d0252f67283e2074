"""How to break one valid record so that one rule fires and no other, for each rule.

What a rule of SHACL Core asks of a cell is broken by what it asks, read from the shapes; how each
rule that compares cells is broken stands in the modules ``defects_…``.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

from ingest.records.defect import ANY, Change, Defect, has, repeated, single
from ingest.records.defects_assessment import ASSESSMENT
from ingest.records.defects_owner import ALONE, OWNER
from ingest.records.defects_payment import PAYMENT, WHOLE
from ingest.records.defects_things import BUILDING, CONDOMINIUM, LOCAL_GOVERNMENT, PARCEL
from ontology.tax import datasets
from shapes.rules import PropertyShape, ShapeGraph
from shapes.tax import tax_shapes_text

_BY_HAND: Final[dict[str, tuple[Defect, ...]]] = {
    "assessment": ASSESSMENT,
    "parcel": PARCEL,
    "building": BUILDING,
    "condominium": CONDOMINIUM,
    "owner": OWNER,
    "payment": PAYMENT,
    "title-document": (repeated("LBT-701", "titleDocumentType"),),
    "local-government": LOCAL_GOVERNMENT,
}
_CALM: Final = {"owner": ALONE, "payment": WHOLE}
"""Where a record can be changed without a rule on several records minding it."""
_EMPTY: Final = {("assessment", "priorTax"), ("local-government", "parcelId")}
"""Columns that generated records leave empty."""
_UNREADABLE: Final = "ไม่ทราบ"


@cache
def defects(dataset: str) -> tuple[Defect, ...]:
    """Return a defect for each rule on a data set, in the order of the rules' numbers.

    A rule that no generated record can break alone has none.
    """
    by_hand = {defect.rule: defect for defect in _BY_HAND[dataset]}
    shapes = ShapeGraph.parse(tax_shapes_text()).rules_of(datasets()[dataset].iri)
    found = (
        by_hand.get(shape.rule.id) or (_of_cell(dataset, shape) if shape.select is None else None)
        for shape in shapes
    )
    return tuple(sorted(filter(None, found), key=lambda defect: defect.rule))


def _of_cell(dataset: str, shape: PropertyShape) -> Defect:
    column = shape.rule.column
    where = _CALM.get(dataset, ANY)
    if (dataset, column) not in _EMPTY:
        where = where & has(column)
    return single(shape.rule.id, column, where, _worse(column, shape))


def _worse(column: str, shape: PropertyShape) -> Change:
    if "minCount" in shape.parameters:
        return lambda record, n: {column: None}
    wrong = list(_wrong(shape))
    return lambda record, n: {column: wrong[n % len(wrong)].replace("{n}", str(n))}


def _wrong(shape: PropertyShape) -> Iterator[str]:
    asked = {name: values[0].value for name, values in shape.parameters.items()}
    if not str(asked.get("datatype", "string")).endswith("string"):
        yield _UNREADABLE
    if "node" in asked:
        yield "unknown-{n}"
    if "pattern" in asked:
        # A letter first, a blank and a digit: no pattern of ours allows all three.
        yield "แก้ไข {n}"
    if "maxLength" in asked:
        yield "ก" * (int(asked["maxLength"]) + 1)
    for limit, beyond in (
        ("minInclusive", -1), ("minExclusive", 0), ("maxInclusive", 1), ("maxExclusive", 0),
    ):  # fmt: skip
        if limit in asked:
            yield str(int(asked[limit].partition(".")[0]) + beyond)
