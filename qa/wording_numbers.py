"""Numbers that a text spells out, in Thai and English, brought to digits; units they count."""

import re
from decimal import Decimal
from itertools import groupby
from typing import Final


def pattern_of(*patterns: str) -> re.Pattern[str]:
    """Return the pattern that any of some patterns makes, in capitals or not."""
    return re.compile("|".join(patterns), re.IGNORECASE)


_ENGLISH: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE: Final = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "ร้อย": 10**2, "พัน": 10**3, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6,
}  # fmt: skip
_UNIT: Final = {
    "working_day": r"วันทำการ|(?:working|business) days?\b", "day": r"วัน(?!ที่)|days?\b",
    "hour": r"ชั่วโมง|hours?\b", "minute": r"นาที|minutes?\b", "second": r"วินาที|seconds?\b",
    "week": r"สัปดาห์|weeks?\b", "month": r"เดือน|months?\b", "year": r"ปี|years?\b",
    "percent": r"%|เปอร์เซ็นต์|per ?cent\b", "baht": r"บาท|baht\b", "time": r"ครั้ง|times?\b",
    "rai": r"ไร่|rai\b", "wa": r"ตารางวา|square wa\b", "m2": r"ตารางเมตร|square met(?:re|er)s?\b",
    "person": r"คน|ราย(?!การ|ละ)|persons?\b|people\b", "fold": r"เท่า(?!นั้น|ที่|กับ)",
    "part": r"ส่วน(?!ที่)|parts?\b", "level": r"ระดับ|levels?\b", "copy": r"ฉบับ|cop(?:y|ies)\b",
    "agency": r"หน่วยงาน|agenc(?:y|ies)\b", "section": r"มาตรา|sections?\b",
    "item": r"ข้อ(?!มูล|ความ)|ประการ|items?\b", "instalment": r"งวด|instalments?\b",
}  # fmt: skip
"""What is counted; a number of anything else is a bare one."""
UNITS: Final = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNIT.items())
DIGITS: Final = r"\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERAL: Final = "หนึ่ง|เอ็ด|สอง|ยี่(?=สิบ)|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน"
NUMBER_WORDS: Final = frozenset((*_ENGLISH, *_LARGE, *_NUMERAL.split("|")))
"""Words that numbers are spelt with, as the patterns have them."""
_THAI: Final = re.compile(f"(?:{_NUMERAL})+")
_THAI_COUNT: Final = pattern_of(rf"(?:{_NUMERAL}|ศูนย์)+(?=\s*(?:{UNITS}))")
_MANY: Final = r"ร้อย(?!ละ)|พัน(?!ธ)|หมื่น|แสน|ล้าน|(?:hundred|[mb]illion|thousand)\b"
_TIMES: Final = pattern_of(rf"(?<!\d)({DIGITS})((?:\s*(?:{_MANY}))+)")
_WORD: Final = "|".join(sorted([*_ENGLISH, *(w for w in _LARGE if w.isascii())], key=len)[::-1])
_ENGLISH_NUMBER: Final = pattern_of(
    rf"\b(?:{_WORD})(?:(?:[\s-]+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)(?:{_WORD})){{0,9}}\b"
)


def in_digits(line: str) -> str:
    """Return a line with the numbers that it spells out, and its «5 million», in digits."""
    from pythainlp.tokenize import word_tokenize

    line = _TIMES.sub(lambda match: _multiplied(match[1], match[2]), line)
    line = _ENGLISH_NUMBER.sub(lambda match: f"{_english(match[0])}", line)
    line = _THAI_COUNT.sub(lambda match: _thai(match[0]), line)
    # Words tell «สาม» from «สามารถ»; this engine stays quick on text made to slow it down.
    tokens = word_tokenize(line, engine="newmm-safe", keep_whitespace=True)
    runs = groupby(tokens, key=lambda token: bool(_THAI.fullmatch(token)))
    return "".join(_thai("".join(run)) if spelled else "".join(run) for spelled, run in runs)


def _multiplied(digits: str, words: str) -> str:
    value = Decimal(digits.replace(",", ""))
    for word in re.findall("|".join(_LARGE), words.lower()):
        value *= _LARGE[word]
    return f"{value:f}"


def _english(text: str) -> int:
    total = part = 0
    for word in re.findall(_WORD, text.lower()):
        if word in _ENGLISH:
            part += _ENGLISH[word]
        elif word == "hundred":
            part = (part or 1) * 100
        else:
            total, part = total + (part or 1) * _LARGE[word], 0
    return total + part


def _thai(text: str) -> str:
    from pythainlp.util import thaiword_to_num

    try:
        return f" {thaiword_to_num(text)}"
    except ValueError:
        # Several numbers side by side, or none that can be meant.
        return "".join(f" {thaiword_to_num(word)}" for word in re.findall(_NUMERAL, text))
