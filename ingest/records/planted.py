"""What a planted defect must give, as a report on the file will say it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from ingest.records.workbooks import NUMBERS, shown
from ingest.records.writing import first_row
from ontology.tax import datasets


@dataclass(frozen=True)
class Planted:
    """A finding that a planted defect must give: the rule, and the cell with what stands in it.

    :param row: as a spreadsheet counts, the header being row 1.
    """

    rule: str
    row: int
    column: str
    value: str


def as_written(planted: Iterable[Planted], dataset: str, fmt: str) -> Iterator[Planted]:
    """Give the findings as they are in a file of a format.

    Where there is no header, records count from 1; a workbook keeps numbers, not their last zeros.
    """
    kind, up = datasets()[dataset], first_row(fmt) - 2
    for each in planted:
        column = kind.column(each.column)
        number = fmt == "xlsx" and column is not None and column.datatype in NUMBERS
        value = shown(each.value) if number else each.value
        yield replace(each, row=each.row + up, value=value)


def truth_lines(planted: Iterable[Planted], dataset: str, fmt: str) -> Iterator[str]:
    """Give the same as JSON Lines."""
    for each in as_written(planted, dataset, fmt):
        yield json.dumps(asdict(each), ensure_ascii=False) + "\n"
