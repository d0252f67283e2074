"""Answers that are worked out: the tax on a value that a question gives, a last day from a day."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.errors import InputError
from graph.statements import Statement
from graph.thai import BUDDHIST_OFFSET, date_text, duration_text
from graph.view import View
from ingest.thai_dates import find_date
from qa.of_tax import tax_year
from qa.text import normalize
from tax.parameters import Parameters

_SUM: Final = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(?:(ล้าน|แสน|หมื่น|พัน)?\s*(?:บาท|฿)|(ล้าน|แสน|หมื่น)|(million|m)\b|\s*(?:baht|thb)\b)",
    re.IGNORECASE,
)
_TIMES: Final = {
    "ล้าน": 10**6, "แสน": 10**5, "หมื่น": 10**4, "พัน": 10**3, "million": 10**6, "m": 10**6,
}  # fmt: skip
_JURISTIC: Final = re.compile(r"บริษัท|นิติบุคคล|ห้างหุ้นส่วน|\bcompany|\bcorporation", re.IGNORECASE)
_DIVIDED: Final = re.compile(
    r"ครึ่ง|ชั้นบน|ชั้นล่าง|บางส่วน|ส่วนหนึ่ง|อีกส่วน|แบ่ง|half|partly|upstairs|downstairs|floor", re.IGNORECASE
)
_YEARS: Final = re.compile(r"(?<!\d)(\d{1,2})\s*(?:ปี|years?)", re.IGNORECASE)
_DAYS: Final = re.compile(r"P(\d+)D|PT(\d+)H")


def tax_case(text: str, store: Store, day: date) -> dict[str, Any] | None:
    """Return the tax case that a normalised question states, for :func:`qa.taxing.reckon`.

    None unless it gives one sum and names one use of land or buildings that the graph knows, for
    all of it: a tax on a guessed use would be a guess (section 38 divides a base of several).
    """
    sums = sums_in(text)
    if len(sums) != 1 or _DIVIDED.search(text):
        return None
    use = use_in(text, store)
    if use is None:
        return None
    case: dict[str, Any] = {
        "use": use,
        "value": str(sums[0]),
        "year": str(tax_year(text, day) + BUDDHIST_OFFSET),
    }
    if _JURISTIC.search(text):
        case["owner"] = "juristic"
    if use == "vacant" and len(years := set(_YEARS.findall(text))) == 1:
        case["vacant_years"] = int(years.pop())
    return case


def sums_in(text: str) -> list[Decimal]:
    """Return the sums of money that a normalised text gives, in baht.

    >>> sums_in("บ้านราคา 5 ล้าน"), sums_in("ที่ดิน 1,200,000 บาท"), sums_in("3.5 ล้านบาท")
    ([Decimal('5000000')], [Decimal('1200000')], [Decimal('3500000.0')])
    """
    return [
        Decimal(match[1].replace(",", ""))
        * _TIMES.get((match[2] or match[3] or match[4] or "").lower(), 1)
        for match in _SUM.finditer(text)
    ]


def use_in(text: str, store: Store) -> str | None:
    """Return the slug of the one use of land that a text names by a label of the graph's.

    None where it names none, or several. A label within a longer one does not count.
    """
    view = View(store)
    lowered = text.lower()
    spans: list[tuple[int, int, str]] = []
    for slug in Parameters(store).uses:
        node = NamedNode(f"{ontology.CONCEPT}land-use/{slug}")
        names = [view.label(node), view.label(node, "en")]
        for more in ("skos:altLabel", "skos:hiddenLabel"):
            names += view.texts(node, more)
        for name in map(str.lower, map(normalize, names)):
            spans += [(m.start(), m.end(), slug) for m in re.finditer(re.escape(name), lowered)]
    uses = {
        slug
        for start, end, slug in spans
        if not any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in spans)
    }
    return uses.pop() if len(uses) == 1 else None


def last_day(norm: Statement, text: str) -> tuple[date, date] | None:
    """Return the day from which a question counts and the last day of a norm's time limit.

    None where the norm has no limit in days or hours, or the question gives no full date.
    """
    match = _DAYS.fullmatch(norm.one("deadline"))
    start = find_date(text)
    if not match or start is None:
        return None
    days = int(match[1]) if match[1] else -(-int(match[2]) // 24)
    return start, start + timedelta(days=days)


def last_day_text(norm: Statement, start: date, end: date, language: str) -> str:
    """Say a last day and how it was counted, on the condition that the day given is its start."""
    limit = duration_text(norm.one("deadline"), language)
    first, last = (date_text(day.isoformat(), language) for day in (start, end))
    event = norm.one("deadlineFrom", language)
    if language == "en":
        return (
            f"if {event or 'the start'} was on {first}: {first} + {limit} = {last}, the next day "
            "being the first; public holidays and special rules of counting are left out"
        )
    event = event.removeprefix("นับแต่") or "วันเริ่มนับ"
    return (
        f"ถ้า{event}ตรงกับวันที่ {first}: {first} + {limit} = {last} (นับวันถัดไปเป็นวันแรก "
        "ยังไม่ได้คิดวันหยุดราชการหรือวิธีนับที่กฎหมายกำหนดเป็นอย่างอื่น)"
    )


def explain(error: InputError, language: str) -> str:
    """Return why a tax could not be worked out."""
    return error.en if language == "en" else error.th
