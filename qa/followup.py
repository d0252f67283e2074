"""A question that goes on from the one before it: «แล้วถ้าเป็นเด็กล่ะ»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.refs import RefReader
from qa.text import normalize, stop_words, words
from qa.understand import Asked, understand

_OPENING: Final = re.compile(
    r"^(?:(?:แล้ว|งั้น|ส่วน|และ|ถ้าเป็น|ถ้าเป็นกรณี|กรณี|สำหรับ|ถ้า)\s*)+"
    r"|^(?:and|so|then|what about|how about|what if|but)\b\s*",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(r"\s*(?:ล่ะ|หล่ะ|ละ)\s*(?:คะ|ค่ะ|ครับ|จ๊ะ)?\s*\??$")
_BACK: Final = re.compile(
    r"(?:อันนี้|ตัวนี้|มาตรานี้|ข้อนี้|ฉบับนี้|เล่มนี้|เรื่องนี้|กฎหมายนี้|มาตรฐานนี้|อย่างนี้|แบบนี้|ดังกล่าว|ข้างต้น)"
    r"|\b(?:it|its|that|this|these|those|them|they)\b",
    re.IGNORECASE,
)
_FEW: Final = 2


@dataclass(frozen=True)
class Meant:
    """What a question means where it stands.

    :param text: what is searched for, normalised.
    :param asked: what is asked for.
    :param follows: the earlier question that it goes on from; empty where it stands alone.
    """

    text: str
    asked: Asked
    follows: str = ""


def meant(text: str, before: Sequence[str], refs: RefReader) -> Meant:
    """Return what a normalised question means after those asked before it, oldest first.

    One that opens or closes as a continuation does, points back, or has hardly a word of its own
    goes on from the last. It keeps that question's topic unless it names a law or standard itself,
    and asks for the same unless it says for what.
    """
    asked = understand(text)
    last = normalize(before[-1]) if before else ""
    if not last or not _goes_on(text):
        return Meant(text, asked)
    earlier = understand(last)
    own = _CLOSING.sub("", _OPENING.sub("", text)) or text
    if not asked.kinds:
        asked = replace(asked, kinds=earlier.kinds)
    if refs.find(own):
        return Meant(own, asked, last)
    return Meant(f"{last} {own}", asked, last)


def _goes_on(text: str) -> bool:
    if _OPENING.search(text) or _CLOSING.search(text) or _BACK.search(text):
        return True
    return len([word for word in words(text) if word not in stop_words()]) <= _FEW
