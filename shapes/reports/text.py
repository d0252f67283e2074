"""The report as plain text for a terminal: Thai first, counts first, then rule by rule."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final

from shapes.report import SEVERITIES, Finding, RecordReport, Rule
from shapes.reports import Labels
from shapes.reports.filling import pieces
from shapes.reports.output import written
from shapes.reports.wording import (
    SEVERITY_TH,
    TODO_TH,
    bare,
    cell,
    many,
    place,
    verdict,
    visible,
    width,
    wrap,
)

EXAMPLES: Final = 10
_COLUMNS: Final = 108
_FILES: Final = 5
_VALUE: Final = 60
_LONGEST: Final = 2000


def write(report: RecordReport, out: BinaryIO, *, all: bool = False, labels: Labels = str) -> None:
    """Write the report, with ten examples of each broken rule unless all are wanted."""
    limit = None if all else EXAMPLES
    with written(out) as stream:
        for line in _lines(report, limit, labels):
            stream.write(line + "\n")


def _lines(report: RecordReport, limit: int | None, labels: Labels) -> Iterator[str]:
    by_rule = report.by_rule()
    yield from _head(report)
    if report.notes:
        yield from ("", "หมายเหตุ")
        for note_th, _ in report.notes:
            yield from _indented(visible(note_th, _LONGEST), "  - ", "    ")
    if len(by_rule) > 1:
        yield from ("", "ข้อที่พบ")
        yield from _summary(report, by_rule)
    for severity in SEVERITIES:
        broken = [report.rules[r] for r in by_rule if report.rules[r].severity == severity]
        if broken:
            count = many(report.counts[severity], report)
            title = f"── {SEVERITY_TH[severity]} {count} จุด ({TODO_TH[severity]}) "
            yield from ("", title + "─" * (_COLUMNS - width(title)))
        for rule in broken:
            yield from _rule(report, rule, by_rule[rule.id], limit, labels)
    if limit is not None and any(count > limit for count in by_rule.values()):
        yield ""
        yield from wrap(
            f"แสดงเพียง {limit} จุดแรกของแต่ละข้อ ดูทุกจุดด้วย --all "
            "หรือเก็บเป็นตารางด้วย --format csv --out ผลตรวจ.csv",
            _COLUMNS,
        )


def _head(report: RecordReport) -> Iterator[str]:
    thai, english = verdict(report)
    yield f"ผลตรวจ: {thai} ({english})"
    names = [visible(name) for name in report.files[:_FILES]]
    if len(report.files) > _FILES:
        names.append(f"และอีก {len(report.files) - _FILES:,} ไฟล์")
    yield from wrap(
        f"ข้อมูล{visible(report.title)} {report.dataset} {report.records:,} ระเบียน "
        f"จาก {', '.join(names)} "
        f"ตรวจ {len(report.rules):,} ข้อ ใช้เวลา {report.took_ms / 1000:,.1f} วินาที",
        _COLUMNS,
    )
    yield " · ".join(
        f"{SEVERITY_TH[severity]} {many(count, report)} จุด"
        for severity, count in report.counts.items()
    )
    if report.truncated:
        yield "พบมากกว่าที่เก็บไว้ในรายงานนี้ แก้แล้วตรวจซ้ำเพื่อดูส่วนที่เหลือ"


def _summary(report: RecordReport, by_rule: dict[str, int]) -> Iterator[str]:
    numbers = max(len(f"{count:,}") for count in by_rule.values())
    ids = min(30, max(width(visible(rule)) for rule in by_rule))
    for rule_id, count in by_rule.items():
        rule = report.rules[rule_id]
        name = _padded(visible(rule_id), ids)
        severity = _padded(SEVERITY_TH[rule.severity], 9)
        start = f"  {severity}  {name}  {count:>{numbers},}  "
        yield from _indented(rule.title_th or rule.column, start, " " * width(start))


def _rule(
    report: RecordReport, rule: Rule, count: int, limit: int | None, labels: Labels
) -> Iterator[str]:
    yield ""
    english = f" ({rule.title_en})" if rule.title_en else ""
    yield from _indented(
        f"{visible(rule.id)} {rule.title_th}{english}: {many(count, report)} จุด", "", "  "
    )
    about = []
    if rule.column:
        heading = report.headings.get(rule.column, "")
        named = f" ({visible(heading)})" if heading else ""
        about.append(f"คอลัมน์ {visible(rule.column)}{named}")
    if rule.source:
        label = labels(rule.source)
        about.append(f"ที่มา {label}" + (f" ({rule.source})" if label != rule.source else ""))
    if about:
        yield from _indented(" · ".join(about), "  ", "  ")
    if limit is None:
        same_for_all = len(pieces(rule.message_th)) == 1
        longest, shown = 0, report.findings(rule=rule.id)
    else:
        listed = list(report.findings(limit, rule.id))
        same_for_all = len({finding.message_th for finding in listed}) == 1
        longest, shown = min(30, max(width(place(f)) for f in listed)), iter(listed)
    first = next(shown)
    if same_for_all:
        yield from _indented(_message(first), "  ", "  ")
    for finding in chain([first], shown):
        yield from _example(finding, longest)
        if not same_for_all:
            yield from _indented(_message(finding), " " * 8, " " * 8)
    if limit is not None and count > limit:
        yield f"    … อีก {count - limit:,} จุด"


def _message(finding: Finding) -> str:
    return bare(visible(finding.message_th, _LONGEST), finding.rule)


def _example(finding: Finding, longest: int) -> Iterator[str]:
    start = f"    {_padded(place(finding), longest)}  "
    found = cell(finding, _VALUE)
    hint = f"→ {visible(finding.hint_th, _LONGEST)}" if finding.hint_th else ""
    if hint and width(f"{start}{found}  {hint}") <= _COLUMNS:
        yield f"{start}{found}  {hint}"
    else:
        yield from _indented(found, start, " " * 8)
        if hint:
            yield from _indented(hint, " " * 8, " " * 10)


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _indented(text: str, first: str, later: str) -> Iterator[str]:
    """Wrap text behind a beginning; the lines after the first begin with ``later``."""
    room = _COLUMNS - max(width(first), width(later))
    for number, line in enumerate(wrap(text, max(room, 20))):
        yield (later if number else first) + line
