"""Words and text for people: severities in Thai, characters nobody sees, lines that fit."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from shapes.report import Finding, RecordReport
from shapes.reports.filling import shorten

SEVERITY_TH: Final = {"violation": "ผิด", "warning": "คำเตือน", "info": "ข้อสังเกต"}
SEVERITY_EN: Final = {"violation": "violation", "warning": "warning", "info": "info"}
TODO_TH: Final = {
    "violation": "ต้องแก้ก่อนส่ง",
    "warning": "ควรตรวจอีกครั้ง ถ้าถูกต้องแล้วส่งได้",
    "info": "เพื่อทราบ",
}
EMPTY: Final = "(ว่าง)"
WHOLE_ROW: Final = "(ทั้งแถว)"
_NAMED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Control, direction and zero-width characters, no-break and soft hyphen; what XML forbids is here.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)
_LEADING_VOWELS: Final = "เแโใไ"
_FORMULA: Final = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_SIGNED_NUMBER: Final = re.compile(r"[+-][\d,]*\.?\d+")


def visible(text: str, longest: int = 200) -> str:
    r"""Return text on one line, shortened, with characters that nobody sees written out.

    >>> visible("โฉนด\u200b\n1")
    'โฉนด<U+200B>\\n1'
    """
    if len(text) <= longest and text.isprintable():
        return text
    return shorten(
        _UNSEEN.sub(lambda m: _NAMED.get(m[0]) or f"<U+{ord(m[0]):04X}>", text[: longest + 1]),
        longest,
    )


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> [harmless(cell) for cell in ("=1+1", "-500.00", "-A1")]
    ["'=1+1", '-500.00', "'-A1"]
    """
    if text[:1].isalnum():
        return text
    if _FORMULA.match(text) and not _SIGNED_NUMBER.fullmatch(text):
        return "'" + text
    return text


def bare(message: str, rule: str) -> str:
    """Return a message without the number of its rule in front.

    >>> bare("LBT-142: แก้ภาษี", "LBT-142")
    'แก้ภาษี'
    """
    return message.removeprefix(rule).lstrip(" :–-") if message.startswith(rule) else message


def place(finding: Finding) -> str:
    """Return where a finding is, such as ``a.csv:17``."""
    return f"{visible(finding.file)}:{finding.row}"


def cell(finding: Finding, longest: int = 200) -> str:
    """Return a finding's column and value, such as ``taxDue = 41,000.00``."""
    if finding.column in ("", finding.value):
        return visible(finding.value, longest) or WHOLE_ROW
    return f"{visible(finding.column)} = {visible(finding.value, longest) or EMPTY}"


def verdict(report: RecordReport) -> tuple[str, str]:
    """Return whether the files pass, in Thai and English."""
    return ("ผ่าน", "conforms") if report.conforms else ("ไม่ผ่าน", "does not conform")


def many(count: int, report: RecordReport) -> str:
    """Return a count of findings, as the least it may be where the report holds only some."""
    return f"{'อย่างน้อย ' if report.truncated and count else ''}{count:,}"


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes; Thai marks take none.

    >>> width("ที่ดิน")
    3
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def wrap(text: str, columns: int) -> Iterator[str]:
    """Cut text into lines, at blanks where there are any.

    >>> list(wrap("ภาษีที่ดิน และสิ่งปลูกสร้าง", 9))
    ['ภาษีที่ดิน', 'และสิ่งปลูกส', 'ร้าง']
    """
    if width(text) <= columns:
        yield text
        return
    line, used = "", 0
    for word in text.split(" "):
        needed = width(word)
        if line and used + 1 + needed > columns:
            yield line
            line, used = "", 0
        if line:
            line, used = line + " ", used + 1
        while needed > columns - used:
            cut = _cut(word, columns - used)
            yield line + word[:cut]
            word, line, used = word[cut:], "", 0
            needed = width(word)
        line, used = line + word, used + needed
    yield line


@cache
def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(word: str, columns: int) -> int:
    """Return where to cut a word that has no blanks, never before a mark or after a vowel sign."""
    used = last = 0
    for place, character in enumerate(word):
        used += _cells(character)
        if used > columns:
            break
        follower = word[place + 1 : place + 2]
        marked = follower and (_cells(follower) == 0 or follower in "ะาำๆฯ")
        if not marked and character not in _LEADING_VOWELS:
            last = place + 1
    return last or 1
