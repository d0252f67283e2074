"""Whether a reworded answer still says what the grounded one says, and nothing else.

Any doubt is a fault, for the grounded answer is there to fall back on. The text is taken for
hostile: a model may have obeyed what stood in its input.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from qa.text import is_english, stop_words
from qa.wording_facts import Fact, Line, line_of, packed
from qa.wording_numbers import NUMBER_WORDS, pattern_of

LONGEST: Final = 1.5
SHORTEST: Final = 0.3
"""Length of a reworded text, as a share of the grounded one."""
MOST_NEW: Final = 0.25
"""Share of its content words that the grounded text need not have, beyond the first few."""
_FEW: Final = 3


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
    before, after = ([line_of(line) for line in text.split("\n")] for text in (old, new))
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
    if any(packed(quote) not in packed(old) for quote in _QUOTED.findall(new)):
        return "quote"
    words = {*_content(new)}
    if len(words - {*_content(old)}) > max(_FEW, MOST_NEW * len(words)):
        return "added"
    return "too-short" if len(reworded) < SHORTEST * len(grounded) else ""


_MARKUP: Final = pattern_of(r"<\s*[a-z/!?]", r"&#?\w+;", r"\]\(", r"\]:")
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


def _is_other_language(old: str, new: str) -> bool:
    if is_english(old) != is_english(new):
        return True
    foreign = {c for c in new if c.isalpha() and not c.isascii() and not "ก" <= c <= "๛"}
    thai = re.findall(r"[ก-๛]+", new) if is_english(old) else []
    return bool(foreign - set(old)) or any(run not in old for run in thai)


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
    common = {*stop_words(), *_OPENERS, *NUMBER_WORDS}
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
    before, text, content = packed(old), packed(new), {*_content(old)}
    for match in _HEAD.finditer(text):
        after = text[match.end() :]
        if match[0] + after[:_WINDOW] in before or _SAME.match(after):
            continue
        # A body may be named by its head alone: then no new word follows.
        if not match["body"] or {*_content(after[:40])[:1]} - content:
            return True
    return False
