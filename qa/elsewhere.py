"""Signs that a question is of another country's law, or of a law that the graph does not hold."""

import re
from functools import cache
from typing import Final

from qa.text import words

_HERE: Final = re.compile(r"ไทย|\bthai", re.IGNORECASE)
_SENT: Final = re.compile(
    r"ส่ง|โอน|ฝาก|เก็บไว้|คลาวด์|เซิร์ฟเวอร์|เซิฟเวอร์|บริษัทแม่|สำนักงานใหญ่|สาขา|ต่างประเทศ|นอกประเทศ"
    r"|transfer|send|sent|cloud|server|parent|headquarter|abroad|overseas",
    re.IGNORECASE,
)
"""Our laws do speak of data that goes abroad, and of firms that have a mother there."""
_MORE_PLACES: Final = (
    "ยุโรป", "สหภาพยุโรป", "อียู", "อเมริกา", "เมกา", "อังกฤษ", "ฮ่องกง", "ไต้หวัน", "แคลิฟอร์เนีย",
    "เท็กซัส", "เทกซัส", "นิวยอร์ก", "ลอนดอน", "โตเกียว", "โซล", "ดูไบ", "เกาหลี", "เกาหลีใต้", "ลาว",
    "america", "american", "britain", "british", "england", "uk", "usa", "u.s.", "eu", "european",
    "european union", "california", "texas", "new york", "florida", "london", "tokyo", "korea",
    "korean", "japanese", "chinese", "german", "french", "indian", "singaporean", "malaysian",
    "vietnamese", "australian", "canadian", "estonian", "dubai", "hong kong", "taiwan",
)  # fmt: skip
"""Places, and people of them, that the lists of countries leave out or name more formally."""
_LAW: Final = re.compile(
    r"พ\.ร\.บ\.\s*[ก-ฮเ-ไA-Za-z]|พระราชบัญญัติ|พ\.ร\.ก\.|ประมวลกฎหมาย|ประมวลรัษฎากร|รัฐธรรมนูญ|ข้อบัญญัติ|เทศบัญญัติ"
    r"|ป\.\s?(?:วิ|อาญา|พ\.พ)|\b(?:[A-Z][a-z]+ ){1,4}(?:Act|Code)\b|\bconstitution\b",
)
_SECTION: Final = re.compile(r"(?:มาตรา|ม\.)\s*\d|\b(?:section|article)\s*\d", re.IGNORECASE)


def of_another_country(text: str) -> bool:
    """Tell whether a normalised question names a place abroad and nothing that ties it to here.

    >>> of_another_country("ภาษีที่ดินที่ญี่ปุ่น"), of_another_country("ส่งข้อมูลไปญี่ปุ่นได้ไหม")
    (True, False)
    >>> of_another_country("Singapore PDPA penalty"), of_another_country("Thai PDPA in Japan")
    (True, False)
    """
    thai, latin = _places()
    named = bool(thai & {*words(text)}) or latin.search(text.lower()) is not None
    return named and not _HERE.search(text) and not _SENT.search(text)


def of_another_law(text: str, ours: bool) -> bool:
    """Tell whether a normalised question names a law, and none that the graph holds.

    :param ours: whether it names a law of the graph.

    >>> of_another_law("พ.ร.บ.คอมพิวเตอร์ โพสต์ด่ากัน", ours=False)
    True
    """
    return not ours and _LAW.search(text) is not None


def of_a_section(text: str, ours: bool) -> bool:
    """Tell whether a normalised question gives the number of a section, and no law that we hold.

    >>> of_a_section("เทศบาล มาตรา 50 มีหน้าที่อะไร", ours=False)
    True
    """
    return not ours and _SECTION.search(text) is not None


@cache
def _places() -> tuple[frozenset[str], re.Pattern[str]]:
    from babel import Locale
    from pythainlp.corpus import countries

    thai = {name for name in countries() if "ไทย" not in name}
    english = {
        name.lower()
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code not in ("TH", "ZZ")
    }
    more = {name for name in _MORE_PLACES if not name.isascii()}
    latin = english | {name for name in _MORE_PLACES if name.isascii()}
    names = "|".join(re.escape(name) for name in sorted(latin, key=len, reverse=True))
    return frozenset(thai | more), re.compile(rf"(?<![a-z])(?:{names})(?![a-z])")
