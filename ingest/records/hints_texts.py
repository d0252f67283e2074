"""What happened to a text: a wrong encoding, a spreadsheet that took it for a number or a date."""

import re
from typing import Final

from graph.thai import ARABIC
from ingest.records.decoding import is_thai
from ontology.tax import Column

Hint = tuple[str, str] | None
_ERRORS: Final = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC)[!?]?")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}", re.I)
_THAI_LETTER: Final = re.compile("[ก-๙]")
_LOOKALIKES: Final = str.maketrans("OoQlI|SBZ", "000111582")
_DIGITS: Final = {"ownerId": 13, "localGovernmentCode": 7, "postalCode": 5, "houseCode": 11}
"""Columns of nothing but digits, and how many."""
_PERSON: Final = "ownerId"
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?")
_DAY_MONTH: Final = re.compile(r"\d{1,2}-(?:[A-Z][a-z]{2}|[ก-๙.]{3,5})(?:-\d{2,4})?")
_SLASHED: Final = frozenset({
    "houseNumber", "unitNumber", "mapSheet", "mapSheetPart", "landNumber", "titleDocumentNumber",
    "surveyPage", "condominiumRegistration",
})  # fmt: skip
"""Columns whose values often have a slash, as dates do."""


def damage_hint(text: str) -> Hint:
    """Return what damaged a text, whatever column it stands in."""
    if _ERRORS.fullmatch(text):
        return (
            f"{text} คือค่าผิดพลาดของสูตร Excel แก้สูตรหรือวางเป็นค่า",
            f"{text} is the error of an Excel formula; mend the formula or paste values",
        )
    meant = _undone(text)
    if meant:
        return (
            f"ข้อความเพี้ยนเพราะเปิดด้วยการเข้ารหัสผิด น่าจะเป็น {meant} บันทึกเป็น CSV UTF-8",
            f"garbled by a wrong encoding, probably {meant}; save the file as CSV UTF-8",
        )
    if "\ufffd" in text:
        return (
            "ตัวอักษรบางตัวหายไปเพราะเข้ารหัสผิด ส่งออกจากต้นฉบับใหม่เป็น UTF-8",
            "letters were lost by a wrong encoding; export the original again as UTF-8",
        )
    return None


def _undone(text: str) -> str | None:
    """Return the Thai text that a wrong decoding made this of."""
    for read_as, written_in in (("cp874", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8")):
        try:
            meant = text.encode(read_as).decode(written_in)
        except UnicodeError:
            continue
        if meant != text and _THAI_LETTER.search(meant):
            return meant
    if any("\xa1" <= letter <= "\xff" for letter in text):
        try:
            raw = text.encode("latin-1")
        except UnicodeError:
            return None
        return raw.decode("cp874") if is_thai(raw) else None
    return None


def identifier_hint(column: Column, text: str) -> Hint:
    """Return what is wrong with a number that is no quantity, or a text taken for a date."""
    wanted = _DIGITS.get(column.name)
    if wanted is None:
        return _as_date(text) if column.name in _SLASHED else None
    if _SCIENTIFIC.fullmatch(text):
        return scientific_hint(text)
    arabic = text.translate(ARABIC)
    bare = re.sub(r"[\s\-–'’.]", "", arabic.removesuffix(".0"))
    if bare != text and bare.isascii() and bare.isdigit() and len(bare) == wanted:
        return (f"เขียนเลขติดกันด้วยเลขอารบิก: {bare}", f"write plain digits without a break: {bare}")
    guess = bare.translate(_LOOKALIKES)
    if guess != bare and guess.isascii() and guess.isdigit():
        return (
            f"มีตัวอักษรปนอยู่ในเลข (O กับ 0 หรือ l กับ 1) น่าจะเป็น {guess}",
            f"letters among the digits (O for 0, l for 1); probably {guess}",
        )
    if not (bare.isascii() and bare.isdigit()):
        return None
    return _digits(column.name, bare, wanted)


def _digits(name: str, digits: str, wanted: int) -> Hint:
    padded = digits.zfill(wanted)
    if len(digits) == wanted + 1 and digits.startswith("0") and name != _PERSON:
        return (
            f"ตัด 0 ที่นำหน้าออก: {digits[1:]}",
            f"leave out the 0 in front: {digits[1:]}",
        )
    if len(digits) < wanted and name == _PERSON and has_check_digit(padded):
        lost = wanted - len(digits)
        return (
            f"Excel ตัด 0 นำหน้าไป {lost} ตัว น่าจะเป็น {padded} ตั้งคอลัมน์เป็นข้อความก่อนพิมพ์",
            f"a spreadsheet cut {lost} leading 0; probably {padded}. Format the column as text",
        )
    if name == _PERSON and len(digits) == wanted and not has_check_digit(digits):
        return (
            "หลักสุดท้ายไม่ตรงกับที่คำนวณจาก 12 หลักแรก ตรวจว่าพิมพ์ผิดหรือสลับหลัก",
            "the last digit is not the one that the other 12 give; look for a mistyped digit",
        )
    if len(digits) != wanted:
        return (
            f"มี {len(digits)} หลัก ต้องมี {wanted} หลัก",
            f"it has {len(digits)} digits and needs {wanted}",
        )
    return None


def has_check_digit(digits: str) -> bool:
    """Tell whether the last of 13 digits is what the others give.

    >>> has_check_digit("1000000000009"), has_check_digit("1000000000008")
    (True, False)
    """
    total = sum((13 - place) * int(digit) for place, digit in enumerate(digits[:12]))
    return len(digits) == 13 and int(digits[12]) == (11 - total % 11) % 10


def scientific_hint(text: str) -> tuple[str, str]:
    """Return what a number such as 1.23457E+12 says of the digits that it had."""
    return (
        f"{text} คือรูปแบบวิทยาศาสตร์ของ Excel เลขท้ายหายไปแล้ว คัดจากต้นฉบับโดยตั้งคอลัมน์เป็นข้อความ",
        f"{text} is Excel's scientific form: its last digits are lost. Take the number from the "
        "original, with the column formatted as text",
    )


def _as_date(text: str) -> Hint:
    match = _ISO.fullmatch(text)
    if match:
        year, month, day = match[1], int(match[2]), int(match[3])
        pairs = f"{day}/{month}" if int(day) > 12 else f"{day}/{month}, {month}/{day}"
        return (
            f"Excel อาจเปลี่ยนเลขที่มีขีดทับเป็นวันที่ เดิมอาจเป็น {pairs} หรือ {month}/{year} ตั้งคอลัมน์เป็นข้อความ",
            f"a spreadsheet may have made a date of {pairs} or {month}/{year}; format the column "
            "as text",
        )
    if _DAY_MONTH.fullmatch(text):
        return (
            "Excel อาจเปลี่ยนเลขที่มีขีดทับเป็นวันที่ ตั้งคอลัมน์เป็นข้อความแล้วพิมพ์ใหม่",
            "a spreadsheet may have made a date of a number with a slash; format the column as "
            "text and type it again",
        )
    return None
