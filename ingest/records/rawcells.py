"""The cells of a sheet as the workbook stores them, many at a time.

Nearly every program writes its cells in the few forms that one pattern takes apart; rows that have
another are parsed as the XML they are.
"""

import re
from collections.abc import Generator, Iterator
from typing import Final

import polars as pl
from lxml import etree

from graph.errors import InputError
from ingest.records.packed import Sheet, Workbook, safe_parser

FIELDS: Final = ("letters", "row", "style", "type", "formula", "value", "inline")
"""What is taken from a cell: its place, number format, type, whether it is a formula, content."""
_TEXTS: Final = [field for field in FIELDS if field != "row"]
_VALUE: Final = r"v(?:>(?P<value%d>[^<]*)</v></c>|/></c>)"
# At each character only one way goes on, which the engine runs several times as fast.
_CELL: Final = (
    r'^r="(?P<letters>[A-Z]{1,3})(?P<row>[0-9]{1,7})"'
    r'(?: (?:s="(?P<style>[0-9]+)"(?: t="(?P<type1>[A-Za-z]+)")?|t="(?P<type2>[A-Za-z]+)"))?'
    r"(?:/>|><(?:"
    + _VALUE % 1
    + r'|is><t(?: xml:space="preserve")?>(?P<inline>[^<]*)</t></is></c>|/c>'
    + r"|f(?P<formula>[^>]*)>[^<]*<(?:/(?:f><(?:"
    + _VALUE % 2
    + r"|/c>)|c>)|"
    + _VALUE % 3
    + r")))[ \r\n\t]*(?:<(?:/row>|row[^>]*>)[ \r\n\t]*)*$"
)
_OTHER: Final = re.compile(r"<c[>\s]|<!")
_ROW_NUMBER: Final = re.compile(r'<row\b[^>]*?\br="(\d{1,7})"')
_PREFIX: Final = re.compile(rb"<(\w+:)sheetData\b")
_END: Final = b"</row>"


def raw_cells(book: Workbook, sheet: Sheet, most: int) -> Generator[tuple[pl.DataFrame, int]]:
    """Yield the cells of some whole rows, and how many bytes of the sheet were read by then.

    :param most: bytes of one row.
    :raises InputError: the sheet is damaged, or has a row larger than that.
    """
    rest, read, row, prefix = b"", 0, 0, b""
    for piece in book.pieces(sheet.part):
        if not read and (named := _PREFIX.search(piece)):
            prefix = named[1]
        read += len(piece)
        data = rest + piece
        if prefix:
            data = data.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
        last = data.rfind(_END)
        cut = last + len(_END) if last >= 0 else 0
        rest = data[cut:]
        if len(rest) > most:
            raise InputError(
                f"แถวหลังแถว {row} ของแผ่นงานใหญ่เกิน {most:,} ไบต์ บันทึกเป็น CSV UTF-8 แทน",
                f"the row after row {row} is larger than {most:,} bytes; save the sheet as "
                "CSV UTF-8 instead",
            )
        cells = _cells(book, data[:cut], row)
        if cells.height:
            row = cells["row"][-1]
            yield cells, read


def _cells(book: Workbook, data: bytes, row: int) -> pl.DataFrame:
    text = data.decode(errors="replace")
    # What stands between two cells is part of the pattern, but not what stands before the first.
    if not _OTHER.search(text, 0, text.find("<c ")):
        split = pl.select(cell=pl.lit(text).str.split("<c ").explode()).slice(1)
        cells = split.select(pl.col("cell").str.extract_groups(_CELL)).unnest("cell")
        if not cells["letters"].null_count():
            return _filled(
                cells.with_columns(
                    type=pl.coalesce("type1", "type2"),
                    value=pl.coalesce("value1", "value2", "value3"),
                    formula=pl.when(pl.col("formula").is_not_null()).then(pl.lit("f")),
                )
            )
    parsed = [cell for part in _by_row(book, text, row) for cell in part]
    return _filled(pl.DataFrame(parsed, schema=dict.fromkeys(FIELDS, pl.String), orient="row"))


def _filled(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select(pl.col("row").cast(pl.UInt32), pl.col(_TEXTS).fill_null(""))


def _by_row(book: Workbook, text: str, row: int) -> Iterator[list[tuple[str, ...]]]:
    for part in text.split("</row>")[:-1]:
        start = max(part.rfind("<row"), 0)
        number = _ROW_NUMBER.match(part, start)
        row = int(number[1]) if number else row + 1 + part.count("<row", 0, start)
        yield list(_parsed(book, part[start:], row))


def _parsed(book: Workbook, text: str, row: int) -> Iterator[tuple[str, ...]]:
    """Read a row by an XML parser, whatever prefixes and order of attributes it has."""
    prefixes = sorted(set(re.findall(r"[</\s](\w+):\w", text)) - {"xml", "xmlns"})
    spaces = " ".join(f'xmlns:{prefix}="x"' for prefix in prefixes)
    with book.guarded():
        root = etree.fromstring(f"<r {spaces}>{text}</row></r>".encode(), safe_parser())
    place = 0
    for node in root.iter("{*}c"):
        reference = re.match("[A-Z]{1,3}", node.get("r", ""))
        place = column_number(reference[0]) if reference else place + 1
        inline = node.find("{*}is")
        formula = "" if node.find("{*}f") is None else "f"
        value = node.findtext("{*}v") or ("" if inline is None else runs(inline))
        style, kind = node.get("s", ""), node.get("t", "")
        yield column_letters(place), str(row), style, kind, formula, _escaped(value), ""


def runs(node: etree._Element) -> str:
    """Return a text with its runs of different looks put together, without how it is read aloud."""
    texts = (t for t in node.iter("{*}t") if etree.QName(t.getparent()).localname != "rPh")
    return "".join(text.text or "" for text in texts)


def column_letters(place: int) -> str:
    """Return how a sheet names a column, counted from 1.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, the inverse of :func:`column_letters`."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place


def _escaped(text: str) -> str:
    # The pattern leaves character references as they stand, so both ways give the same.
    return text.replace("&", "&amp;")
