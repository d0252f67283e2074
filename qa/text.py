"""Thai text as people type it, brought to one form before anything compares it."""

import os
import re
import unicodedata
from functools import lru_cache
from typing import Final

from graph.thai import ARABIC

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

MAX_QUESTION: Final = 2_000
"""Characters of a question that are read; more than this is no question."""

_INVISIBLE: Final = re.compile(
    r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_SPACES: Final = re.compile(r"[\s\u00a0]+")
_SPELLINGS: Final = (
    (re.compile(r"พ\s*\.\s*ร\s*\.\s*บ\s*\.?|พรบ\.?(?!กวน)"), "พ.ร.บ."),
    (re.compile(r"ม\s*\.?\s*ส\s*\.?\s*พ\s*\.?\s*ร\s*\.?(?=[\s\d:]|$)"), "มสพร. "),
    (re.compile(r"ม\s*\.?\s*ร\s*\.?\s*ด\s*\.?(?=[\s\d:]|$)"), "มรด. "),
    (re.compile(r"ม\s*\.\s*(?=\d)|มาตร[าส]?\s*(?=\d)"), "มาตรา "),
)
_FAMILIAR: Final[dict[str, str]] = {
    "pdpa": "คุ้มครองข้อมูลส่วนบุคคล", "พีดีพีเอ": "คุ้มครองข้อมูลส่วนบุคคล",
    "e-admin": "การปฏิบัติราชการทางอิเล็กทรอนิกส์", "eadmin": "การปฏิบัติราชการทางอิเล็กทรอนิกส์",
    "e-signature": "ลายมือชื่ออิเล็กทรอนิกส์", "esignature": "ลายมือชื่ออิเล็กทรอนิกส์",
    "ลายเซ็น": "ลายมือชื่อ", "เซ็นชื่อ": "ลงลายมือชื่อ", "เซ็นเอกสาร": "ลงลายมือชื่อ เอกสาร",
    "open data": "ข้อมูลเปิดภาครัฐ", "โอเพนดาต้า": "ข้อมูลเปิดภาครัฐ",
    "data governance": "ธรรมาภิบาลข้อมูล", "data catalog": "บัญชีข้อมูล",
    "digital id": "ดิจิทัลไอดี พิสูจน์และยืนยันตัวตน", "metadata": "คำอธิบายชุดข้อมูล",
    "e-payment": "รับและจ่ายเงินทางอิเล็กทรอนิกส์", "e-service": "บริการทางอิเล็กทรอนิกส์",
    "อีเมล": "ไปรษณีย์อิเล็กทรอนิกส์", "อีเมล์": "ไปรษณีย์อิเล็กทรอนิกส์", "ครม.": "คณะรัฐมนตรี",
    "อปท.": "องค์กรปกครองส่วนท้องถิ่น", "เว็บไซต์": "เว็บไซต์", "เวบไซต์": "เว็บไซต์",
    "anonymization": "ข้อมูลนิรนาม", "anonymize": "ข้อมูลนิรนาม", "คลาวด์": "คลาวด์ cloud",
}  # fmt: skip


def normalize(text: str) -> str:
    """Return the text in one spelling: NFC, Arabic digits, whole sara am, no hidden characters.

    Text may be anything; it is cut at :data:`MAX_QUESTION` characters.

    >>> normalize("มสพร.๖-๕ :  ๒๕๖๗")
    'มสพร. 6-5 : 2567'
    >>> normalize("พรบ ดิจิทัล ม.๑๒")
    'พ.ร.บ. ดิจิทัล มาตรา 12'
    """
    from pythainlp.util import normalize as thai_normalize

    text = text[:MAX_QUESTION].encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(ARABIC)
    text = _SPACES.sub(" ", thai_normalize(text)).strip()
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return _SPACES.sub(" ", text).strip()


def expand(text: str) -> str:
    """Return a normalised text followed by what its abbreviations and loan words stand for.

    >>> expand("ทำ open data")
    'ทำ open data ข้อมูลเปิดภาครัฐ'
    """
    lowered = text.lower()
    extra = [meaning for short, meaning in _FAMILIAR.items() if short in lowered]
    return " ".join([text, *dict.fromkeys(extra)])


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a normalised text, lower case, without spaces and punctuation.

    >>> words("ทำระบบ e-Service")
    ('ทำ', 'ระบบ', 'e-service')
    """
    from pythainlp.tokenize import word_tokenize

    tokens: list[str] = []
    for piece in re.split(r"([A-Za-z][A-Za-z\-]*[A-Za-z])", text.lower()):
        if re.fullmatch(r"[a-z][a-z\-]*[a-z]", piece):
            tokens.append(piece)
        else:
            tokens.extend(word_tokenize(piece, engine="newmm", keep_whitespace=False))
    return tuple(token for token in tokens if any(c.isalnum() for c in token))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return Thai and English words that carry no topic, question words among them."""
    from pythainlp.corpus import thai_stopwords

    extra = "ไหม มั้ย หรือเปล่า ครับ ค่ะ คะ นะ จ้า หน่อย ยังไง เท่าไหร่ กี่ ไหน อะไร ใคร เมื่อไหร่ ต้อง ใช้"
    english = "a an the is are of in on to for and or do does what which who when how must with by"
    return frozenset(thai_stopwords()) | set(extra.split()) | set(english.split())


def grams(text: str, size: int = 4) -> list[str]:
    """Return the character n-grams of a text, spaces removed: they survive spelling slips.

    >>> grams("ภาษีที่", 4)
    ['#ภาษี', '#าษีท', '#ษีที', '#ีที่']
    """
    packed = re.sub(r"[^0-9a-zก-๙]", "", text.lower())
    return ["#" + packed[i : i + size] for i in range(max(len(packed) - size + 1, 0))]


def is_english(text: str) -> bool:
    """Tell whether a question is asked in English: Latin letters and no Thai sentence.

    >>> is_english("Which standard applies to e-signatures?"), is_english("PDPA คืออะไร")
    (True, False)
    """
    thai = sum("ก" <= c <= "๎" for c in text)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    return latin > 0 and thai < 0.1 * latin
