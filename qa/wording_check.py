"""Whether a reworded answer still says what the grounded one says, and nothing else.

Any doubt is a fault, for the grounded answer is there to fall back on. The text is taken for
hostile: a model may have obeyed what stood in its input.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from graph.thai import BUDDHIST_OFFSET, MONTHS_EN, MONTHS_TH
from qa.text import is_english, stop_words

LONGEST: Final = 1.5
SHORTEST: Final = 0.3
"""Length of a reworded text, as a share of the grounded one."""
MOST_NEW: Final = 0.25
"""Share of its content words that the grounded text need not have, beyond the first few."""
_FEW: Final = 3


class Fact(NamedTuple):
    """What may neither change nor come anew: the code of its fault, its sort, its value."""

    code: str
    sort: str
    value: object


class Line(NamedTuple):
    """The facts of a line in their order, and how often it has each class of modal words."""

    facts: list[Fact]
    modals: Counter[str]


def fault(grounded: str, reworded: str, question: str) -> str:
    """Return the code of what is wrong with a reworded text, empty where nothing was found.

    :param question: may lend the text a loan word, never a figure or a name.

    >>> fault("ภายใน 72 ชั่วโมง [1]", "ภายในเจ็ดสิบสองชั่วโมง [1]", "กี่ชั่วโมง")
    ''
    """
    if not grounded.strip() or not reworded.strip():
        return "empty"
    # Length comes first, for it bounds the work of all the rest.
    if len(reworded) > LONGEST * len(grounded):
        return "too-long"
    if _has_markup(grounded, reworded):
        return "markup"
    old, new = _canonical(grounded), _canonical(reworded)
    if not new or _is_other_language(old, new):
        return "language"
    before, after = ([_line(line) for line in text.split("\n")] for text in (old, new))
    known = {fact for line in before for fact in line.facts}
    told = dict.fromkeys(fact for line in after for fact in line.facts)
    if strange := next((fact for fact in told if fact not in known), None):
        return strange.code
    if Fact("citation", "", "1") not in told:
        return "citation"
    if {fact for fact in before[0].facts if fact.code != "citation"} - {*after[0].facts}:
        return "dropped-figure"
    if not _aligned(after, before, _same_modals):
        return "negation"
    if not _aligned(after, before, _same_all):
        return "moved"
    if _has_new_name(old, new, question):
        return "name"
    if any(_packed(quote) not in _packed(old) for quote in _QUOTED.findall(new)):
        return "quote"
    words = {*_content(new)}
    if len(words - {*_content(old)}) > max(_FEW, MOST_NEW * len(words)):
        return "added"
    return "too-short" if len(reworded) < SHORTEST * len(grounded) else ""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_MARKUP: Final = _any(r"<\s*[a-z/!?]", r"&#?\w+;", r"\]\(", r"\]:")
_FORMATTING: Final = frozenset("*_#@{}\\")
_ADDRESS: Final = re.compile(
    r"(?<![a-z0-9+.-])(?:[a-z][a-z0-9+.-]*:(?=[^\s\d])|(?:[a-z0-9-]+\.)+[a-z]{2,})\S*", re.I | re.A
)
_QUOTED: Final = re.compile(r"[«“\"]([^«»“”\"]+)[»”\"]")
_ACT: Final = re.compile(r"พระราชบัญญัติ|พ\s*\.?\s*ร\s*\.?\s*บ\s*\.|พรบ(?!กวน)")


def _has_markup(grounded: str, reworded: str) -> bool:
    new = {*reworded} - {*grounded, "\n"}
    # Controls and hidden characters; separators of lines; symbols, such as «<» and «>».
    if new & _FORMATTING or any(re.match("C|Z[lp]|S", unicodedata.category(c)) for c in new):
        return True
    addresses = (match[0] for match in _ADDRESS.finditer(reworded))
    return bool(_MARKUP.search(reworded)) or any(one not in grounded for one in addresses)


def _canonical(text: str) -> str:
    from pythainlp.util import normalize

    # NFKC takes sara am apart, which no other Thai text does.
    text = unicodedata.normalize("NFKC", text).replace("\u0e4d\u0e32", "\u0e33")
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    lines = (normalize(line).strip() for line in _ACT.sub("พ.ร.บ.", text).split("\n"))
    return "\n".join(line for line in lines if line)


def _packed(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def _is_other_language(old: str, new: str) -> bool:
    if is_english(old) != is_english(new):
        return True
    foreign = {c for c in new if c.isalpha() and not c.isascii() and not "ก" <= c <= "๛"}
    thai = re.findall(r"[ก-๛]+", new) if is_english(old) else []
    return bool(foreign - set(old)) or any(run not in old for run in thai)


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
_UNITS: Final = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNIT.items())
_DIGITS: Final = r"\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERAL: Final = "หนึ่ง|เอ็ด|สอง|ยี่(?=สิบ)|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน"
_THAI: Final = re.compile(f"(?:{_NUMERAL})+")
_THAI_COUNT: Final = _any(rf"(?:{_NUMERAL}|ศูนย์)+(?=\s*(?:{_UNITS}))")
_MANY: Final = r"ร้อย(?!ละ)|พัน(?!ธ)|หมื่น|แสน|ล้าน|(?:hundred|[mb]illion|thousand)\b"
_TIMES: Final = _any(rf"(?<!\d)({_DIGITS})((?:\s*(?:{_MANY}))+)")
_WORD: Final = "|".join(sorted([*_ENGLISH, *(w for w in _LARGE if w.isascii())], key=len)[::-1])
_ENGLISH_NUMBER: Final = _any(
    rf"\b(?:{_WORD})(?:(?:[\s-]+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)(?:{_WORD})){{0,9}}\b"
)


def _in_digits(line: str) -> str:
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
_NAME: Final = _any(
    r"(?<![\w-])(?a:[a-z]\w*(?:-\w+)*-\d{4}(?!\d)(?:/[\w()-]+)?)",
    r"(?:มสพร|มรด|มอก|(?<![a-z])(?:mspr|mrd|dgs|iso|iec|rfc|nist|etda))[.\s/-]*\d+(?:[-.]\d+)*"
    r"(?:\s*[:/–-]\s*(?:พ\.ศ\.\s*)?\d{4}(?!\d))?",
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d+(?:/\d+)+)(?!\d)",
)
_ITEM: Final = _any(r"\((?:[ก-ฮ]|[a-z]|[ivx]{1,4})\)")
_HEADS: Final = (
    r"มาตรา|ม\.(?=\s*\d)|ข้อ|วรรค|หมวด|ส่วนที่|ภาคผนวก|§"
    r"|\b(?:(?:sub)?section|clause|paragraph|article|chapter|part|annex|schedule)(?:e?s)?\b"
)
_PLACE: Final = (
    r"(?:\d+(?:/\d+)?(?:\s*(?:ทวิ|ตรี|จัตวา))?|แรก|สุดท้าย|ท้าย|(?-i:[A-Z]+\b))"
    r"(?:\s*\((?:\d{1,2}|[ก-ฮ]|[a-z]{1,4})\))*"
)
_REFERENCE: Final = _any(
    rf"({_HEADS})\s*({_PLACE}(?:\s*(?:[,–-]|และ|หรือ|ถึง|กับ|and|or|to)\s*"
    rf"(?=\d){_PLACE}(?!\d|[.,]\d|\s*(?:{_UNITS})))*)"
)
_VAGUE: Final = _any(
    r"ครึ่ง|กึ่ง|[ก-๙]*เท่าตัว|โหล",
    r"(?:ราย|ทุก\s*(?:ๆ\s*)?|ต่อ|แต่ละ)(?:วัน(?!ที่)|ชั่วโมง|สัปดาห์|เดือน|ปี)",
    r"\b(?:hal(?:f|ves)|twice|doubled?|tripled?|dozens?|quarters?|thirds|fortnights?|decades?)\b",
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    r"\b(?:daily|hourly|weekly|monthly|yearly|(?:per|each|every) (?:day|hour|week|month|year))\b",
)
_CITATION: Final = re.compile(r"\[(\d{1,3})\]")
_FIGURE: Final = _any(rf"(ร้อยละ)?\s*(?<!\d)({_DIGITS})(?:\s*-?\s*(?:{_UNITS}))?")


def _line(text: str) -> Line:
    text = _in_digits(text)
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
    return [Fact("reference", kind, _packed(place)) for place in found]


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
    (_VAGUE, lambda m: [Fact("number", "in words", _packed(m[0]))]),
    (_FIGURE, _figure),
)


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
_MODAL: Final = _any(*(rf"(?P<{n}>{th}|\b(?:{en})\b)" for n, (th, en) in _MODALS.items()))


def _aligned(
    reworded: Sequence[Line], grounded: Sequence[Line], fits: Callable[[Line, list[Line]], bool]
) -> bool:
    """Tell whether each reworded line fits the next grounded line, or several that follow.

    Grounded lines after the last may be left out.
    """

    @cache
    def rest(i: int, j: int) -> bool:
        if i == len(reworded):
            return True
        ends = range(j + 1, len(grounded) - len(reworded) + i + 2)
        return any(fits(reworded[i], list(grounded[j:end])) and rest(i + 1, end) for end in ends)

    return rest(0, 0)


def _same_modals(line: Line, group: list[Line]) -> bool:
    told = sum((one.modals for one in group), Counter[str]())
    # A condition may be said in more words, never in fewer.
    return not told - line.modals and {*(line.modals - told)} <= {"condition"}


def _same_all(line: Line, group: list[Line]) -> bool:
    told = [fact for one in group for fact in one.facts]
    if not _same_modals(line, group) or {*line.facts} != {*told}:
        return False
    # «50 for one, 10 for another» must not become «10 for one, 50 for another».
    for kind in {fact[:2] for fact in line.facts}:
        order = iter(fact for fact in told if fact[:2] == kind)
        # One said twice running may have been said once.
        if not all(f in order for f, _ in groupby(f for f in line.facts if f[:2] == kind)):
            return False
    return True


_HEAD: Final = re.compile(
    r"(?P<body>สำนักงาน|คณะ(?:อนุ)?กรรมการ|หน่วยงาน|ผู้(?!ที่|ใด|ซึ่ง))|กระทรวง|กรม(?!ธรรม์)|ศาล|องค์การ"
    r"|พ\.ร\.[บฎก]\.|พระราช(?=กำหนด|กฤษฎีกา)|กฎกระทรวง|ระเบียบ|ข้อบังคับ|รัฐธรรมนูญ|มติ|คำสั่ง"
    r"|ประมวล(?=กฎหมาย|รัษฎากร)|ประกาศ(?=กระทรวง|คณะ|สำนัก|กรม|สพร)"
)
_SAME: Final = re.compile(r"นี้|ดังกล่าว|ข้างต้น|ฯ")
_WINDOW: Final = 8
"""Letters after the head of a Thai name that must follow it in the grounded text too."""
_PAIR: Final = re.compile(r"(?=\b([A-Z][A-Za-z]*) ([A-Z][A-Za-z]*))")
_OPENERS: Final = frozenset({
    "under", "if", "this", "these", "that", "such", "it", "its", "they", "there", "where", "each",
    "any", "every", "all", "as", "at", "from", "before", "after", "within", "unless", "no", "not",
})  # fmt: skip


def _content(text: str) -> list[str]:
    from pythainlp.tokenize import word_tokenize

    # Five letters stand for an English word in all its forms.
    tokens = word_tokenize(text.lower(), engine="newmm-safe", keep_whitespace=False)
    common = {*stop_words(), *_OPENERS, *_ENGLISH, *_LARGE, *_NUMERAL.split("|")}
    kept = (t for t in tokens if len(t) > 1 and t[0].isalpha() and t not in common)
    return [token[:5] if token.isascii() else token for token in kept]


def _has_new_name(old: str, new: str, question: str) -> bool:
    known = {*re.findall("[a-z]+", old.lower())}
    if is_english(old):
        common = stop_words() | _OPENERS
        words = (word.lower() for word in re.findall("[A-Z][A-Za-z]*", new))
        pairs = (pair for pair in _PAIR.findall(new) if pair[0].lower() not in common)
        return any(word not in known | common for word in words) or any(
            " ".join(pair).lower() not in old.lower() for pair in pairs
        )
    for word in re.findall("[A-Za-z]+", new):
        if word.lower() not in known and not (word.islower() and word in question):
            return True
    packed, text, content = _packed(old), _packed(new), {*_content(old)}
    for match in _HEAD.finditer(text):
        after = text[match.end() :]
        if match[0] + after[:_WINDOW] in packed or _SAME.match(after):
            continue
        # A body may be named by its head alone: then no new word follows.
        if not match["body"] or {*_content(after[:40])[:1]} - content:
            return True
    return False
