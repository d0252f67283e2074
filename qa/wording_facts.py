"""What a line of an answer says that no other words may change: figures, dates, references."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from graph.thai import BUDDHIST_OFFSET, MONTHS_EN, MONTHS_TH
from qa.wording_numbers import DIGITS, UNITS, in_digits, pattern_of


class Fact(NamedTuple):
    """What may neither change nor come anew: the code of its fault, its sort, its value."""

    code: str
    sort: str
    value: object


class Line(NamedTuple):
    """The facts of a line in their order, and how often it has each class of modal words."""

    facts: list[Fact]
    modals: Counter[str]


def packed(text: str) -> str:
    """Return a text without spaces, in small letters."""
    return re.sub(r"\s", "", text).lower()


_MODALS: Final = {
    "need_not": (r"ไม่(?:จำเป็น)?ต้อง(?!การ)", r"need not|not have to|not required"),
    "must_not": (r"ต้องไม่|ห้าม", r"must not|shall not|may not|cannot|prohibit\w*|forbid\w*"),
    "most": (r"ไม่(?:ให้)?เกิน|อย่างมาก|สูงสุด", r"up to|at most|(?:no|not) more than|maximum"),
    "least": (r"ไม่(?:น้อย|ต่ำ)กว่า|อย่างน้อย", r"at least|(?:no|not) (?:less|fewer) than|minimum"),
    "over": (r"เกิน|มากกว่า|สูงกว่า", r"more than|exceed\w*|over"),
    "under": (r"น้อยกว่า|ต่ำกว่า", r"(?:less|fewer) than|below"),
    "within": (r"ภายใน", r"within"),
    "before": (r"ก่อน", r"before|until"),
    "after": (r"นับ(?:แต่|จาก|ตั้งแต่)|ตั้งแต่|หลัง", r"after|since"),
    "unless": (r"เว้น|นอกจาก(?!นี้|นั้น)", r"unless|except\w*|exempt\w*|other than"),
    "only": (r"เท่านั้น|เฉพาะ", r"only|solely"),
    "must": (r"(?<!ถูก)ต้อง(?!การ|โทษ|หา)", r"must|shall|obliged to|(?:is|are) required to"),
    "should": (r"ควร|พึง", r"should"),
    "may": (r"อาจ(?!ารย์)", r"(?-i:may)|might"),
    "not": (r"ไม่|มิ(?=ได้|ให้|ใช่|ชอบ|อาจ)|n't", r"not|no(?!\.)|never|without|neither|nor|none"),
    "yes": (r"ใช่", r"yes"),
    "or": (r"หรือ", r"or"),
    "condition": (r"ถ้า|หาก|เมื่อ|กรณี", r"if|when(?:ever)?|where|in case"),
}  # fmt: skip
_MODAL: Final = pattern_of(*(rf"(?P<{n}>{th}|\b(?:{en})\b)" for n, (th, en) in _MODALS.items()))
_SHORT: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
_MONTH: Final = {
    name: n
    for names in (MONTHS_TH, _SHORT, MONTHS_EN, [month[:3] for month in MONTHS_EN])
    for n, name in enumerate(names, 1)
}
_MONTHS: Final = "|".join(map(re.escape, sorted(_MONTH, key=len, reverse=True)))
_NTH: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_ERA: Final = r"(พ\.ศ\.|ค\.ศ\.|B\.E\.|C\.E\.|A\.D\.|ปี(?:ภาษี|งบประมาณ)?|[Yy]ear)"
_YEAR: Final = re.compile(rf"{_ERA}\s*(\d{{4}})(?!\d)")
# Capitals tell the month from the verb: «May».
_DATE: Final = re.compile(
    rf"(?<!\d)(?:{_NTH}(?: of)?\s*)?(?<![A-Za-z])({_MONTHS})(?![A-Za-z])"
    rf"(?:,?\s*{_ERA}?\s*(\d{{4}})(?!\d))?"
)
_NAME: Final = pattern_of(
    r"(?<![\w-])(?a:[a-z]\w*(?:-\w+)*-\d{4}(?!\d)(?:/[\w()-]+)?)",
    r"(?:มสพร|มรด|มอก|(?<![a-z])(?:mspr|mrd|dgs|iso|iec|rfc|nist|etda))[.\s/-]*\d+(?:[-.]\d+)*"
    r"(?:\s*[:/–-]\s*(?:พ\.ศ\.\s*)?\d{4}(?!\d))?",
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d+(?:/\d+)+)(?!\d)",
)
_ITEM: Final = pattern_of(r"\((?:[ก-ฮ]|[a-z]|[ivx]{1,4})\)")
_HEADS: Final = (
    r"มาตรา|ม\.(?=\s*\d)|ข้อ|วรรค|หมวด|ส่วนที่|ภาคผนวก|§"
    r"|\b(?:(?:sub)?section|clause|paragraph|article|chapter|part|annex|schedule)(?:e?s)?\b"
)
_PLACE: Final = (
    r"(?:\d+(?:/\d+)?(?:\s*(?:ทวิ|ตรี|จัตวา))?|แรก|สุดท้าย|ท้าย|(?-i:[A-Z]+\b))"
    r"(?:\s*\((?:\d{1,2}|[ก-ฮ]|[a-z]{1,4})\))*"
)
_REFERENCE: Final = pattern_of(
    rf"({_HEADS})\s*({_PLACE}(?:\s*(?:[,–-]|และ|หรือ|ถึง|กับ|and|or|to)\s*"
    rf"(?=\d){_PLACE}(?!\d|[.,]\d|\s*(?:{UNITS})))*)"
)
_VAGUE: Final = pattern_of(
    r"ครึ่ง|กึ่ง|[ก-๙]*เท่าตัว|โหล",
    r"(?:ราย|ทุก\s*(?:ๆ\s*)?|ต่อ|แต่ละ)(?:วัน(?!ที่)|ชั่วโมง|สัปดาห์|เดือน|ปี)",
    r"\b(?:hal(?:f|ves)|twice|doubled?|tripled?|dozens?|quarters?|thirds|fortnights?|decades?)\b",
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    r"\b(?:daily|hourly|weekly|monthly|yearly|(?:per|each|every) (?:day|hour|week|month|year))\b",
)
_CITATION: Final = re.compile(r"\[(\d{1,3})\]")
_FIGURE: Final = pattern_of(rf"(ร้อยละ)?\s*(?<!\d)({DIGITS})(?:\s*-?\s*(?:{UNITS}))?")


def line_of(text: str) -> Line:
    """Return the facts and modal words of one line of an answer."""
    text = in_digits(text)
    modals = Counter(match.lastgroup or "" for match in _MODAL.finditer(text))
    found: list[tuple[int, Fact]] = []
    for pattern, read in _READERS:
        found += [(match.start(), fact) for match in pattern.finditer(text) for fact in read(match)]
        # What was read is blotted out, in its length, so that nothing reads it again.
        text = pattern.sub(lambda match: "¦" * len(match[0]), text)
    return Line([fact for _, fact in sorted(found, key=lambda pair: pair[0])], modals)


def _date(year: str | None, month: int, day: str | None, era: str | None) -> list[Fact]:
    number = int(year or 0)
    buddhist = era in ("พ.ศ.", "B.E.") or (number >= 2400 and era not in ("ค.ศ.", "C.E.", "A.D."))
    return [Fact("date", "", (number - BUDDHIST_OFFSET * buddhist, month, int(day or 0)))]


def _reference(head: str, places: str) -> list[Fact]:
    kind = re.sub(r"(?<=[a-z])(?:(?<=x)es|s)$", "", head.lower()).replace("ม.", "มาตรา")
    found = re.findall(_PLACE, places, re.IGNORECASE)
    return [Fact("reference", kind, packed(place)) for place in found]


def _name(text: str) -> list[Fact]:
    return [Fact("reference", "", " ".join(re.findall(r"[a-zก-๙]+|\d+", text.lower())))]


def _figure(match: re.Match[str]) -> list[Fact]:
    unit = "percent" if match[1] else match.lastgroup or ""
    return [Fact("number", unit, Decimal(match[2].replace(",", "")))]


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Fact]]], ...]] = (
    (_CITATION, lambda m: [Fact("citation", "", m[1])]),
    (_NAME, lambda m: _name(m[0])),
    (_DATE, lambda m: _date(m[4], _MONTH[m[2]], m[1], m[3])),
    (_YEAR, lambda m: _date(m[2], 0, None, m[1])),
    (_REFERENCE, lambda m: _reference(m[1], m[2])),
    (_ITEM, lambda m: _name(m[0])),
    (_VAGUE, lambda m: [Fact("number", "in words", packed(m[0]))]),
    (_FIGURE, _figure),
)
