"""An empty file for a data set: the right headers, and one record that shows how to fill them."""

import io
from datetime import datetime
from typing import Final

import polars as pl
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from graph.errors import InputError
from ingest.records.workbooks import heading, open_workbook, prepare, prose, write_record
from ingest.records.writing import write_to
from ontology.tax import Column, Dataset, datasets
from ontology.tax.areas import AREAS
from ontology.tax.codes import code_list

FORMATS: Final = ("csv", "xlsx", "json", "xml")
KINDS: Final = {
    "string": ("ข้อความ", "text"),
    "integer": ("จำนวนเต็ม", "whole number"),
    "decimal": ("จำนวน", "number"),
    "boolean": ("true หรือ false", "true or false"),
    "date": ("วันที่ เช่น 2569-01-31 หรือ 31/1/2569", "date, such as 2026-01-31"),
    "code": ("รหัส", "code"),
}
"""What each type of column takes, Thai and English."""
_ROWS: Final = 10_000
"""So many rows of a workbook offer the lists of codes."""
_EXPLAINED: Final = "คำอธิบาย"
_CODES: Final = "รหัส"


def template(dataset: str, fmt: str) -> bytes:
    """Return the file.

    :param fmt: one of :data:`FORMATS`.
    :raises InputError: the format is none of them.
    """
    if fmt not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(
            f"ไม่รู้จักรูปแบบ {fmt} เลือกจาก {known}", f"no format {fmt}; choose from {known}"
        )
    kind = datasets()[dataset]
    buffer = io.BytesIO()
    if fmt == "xlsx":
        _workbook(kind, buffer)
    else:
        write_to([example(kind)], dataset, fmt, buffer)
    return buffer.getvalue()


def example(dataset: Dataset) -> pl.DataFrame:
    """Return the example record of the table of columns; a cell without an example is empty."""
    cells = {column.name: [column.example or None] for column in dataset.columns}
    return pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))


def _workbook(dataset: Dataset, buffer: io.BytesIO) -> None:
    workbook = open_workbook(buffer)
    columns = list(dataset.columns)
    # The same template is the same file, whenever it is made.
    workbook.set_properties({"created": datetime(2026, 1, 1), "title": dataset.label_th})
    sheet = prepare(workbook, dataset, columns)
    write_record(sheet, 1, columns, example(dataset).row(0))
    _explain(workbook, columns)
    ranges = _lists(workbook, columns)
    for place, column in enumerate(columns):
        sheet.write_comment(0, place, _comment(column), {"x_scale": 2.5, "y_scale": 1.5})
        if column.code_list in ranges:
            _choose(sheet, place, {"validate": "list", "source": f"={ranges[column.code_list]}"})
        elif column.datatype == "boolean":
            _choose(sheet, place, {"validate": "list", "source": ["true", "false"]})
    workbook.close()


def _choose(sheet: Worksheet, place: int, rule: dict[str, object]) -> None:
    offered = {
        **rule,
        "error_title": "ไม่อยู่ในรายการ",
        "error_message": f"เลือกจากรายการ หรือดูแผ่นงาน «{_CODES}»",
    }
    sheet.data_validation(1, place, _ROWS, place, offered)


def _comment(column: Column) -> str:
    needed = "ต้องมี" if column.required else "เว้นว่างได้"
    return f"{column.name_th} ({KINDS[column.datatype][0]}, {needed})\n{column.definition_th}"


def _explain(workbook: Workbook, columns: list[Column]) -> None:
    sheet = workbook.add_worksheet(_EXPLAINED)
    head = heading(workbook)
    text = prose(workbook)
    titles = (
        ("คอลัมน์", 26), ("ชื่อไทย", 28), ("English", 28), ("ชนิด", 24), ("ต้องมี", 8), ("หน่วย", 12),
        ("รายการรหัส", 22), ("แบบ", 14), ("ข้อมูลส่วนบุคคล", 18), ("คำอธิบาย", 60), ("Definition", 60),
        ("ตัวอย่าง", 22),
    )  # fmt: skip
    for place, (title, width) in enumerate(titles):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for row, column in enumerate(columns, start=1):
        cells = (
            column.name, column.name_th, column.name_en, KINDS[column.datatype][0],
            "ใช่" if column.required else "", column.unit, column.code_list,
            " ".join(filter(None, (column.form, column.form_column))), column.personal_data,
            column.definition_th, column.definition_en, column.example,
        )  # fmt: skip
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, text)
    sheet.freeze_panes(1, 1)


def _lists(workbook: Workbook, columns: list[Column]) -> dict[str, str]:
    """Add a sheet of the code lists, the long ones of areas left out; say where each of them is."""
    schemes = dict.fromkeys(
        c.code_list for c in columns if c.code_list and c.code_list not in AREAS
    )
    if not schemes:
        return {}
    sheet = workbook.add_worksheet(_CODES)
    head = heading(workbook)
    text = prose(workbook)
    ranges = {}
    for place, scheme in enumerate(schemes):
        left = 3 * place
        codes = list(code_list(scheme).values())
        sheet.set_column(left, left + 1, 30)
        sheet.write_string(0, left, scheme, head)
        sheet.write_string(0, left + 1, "ความหมาย", head)
        for row, code in enumerate(codes, start=1):
            sheet.write_string(row, left, code.notation, text)
            sheet.write_string(row, left + 1, code.label_th, text)
        letter = chr(ord("A") + left)
        ranges[scheme] = f"'{_CODES}'!${letter}$2:${letter}${len(codes) + 1}"
    return ranges
