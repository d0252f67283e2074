"""What is wrong with a cell that should be a date."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from graph.thai import ARABIC, BUDDHIST_OFFSET, date_text
from ingest.records.days import BUDDHIST
from ontology.tax import Column

Hint = tuple[str, str] | None
_FIRST_SERIAL, _LAST_SERIAL = 18_000, 73_050
"""Excel's numbers of days from about 1949 to 2099."""
_EPOCH: Final = date(1899, 12, 30)
_NUMERIC: Final = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]+([\d:.]+).*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[\s-]*[ก-๙.A-Za-z]+[\s-]*'?(\d\d)")


def date_hint(column: Column, text: str) -> Hint:
    """Return which date is meant, or why there is no such date."""
    arabic = text.translate(ARABIC)
    if re.fullmatch(r"\d{4,5}(\.\d+)?", arabic):
        return _serial(arabic)
    if match := _COMPACT.fullmatch(arabic):
        return _parts(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(arabic):
        first, month, last, time = match.groups()
        if len(first) < 3 and len(last) < 3:
            return _two_digits(last)
        year_first = len(first) > 2
        year, day = (first, last) if year_first else (last, first)
        if len(year) != 4:
            return None
        found = _parts(int(year), int(month), int(day))
        return found if not time or _is_wrong(int(year), int(month), int(day)) else _only_day()
    if match := _SHORT_YEAR.fullmatch(arabic):
        return _two_digits(match[1])
    return None


def _serial(text: str) -> Hint:
    number = int(float(text))
    if 1850 <= number <= 2700:
        return "มีแต่ปี ต้องมีวันและเดือนด้วย", "only a year; day and month are needed"
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    day = (_EPOCH + timedelta(number)).isoformat()
    return (
        f"น่าจะเป็นเลขวันที่ของ Excel คือ {date_text(day)} ตั้งรูปแบบเซลล์เป็นวันที่แล้วบันทึกใหม่",
        f"probably Excel's number for {day}; format the cell as a date and save again",
    )


def _two_digits(year: str) -> tuple[str, str]:
    return (
        f"ปีมีสองหลัก ไม่รู้ว่าเป็น พ.ศ. 25{year} หรือ ค.ศ. 20{year} เขียนปีให้ครบสี่หลัก",
        f"a year of two digits may be 25{year} or 20{year}; write all four",
    )


def _only_day() -> tuple[str, str]:
    return "ใส่แต่วันที่ ไม่ใส่เวลา", "write the date alone, without a time"


def _is_wrong(year: int, month: int, day: int) -> bool:
    gregorian = year - BUDDHIST_OFFSET if year >= BUDDHIST else year
    return not (1 <= month <= 12 and 1 <= day <= monthrange(max(gregorian, 1), month)[1])


def _parts(year: int, month: int, day: int) -> Hint:
    gregorian = year - BUDDHIST_OFFSET if year >= BUDDHIST else year
    if not 1000 <= gregorian <= 9999:
        return None
    if month > 12 >= day >= 1 and month <= 31:
        return (
            f"ไม่มีเดือนที่ {month} อาจสลับวันกับเดือน เขียน วัน/เดือน/ปี เช่น {month}/{day}/{year}",
            f"there is no month {month}; day and month may be swapped: {month}/{day}/{year}",
        )
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return "ไม่มีวันที่นี้ในปฏิทิน", "there is no such day"
    days = monthrange(gregorian, month)[1]
    if day > days:
        name = date_text(f"{gregorian:04}-{month:02}")
        return (
            f"ไม่มีวันที่นี้ เดือน{name} มี {days} วัน",
            f"there is no such day: {date_text(f'{gregorian:04}-{month:02}', 'en')} has {days}",
        )
    iso = f"{gregorian:04}-{month:02}-{day:02}"
    return f"เขียนเป็น {iso} หรือ {day}/{month}/{gregorian + BUDDHIST_OFFSET}", f"write {iso}"
