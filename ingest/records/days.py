"""Dates as people type them, read without guessing.

A year from 2400 is of the Buddhist era. Between slashes, the day comes first. What has two digits
for its year, or is no day of the calendar, is not read.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.thai import ARABIC, BUDDHIST_OFFSET, MONTHS_EN, MONTHS_TH
from ingest.records.blanks import strip

BUDDHIST: Final = 2400
"""The first year that is taken for one of the Buddhist era."""
OLDEST: Final = 1000
"""The first year that is taken for one."""
_SHORT: Final = (
    "มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค",
)  # fmt: skip
_ENGLISH: Final = [name.lower() for name in MONTHS_EN]
_MONTH: Final = {
    name: number
    for names in (MONTHS_TH, _SHORT, _ENGLISH, [name[:3] for name in _ENGLISH])
    for number, name in enumerate(names, 1)
}
_MIDNIGHT: Final = re.compile(r"[T ]\s*0{1,2}[:.]00(?:[:.]00(?:\.0+)?)?(?:Z|\s*น\.)?$")
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_IN_WORDS: Final = re.compile(
    r"(\d{1,2})[\s-]*([ก-๙.]{2,13}|[A-Za-z]{3,9}\.?)[\s,-]*(พ\.\s?ศ\.|ค\.\s?ศ\.)?\s*(\d{4})"
)


@dataclass(frozen=True)
class Day:
    """A date that was read.

    :param notes: the kinds of notes on how it was written.
    """

    value: date
    notes: tuple[str, ...] = ()


def read_day(text: str) -> Day | None:
    """Return the date that a text is, or None.

    >>> read_day("๓๑ ม.ค. ๒๕๖๙")
    Day(value=datetime.date(2026, 1, 31), notes=('thai-digits', 'buddhist-date', 'date-form'))
    >>> read_day("2026-01-31"), read_day("31/2/2569"), read_day("31/1/69")
    (Day(value=datetime.date(2026, 1, 31), notes=()), None, None)
    """
    notes: list[str] = []
    bare = strip(text)
    if bare != text:
        notes.append("trimmed")
    arabic = bare.translate(ARABIC)
    if arabic != bare:
        notes.append("thai-digits")
    plain = _MIDNIGHT.sub("", arabic)
    if plain != arabic:
        notes.append("midnight-time")
    parts = _parts(plain)
    if parts is None:
        return None
    year, month, day = parts
    if year >= BUDDHIST:
        year -= BUDDHIST_OFFSET
        notes.append("buddhist-date")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", plain):
        notes.append("date-form")
    try:
        return Day(date(year, month, day), tuple(notes)) if year >= OLDEST else None
    except ValueError:
        return None


def _parts(text: str) -> tuple[int, int, int] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _DAY_FIRST.fullmatch(text):
        return int(match[4]), int(match[3]), int(match[1])
    if match := _IN_WORDS.fullmatch(text):
        month = _MONTH.get(match[2].replace(".", "").lower())
        year = int(match[4])
        era = match[3]
        fits = era is None or (era[0] == "พ") == (year >= BUDDHIST)
        if month and fits:
            return year, month, int(match[1])
    return None
