"""Typing defects of official texts as they are found on the web and in PDF files, put right."""

import re
from typing import Final

_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LOOSE_AM: Final = re.compile(r"\u0e4d([\u0e48-\u0e4b]?)\s?\u0e32")
_AM_BEFORE_TONE: Final = re.compile(r"\u0e33([\u0e48-\u0e4b])")
_SPLIT_YEAR: Final = re.compile(r"(พ\s*\.\s*ศ\s*\.\s*)((?:\d\s*){4})(?!\d)")
_SPACE_IN_SYLLABLE: Final = re.compile(rf"(?<=[ก-ฮ]) (?=[{_MARKS}])")
_LOST_AM: Final = (
    "กาหนด", "อานาจ", "จานวน", "ดาเนิน", "สานัก", "สาคัญ", "ชาระ", "ชานาญ", "ตาแหน่ง", "คาสั่ง",
    "คาขอ", "คาร้อง", "คาวินิจฉัย", "คานวณ", "ประจา", "กระทา", "จาเป็น", "จาคุก", "จากัด", "อานวย",
    "บารุง", "สาหรับ", "สาเร็จ", "ทาให้", "ทาลาย", "ทาการ", "คานิยาม", "สารวจ", "นามาใช้", "คาแนะนา",
    "จัดทา", "ลาดับ", "บาเหน็จ", "อาเภอ", "ตาบล", "ชารุด", "คารับรอง", "แนะนา",
)  # fmt: skip
_RESTORED: Final = {word: re.sub("า", "ำ", word, count=1) for word in _LOST_AM} | {
    "ประจา": "ประจำ", "กระทา": "กระทำ", "จัดทา": "จัดทำ", "คาแนะนา": "คำแนะนำ", "แนะนา": "แนะนำ",
    "นามาใช้": "นำมาใช้",
}  # fmt: skip
_LOST: Final = re.compile("|".join(sorted(_LOST_AM, key=len, reverse=True)))
_STRAY: Final = (
    (re.compile(r"ว รรค"), "วรรค"),
    (re.compile(r"มาต รา(?=\s*\d)"), "มาตรา"),
    (re.compile(r"งว ด"), "งวด"),
)


def mend(lines: list[str]) -> tuple[list[str], int]:
    """Return the lines with known defects put right, and how many there were.

    Lost nikhahit (``กาหนด``), a vowel typed in two (``ํา``), a year in pieces (``พ.ศ. 256 6``) and
    spaces strayed into a word. Only spellings that are no word of their own are changed.

    >>> mend(["ให้คณะกรรมการกาหนด พ.ศ. 256 6"])
    (['ให้คณะกรรมการกำหนด พ.ศ. 2566'], 2)
    """
    mended, count = [], 0
    for line in lines:
        text = line.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
        text, n = _LOOSE_AM.subn("\\1\u0e33", text)
        count += n
        text, n = _AM_BEFORE_TONE.subn("\\1\u0e33", text)
        count += n
        text, n = _LOST.subn(lambda m: _RESTORED[m[0]], text)
        count += n
        text, n = _SPACE_IN_SYLLABLE.subn("", text)
        count += n
        joined = _SPLIT_YEAR.sub(_joined, text)
        count += joined != text
        text = joined
        for pattern, right in _STRAY:
            text, n = pattern.subn(right, text)
            count += n
        mended.append(re.sub(r"[ \t]+", " ", text))
    return mended, count


def _joined(match: re.Match[str]) -> str:
    return "พ.ศ. " + match[2].replace(" ", "") + (" " if match[2].endswith(" ") else "")
