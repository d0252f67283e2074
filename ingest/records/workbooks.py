"""Workbooks of records: identifiers are text, so that Excel keeps zeros; nothing is a formula."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, BinaryIO, Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from graph.errors import InputError
from ontology.tax import Column, Dataset

NUMBERS: Final = ("integer", "decimal")
_PLAIN: Final = re.compile(r"-?\d{1,15}(\.\d{1,10})?", re.ASCII)
_MOST: Final = 1_048_575
"""So many records fit under the header of one sheet."""
_DIGITS: Final = 15
"""Excel keeps no more digits of a number."""


def open_workbook(handle: BinaryIO, *, streaming: bool = False) -> Workbook:
    """Return a workbook in which texts stay texts, whatever they look like."""
    return xlsxwriter.Workbook(
        handle,
        {
            "constant_memory": streaming,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )


def prepare(workbook: Workbook, dataset: Dataset, columns: list[Column]) -> Worksheet:
    """Add the sheet of a data set with its header and the format of each column."""
    sheet = workbook.add_worksheet(dataset.slug)
    head = heading(workbook)
    formats = {
        "decimal": workbook.add_format({"num_format": "0.00####"}),
        "integer": workbook.add_format({"num_format": "0"}),
    }
    text = workbook.add_format({"num_format": "@"})
    for place, column in enumerate(columns):
        width = max(12, len(column.name) + 2)
        sheet.set_column(place, place, width, formats.get(column.datatype, text))
        sheet.write_string(0, place, column.name, head)
    sheet.freeze_panes(1, 0)
    return sheet


def write_record(sheet: Worksheet, row: int, columns: list[Column], record: Iterable[Any]) -> None:
    """Write one record: numbers where Excel keeps them exactly, else the text as it is."""
    for place, (column, value) in enumerate(zip(columns, record, strict=True)):
        if value is None:
            continue
        if column.datatype in NUMBERS and _exact(value):
            sheet.write_number(row, place, float(value))
        else:
            sheet.write_string(row, place, value)


def write_sheet(frames: Iterable[pl.DataFrame], dataset: Dataset, handle: BinaryIO) -> None:
    """Write records as a workbook of one sheet.

    :raises InputError: there are more than a sheet holds.
    """
    workbook = open_workbook(handle, streaming=True)
    row, sheet, columns = 0, None, list[Column]()
    for frame in frames:
        if sheet is None:
            columns = [c for name in frame.columns if (c := dataset.column(name))]
            sheet = prepare(workbook, dataset, columns)
        if row + frame.height > _MOST:
            raise InputError(
                f"แผ่นงาน Excel มีได้ไม่เกิน {_MOST:,} แถว ใช้ csv หรือ parquet แทน",
                f"a sheet of Excel holds {_MOST:,} records at most; use csv or parquet",
            )
        for record in frame.select(column.name for column in columns).iter_rows():
            row += 1
            write_record(sheet, row, columns, record)
    workbook.close()


def heading(workbook: Workbook) -> Format:
    """Return the format of a header."""
    return workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "bottom": 1})


def prose(workbook: Workbook) -> Format:
    """Return the format of a cell of many words."""
    return workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})


def shown(value: str) -> str:
    """Return what a cell for numbers says of a text written to it."""
    return f"{Decimal(value).normalize():f}" if _exact(value) else value


def _exact(value: str) -> bool:
    return bool(_PLAIN.fullmatch(value)) and len(Decimal(value).as_tuple().digits) <= _DIGITS
