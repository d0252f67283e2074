"""What the graph holds of a whole law, or of all standards: penalties, dates, complete lists."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from graph.statements import Statement, natural_order
from graph.thai import BUDDHIST_OFFSET, date_text
from graph.things import Thing
from qa.lead import MAXIMA
from qa.refs import Mention
from qa.sentences import measures_of, measures_text, penalty_case
from qa.text import stop_words, words
from qa.understand import Asked, without_kinds
from qa.words import say

_FILLERS: Final = frozenset(
    "กฎหมาย มาตรฐาน ฉบับ เรื่อง ตาม ของ พ.ร.บ. ฐาน ผิด ฝ่าฝืน บาท สูงสุด ล่าสุด ทั้งหมด เริ่ม ใช้ บังคับ มีผล "  # noqa: SIM905
    "ประกาศ ปี ร่าง รายการ ตัว ไหร่ หร่ ร่ จริง แรก วัน law act total all maximum".split()
)


def names_only(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a normalised question says no more than what it asks of the laws it names.

    «PDPA ปรับเท่าไหร่» does so.
    """
    rest = text
    for mention in mentions:
        rest = rest.replace(mention.text, " ")
    left = words(without_kinds(rest))
    return not [w for w in left if w not in stop_words() and w not in _FILLERS and len(w) > 1]


@dataclass(frozen=True)
class Penalties:
    """All penalties of a law that the graph holds, by section."""

    by_section: list[tuple[Thing, list[Statement]]]

    def first(self, language: str) -> str:
        """Say how many sections there are, and the highest of each measure."""
        norms = [norm for _, its in self.by_section for norm in its]
        highest = [
            max((n for n in norms if n.one(key)), key=lambda n: _size(n.one(key)), default=None)
            for key in MAXIMA
        ]
        measures = [
            measure
            for key, norm in zip(MAXIMA, highest, strict=True)
            if norm is not None
            for measure in measures_of(_only(norm, key), language)
        ]
        return say(
            "penalties-of",
            language,
            count=str(len(self.by_section)),
            measures="; ".join(measures),
        )

    def lines(self, language: str) -> list[tuple[str, str]]:
        """Return the ref of each section with its penalties in words."""
        return [
            (
                thing.ref,
                "; ".join(
                    f"{measures_text(n, language)}: {penalty_case(n, language)}" for n in norms
                ),
            )
            for thing, norms in self.by_section
        ]


def penalties_of(law: str, things: Mapping[str, Thing]) -> Penalties | None:
    """Return the penalties of a law; None where the graph holds none."""
    found = [
        (thing, norms)
        for ref, thing in things.items()
        if ref.startswith(f"{law}/") and (norms := [n for n in thing.norms if n.kind == "Penalty"])
    ]
    found.sort(key=lambda item: natural_order(NamedNode(item[0].iri)))
    return Penalties(found) if found else None


def phases_of(thing: Thing, things: Mapping[str, Thing], language: str) -> str:
    """Say since when the sections of a law are in force, each day with its sections.

    Empty unless they came into force on different days and the thing is the law itself or its
    section on that.
    """
    law = thing.ref.partition("/")[0]
    if thing.kind == "section" and "บังคับ" not in thing.heading:
        return ""
    sections = [t for ref, t in things.items() if ref.startswith(f"{law}/") and t.in_force_from]
    sections.sort(key=lambda section: natural_order(NamedNode(section.iri)))
    days = Counter(section.in_force_from for section in sections)
    if len(days) < 2:
        return ""
    told = []
    for day in sorted(days):
        numbers = [t.number for t in sections if t.in_force_from == day]
        told.append(f"{date_text(day, language)} ({say('sections', language)} {_ranges(numbers)})")
    return "; ".join(told)


def standards_listed(text: str, asked: Asked, things: Iterable[Thing]) -> list[Thing] | None:
    """Return the standards that a question lists by status, year or series alone.

    None where it is no such question, for example because it has a topic of its own.
    """
    if "list" not in asked or not re.search("มาตรฐาน|มสพร|มรด|standards?", text, re.IGNORECASE):
        return None
    rest = _CHOICES.sub(" ", text)
    if not _CHOICES.search(text) or not names_only(rest, ()):
        return None
    chosen = [thing for thing in things if thing.kind == "standard" and _chosen(text, thing)]
    return sorted(chosen, key=lambda thing: thing.ref) or None


_CHOICES: Final = re.compile(
    r"(?:ยัง)?เป็นร่าง|ร่าง|ประกาศใช้(?:แล้ว)?|ถูกแทนที่(?:แล้ว)?|ถูกยกเลิก|ปี\s*(?:พ\.ศ\.\s*)?25\d\d|มสพร\.?|มรด\.?"
    r"|\bdrafts?\b|superseded|announced|in force|\b25\d\d\b|\b20\d\d\b",
    re.IGNORECASE,
)


def _chosen(text: str, thing: Thing) -> bool:
    lowered = text.lower()
    if ("ร่าง" in text or "draft" in lowered) and thing.status != "draft":
        return False
    if ("แทนที่" in text or "superseded" in lowered) and thing.status != "superseded":
        return False
    if re.search("ประกาศใช้|announced|in force", lowered) and thing.status != "in-force":
        return False
    for series in ("มสพร", "มรด"):
        if series in text and not thing.number.startswith(series):
            return False
    year = re.search(r"\b(25\d\d|20\d\d)\b", text)
    if year:
        wanted = int(year[1]) - (BUDDHIST_OFFSET if int(year[1]) > 2400 else 0)
        return wanted in _years(thing)
    return True


def _years(thing: Thing) -> set[int]:
    return {
        int(event.one("from")[:4])
        for event in thing.events
        if event.kind == "Announcement" and event.one("from")
    }


def _ranges(numbers: list[str]) -> str:
    """Return section numbers, runs of them joined: «1–18, 43–70»."""
    runs: list[list[str]] = []
    for number in numbers:
        last = runs[-1][-1] if runs else ""
        if last.isdigit() and number.isdigit() and int(number) == int(last) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _size(value: str) -> float:
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", value)
    if match:
        years, months, days = (int(group or 0) for group in match.groups())
        return years * 365 + months * 30 + days
    return float(value)


def _only(norm: Statement, key: str) -> Statement:
    kept = {name: values for name, values in norm.values.items() if name == key}
    return Statement(norm.ref, norm.kind, kept, {}, norm.certainty, norm.source)
