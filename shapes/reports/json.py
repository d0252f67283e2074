"""The report as one JSON object for programs, its findings written one a line."""

from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any, BinaryIO, Final

from shapes.report import Finding, RecordReport
from shapes.reports import Labels
from shapes.reports.output import written

_encode: Final = JSONEncoder(ensure_ascii=False).encode


def write(report: RecordReport, out: BinaryIO, *, all: bool = True, labels: Labels = str) -> None:
    """Write the report with all its findings, whatever ``all`` says."""
    before: dict[str, Any] = {
        "conforms": report.conforms,
        "dataset": report.dataset,
        "files": report.files,
        "records": report.records,
        "counts": report.counts,
        "truncated": report.truncated,
        "notes": [{"th": thai, "en": english} for thai, english in report.notes],
    }
    after: dict[str, Any] = {"engine": report.engine, "took_ms": round(report.took_ms, 1)}
    with written(out) as stream:
        stream.write("{")
        for key, value in before.items():
            stream.write(f"{_encode(key)}: {_encode(value)},\n ")
        stream.write('"findings": [')
        separator = "\n  "
        for finding in report.findings():
            stream.write(separator + _line(finding))
            separator = ",\n  "
        stream.write("]")
        for key, value in after.items():
            stream.write(f",\n {_encode(key)}: {_encode(value)}")
        stream.write("}\n")


def _line(finding: Finding) -> str:
    """Return what encoding ``to_dict()`` would, in a third of the time."""
    pairs = (
        f'"{key}": {value if isinstance(value, int) else encode_basestring(value)}'
        for key, value in finding.to_dict().items()
    )
    return f"{{{', '.join(pairs)}}}"
