"""What a mark in a checked file says, and what came of marking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shapes.report import Finding
from shapes.reports.wording import bare, visible

HEADING: Final = "ผลตรวจ (mattra)"
"""Header of the column of findings, and name of the sheet that sums them up."""
_LONGEST: Final = 500

Columns = Mapping[str, str | int]
"""By a column's name its header in the file, or its number from 1."""


@dataclass(frozen=True)
class Marked:
    """What was marked.

    :param rows: rows with a mark.
    :param unplaced: findings that are not at any row or column of the file.
    :param uncommented: cells that are coloured only, beyond the limit of comments.
    """

    rows: int
    unplaced: int = 0
    uncommented: int = 0


def message_of(finding: Finding, header: str) -> str:
    """Return what a mark says of one finding, on one line."""
    number = visible(finding.rule, 80)
    said = bare(visible(finding.message_th, _LONGEST), finding.rule)
    hint = f" → {visible(finding.hint_th, _LONGEST)}" if finding.hint_th else ""
    named = f" [{visible(header, 80)}]" if header else ""
    return f"{number}{named} {said}{hint}"


def header_of(column: str, columns: Columns) -> str:
    """Return what the file calls a column, or the column's name."""
    header = columns.get(column, column)
    return header if isinstance(header, str) else column
