"""The command ``query``: what it is asked (as typed, of a file, an example), and its answer."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from graph.answers import Job, whole
from graph.engine import engine
from graph.errors import InputError
from graph.examples import AUDIENCES, examples, find
from graph.forms import GRAPHS, RESULTS, wrong_form
from graph.limits import QueryLimits
from graph.safety import read

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


def answer_to(query: str, form: str, seconds: float) -> tuple[bytes, str]:
    """Return the whole answer to a query of standard SPARQL 1.1, and the form it is in.

    It comes from the engine that the endpoint has too, without the limits on its size that are for
    strangers.

    :param form: one of :mod:`graph.forms`, or ``table``, for which rows come as ``json`` and
        triples as ``ttl``.
    :raises QueryError: it is refused, not valid, has no such form, or its time is over.
    """
    reading = read(query)
    forms = GRAPHS if reading.gives_triples else RESULTS
    if form == "table":
        form = "ttl" if forms is GRAPHS else "json"
    if form not in forms:
        raise wrong_form(form, forms)
    limits = QueryLimits.from_environment()
    own = replace(limits, timeout=seconds, workers=1, rows=sys.maxsize, bytes=sys.maxsize)
    answering = engine(own)
    try:
        return whole(answering.ask(Job(reading.text, form, union=not reading.dataset))), form
    finally:
        answering.close()


def examples_text() -> str:
    """Return the list of examples: name, title, whom it is for and how to run one."""
    lines = [
        f"{each.name}\n    {each.title_th} ({each.title_en}) · {AUDIENCES[each.audience]}"
        for each in examples()
    ]
    return "\n".join([*lines, "", f"mattra query {EXAMPLE}{examples()[0].name}"])
