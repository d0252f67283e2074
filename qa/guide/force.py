"""What state a law's section or a standard is in on a day, as far as the graph knows."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from graph.thai import date_text, first_day, last_day
from graph.things import Thing
from qa.force import state_on
from qa.guide.model import Text

_NO_START: Final = Text(
    "กราฟไม่มีวันเริ่มใช้ ต้องตรวจสอบเอง", "The graph has no day on which it began; look it up.",
)  # fmt: skip
_NOT_SEEN: Final = Text(
    "เผยแพร่แล้ว แต่ยังไม่เห็นหลักฐานการประกาศ ต้องตรวจสอบเองว่าประกาศใช้แล้วหรือไม่",
    "Published, but no announcement was seen; look up whether it was announced.",
)
_NOT_KNOWN: Final = Text(
    "กราฟไม่ทราบสถานะ ต้องตรวจสอบเอง", "The graph does not know its status; look it up."
)
_ONLY_YEAR: Final = Text(
    "รู้เพียงว่าเริ่มใน {start} ต้องตรวจสอบเองว่าในวันที่เลือกเริ่มแล้วหรือยัง",
    "It is only known to have begun in {start}; look up whether it had on the day chosen.",
)
_SUCCESSOR: Final = Text(
    "มีฉบับใหม่มาแทน แต่กราฟไม่มีวันที่แน่นอน ต้องตรวจสอบเองว่าในวันที่เลือกใช้ฉบับใด",
    "It was replaced, but on no day that the graph knows; look up which held on the day chosen.",
)


@dataclass(frozen=True)
class Force:
    """A state on a day, the days behind it, and what is to be looked up.

    :param sure: whether the state itself is known; a check may be added to what is sure.
    """

    state: str
    begins: str = ""
    begins_as: Literal["in-force", "announced", ""] = ""
    ends: str = ""
    check: Text | None = None
    sure: bool = True


def force_on(thing: Thing, day: date, successors: list[Thing]) -> Force:
    """Return the state of a section, law or standard on a day.

    :param successors: what replaced it, described.
    """
    if thing.kind == "standard":
        return _standard(thing, day, successors)
    begins = thing.in_force_from
    state = state_on(thing, day)
    if not begins and state == "in-force":
        return Force("in-force", ends=thing.in_force_until, check=_NO_START, sure=False)
    if thing.status == "superseded" and not thing.in_force_until:
        return Force("unknown", begins, "in-force", "", _SUCCESSOR, sure=False)
    return Force(state, begins, "in-force" if begins else "", thing.in_force_until)


def beginning(thing: Thing) -> tuple[str, Literal["in-force", "announced", ""]]:
    """Return when a standard began, else when it was announced, as precise as known."""
    kinds: tuple[tuple[str, Literal["in-force", "announced"]], ...] = (
        ("StatusEvent", "in-force"), ("Announcement", "announced"),
    )  # fmt: skip
    for kind, means in kinds:
        days = [e.one("from") for e in thing.events if e.kind == kind and e.one("from")]
        if days and thing.status in ("in-force", "superseded", "unknown"):
            return min(days), means
    return "", ""


def _standard(thing: Thing, day: date, successors: list[Thing]) -> Force:
    if thing.status == "draft":
        hearing = [e for e in thing.events if e.kind == "PublicHearing"]
        start = min((e.one("from") for e in hearing if e.one("from")), default="")
        return Force("draft", start, "", max((e.one("until") for e in hearing), default=""))
    if thing.status == "published":
        return Force("published", check=_NOT_SEEN, sure=False)
    begins, means = beginning(thing)
    if thing.status == "superseded":
        return _replaced(begins, means, day, successors)
    if thing.status != "in-force":
        return Force("unknown", begins, means, check=_NOT_KNOWN, sure=False)
    if not begins:
        seen = bool(thing.as_of) and day >= last_day(thing.as_of)
        return Force("in-force" if seen else "unknown", check=_NO_START, sure=seen)
    if day < first_day(begins):
        return Force("not-yet", begins, means)
    if day < last_day(begins):
        year = Text(
            _ONLY_YEAR.th.format(start=date_text(begins)),
            _ONLY_YEAR.en.format(start=date_text(begins, "en")),
        )
        return Force("unknown", begins, means, check=year, sure=False)
    return Force("in-force", begins, means)


def _replaced(
    begins: str, means: Literal["in-force", "announced", ""], day: date, successors: list[Thing]
) -> Force:
    starts = [start for start in (beginning(s)[0] for s in successors) if start]
    if not starts:
        return Force("superseded", begins, means, check=_SUCCESSOR)
    end = min(starts)
    if day > last_day(end):
        return Force("superseded", begins, means, end)
    return Force("unknown", begins, means, end, _SUCCESSOR, sure=False)
