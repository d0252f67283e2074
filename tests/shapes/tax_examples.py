"""The examples of the rules on tax records, as RDF, and the engines that judge them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyshacl
import shacl
from pyshacl.graph_abstraction import DataGraph
from rdflib import Graph
from rdflib.namespace import RDF, SH

from ontology import CONCEPT, PREFIXES
from ontology.tax import TAX, Column, datasets
from shapes.check import SHAPES
from shapes.prepared import PreparedGraph
from shapes.tax import tax_shapes_text
from tax.reference import reference_ntriples, shipped_parameters

TODAY = date(2026, 11, 25)
THIS_YEAR = "2569"
EXAMPLES = Path(__file__).parent / "examples"
DISTRICTS = ("1001", "5001", "5007", "5014", "5701")
"""Those of the examples: the reference of all areas would be read some five hundred times."""
READABLE = {
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?\d+(\.\d+)?"),
    "boolean": re.compile("true|false"),
}
Cells = dict[str, str]
Finding = tuple[str, str, str]
"""Number of the rule, node of the record, path."""


@dataclass(frozen=True)
class Example:
    """Records of which the first is judged: one that meets a rule, or one that breaks it."""

    rule: str
    valid: bool
    dataset: str
    records: tuple[tuple[str, str], ...]

    @property
    def ntriples(self) -> str:
        return "".join(text for _, text in self.records)

    def __str__(self) -> str:
        return f"{self.rule}-{self.dataset}-{'valid' if self.valid else 'invalid'}"


@cache
def examples() -> tuple[Example, ...]:
    """Return all examples."""
    return tuple(_examples())


def _examples() -> Iterator[Example]:
    for dataset in datasets():
        for rule, about in _file(dataset).items():
            if rule != "base":
                for kind in ("valid", "invalid"):
                    beside = about.get(f"{kind}_with", [])
                    records = tuple(_records(dataset, about[kind], beside))
                    yield Example(rule, kind == "valid", dataset, records)


def _records(dataset: str, patch: Cells, beside: list[Cells]) -> Iterator[tuple[str, str]]:
    yield record(dataset, "example", 2, _file(dataset)["base"] | patch)
    for row, other in enumerate(beside, start=2):
        cells = dict(other)
        kind = cells.pop("dataset")
        yield record(kind, "other", row, _file(kind)["base"] | cells)


def base(dataset: str) -> Cells:
    """Return the valid record that the examples of a data set start from."""
    return dict(_file(dataset)["base"])


@cache
def _file(dataset: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLES / f"{dataset}.toml").read_text(encoding="utf-8"))


def record(dataset: str, file: str, row: int, cells: Cells) -> tuple[str, str]:
    """Return the node of a row and its N-Triples."""
    about = datasets()[dataset]
    node = f"https://w3id.org/mattra/id/record/{dataset}/{file}/{row}"
    lines = [f"<{node}> <{RDF.type}> <{about.iri}> .\n"]
    for name, value in cells.items():
        column = about.column(name)
        assert column, f"{dataset} has no column {name}"
        if value:
            lines.append(f"<{node}> <{column.iri}> {_object(column, value)} .\n")
    return node, "".join(lines)


def _object(column: Column, value: str) -> str:
    if column.datatype == "code":
        return f"<{CONCEPT}{column.code_list}/{quote(value, safe='')}>"
    text = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{text}^^<{PREFIXES['xsd']}{column.datatype}>" if _read(column, value) else text


def _read(column: Column, value: str) -> bool:
    """Tell whether a text is of its column's datatype; what is not stays a text in RDF."""
    if column.datatype != "date":
        return column.datatype in READABLE and bool(READABLE[column.datatype].fullmatch(value))
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


@cache
def _reference() -> dict[tuple[str, str], str]:
    """Return the parts of the reference that are for one tax year or one age of a building.

    rdflib looks through all nodes of a class for each rule and record.
    """
    area = re.compile(rf"<{CONCEPT}(?:sub)?district/(\d{{4}})")
    nodes: dict[str, str] = {}
    for line in reference_ntriples(shipped_parameters(), TODAY).decode().splitlines(keepends=True):
        place = area.match(line)
        if not place or place[1] in DISTRICTS:
            node = line.partition(" ")[0]
            nodes[node] = nodes.get(node, "") + line
    parts: dict[tuple[str, str], str] = {}
    for text in nodes.values():
        own = re.search(rf'<{TAX}(taxYear|age)> "(\d+)"', text)
        key = (own[1], own[2]) if own else ("", "")
        parts[key] = parts.get(key, "") + text
    return parts


def _reference_for(ntriples: str) -> str:
    """Return the parts of the reference that records ask for, besides those always there."""
    wanted = re.findall(rf'<{TAX}(taxYear|buildingAge)> "(\d+)"', ntriples)
    keys = {(name.replace("buildingAge", "age"), value) for name, value in wanted}
    return "".join(_reference().get(key, "") for key in sorted(keys - {("taxYear", THIS_YEAR)}))


class Engines:
    """pySHACL, which says what a shape means, and the engine in Rust."""

    def __init__(self) -> None:
        self.always = _reference()[("", "")] + _reference()[("taxYear", THIS_YEAR)]
        self.data = PreparedGraph().parse(data=self.always, format="nt")
        self.validator = pyshacl.Validator(
            DataGraph.from_rdflib_graph(self.data),
            shacl_graph=Graph().parse(data=tax_shapes_text(), format="turtle"),
            options={"inplace": True, "advanced": False},
        )
        self.compiled = shacl.Shapes.from_turtle(tax_shapes_text())
        self._found: dict[str, list[Finding]] = {}

    def pyshacl(self, ntriples: str) -> list[Finding]:
        """Return what pySHACL finds in records; those seen before are not judged again."""
        if ntriples not in self._found:
            self._found[ntriples] = self._pyshacl(ntriples)
        return self._found[ntriples]

    def _pyshacl(self, ntriples: str) -> list[Finding]:
        added = list(Graph().parse(data=ntriples + _reference_for(ntriples), format="nt"))
        for triple in added:
            self.data.add(triple)
        try:
            _, results, _ = self.validator.run()
        finally:
            for triple in added:
                self.data.remove(triple)
        found = set()
        # What sh:node found inside is a result too, but only a detail of its own.
        for node in results.objects(None, SH.result):
            terms = (SH.sourceShape, SH.focusNode, SH.resultPath)
            rule, focus, path = (str(results.value(node, term)) for term in terms)
            found.add((rule.removeprefix(str(SHAPES)), focus, path))
        return sorted(found)

    def shacl(self, ntriples: str) -> list[Finding]:
        """Return what the engine in Rust finds in records."""
        text = self.always + _reference_for(ntriples) + ntriples
        report = self.compiled.validate_text(text, format="ntriples")
        found = set()
        for result in report.results:
            terms = (result.source_shape, result.focus_node, result.path)
            rule, focus, path = (str(term).strip("<>") for term in terms)
            found.add((rule.removeprefix(str(SHAPES)), focus, path))
        return sorted(found)
