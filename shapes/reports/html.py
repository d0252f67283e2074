"""The report as one HTML file to send to a colleague: Thai first, and it asks nothing outside."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO, Final

from jinja2 import Environment, PackageLoader, Template

from shapes.report import Finding, RecordReport, Rule
from shapes.reports import Labels
from shapes.reports.output import written
from shapes.reports.wording import (
    EMPTY,
    SEVERITY_EN,
    SEVERITY_TH,
    TODO_TH,
    WHOLE_ROW,
    bare,
    many,
    verdict,
    visible,
)

EXAMPLES: Final = 100
_BARS: Final = 10
_LONGEST: Final = 2000


@dataclass(frozen=True)
class _Bar:
    """One bar of a chart: its share is in percent of the longest."""

    name: str
    title: str
    count: int
    share: float
    severity: str
    anchor: str


@dataclass(frozen=True)
class _Group:
    """One broken rule with the findings to show of it."""

    anchor: str
    rule: Rule
    heading: str
    source: str
    count: int
    more: int
    same_message: Finding | None
    hinted: bool
    findings: Iterator[Finding]


def write(report: RecordReport, out: BinaryIO, *, all: bool = False, labels: Labels = str) -> None:
    """Write the report, with a hundred examples of each broken rule unless all are wanted."""
    template, parts = _template()
    by_rule, by_column = report.by_rule(), report.by_column()
    anchors = {rule: f"rule-{number}" for number, rule in enumerate(by_rule, 1)}
    context: dict[str, Any] = {
        "report": report,
        "verdict": verdict(report),
        "counts": report.counts,
        "rule_bars": _rule_bars(report, by_rule, anchors),
        "column_bars": _column_bars(report, by_column),
        "columns": len(by_column),
        "anchors": anchors,
        "groups": _groups(report, by_rule, anchors, None if all else EXAMPLES, labels),
        "many_files": len(report.files) > 1,
    }
    with written(out) as stream:
        for text in template.generate(context | parts):
            stream.write(text)


def _rule_bars(
    report: RecordReport, by_rule: dict[str, int], anchors: dict[str, str]
) -> list[_Bar]:
    most = sorted(by_rule.items(), key=lambda item: -item[1])
    return [
        _Bar(
            rule, report.rules[rule].title_th, count, _share(count, most[0][1]),
            report.rules[rule].severity, anchors[rule],
        )
        for rule, count in most[:_BARS]
    ]  # fmt: skip


def _column_bars(report: RecordReport, by_column: dict[str, int]) -> list[_Bar]:
    most = list(by_column.items())
    return [
        _Bar(
            name,
            report.headings.get(name, "") if name else WHOLE_ROW,
            count,
            _share(count, most[0][1]),
            "",
            "",
        )
        for name, count in most[:_BARS]
    ]


def _share(count: int, longest: int) -> float:
    return max(1.0, round(100 * count / longest, 1))


def _groups(
    report: RecordReport,
    by_rule: dict[str, int],
    anchors: dict[str, str],
    limit: int | None,
    labels: Labels,
) -> Iterator[_Group]:
    for rule_id, count in by_rule.items():
        rule = report.rules[rule_id]
        findings = report.findings(limit, rule_id)
        same, hinted = None, True
        if limit is not None:
            listed = list(findings)
            same = listed[0] if len({f.message_th for f in listed}) == 1 else None
            hinted = any(f.hint_th for f in listed)
            findings = iter(listed)
        yield _Group(
            anchors[rule_id], rule, report.headings.get(rule.column, ""),
            labels(rule.source) if rule.source else "", count,
            max(0, count - limit) if limit is not None else 0, same, hinted, findings,
        )  # fmt: skip


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> tuple[Template, dict[str, str]]:
    """Return the template, and its style and script with what a browser checks them by."""
    environment = Environment(
        loader=PackageLoader("shapes.reports", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = lambda text, longest=_LONGEST: visible(text, longest)
    environment.globals.update(
        severity_th=SEVERITY_TH, severity_en=SEVERITY_EN, todo=TODO_TH,
        empty=EMPTY, whole_row=WHOLE_ROW, bare=bare, many=many,
    )  # fmt: skip
    folder = files("shapes.reports")
    style = (folder / "report.css").read_text(encoding="utf-8")
    script = (folder / "report.js").read_text(encoding="utf-8")
    return environment.get_template("report.html"), {
        "style": style,
        "script": script,
        "style_hash": _digest(style),
        "script_hash": _digest(script),
    }
