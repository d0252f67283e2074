"""The land tax's figures as facts of an answer: those of one tax year, in words."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from graph.statements import Statement, value_text
from graph.thai import BUDDHIST_OFFSET, MONTHS_EN, MONTHS_TH, date_text
from graph.things import Thing
from qa.draft import Fact

_YEAR: Final = re.compile(r"ปี(?:ภาษี)?\s*(?:พ\.ศ\.\s*)?(25\d\d|[67]\d)(?!\d)|\b(20[2-4]\d)\b")


def tax_year(question: str, day: date) -> int:
    """Return the tax year (of the Christian era) that a question names, else that of the day.

    >>> tax_year("ภาษีที่ดินปี 2566 จ่ายเมื่อไร", date(2026, 1, 1)), tax_year("ปี 65", date(2026, 1, 1))
    (2023, 2022)
    """
    if match := _YEAR.search(question):
        if match[2]:
            return int(match[2])
        year = int(match[1])
        return (year if year > 99 else 2500 + year) - BUDDHIST_OFFSET
    return day.year


def says_year(question: str) -> bool:
    """Tell whether a question names a tax year."""
    return _YEAR.search(question) is not None


def holds(first: str, last: str, year: int) -> bool:
    """Tell whether a figure for the years from ``first`` to ``last`` holds for a year."""
    return int(first) <= year and (not last or year <= int(last))


def parameter_facts(
    parameters: list[Statement], year: int | None = None, language: str = "th"
) -> list[Fact]:
    """Return the figures that hold for a tax year, rates and bands of one kind in one fact.

    :param year: of the Christian era; None for the figures of all years.
    """
    now = [
        p
        for p in parameters
        if year is None or holds(p.one("taxYearFrom"), p.one("taxYearUntil"), year)
    ]
    put_off = {p.linked("step") for p in now if p.one("due") or p.one("dueBefore")}
    facts: list[Fact] = []
    for group in _groups(now):
        first = group[0]
        if (
            year is not None
            and first.linked("step") in put_off
            and not (first.one("due") or first.one("dueBefore"))
        ):
            continue
        text = _WORDS[first.kind](group, year, language == "th")
        if note := first.one("note", "th"):
            text += f" ({note})" if language == "th" else ""
        value = first.one("rate") or first.one("amount") or first.one("due")
        facts.append((_KEYS.get(first.kind, "rate"), value, text, first.certainty))
    return facts


def figures_of(thing: Thing) -> list[Fact]:
    """Return the figures of a thing for all years, one sentence each."""
    return parameter_facts(thing.parameters)


def sets_steps(thing: Thing) -> bool:
    """Tell whether a thing itself sets steps of the tax year, or puts them off for one year."""
    steps = [p for p in thing.parameters if p.kind == "CalendarStep"]
    return bool(thing.tax_years) or any(not step.one("taxYearUntil") for step in steps)


def _groups(parameters: list[Statement]) -> Iterator[list[Statement]]:
    """Yield brackets of one use together, bands of one structure together, others alone."""
    kept: dict[tuple[str, str], list[Statement]] = {}
    for parameter in parameters:
        shared = parameter.linked("landUse") if parameter.kind == "RateBracket" else ""
        shared = parameter.linked("structure") or shared
        kept.setdefault((parameter.kind, shared or parameter.ref), []).append(parameter)
    for group in kept.values():
        yield sorted(group, key=lambda p: float(p.one("lowerBound") or p.one("ageFrom") or 0))


def _brackets(group: list[Statement], _: int | None, thai: bool) -> str:
    pieces = []
    for bracket in group:
        rate = value_text("rate", bracket.one("rate"), "th" if thai else "en")
        low, high = float(bracket.one("lowerBound")), bracket.one("upperBound")
        if not high:
            where = f"เกิน {low:,.0f} บาท" if thai else f"over {low:,.0f} baht"
        elif low:
            where = (
                f"เกิน {low:,.0f} ถึง {float(high):,.0f} บาท"
                if thai
                else f"{low:,.0f} to {float(high):,.0f} baht"
            )
        else:
            where = f"ไม่เกิน {float(high):,.0f} บาท" if thai else f"up to {float(high):,.0f} baht"
        pieces.append(f"{where} {rate}")
    return f"{_use(group[0], thai)}: " + "; ".join(pieces)


def _exempt(group: list[Statement], _: int | None, thai: bool) -> str:
    amount = value_text("amount", group[0].one("amount"), "th" if thai else "en")
    return f"{_use(group[0], thai)}: " + (f"ไม่เกิน {amount}" if thai else f"up to {amount}")


def _fully(group: list[Statement], _: int | None, thai: bool) -> str:
    return f"{_use(group[0], thai)}: {'ยกเว้นทั้งหมด' if thai else 'exempt in full'}"


def _relief(group: list[Statement], _: int | None, thai: bool) -> str:
    rate = value_text("rate", group[0].one("rate"), "th" if thai else "en")
    return f"ชำระ{rate} ของส่วนที่เกินภาษีเดิม" if thai else f"{rate} of the excess is paid"


def _vacant(group: list[Statement], _: int | None, thai: bool) -> str:
    rate, top = (
        value_text("rate", group[0].one(k), "th" if thai else "en") for k in ("rate", "ceiling")
    )
    years = group[0].one("everyYears")
    return (
        f"เพิ่ม{rate} ทุก {years} ปีที่ทิ้งว่างติดต่อกัน รวมไม่เกิน{top}"
        if thai
        else f"up by {rate} every {years} years in a row, to {top} at most"
    )


def _cut(group: list[Statement], year: int | None, thai: bool) -> str:
    rate = value_text("rate", group[0].one("rate"), "th" if thai else "en")
    years = _years(group[0], thai)
    return f"ลด{rate} {years}" if thai else f"cut by {rate}, {years}"


def _instalments(group: list[Statement], _: int | None, thai: bool) -> str:
    amount = value_text("amount", group[0].one("amount"), "th" if thai else "en")
    count = group[0].one("count")
    return (
        f"ภาษีตั้งแต่ {amount} ผ่อนได้ {count} งวด" if thai else f"from {amount}, in {count} instalments"
    )


def _due(group: list[Statement], year: int | None, thai: bool) -> str:
    step, language = group[0], "th" if thai else "en"
    names = MONTHS_TH if thai else MONTHS_EN
    own = step.one("taxYearUntil") and int(step.one("taxYearUntil"))
    shown = (year or own or -BUDDHIST_OFFSET) + (BUDDHIST_OFFSET if thai else 0)
    in_year = f" {shown}" if year or own else ""
    if due := step.one("due"):
        when = ("ภายในเดือน" if thai else "by the end of ") + date_text(due, language)
    elif due := step.one("dueBefore"):
        when = ("ก่อนวันที่ " if thai else "before ") + date_text(due, language)
    elif due := step.one("dueMonth"):
        month = names[int(due[2:4]) - 1]
        when = ("ภายในเดือน" if thai else "by the end of ") + month + in_year
    else:
        month = names[int(step.one("dueBeforeMonth")[2:4]) - 1]
        when = ("ก่อนวันที่ 1 " if thai else "before 1 ") + month + in_year
    what = f"{step.linked('step', language)} {when}"
    if own:
        what += (" โดยขยายเวลาตาม " if thai else " put off by ") + step.linked(
            "parameterOf", language
        )
    if not in_year:
        return what + (" ถ้าไม่มีการขยายเวลา" if thai else " unless put off")
    return f"{what} (ปีภาษี{in_year})" if thai else f"{what} (tax year{in_year})"


def _depreciation(group: list[Statement], _: int | None, thai: bool) -> str:
    pieces = []
    for band in group:
        low, high = band.one("ageFrom"), band.one("ageUntil")
        rate, base = float(band.one("rate")), float(band.one("baseRate"))
        ages = f"{low}–{high}" if high else f"{low}+"
        if thai:
            rule = f"ร้อยละ {rate:g} ต่อปี" if rate else f"ร้อยละ {base:g} คงที่"
            pieces.append(f"อายุ {ages} ปี {rule}")
        else:
            rule = f"{rate:g} percent a year" if rate else f"{base:g} percent flat"
            pieces.append(f"age {ages}: {rule}")
    return f"{group[0].linked('structure', 'th' if thai else 'en')}: " + "; ".join(pieces)


def _late(group: list[Statement], _: int | None, thai: bool) -> str:
    rate = value_text("rate", group[0].one("rate"), "th" if thai else "en")
    case = _LATE[group[0].one("lateCase")][0 if thai else 1]
    return f"{case}: {rate}"


def _use(parameter: Statement, thai: bool) -> str:
    return parameter.linked("landUse", "th" if thai else "en")


def _years(parameter: Statement, thai: bool) -> str:
    offset = BUDDHIST_OFFSET if thai else 0
    first = int(parameter.one("taxYearFrom")) + offset
    last = parameter.one("taxYearUntil")
    if last and int(last) + offset == first:
        return f"ปีภาษี {first}" if thai else f"tax year {first}"
    if last:
        return f"ปีภาษี {first} ถึง {int(last) + offset}" if thai else f"{first} to {int(last)}"
    return f"ตั้งแต่ปีภาษี {first}" if thai else f"from tax year {first}"


_WORDS: Final[dict[str, Callable[[list[Statement], int | None, bool], str]]] = {
    "RateBracket": _brackets,
    "ExemptBase": _exempt,
    "FullExemption": _fully,
    "TaxRelief": _relief,
    "VacantIncrease": _vacant,
    "TaxReduction": _cut,
    "SpecialReduction": _cut,
    "Instalments": _instalments,
    "CalendarStep": _due,
    "Depreciation": _depreciation,
    "LatePenalty": _late,
    "MonthlySurcharge": _late,
}
_KEYS: Final = {
    "ExemptBase": "exempt", "FullExemption": "exempt", "CalendarStep": "due",
    "Instalments": "instalments", "Depreciation": "depreciation", "TaxReduction": "reduction",
    "SpecialReduction": "reduction",
}  # fmt: skip
_LATE: Final = {
    "before-warning": ("ชำระก่อนได้รับหนังสือแจ้งเตือน", "paid before the warning letter"),
    "within-warning": ("ชำระภายในเวลาของหนังสือแจ้งเตือน", "paid within the letter's time"),
    "after-warning": ("ชำระหลังจากนั้น", "paid later"),
    "late": ("เงินเพิ่มต่อเดือน", "surcharge a month"),
    "extended": ("เงินเพิ่มต่อเดือนเมื่อได้รับอนุมัติขยายเวลา", "surcharge a month within an extension"),
}
