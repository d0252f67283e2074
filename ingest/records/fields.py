"""The columns of a data set and the rules on each, for people who fill or send records."""

from typing import Any, Final

from ontology.tax import Column, datasets
from ontology.tax.codes import code_list
from shapes.report import Rule
from shapes.rules import ShapeGraph
from shapes.tax import tax_shapes_text

_SHOWN: Final = 8
"""So many codes of a list are named; of a long list they are its first."""


def fields(dataset: str) -> list[dict[str, Any]]:
    """Return what is to be known of each column, in order."""
    kind = datasets()[dataset]
    rules = _rules(kind.iri)
    return [_field(column, rules.get(column.iri, [])) for column in kind.columns]


def _field(column: Column, rules: list[Rule]) -> dict[str, Any]:
    return {
        "name": column.name,
        "name_th": column.name_th,
        "name_en": column.name_en,
        "official_name": column.official_name,
        "datatype": column.datatype,
        "required": column.required,
        "key": column.key,
        "link": column.link,
        "code_list": _codes(column.code_list),
        "unit": column.unit,
        "personal_data": column.personal_data,
        "form": column.form,
        "form_column": column.form_column,
        "definition_th": column.definition_th,
        "definition_en": column.definition_en,
        "example": column.example,
        "rules": [
            {
                "number": rule.id,
                "severity": rule.severity,
                "title_th": rule.title_th,
                "title_en": rule.title_en,
                "source": rule.source,
            }
            for rule in rules
        ],
    }


def _codes(scheme: str) -> dict[str, Any] | None:
    if not scheme:
        return None
    codes = list(code_list(scheme).values())
    return {
        "scheme": scheme,
        "count": len(codes),
        "first": [
            {"code": code.notation, "label_th": code.label_th, "label_en": code.label_en}
            for code in codes[:_SHOWN]
        ],
    }


def _rules(target: str) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for shape in ShapeGraph.parse(tax_shapes_text()).rules_of(target):
        found.setdefault(shape.path, []).append(shape.rule)
    return found
