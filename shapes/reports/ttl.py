"""The report as a SHACL validation report in Turtle, one result after another."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from ontology import NS, SHAPES
from shapes.report import Finding, RecordReport
from shapes.reports import Labels
from shapes.reports.output import written

_PREFIXES: Final = f"""\
@prefix m: <{NS}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <{SHAPES}> .

"""
_SEVERITY: Final = {"violation": "sh:Violation", "warning": "sh:Warning", "info": "sh:Info"}
_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')
_NOT_IN_LITERAL: Final = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]')
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def write(report: RecordReport, out: BinaryIO, *, all: bool = True, labels: Labels = str) -> None:
    """Write the report with all its findings, whatever ``all`` says.

    Only violations count against conformance, and the report says so as SHACL 1.2 does. A cell is
    named by ``m:file``, ``m:row`` and ``m:column``.
    """
    components = {rule.id: rule.component for rule in report.rules.values()}
    with written(out) as stream:
        stream.write(_PREFIXES)
        stream.write(
            f"_:report a sh:ValidationReport ;\n  sh:conforms {str(report.conforms).lower()} ;\n"
            "  sh:conformanceDisallows sh:Violation .\n"
        )
        for finding in report.findings():
            stream.write("_:report sh:result [\n  a sh:ValidationResult ;\n  ")
            stream.write(" ;\n  ".join(_facts(finding, components[finding.rule])))
            stream.write("\n] .\n")


def _facts(finding: Finding, component: str) -> Iterator[str]:
    yield f"sh:resultSeverity {_SEVERITY[finding.severity]}"
    yield f"sh:focusNode {_node(finding.focus)}"
    if finding.path:
        yield f"sh:resultPath {_node(finding.path)}"
    if finding.value:
        yield f"sh:value {_literal(finding.value)}"
    yield f"sh:sourceShape {_shape(finding.rule)}"
    if component:
        yield f"sh:sourceConstraintComponent sh:{component}"
    for message, language in ((finding.message_th, "th"), (finding.message_en, "en")):
        if message:
            yield f"sh:resultMessage {_literal(message)}@{language}"
    yield f"m:file {_literal(finding.file)}"
    yield f"m:row {finding.row}"
    if finding.column:
        yield f"m:column {_literal(finding.column)}"


def _shape(rule: str) -> str:
    if _LOCAL.fullmatch(rule):
        return f"shape:{rule}"
    return _node(rule if ":" in rule else SHAPES + rule)


def _node(name: str) -> str:
    """Return an IRI, or a blank node under a label that cannot meet one of ours."""
    if name.startswith("_:"):
        return "_:node-" + re.sub(r"[^A-Za-z0-9]", lambda m: f"-{ord(m[0]):x}-", name[2:])
    escaped = _NOT_IN_IRI.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode(errors="replace")), name
    )
    return f"<{escaped}>"


def _literal(text: str) -> str:
    escaped = _NOT_IN_LITERAL.sub(
        lambda m: _ESCAPES.get(m[0]) or ("\ufffd" if m[0] >= "\ud800" else f"\\u{ord(m[0]):04X}"),
        text,
    )
    return f'"{escaped}"'
