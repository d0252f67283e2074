"""What stored cells show: shared texts looked up, dates and percentages by their number format."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape as character_references
from typing import Final

import polars as pl
from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.escape import unescape as hexadecimal_escapes

from ingest.records.packed import Workbook, safe_parser
from ingest.records.rawcells import runs

# Formats of East Asian and Thai Excels, which files name by number without their code.
_DATES: Final = frozenset({*range(27, 37), *range(50, 59), *range(71, 82)})
_PERCENTAGES: Final = frozenset({67, 68})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SERIAL_OF_1904: Final = 1462
_SHORT: Final = 15
"""Digits of a number that a spreadsheet holds exactly."""
_UNLIKE: Final = rf"[eE]|\.[0-9]*0$|\.$|^.{{{_SHORT + 1}}}"
"""A stored number that a sheet shows otherwise."""


class Forms:
    """The shared texts and number formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self._from_1904 = book.from_1904
        self._texts = pl.Series(_shared(book), dtype=pl.String)
        self._forms = _number_forms(book)

    def shown(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Return cells as ``row``, ``letters``, ``text`` and ``kind``.

        The kind is ``date``, ``error``, ``formula``, ``empty-formula`` or nothing.
        """
        kind, value = pl.col("type"), pl.col("value")
        frame = cells.select(
            "row",
            "letters",
            "type",
            value=self._referenced(pl.when(value == "").then("inline").otherwise("value")),
            form=pl.col("style").replace_strict(self._forms, default="", return_dtype=pl.String),
            formula=pl.col("formula") != "",
        )
        number = kind.is_in(["", "n"]) & (value != "")
        frame = frame.with_columns(
            form=pl.when(number).then("form").otherwise(pl.lit("")),
            odd=number & ((pl.col("form") != "") | value.str.contains(_UNLIKE)),
        )
        shared = frame.filter(kind == "s")["value"].cast(pl.UInt32, strict=False)
        known = shared.set((shared >= len(self._texts)).fill_null(False), None)
        text = frame["value"].clone()
        text = text.scatter((frame["type"] == "s").arg_true(), self._texts.gather(known))
        odd = frame.filter("odd").select("form", "value").unique()
        table = odd.with_columns(
            pl.Series("shown", [self._number(f, v) for f, v in odd.rows()], dtype=pl.String)
        )
        joined = frame.join(table, on=["form", "value"], how="left", maintain_order="left")
        boolean = pl.when(value == "1").then(pl.lit("true")).otherwise(pl.lit("false"))
        return joined.select(
            "row",
            "letters",
            text=pl.when("odd").then("shown").when((kind == "b") & (value != "")).then(boolean)
            .otherwise(text),
            kind=pl.when(kind == "e").then(pl.lit("error"))
            .when(pl.col("formula") & (value == "") & (kind != "str")).then(pl.lit("empty-formula"))
            .when("formula").then(pl.lit("formula"))
            .when(pl.col("form") == "date").then(pl.lit("date"))
            .otherwise(pl.lit("")),
        )  # fmt: skip

    def _referenced(self, value: pl.Expr) -> pl.Expr:
        """Return values with their character references and escapes resolved."""

        def resolve(series: pl.Series) -> pl.Series:
            odd = (series.str.contains("&|_x")).arg_true()
            if odd.is_empty():
                return series
            texts = [hexadecimal_escapes(character_references(t)) for t in series.gather(odd)]
            return series.clone().scatter(odd, pl.Series(texts, dtype=pl.String))

        return value.map_batches(resolve, return_dtype=pl.String)

    def _number(self, form: str, text: str) -> str:
        if form == "date":
            return day_text(text, from_1904=self._from_1904) or number_text(text)
        return percent_text(text) if form == "percent" else number_text(text)


def number_text(text: str) -> str:
    """Return a stored number as a sheet shows it: fifteen digits at most, no exponent.

    >>> number_text("1.1000000000000001"), number_text("4.2E-2"), number_text("12.0")
    ('1.1', '0.042', '12')
    >>> number_text("1234567890123")
    '1234567890123'
    """
    if len(text) > _SHORT or "E" in text or "e" in text:
        try:
            text = f"{Decimal(f'{float(text):.{_SHORT}g}'):f}"
        except (ValueError, ArithmeticError):
            return text
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(text: str) -> str:
    """Return a stored share as the percentage that a sheet shows.

    >>> percent_text("3.0000000000000001E-3")
    '0.3%'
    """
    try:
        return number_text(f"{Decimal(f'{float(text):.{_SHORT}g}') * 100:f}") + "%"
    except (ValueError, ArithmeticError):
        return text


def day_text(text: str, *, from_1904: bool = False) -> str | None:
    """Return the date that a serial number stands for, with its time if it has one.

    >>> day_text("46053"), day_text("46053.5"), day_text("x")
    ('2026-01-31', '2026-01-31 12:00:00', None)
    """
    try:
        serial = float(text) + (_SERIAL_OF_1904 if from_1904 else 0)
        # Excel believes in a 29 February 1900.
        start = datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
        moment = start + timedelta(seconds=round(serial * 86_400))
    except (ValueError, OverflowError):
        return None
    if moment.date() <= date(1899, 12, 31):
        return f"{moment:%H:%M:%S}" if serial >= 0 else None
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    return f"{day} {moment:%H:%M:%S}" if serial % 1 else day


def _shared(book: Workbook) -> list[str]:
    part = book.part("xl/sharedStrings.xml")
    texts: list[str] = []
    if part is None:
        return texts
    with book.guarded(), book.open(part) as file:
        for _, node in etree.iterparse(
            file, tag="{*}si", resolve_entities=False, no_network=True, huge_tree=False
        ):
            text = runs(node)
            texts.append(hexadecimal_escapes(text) if "_x" in text else text)
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    return texts


def _number_forms(book: Workbook) -> dict[str, str]:
    """Return by style what its format makes of a number: a date or a percentage."""
    part = book.part("xl/styles.xml")
    if part is None:
        return {}
    with book.guarded(), book.open(part) as file:
        root = etree.parse(file, safe_parser()).getroot()
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    codes |= {n.get("numFmtId", ""): n.get("formatCode", "") for n in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    nodes = enumerate(styles.iterfind("{*}xf")) if styles is not None else ()
    forms = {str(place): _form(node.get("numFmtId", "0"), codes) for place, node in nodes}
    return {style: form for style, form in forms.items() if form}


def _form(number: str, codes: dict[str, str]) -> str:
    code = codes.get(number)
    if code is None:
        known = int(number) if number.isdigit() else 0
        return "date" if known in _DATES else "percent" if known in _PERCENTAGES else ""
    if is_date_format(code):
        return "date"
    return "percent" if "%" in _QUOTED.sub("", code) else ""
