"""What the command ``query`` is asked: a query as typed, of a file or input, or an example."""

import sys
from pathlib import Path
from typing import Final

from graph.errors import InputError
from graph.examples import AUDIENCES, examples, find

EXAMPLE: Final = "example:"
"""What the name of an example is written after."""


def query_text(argument: str | None) -> str:
    """Return the query that an argument means.

    :param argument: SPARQL, ``@FILE``, ``example:NAME``, or ``-`` for standard input.
    :raises InputError: there is none, the file cannot be read, or there is no such example.
    """
    if not argument or not argument.strip():
        raise InputError(
            "กรุณาใส่คำสั่ง SPARQL หรือดูตัวอย่างด้วย mattra query --examples",
            "give a query; mattra query --examples lists some",
        )
    if argument == "-":
        return sys.stdin.read()
    if argument.startswith(EXAMPLE):
        return find(argument.removeprefix(EXAMPLE)).query
    if not argument.startswith("@"):
        return argument
    try:
        return Path(argument[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"อ่านไฟล์ {argument[1:]} ไม่ได้", f"cannot read the file: {error}") from error


def examples_text() -> str:
    """Return the list of examples: name, title, whom it is for and how to run one."""
    lines = [
        f"{each.name}\n    {each.title_th} ({each.title_en}) · {AUDIENCES[each.audience]}"
        for each in examples()
    ]
    return "\n".join([*lines, "", f"mattra query {EXAMPLE}{examples()[0].name}"])
