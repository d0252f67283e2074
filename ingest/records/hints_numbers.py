"""What is wrong with a cell that should be a number."""

import re
from typing import Final

from graph.thai import ARABIC, BUDDHIST_OFFSET
from ingest.records.amounts import LONGEST
from ingest.records.hints_texts import scientific_hint
from ontology.tax import Column

Hint = tuple[str, str] | None
_SCIENTIFIC: Final = re.compile(r"([+-]?[0-9](?:\.[0-9]+)?)E\+?([0-9]{1,2})", re.I)
_EUROPEAN: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_WITH_UNIT: Final = re.compile(r"[^0-9.,+-]*([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)")
_GROUPED: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LOOKALIKES: Final = str.maketrans("OolI|", "00111")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?: [\d:]+)?")


def year_hint(text: str) -> Hint:
    """Return which year of the Buddhist era is meant.

    >>> year_hint("69")[1], year_hint("2569")
    ('write the year with four digits: 2569', None)
    """
    digits = text.translate(ARABIC).removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if 1850 <= int(digits) <= 2200:
        year = int(digits) + BUDDHIST_OFFSET
        return (
            f"เป็นปีคริสต์ศักราช ปีพุทธศักราชคือ {year}",
            f"a Gregorian year; the Buddhist year is {year}",
        )
    if len(digits) == 2:
        return f"เขียนปีให้ครบสี่หลัก: 25{digits}", f"write the year with four digits: 25{digits}"
    return None


def number_hint(column: Column, text: str) -> Hint:
    """Return how a number should be written, where it can be told."""
    arabic = text.translate(ARABIC)
    if match := _SCIENTIFIC.fullmatch(arabic):
        return _written_out(match)
    if _DATE.fullmatch(arabic):
        return (
            "Excel แสดงจำนวนนี้เป็นวันที่ เปลี่ยนรูปแบบเซลล์เป็นตัวเลข",
            "a spreadsheet shows this number as a date; format the cell as a number",
        )
    if _PLAIN.fullmatch(arabic):
        return _plain(column, arabic)
    if _EUROPEAN.fullmatch(arabic):
        meant = arabic.replace(".", "").replace(",", ".")
        return f"ใช้จุดเป็นทศนิยม: {meant}", f"write the decimals after a point: {meant}"
    guess = arabic.translate(_LOOKALIKES).replace(",", "")
    if re.search("[0-9]", arabic) and guess != arabic.replace(",", "") and _PLAIN.fullmatch(guess):
        return (
            f"มีตัวอักษรปนอยู่ในตัวเลข (O กับ 0 หรือ l กับ 1) น่าจะเป็น {guess}",
            f"letters among the digits (O for 0, l for 1); probably {guess}",
        )
    if (
        "," in arabic
        and _PLAIN.fullmatch(arabic.replace(",", ""))
        and not _GROUPED.fullmatch(arabic)
    ):
        return (
            "จุลภาคคั่นไม่ตรงหลักพัน ตรวจว่าเลขตกหล่นหรือใช้จุลภาคแทนจุดทศนิยม",
            "the commas do not part thousands: a digit is missing, or one stands for the point",
        )
    joined = re.sub(r"\s", "", arabic)
    if joined != arabic and _PLAIN.fullmatch(joined.replace(",", "")):
        return f"ลบช่องว่างในตัวเลข: {joined}", f"take out the blanks within: {joined}"
    if match := _WITH_UNIT.fullmatch(arabic):
        meant = match[1].replace(",", "")
        return f"ใส่แต่ตัวเลข ไม่ใส่หน่วย: {meant}", f"write the number alone, no unit: {meant}"
    return None


def _plain(column: Column, text: str) -> Hint:
    whole, _, part = text.lstrip("+-").partition(".")
    if len(whole) > LONGEST or len(part) > LONGEST:
        return (
            f"มีมากกว่า {LONGEST} หลัก ตรวจว่าเป็นจำนวนจริงหรือเลขประจำตัวที่อยู่ผิดคอลัมน์",
            f"it has more than {LONGEST} digits; is it an identifier in the wrong column?",
        )
    if column.datatype == "integer" and part.strip("0"):
        return "ต้องเป็นจำนวนเต็ม ไม่มีเศษ", "it must be a whole number, without decimals"
    return None


def _written_out(match: re.Match[str]) -> tuple[str, str]:
    whole, _, part = match[1].partition(".")
    power = int(match[2])
    if len(part) > power or power > LONGEST:
        return scientific_hint(match[0])
    meant = whole + part.ljust(power, "0")
    return (
        f"เขียนตัวเลขเต็ม เช่น {meant} แต่ตรวจกับต้นฉบับก่อน เพราะเลขท้ายอาจหายไปแล้ว",
        f"write it out, such as {meant}, but check the original: its last digits may be lost",
    )
