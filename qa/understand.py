"""What a question asks for, by the words that Thai and English questions use."""

import re
from dataclasses import dataclass
from typing import Final

from qa.text import is_english, normalize

_RULES: Final[tuple[tuple[str, str], ...]] = (
    ("comparison", r"ต่างจาก|แตกต่าง|ต่างกัน|เปรียบเทียบ|เทียบกับ|เหมือนกันไหม|เหมือนกับ|difference|differ|compare|versus|\bvs\b"),
    ("hearing", r"ประชาพิจารณ์|รับฟังความ(?:คิด)?เห็น|แสดงความ(?:คิด)?เห็น|public hearing|comment period"),
    ("deadline", r"กี่วัน|กี่ชั่วโมง|กี่ปี|กี่เดือน|ภายในกี่|ภายในเวลา|ทุกกี่|นานแค่ไหน|นานเท่าไ|กำหนดเวลา|เดดไลน์"
                 r"|ปีละ|บ่อยแค่ไหน|how long|how many days|how often|deadline|within"),
    ("status", r"สถานะ|ยังเป็นร่าง|เป็นร่างอยู่|ประกาศใช้(?:แล้ว)?(?:หรือ)?ยัง|ประกาศ(?:แล้ว)?(?:หรือ)?ยัง|บังคับใช้(?:แล้ว)?(?:หรือ)?ยัง"
               r"|ยกเลิก|ถูกแทน|ล่าสุด|ร่างหรือ|ยังใช้อยู่|in force|still a draft|status|superseded"),
    ("date", r"เมื่อไ|เมื่อใด|เดือนไหน|เดือนใด|เดือนอะไร|(?:which|what) month|วันไหน|วันใด|วันที่เท่าไ|ปีไหน|ปีอะไร|ปีใด|ตั้งแต่ตอนไหน|เริ่มใช้|มีผล(?:ใช้)?บังคับ|ตอนไหน|since when|when "),
    ("number", r"เลขที่|เลขประกาศ|ประกาศที่|ฉบับที่|announcement n"),
    ("which-standard", r"มาตรฐาน(?:ไหน|อะไร|ใด|ตัวไหน|ฉบับไหน|เล่มไหน)|(?:ใช้|ตาม|ดู|อิง|มี)(?:ตัว)?มาตรฐาน|มสพร\.?\s*(?:ไหน|อะไร|ตัวไหน|เบอร์)"
                       r"|แนวปฏิบัติ(?:ไหน|อะไร|ใด)|which standard|what standard|standard applies"),
    ("definition", r"คืออะไร|คือไร|หมายถึง|หมายความ|นิยาม|แปลว่า|what is|what does .* mean|definition"),
    ("penalty", r"โทษ|ค่าปรับ|เบี้ยปรับ|เงินเพิ่ม|(?:โดน|ถูก|เสีย)ปรับ|ปรับ(?:สูงสุด)?(?:เท่า|กี่)|จำคุก|ติดคุก|penalt|fine"),
    ("rate", r"อัตรา|กี่เปอร์เซ็นต์|ร้อยละ|กี่บาท|กี่ล้าน|เท่าไ|เท่าใด|ราคา|how much|rate"),
    ("who", r"ใคร|หน่วยงาน(?:ไหน|ใด|อะไร)|คณะ(?:ไหน|ใด)|ผู้ใด|who "),
    ("list", r"อะไรบ้าง|มีกี่|กี่(?:ส่วน|ข้อ|ขั้น|วิธี|เทคนิค|ประการ|ระดับ|มิติ|เรื่อง|คน|ชุด|แพลตฟอร์ม|หน่วย)|ใครบ้าง|ไหนบ้าง|how many|list"),
    ("procedure", r"ทำยังไง|ทำอย่างไร|อย่างไร|ยังไง|ขั้นตอน|วิธี|how (?:do|to|should)"),
    ("yes-no", r"ไหม|มั้ย|หรือไม่|หรือเปล่า|รึเปล่า|ได้หรือ|ใช่|^(?:can|must|may|is|are|do|does)\b"),
)  # fmt: skip
_PATTERNS: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _RULES)


@dataclass(frozen=True)
class Asked:
    """What a question asks for.

    :param kinds: all that its words name, most telling first; empty for a mere topic.
    :param language: the language to answer in, ``th`` or ``en``.
    """

    kinds: tuple[str, ...]
    language: str

    def __contains__(self, kind: str) -> bool:
        return kind in self.kinds


def without_kinds(text: str) -> str:
    """Return a normalised text without the words by which it asks."""
    for _, pattern in _PATTERNS:
        text = pattern.sub(" ", text)
    return text


def understand(question: str) -> Asked:
    """Return what a question asks for.

    >>> understand("ต้องประกาศอีเมลภายในกี่วัน").kinds
    ('deadline',)
    >>> understand("Which standard applies to e-signatures?").language
    'en'
    """
    text = normalize(question)
    kinds = tuple(kind for kind, pattern in _PATTERNS if pattern.search(text))
    return Asked(kinds, "en" if is_english(text) else "th")
