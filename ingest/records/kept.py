"""The findings of a check kept on disk: read a page at a time, or written in another form later."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, Final

import polars as pl

from graph.errors import InputError
from ingest.records.annotate import annotate
from ingest.records.checking import dataset_of
from ingest.records.limits import Limits
from ingest.records.reading import open_records
from ingest.records.remarks import hint_for
from shapes.report import SCHEMA, SEVERITIES, Finding, RecordReport, Rule
from shapes.reports import Labels, writer

MOST_ROWS: Final = 100_000
"""Rows with findings whose cells are kept; of further ones only the wrong cells are."""
ANNOTATED: Final = "annotated"
"""The form that is the checked file itself with marks."""
_FINDINGS: Final = "findings.parquet"
_ROWS: Final = "rows.parquet"
_SUMMARY: Final = "summary.json"


@dataclass(frozen=True)
class Page:
    """Some of the findings, and the rows of the file that they are in.

    :param total: findings of the filters, on all pages.
    :param rows: cells as typed by the number of a row; a row that was not kept is missing.
    """

    total: int
    findings: list[Finding]
    rows: dict[int, dict[str, str | None]]


def keep(report: RecordReport, source: Path, folder: Path) -> None:
    """Keep the report of one file, and the cells of its wrong rows, in a folder that is made.

    :raises InputError: the file cannot be read again.
    """
    folder.mkdir(exist_ok=True)
    findings = report.frame.select(list(SCHEMA)).cast(SCHEMA).sort("file", "row", "rule", "column")
    findings.write_parquet(folder / _FINDINGS)
    reading = open_records(source, dataset_of(report.dataset), Limits.from_environment())
    wanted = report.frame["row"].unique().sort().head(MOST_ROWS).to_frame()
    found: list[pl.DataFrame] = []
    if not reading.irregular and wanted.height:
        last = wanted["row"].max()
        for frame in reading.raw_chunks():
            found.append(frame.join(wanted, on="row", how="semi"))
            if frame.height and frame["row"].max() >= last:  # type: ignore[operator]
                break
    if found:
        pl.concat(found, how="diagonal").sort("row").write_parquet(folder / _ROWS)
    known = {
        each.name: getattr(report, each.name) for each in fields(report)
        if each.name not in ("rules", "frame", "hinter")
    }  # fmt: skip
    used = report.by_rule()
    (folder / _SUMMARY).write_text(
        json.dumps(
            {
                "report": {**known, "headings": dict(report.headings)},
                "rules": [asdict(rule) for rule in report.rules.values()],
                "by_rule": used,
                "by_column": {name or "": count for name, count in report.by_column().items()},
                "counts": report.counts,
                "columns": {name: header for header, name in reading.columns.items()}
                if not reading.irregular
                else {},
                "annotatable": reading.format in ("csv", "tsv", "xlsx"),
                "form": reading.format,
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )


class Kept:
    """What :func:`keep` left in a folder.

    :raises OSError: it is not there, or no longer.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        summary: dict[str, Any] = json.loads((folder / _SUMMARY).read_bytes())
        self._report: dict[str, Any] = summary["report"]
        self.rules = {each["id"]: Rule(**each) for each in summary["rules"]}
        self.by_rule: dict[str, int] = summary["by_rule"]
        self.by_column: dict[str, int] = summary["by_column"]
        self.counts: dict[str, int] = summary["counts"]
        self.headers: dict[str, str] = summary["columns"]
        """The file's own header of each column, in the file's order."""
        self.annotatable: bool = summary["annotatable"]
        self.form: str = summary["form"]

    @property
    def empty(self) -> RecordReport:
        """The report without its findings."""
        kind = dataset_of(self._report["dataset"])
        notes = [(th, en) for th, en in self._report["notes"]]
        return RecordReport(
            rules=self.rules,
            hinter=lambda column, value: hint_for(kind, column, value),
            **{**self._report, "notes": notes},
        )

    def report(self) -> RecordReport:
        """Return the whole report."""
        report = self.empty
        report.frame = pl.read_parquet(self._folder / _FINDINGS)
        return report

    def page(
        self,
        offset: int = 0,
        limit: int = 50,
        *,
        rule: str | None = None,
        severity: str | None = None,
        column: str | None = None,
    ) -> Page:
        """Return the findings of a rule, a severity and a column, by row; ``""`` is no column.

        :param offset: how many to leave out.
        :raises InputError: no finding can have such a rule, severity or column.
        """
        self._check(rule, severity, column)
        chosen = pl.scan_parquet(self._folder / _FINDINGS)
        if rule is not None:
            chosen = chosen.filter(pl.col("rule") == rule)
        if severity is not None:
            ids = [each.id for each in self.rules.values() if each.severity == severity]
            chosen = chosen.filter(pl.col("rule").is_in(ids))
        if column is not None:
            chosen = chosen.filter(pl.col("column").fill_null("") == column)
        total = int(chosen.select(pl.len()).collect().item())
        report = self.empty
        report.frame = chosen.slice(offset, limit).collect()
        findings = list(report.findings())
        return Page(total, findings, self._rows({finding.row for finding in findings}))

    def write(self, form: str, source: Path, target: Path, labels: Labels) -> None:
        """Write the report in a form, or the file with marks (:data:`ANNOTATED`).

        :param source: the file that was checked.
        :raises InputError: a file of its kind cannot be marked.
        """
        if form == ANNOTATED:
            kind = dataset_of(self._report["dataset"])
            reading = open_records(source, kind, Limits.from_environment())
            annotate(
                source, self.report(), target, self.headers, header_row=reading.header_row,
                sheet=reading.sheet, encoding=reading.encoding or "",
                delimiter=reading.separator,
            )  # fmt: skip
            return
        out: BinaryIO
        with target.open("wb") as out:
            writer(form)(self.report(), out, all=form != "html", labels=labels)

    def _check(self, rule: str | None, severity: str | None, column: str | None) -> None:
        for name, value, known in (
            ("rule", rule, self.rules),
            ("severity", severity, SEVERITIES),
            ("column", column, {"", *self._report["headings"], *self.by_column}),
        ):
            if value is not None and value not in known:
                raise InputError(
                    f"ไม่มีจุดผิดที่กรองด้วย {name} ค่านี้ เลือกจากที่ผลตรวจมี",
                    f"the report knows no such {name}; choose one that it lists",
                )

    def _rows(self, numbers: Iterable[int]) -> dict[int, dict[str, str | None]]:
        path = self._folder / _ROWS
        if not path.is_file():
            return {}
        frame = pl.scan_parquet(path).filter(pl.col("row").is_in(list(numbers))).collect()
        return {int(row["row"]): row for row in frame.iter_rows(named=True)}
