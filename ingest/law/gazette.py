"""Where and when a law was published, and since when it is in force by its own words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ingest.law.numbers import number
from ingest.law.parts import Section
from ingest.thai_dates import find_date

_GAZETTE: Final = re.compile(
    r"เล่ม(?:ที่)?\s*(\d+)[/\s,]*ตอน(?:ที่|พิเศษ)?\s*(?:พิเศษ\s*)?(\d+\s*[ก-ฮ]?)[/\s,]*(?:\(?พิเศษ\)?\s*)?หน้า\s*(\d+)[/\s,]*(.{0,40})"
)
_AFTER: Final = re.compile(r"เมื่อพ้นกำหนด([ก-๙\d]+?)\s*(วัน|เดือน|ปี)\s*นับ(?:แต่|จาก|ตั้งแต่)วันประกาศ")
_RULES: Final = (
    re.compile(r"ตั้งแต่(วันที่\s*\d.{5,30})"),
    re.compile(r"วันถัดจากวันประกาศ"),
    _AFTER,
    re.compile(r"(?:นับ|ตั้ง)(?:ตั้งแต่|แต่)วันประกาศใน"),
)
"""From a day, the day after publication, so long after it, on it: the first in the text holds."""


@dataclass(frozen=True)
class Gazette:
    """Where and when a law was published."""

    citation: str
    published: date | None


def find_gazette(lines: list[str]) -> Gazette | None:
    """Return the Gazette reference that a line of the document gives, its digits Arabic."""
    for line in lines:
        if match := _GAZETTE.search(line):
            citation = f"ราชกิจจานุเบกษา เล่ม {match[1]} ตอนที่ {match[2].strip()} หน้า {match[3]}"
            return Gazette(citation, find_date(match[4]))
    return None


def in_force_from(sections: list[Section], gazette: Gazette | None) -> date | None:
    """Return the day of entry into force that the first sections give, if they give one."""
    for section in sections[:3]:
        text = section.text
        if "ใช้บังคับ" not in text or "เรียกว่า" in text:
            continue
        rules = sorted(
            (match.start(), rule, match)
            for rule, pattern in enumerate(_RULES)
            if (match := pattern.search(text))
        )
        published = gazette.published if gazette else None
        for _, rule, match in rules[:1]:
            if rule == 0:
                return find_date(match[1])
            if published is None:
                return None
            if rule == 1:
                return published + timedelta(days=1)
            if rule == 2:
                return _later(published, int(number(match[1])), match[2])
            return published
    return None


def _later(start: date, count: int, unit: str) -> date:
    if unit == "วัน":
        return start + timedelta(days=count)
    months = start.month - 1 + (count if unit == "เดือน" else 12 * count)
    year, month = start.year + months // 12, months % 12 + 1
    day = min(start.day, (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day)
    return date(year, month, day)
