"""Thai dates as pages write them: Buddhist years, ranges, times, typing errors.

Nothing is guessed: a date that cannot be, or whose year has two digits, is no date.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.thai import ARABIC, BUDDHIST_OFFSET, MONTHS_TH

_SHORT: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MONTH: Final = {name: n for names in (MONTHS_TH, _SHORT) for n, name in enumerate(names, 1)}
MONTH: Final = "(?:" + "|".join(re.escape(name) for name in _MONTH) + ")"
_YEAR: Final = r"(?:พ\.\s*ศ\.\s*)?(25\d\d)"
DAY: Final = rf"(\d{{1,2}})\s*({MONTH})\s*{_YEAR}"
_RANGE: Final = re.compile(
    rf"(\d{{1,2}})\s*({MONTH})?\s*(?:{_YEAR})?\s*[–—-]\s*(\d{{1,2}})\s*({MONTH})\s*{_YEAR}"
)
_TIMES: Final = re.compile(r"(\d{1,2})[.:](\d\d)\s*(?:น\.)?\s*[–—-]\s*(\d{1,2})[.:](\d\d)\s*น")
_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_STRAY: Final = re.compile(rf"(?<=[\d/])[{_MARKS}]+(?=[\d/])")


@dataclass(frozen=True)
class Mended:
    """A typing error that was put right, with the line it stands in."""

    line: int
    before: str
    after: str


def mend(line: str) -> str:
    """Return a line with Arabic digits and without marks strayed into figures.

    >>> mend("๑๑/06/256ึ7")
    '11/06/2567'
    """
    return _STRAY.sub("", line.translate(ARABIC))


def buddhist(day: int, month: int, year: int) -> date | None:
    """Return the date of a Buddhist year, or None if there is no such day.

    >>> buddhist(29, 2, 2567), buddhist(31, 2, 2567)
    (datetime.date(2024, 2, 29), None)
    """
    try:
        return date(year - BUDDHIST_OFFSET, month, day)
    except ValueError:
        return None


def find_date(text: str) -> date | None:
    """Return the first full date in words.

    >>> find_date("เมื่อวันที่ 7 มิถุนายน 2567 ณ")
    datetime.date(2024, 6, 7)
    >>> find_date("7 มิ.ย. 67") is None
    True
    """
    match = re.search(DAY, text)
    return buddhist(int(match[1]), _MONTH[match[2]], int(match[3])) if match else None


def find_range(text: str) -> tuple[date, date] | None:
    """Return the first range of days; its ends may share month and year.

    >>> find_range("วันที่ 21 พฤษภาคม – 21 มิถุนายน พ.ศ. 2567")
    (datetime.date(2024, 5, 21), datetime.date(2024, 6, 21))
    >>> find_range("1 - 5 มีนาคม 2567")[0]
    datetime.date(2024, 3, 1)
    """
    match = _RANGE.search(text)
    if not match:
        return None
    first_day, first_month, first_year, day, month, year = match.groups()
    start = buddhist(int(first_day), _MONTH[first_month or month], int(first_year or year))
    end = buddhist(int(day), _MONTH[month], int(year))
    return (start, end) if start and end and start <= end else None


def find_times(text: str) -> tuple[str, str] | None:
    """Return the first span of clock times, as ``HH:MM``.

    >>> find_times("เวลา 13.30 – 15.30 น.")
    ('13:30', '15:30')
    """
    match = _TIMES.search(text)
    if not match or int(match[1]) > 23 or int(match[3]) > 23:
        return None
    return f"{int(match[1]):02}:{match[2]}", f"{int(match[3]):02}:{match[4]}"


def split_numeric_date(text: str) -> tuple[str, date | None] | None:
    """Split a date in figures off the end of a text; None where there is none.

    A version or year may run into the day; the reading that leaves it whole is taken. An
    impossible day gives no date.

    >>> split_numeric_date("เวอร์ชัน 1.06/6/2567")
    ('เวอร์ชัน 1.0', datetime.date(2024, 6, 6))
    >>> split_numeric_date("มสพร. 6-5 : 256707/06/2567")
    ('มสพร. 6-5 : 2567', datetime.date(2024, 6, 7))
    >>> split_numeric_date("กำหนดการ31/02/2567")
    ('กำหนดการ', None)
    """
    match = re.search(r"(\d+)\s*/\s*(\d{1,2})\s*/\s*(25\d\d)\s*$", text)
    if not match:
        return None
    run = match[1]
    size = min(2, len(run))
    before = text[: match.start()] + run[:-size]
    if size == 2 and before.endswith("."):
        size, before = 1, text[: match.start()] + run[:-1]
    return before.strip(), buddhist(int(run[-size:]), int(match[2]), int(match[3]))
