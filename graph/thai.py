"""Dates, durations and amounts in words, Thai and English."""

import re
from datetime import date, datetime
from typing import Final

BUDDHIST_OFFSET: Final = 543
ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
"""Thai digits to Arabic ones, for ``str.translate``."""
MONTHS_TH: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNITS: Final = {
    "Y": ("ปี", "year"), "M": ("เดือน", "month"), "W": ("สัปดาห์", "week"), "D": ("วัน", "day"),
    "TH": ("ชั่วโมง", "hour"), "TM": ("นาที", "minute"), "TS": ("วินาที", "second"),
}  # fmt: skip


def date_text(value: str, language: str = "th") -> str:
    """Say an ``xsd:date``, ``gYearMonth``, ``gYear`` or ``dateTime``; Thai in Buddhist years.

    Anything else is returned as it is.

    >>> date_text("2024-06-07"), date_text("2024-06"), date_text("2023")
    ('7 มิถุนายน 2567', 'มิถุนายน 2567', '2566')
    >>> date_text("2024-02-29T13:30:00+07:00")
    '29 กุมภาพันธ์ 2567 เวลา 13.30 น.'
    >>> date_text("2024-06-07", "en")
    '7 June 2024'
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d).*)?)?)?", value)
    if not match:
        return value
    year, month, day, hour, minute = match.groups()
    thai = language == "th"
    parts = [str(int(year) + (BUDDHIST_OFFSET if thai else 0))]
    if month:
        parts.insert(0, (MONTHS_TH if thai else MONTHS_EN)[int(month) - 1])
    if day:
        parts.insert(0, str(int(day)))
    if hour:
        parts.append(f"เวลา {hour}.{minute} น." if thai else f"at {hour}:{minute}")
    return " ".join(parts)


def duration_text(value: str, language: str = "th") -> str:
    """Say an ``xsd:duration``.

    >>> duration_text("P90D"), duration_text("PT72H"), duration_text("P1Y6M", "en")
    ('90 วัน', '72 ชั่วโมง', '1 year 6 months')
    """
    match = re.fullmatch(r"P(?P<day>[^T]*)(?:T(?P<time>.+))?", value)
    if not match:
        return value
    pieces = re.findall(r"(\d+)([YMWD])", match["day"]) + [
        (number, "T" + unit) for number, unit in re.findall(r"(\d+)([HMS])", match["time"] or "")
    ]
    if language == "th":
        return " ".join(f"{number} {_UNITS[unit][0]}" for number, unit in pieces)
    return " ".join(
        f"{number} {_UNITS[unit][1]}{'' if number == '1' else 's'}" for number, unit in pieces
    )


def first_day(value: str) -> date:
    """Return the first day that a date, month, year or date-time covers.

    :raises ValueError: the value is none of these.

    >>> first_day("2024-06")
    datetime.date(2024, 6, 1)
    """
    if "T" in value:
        return datetime.fromisoformat(value).date()
    return date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value)


def last_day(value: str) -> date:
    """Return the last day that a date, month, year or date-time covers.

    >>> last_day("2024-02"), last_day("2024")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    start = first_day(value)
    if len(value) == 4:
        return start.replace(month=12, day=31)
    if len(value) == 7:
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    return start
