"""What a section measures: stretches of time, penalties, sums of money, percentages."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.law.numbers import NUMBER, UNIT, duration, number

_TIME: Final = re.compile(rf"({NUMBER})\s*({UNIT})(?!ที่|ละ)")
_YEARLY: Final = re.compile(r"ปีละ(?:หนึ่งครั้ง|\s*1\s*ครั้ง|ไม่น้อยกว่าหนึ่งครั้ง)")
_NOT_A_TIME: Final = re.compile(
    r"(?:อายุ(?:ไม่ต่ำกว่า|ไม่เกิน|ไม่น้อยกว่า|เกิน|ต่ำกว่า|ครบ|ตั้งแต่)?\s*|จำคุก(?:ไม่เกิน|ตั้งแต่)?\s*|วันที่\s*|เดือนที่\s*|พ\.\s*ศ\.\s*"
    r"|นับเป็น\s*|ร้อยละ\s*|ข้อ\s*|มาตรา\s*|วันละ(?:ไม่เกิน)?\s*|แต่ไม่เกิน\s*(?=สิบปี))$"
)
_AGE_RANGE: Final = re.compile(rf"อายุ[^\n“”]{{0,30}}?{NUMBER}\s*ปี(?:แต่(?:ไม่เกิน|ไม่ถึง)|ถึง)\s*$")
_FROM: Final = re.compile(r"(?:นับแต่|นับจาก|นับตั้งแต่|ก่อน)([^\n,;]{2,90}?)(?=\s|$)")
_PRISON: Final = re.compile(rf"จำคุก(?:ตั้งแต่\s*{NUMBER}\s*{UNIT}\s*ถึง|ไม่เกิน)\s*({NUMBER})\s*({UNIT})")
_FINE: Final = re.compile(
    rf"ปรับ(?P<admin>ทางปกครอง)?(?:ผู้นั้น|อีก)?(?:เป็นรายวัน)?(?:ในอัตรา)?(?P<daily>(?:ไม่เกิน)?วันละ)?"
    rf"(?:ตั้งแต่\s*(?P<min>{NUMBER})\s*บาท(?:ขึ้นไป)?\s*ถึง|(?:อีก)?(?:ในอัตรา)?(?:ไม่เกิน)?)"
    rf"(?P<daily2>\s*วันละ(?:ไม่เกิน)?)?\s*(?P<max>{NUMBER})\s*บาท"
)
_PUNISHES: Final = re.compile(
    r"(?:ต้อง)?ระวางโทษ|ต้องชำระค่าปรับ|มีอำนาจ\S{0,20}ปรับ|มีคำสั่งปรับ(?=(?:ผู้นั้น)?ไม่เกิน)"
)
_BAHT: Final = re.compile(rf"({NUMBER})\s*บาท")
_RATE: Final = re.compile(rf"ร้อยละ\s*({NUMBER})")


@dataclass(frozen=True)
class Time:
    """A stretch of time: an ISO 8601 duration, its words, and what it counts from."""

    value: str
    text: str
    start: str


@dataclass
class Penalty:
    """The measures of one penalty clause; sums in baht, terms as ISO 8601 durations."""

    text: str
    imprisonment_max: str = ""
    fine_max: float | None = None
    fine_min: float | None = None
    administrative_fine_max: float | None = None
    daily_fine_max: float | None = None

    def values(self) -> dict[str, object]:
        """Return the measures that are there."""
        names = (
            "imprisonment_max",
            "fine_min",
            "fine_max",
            "administrative_fine_max",
            "daily_fine_max",
        )
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def times_in(text: str) -> list[Time]:
    """Return the stretches of time, each once; ages, prison terms and dates are none."""
    found: dict[str, Time] = {}
    for match in _TIME.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if _NOT_A_TIME.search(before) or _AGE_RANGE.search(before):
            continue
        value = duration(match[1], match[2])
        start = _FROM.match(text[match.end() : match.end() + 140].lstrip())
        found.setdefault(value, Time(value, match[0].strip(), start[1].strip() if start else ""))
    if yearly := _YEARLY.search(text):
        found.setdefault("P1Y", Time("P1Y", yearly[0], ""))
    return list(found.values())


def penalties_in(text: str) -> tuple[list[Penalty], str]:
    """Return the penalty clauses, and the text without their measures."""
    clauses: list[Penalty] = []
    marks = [m.start() for m in _PUNISHES.finditer(text)]
    rest = text
    bounds = [*marks, len(text)]
    for start, end in pairwise(bounds):
        clause = text[start:end].split("\n")[0]
        penalty = Penalty(clause.strip())
        if prison := _PRISON.search(clause):
            penalty.imprisonment_max = duration(prison[1], prison[2])
            rest = rest.replace(prison[0], " ")
        for match in _FINE.finditer(clause):
            _take_fine(penalty, match, ordered=clause.startswith("มีคำสั่งปรับ"))
            rest = rest.replace(match[0], " ")
        if penalty.values():
            clauses.append(penalty)
    return clauses, rest


def _take_fine(penalty: Penalty, match: re.Match[str], ordered: bool) -> None:
    """Take over a fine; one that a body orders is administrative, whatever it is called."""
    value = number(match["max"])
    if match["daily"] or match["daily2"]:
        penalty.daily_fine_max = value
    elif match["admin"] or ordered:
        penalty.administrative_fine_max = value
    else:
        penalty.fine_max = value
        if match["min"]:
            penalty.fine_min = number(match["min"])


def amounts_in(text: str) -> list[float]:
    """Return the sums of baht, each once, in the order of the text."""
    return list(dict.fromkeys(number(m[1]) for m in _BAHT.finditer(text)))


def rates_in(text: str) -> list[float]:
    """Return the percentages, each once, in the order of the text."""
    return list(dict.fromkeys(number(m[1]) for m in _RATE.finditer(text)))
