"""The report as JUnit XML for a build server: each rule a test case, violations fail it."""

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from shapes.report import RecordReport, Rule
from shapes.reports import Labels
from shapes.reports.output import written
from shapes.reports.wording import SEVERITY_TH, cell, place, visible

EXAMPLES: Final = 10


def write(report: RecordReport, out: BinaryIO, *, all: bool = False, labels: Labels = str) -> None:
    """Write the report, with ten examples of each broken rule unless all are wanted.

    A rule of lesser severity does not fail its test case, as it does not fail the command.
    """
    with written(out) as stream:
        for line in _lines(report, None if all else EXAMPLES):
            stream.write(line + "\n")


def _lines(report: RecordReport, limit: int | None) -> Iterator[str]:
    by_rule = report.by_rule()
    failed = sum(report.rules[rule].severity == "violation" for rule in by_rule)
    counts = f'tests="{len(report.rules)}" failures="{failed}" errors="0" skipped="0"'
    seconds = f'time="{report.took_ms / 1000:.3f}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="mattra" {counts} {seconds}>'
    yield f"  <testsuite name={quoteattr(visible(report.dataset))} {counts} {seconds}>"
    yield "    <properties>"
    yield f'      <property name="records" value="{report.records}"/>'
    for name in report.files:
        yield f'      <property name="file" value={quoteattr(visible(name))}/>'
    yield "    </properties>"
    for rule in report.rules.values():
        yield from _case(report, rule, by_rule.get(rule.id, 0), limit)
    if report.notes:
        notes = "\n".join(visible(thai, 2000) for thai, _ in report.notes)
        yield f"    <system-out>{escape(notes)}</system-out>"
    yield "  </testsuite>"
    yield "</testsuites>"


def _case(report: RecordReport, rule: Rule, count: int, limit: int | None) -> Iterator[str]:
    group = quoteattr(visible(f"{report.dataset}.{rule.column or 'file'}"))
    name = quoteattr(visible(f"{rule.id} {rule.title_th}"))
    opening = f'    <testcase classname={group} name={name} time="0"'
    if not count:
        yield opening + "/>"
        return
    yield opening + ">"
    summary = f"{SEVERITY_TH[rule.severity]} {count:,} จุด: {rule.title_th} ({rule.title_en})"
    if rule.severity == "violation":
        yield f"      <failure type={quoteattr(rule.severity)} message={quoteattr(summary)}>"
        yield from _examples(report, rule, count, limit)
        yield "</failure>"
    else:
        yield f"      <system-out>{escape(summary)}"
        yield from _examples(report, rule, count, limit)
        yield "</system-out>"
    yield "    </testcase>"


def _examples(report: RecordReport, rule: Rule, count: int, limit: int | None) -> Iterator[str]:
    for finding in report.findings(limit, rule.id):
        hint = f" → {visible(finding.hint_th)}" if finding.hint_th else ""
        yield escape(f"{place(finding)} {cell(finding)}: {visible(finding.message_th, 500)}{hint}")
    if limit is not None and count > limit:
        yield f"… อีก {count - limit:,} จุด"
