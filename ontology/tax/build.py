"""Write ``tax.ttl``: the head by hand, and a property for each column of the table.

Run as ``python -m ontology.tax.build`` after a change of the table or of ``head.ttl``.
"""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Final

from ontology import CONCEPT
from ontology.tax import Column, datasets

ONTOLOGY: Final = "<https://w3id.org/mattra/ns/tax>"
_OF_FIGURES_TOO: Final = {"landUse"}
"""Columns of one data set whose property the figures of ``head.ttl`` have as well."""
_RANGES: Final = {
    "string": "xsd:string",
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
}


def turtle() -> str:
    """Return the vocabulary of the table as Turtle."""
    head = (files(__package__) / "head.ttl").read_text(encoding="utf-8")
    columns = sorted(
        (column for dataset in datasets().values() for column in dataset.columns),
        key=lambda column: column.name,
    )
    properties = (_property(list(uses)) for _, uses in groupby(columns, lambda c: c.name))
    return f"{head}\n# Columns of records, one property for each name\n\n{''.join(properties)}"


def _property(uses: list[Column]) -> str:
    first = uses[0]
    kind = "owl:ObjectProperty" if first.code_list else "owl:DatatypeProperty"
    lines = [f"t:{first.name} a {kind}", *_about(first), *_domain(uses), _range(first)]
    if first.unit:
        lines.append(f't:unit "{first.unit}"')
    if first.code_list:
        lines.append(f"t:codeList <{CONCEPT}{first.code_list}>")
    for predicate, values in (
        ("t:refersTo", {f"t:{datasets()[use.link].class_name}" for use in uses if use.link}),
        ("dpv:hasPersonalData", {use.personal_data for use in uses if use.personal_data}),
        ("t:officialName", {_literal(use.official_name) for use in uses if use.official_name}),
    ):
        if values:
            lines.append(f"{predicate} {' , '.join(sorted(values))}")
    return " ;\n    ".join(lines) + " .\n"


def _about(column: Column) -> Iterator[str]:
    yield f"rdfs:isDefinedBy {ONTOLOGY}"
    yield f"rdfs:label {_literal(column.name_th)}@th , {_literal(column.name_en)}@en"
    thai, english = _literal(column.definition_th), _literal(column.definition_en)
    yield f"skos:definition {thai}@th ,\n        {english}@en"


def _domain(uses: list[Column]) -> Iterator[str]:
    # A domain would make every record with the property a member of each class that has it.
    alone = len(uses) == 1 and uses[0].name not in _OF_FIGURES_TOO
    predicate = "rdfs:domain" if alone else "schema:domainIncludes"
    classes = (f"t:{datasets()[use.dataset].class_name}" for use in uses)
    yield f"{predicate} {' , '.join(classes)}"


def _range(column: Column) -> str:
    if column.code_list:
        return "rdfs:range skos:Concept"
    # xsd:date is none of OWL 2's datatypes, so a range would leave OWL 2 DL.
    if column.datatype == "date":
        return "schema:rangeIncludes xsd:date"
    return f"rdfs:range {_RANGES[column.datatype]}"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def main() -> None:
    """Write the file beside this module."""
    Path(__file__).with_name("tax.ttl").write_text(turtle(), encoding="utf-8")


if __name__ == "__main__":
    main()
