"""Data sets and their columns as tables in a terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table

_TYPES = {
    "string": "ข้อความ", "integer": "จำนวนเต็ม", "decimal": "จำนวน", "boolean": "ใช่/ไม่ใช่",
    "date": "วันที่", "code": "รหัส",
}  # fmt: skip


def dataset_table(known: list[dict[str, Any]]) -> None:
    """Print the data sets."""
    table = Table("ชุดข้อมูล", "ชื่อ", "แบบ", "คอลัมน์")
    for each in known:
        label = f"{each['label_th']} ({each['label_en']})"
        table.add_row(each["dataset"], label, each["form"], str(each["columns"]))
    _console().print(table)


def fields_table(columns: list[dict[str, Any]]) -> None:
    """Print the columns of a data set: what each holds, and the rules on it."""
    table = Table("คอลัมน์", "ชื่อไทย", "ชนิด", "ต้องมี", "ข้อมูลส่วนบุคคล", "กฎ", show_lines=False)
    for column in columns:
        kind = _TYPES[column["datatype"]]
        if column["code_list"]:
            kind = f"{kind}: {column['code_list']['scheme']} ({column['code_list']['count']:,})"
        elif column["unit"]:
            kind = f"{kind} ({column['unit']})"
        rules = " ".join(rule["number"].removeprefix("LBT-") for rule in column["rules"])
        required = "คีย์" if column["key"] else ("✓" if column["required"] else "")
        table.add_row(
            column["name"], column["name_th"], kind, required, column["personal_data"], rules
        )
    console = _console()
    console.print(table)
    console.print("กฎ คือเลขท้ายของ LBT-… ดูข้อความเต็มด้วย --json", style="dim")


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=160)
