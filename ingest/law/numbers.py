"""Numbers and units of time as Thai laws write them, in digits or in words."""

import re
from functools import cache
from typing import Final

from pythainlp.util import thaiword_to_num

_WORDS: Final = "(?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|เอ็ด|ยี่|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน)"
NUMBER: Final = rf"(?:\d[\d,]*(?:\.\d+)?|{_WORDS}+(?:จุด{_WORDS}+)?)"
UNIT: Final = "(?:ปี|เดือน|สัปดาห์|วันทำการ|วัน|ชั่วโมง|นาที)"
DESIGNATOR: Final = {
    "ปี": "P{}Y", "เดือน": "P{}M", "สัปดาห์": "P{}W", "วัน": "P{}D", "วันทำการ": "P{}D",
    "ชั่วโมง": "PT{}H", "นาที": "PT{}M",
}  # fmt: skip


@cache
def number(words: str) -> float:
    """Return the number that digits or Thai words say.

    >>> number("เจ็ดสิบสอง"), number("ศูนย์จุดหนึ่งห้า"), number("1,000,000")
    (72.0, 0.15, 1000000.0)
    """
    plain = words.replace(",", "")
    if plain[0].isdigit():
        return float(plain)
    whole, _, decimals = plain.partition("จุด")
    digits = "".join(str(thaiword_to_num(word)) for word in re.findall(_WORDS, decimals))
    return float(f"{thaiword_to_num(whole)}.{digits or 0}")


def duration(count: str, unit: str) -> str:
    """Return a number and a unit as an ISO 8601 duration.

    >>> duration("เจ็ดสิบสอง", "ชั่วโมง")
    'PT72H'
    """
    return DESIGNATOR[unit].format(int(number(count)))
