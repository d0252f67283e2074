"""Checking a graph against SHACL shapes, with a lint of the shapes first."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import pyshacl
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from shapes.errors import ShapesError
from shapes.lint import lint
from shapes.prepared import PreparedGraph

SHAPES: Final = Namespace("https://w3id.org/mattra/shapes#")
_SEVERITY: Final = {
    str(SH.Violation): "violation",
    str(SH.Warning): "warning",
    str(SH.Info): "info",
}


@dataclass(frozen=True)
class Finding:
    """One thing that breaks one rule; nodes as IRIs, messages with what to do."""

    rule: str
    severity: str
    focus: str
    path: str
    value: str
    message_th: str
    message_en: str


@dataclass(frozen=True)
class Report:
    """The findings, violations first, then by rule and node."""

    findings: list[Finding]

    @property
    def conforms(self) -> bool:
        """True when nothing is a violation; warnings do not count."""
        return not any(finding.severity == "violation" for finding in self.findings)


def knowledge_shapes() -> Graph:
    """Return the shapes of the knowledge graph."""
    data = (files(__package__) / "knowledge.ttl").read_text(encoding="utf-8")
    return Graph().parse(data=data, format="turtle")


def check(data: Graph, shapes: Graph | None = None) -> Report:
    """Return what in the data breaks the shapes, those of the knowledge graph by default.

    :param data: in rdflib's own memory (pySHACL reports false ``sh:in`` on other stores).
    :raises ShapesError: the shapes are refused by :func:`lint`.
    """
    shapes = shapes if shapes is not None else knowledge_shapes()
    lint(shapes)
    prepared = PreparedGraph(data.store, data.identifier)
    _, results, _ = pyshacl.validate(prepared, shacl_graph=shapes, advanced=False, inplace=True)
    if not isinstance(results, Graph):
        raise ShapesError(f"the shapes cannot be run: {results}")
    found = [
        _finding(results, shapes, node) for node in results.subjects(RDF.type, SH.ValidationResult)
    ]
    order = ("violation", "warning", "info")
    return Report(sorted(found, key=lambda f: (order.index(f.severity), f.rule, f.focus, f.value)))


def _finding(results: Graph, shapes: Graph, node: Node) -> Finding:
    shape = results.value(node, SH.sourceShape)
    constraint = results.value(node, SH.sourceConstraint)
    messages = {
        m.language: str(m)
        for owner in (constraint, shape)
        for m in shapes.objects(owner, SH.message)
        if isinstance(m, Literal)
    }
    return Finding(
        rule=str(shape).removeprefix(str(SHAPES)),
        severity=_SEVERITY.get(str(results.value(node, SH.resultSeverity)), "violation"),
        focus=str(results.value(node, SH.focusNode) or ""),
        path=str(results.value(node, SH.resultPath) or ""),
        value=str(results.value(node, SH.value) or ""),
        message_th=messages.get("th", ""),
        message_en=messages.get("en", ""),
    )
