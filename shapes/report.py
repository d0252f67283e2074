"""What checking a table of records found: the rules, and the cells that break them.

Findings stay in columns until somebody reads them, so that a million of them cost no objects.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Final, NamedTuple
from urllib.parse import quote

import polars as pl

from ontology import ID
from shapes.reports.filling import Scalar, fill, pieces

SEVERITIES: Final = ("violation", "warning", "info")
"""Gravest first."""
SCHEMA: Final = pl.Schema(
    {
        "rule": pl.String,
        "file": pl.UInt32,
        "row": pl.UInt32,
        "column": pl.String,
        "value": pl.String,
        "focus": pl.String,
        "detail": pl.String,
    }
)
"""Columns of the findings: ``file`` is a place in the list of files, ``detail`` a JSON object."""

Hinter = Callable[[str, str], tuple[str, str] | None]
"""From a column and the value typed in it, what its author may have meant, in Thai and English."""

_SLICE: Final = 10_000
_decode: Final = json.JSONDecoder().decode


@dataclass(frozen=True)
class Rule:
    """One rule of the shapes.

    :param id: its number, such as ``LBT-142``; for shapes of other people, an IRI.
    :param path: IRI of the property it looks at; ``column`` is the same as a column's name.
    :param source: ref of the section or standard that it enforces, such as ``lbt-2562/42``.
    :param component: name of its one constraint component without the namespace of SHACL, such
        as ``SPARQLConstraintComponent``; empty where several constraints make up the rule.
    """

    id: str
    severity: str
    path: str
    column: str
    title_th: str
    title_en: str
    message_th: str
    message_en: str
    source: str
    component: str = ""


class Finding(NamedTuple):
    """One cell that breaks one rule; an empty value is a cell that has none."""

    rule: str
    severity: str
    file: str
    row: int
    column: str
    value: str
    message_th: str
    message_en: str
    source: str
    focus: str
    path: str
    hint_th: str = ""
    hint_en: str = ""

    def to_dict(self) -> dict[str, str | int]:
        """Return the finding under the keys of the validation report."""
        known = self._asdict()
        if not (self.hint_th or self.hint_en):
            del known["hint_th"], known["hint_en"]
        return known


@dataclass
class RecordReport:
    """The outcome of checking files of one data set.

    :param rules: every rule that was checked, by its id; not only those that were broken.
    :param frame: the findings in the columns of :data:`SCHEMA`, in any order. A missing ``focus``
        is the node of the row; ``value`` is the text as it was typed.
    :param notes: what the readers handled and which rules could not be decided, Thai and English.
    :param headings: what people call a column, by its name.
    :param title: what people call the data set.
    :param truncated: there are more findings than are kept here.
    """

    dataset: str
    files: list[str]
    records: int
    rules: dict[str, Rule]
    frame: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    notes: list[tuple[str, str]] = field(default_factory=list)
    took_ms: float = 0.0
    engine: str = "columns"
    truncated: bool = False
    hinter: Hinter | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for rule, count in self.by_rule().items():
            counts[self.rules[rule].severity] += count
        return counts

    @property
    def conforms(self) -> bool:
        """True when nothing is a violation; warnings do not count."""
        return self.counts["violation"] == 0

    def by_rule(self) -> dict[str, int]:
        """Return how many findings each broken rule has, gravest rules first, then by id."""
        return {rule: length for rule, (_, length) in self._places.items()}

    def by_column(self) -> dict[str, int]:
        """Return how many findings each column has, most first."""
        counted = self.frame["column"].value_counts(name="count").sort(
            ["count", "column"], descending=[True, False]
        )  # fmt: skip
        return dict(counted.iter_rows())

    def findings(
        self, limit: int | None = None, rule: str | None = None, severity: str | None = None
    ) -> Iterator[Finding]:
        """Give the findings one by one, sorted by file, row, rule and column."""
        if rule is not None:
            chosen = self._of_rule(rule)
        elif severity is not None:
            ids = [r.id for r in self.rules.values() if r.severity == severity]
            chosen = self._sorted.filter(pl.col("rule").is_in(ids))
        else:
            chosen = self._sorted
        if rule is not None and severity not in (None, self.rules[rule].severity):
            return
        yield from self._made(chosen if limit is None else chosen.head(limit))

    def of_file(self, file: int) -> Iterator[Finding]:
        """Give the findings of one file, by its place in the list, sorted by row and rule."""
        yield from self._made(self._sorted.filter(pl.col("file") == file))

    def _of_rule(self, rule: str) -> pl.DataFrame:
        return self._grouped.slice(*self._places.get(rule, (0, 0)))

    @cached_property
    def _sorted(self) -> pl.DataFrame:
        ranks = {
            i: n for n, i in enumerate(sorted(range(len(self.files)), key=self.files.__getitem__))
        }
        rank = pl.col("file").replace_strict(ranks, return_dtype=pl.UInt32)
        return self.frame.select(list(SCHEMA)).cast(SCHEMA).sort(rank, "row", "rule", "column")

    @cached_property
    def _grouped(self) -> pl.DataFrame:
        return self._sorted.sort("rule", maintain_order=True)

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """Where each rule's findings begin in the grouped frame, and how many they are."""
        places, start = {}, 0
        for rule, length in (
            self.frame["rule"].cast(pl.String).value_counts().sort("rule").iter_rows()
        ):
            places[str(rule)] = (start, int(length))
            start += length
        order = {severity: place for place, severity in enumerate(SEVERITIES)}
        return dict(sorted(places.items(), key=lambda p: (order[self.rules[p[0]].severity], p[0])))

    def _made(self, frame: pl.DataFrame) -> Iterator[Finding]:
        nodes = [record_iri(self.dataset, name, "") for name in self.files]
        variable = {
            rule.id: len(pieces(rule.message_th)) + len(pieces(rule.message_en)) > 2
            for rule in self.rules.values()
        }
        for part in frame.iter_slices(_SLICE):
            for rule_id, file, row, column, value, focus, detail in part.iter_rows():
                rule = self.rules[rule_id]
                message_th, message_en = rule.message_th, rule.message_en
                node = focus or f"{nodes[file]}{row}"
                if variable[rule_id]:
                    values: dict[str, Scalar] = {"value": value, "this": node}
                    if detail is not None:
                        values |= _decode(detail)
                    message_th = fill(message_th, values, "th")
                    message_en = fill(message_en, values, "en")
                hint = self.hinter(column, value) if self.hinter and value is not None else None
                yield Finding(
                    rule_id, rule.severity, self.files[file], row, column, value or "",
                    message_th, message_en, rule.source, node, rule.path, *(hint or ("", "")),
                )  # fmt: skip


def record_iri(dataset: str, file: str, row: int | str) -> str:
    """Return the IRI of the node that a row of a file becomes.

    >>> record_iri("assessment", "งวด 1.csv", 17)
    'https://w3id.org/mattra/id/record/assessment/%E0%B8%87%E0%B8%A7%E0%B8%94%201/17'
    """
    stem = quote(PurePath(file).stem, safe="", errors="replace")
    return f"{ID}record/{dataset}/{stem}/{row}"
