"""What may be chosen, as the graph has it, and what was: checked, or read from a description."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

import ontology
from graph.errors import InputError
from graph.thai import ARABIC, BUDDHIST_OFFSET
from graph.view import View, term
from ingest.thai_dates import DAY, find_date, split_numeric_date
from qa.guide.model import Offer, Option
from qa.text import normalize

SCHEMES: Final = {
    "agencies": "agency-kind", "activities": "activity", "data": "data-kind", "channels": "channel",
}  # fmt: skip
KEYS: Final = {
    "agencies": "agency", "activities": "activity", "data": "data", "channels": "channel",
}  # fmt: skip
"""The name of each choice in an address and on the command line."""
_SAID: Final = {
    "agencies": ("ชนิดหน่วยงาน", "kind of agency"),
    "activities": ("งานที่จะทำ", "activity"),
    "data": ("ชนิดข้อมูล", "kind of data"),
    "channels": ("ช่องทาง", "channel"),
}


@dataclass(frozen=True)
class Asked:
    """Choices as they came, by their names; ``day`` as typed, empty for today."""

    agency: str = ""
    activities: Sequence[str] = ()
    data: Sequence[str] = ()
    channels: Sequence[str] = ()
    day: str = ""
    description: str = ""


def read_day(text: str) -> date:
    """Return the day that a person wrote; today for an empty text.

    :raises InputError: it is no day.

    >>> read_day("2026-01-31"), read_day("31 ม.ค. 2569"), read_day("๓๑/๑/๒๕๖๙")
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    """
    typed = text.strip().translate(ARABIC)
    if not typed:
        return date.today()
    found = None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        year, month, day = map(int, match.groups())
        try:
            # A Buddhist year in the international order is a slip that can only mean one thing.
            found = date(year - BUDDHIST_OFFSET if year >= 2400 else year, month, day)
        except ValueError:
            found = None
    elif re.fullmatch(DAY, typed):
        found = find_date(typed)
    elif re.fullmatch(r"\d{1,2}\s*/\s*\d{1,2}\s*/\s*25\d\d", typed):
        split = split_numeric_date(typed)
        found = split[1] if split else None
    if found is None:
        raise InputError(
            "วันที่ที่ใส่ไม่ใช่วันที่ ใส่ใหม่ เช่น 31 มกราคม 2569 หรือ 31/1/2569 หรือ 2026-01-31",
            "the day is no day; write 2026-01-31, 31/1/2569 or 31 มกราคม 2569",
        )
    return found


class Choices:
    """The choices that the graph offers; nothing of them stands in code."""

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def offer(self) -> Offer:
        """All that may be chosen; an activity only where something applies to it."""
        return Offer(**{name: self._options(name) for name in SCHEMES})

    def _options(self, name: str) -> list[Option]:
        nodes = self.view.subjects("skos:inScheme", term(f"c:{SCHEMES[name]}"))
        if name == "activities":
            nodes = [node for node in nodes if self.view.subjects("m:appliesTo", node)]
        options = [self._option(node) for node in nodes]
        if name == "activities":
            return sorted(options, key=lambda o: (o.group, o.label != o.group, o.label))
        order = {node.value: self.view.text(node, "skos:notation") for node in nodes}
        return sorted(options, key=lambda o: order[self.node(name, o).value])

    def _option(self, node: NamedNode) -> Option:
        top = node
        while (broader := self.view.node(top, "skos:broader")) is not None:
            top = broader
        return Option(
            node.value.rpartition("/")[2],
            self.view.label(node), self.view.label(node, "en"),
            self.view.label(top), self.view.label(top, "en"),
        )  # fmt: skip

    def node(self, name: str, option: Option) -> NamedNode:
        """Return the concept that a choice stands for."""
        return NamedNode(f"{ontology.CONCEPT}{SCHEMES[name]}/{option.value}")

    def chosen(self, name: str, values: Iterable[str]) -> list[Option]:
        """Return the choices of these names, each once, in the order offered.

        :raises InputError: there is no such choice.
        """
        wanted = dict.fromkeys(value.strip() for value in values if value.strip())
        known = {option.value: option for option in getattr(self.offer, name)}
        for value in wanted:
            if value not in known:
                th, en = _SAID[name]
                shown = re.sub(r"\s+", " ", value)[:40]
                raise InputError(
                    f"ไม่มี{th} «{shown}» ให้เลือก เลือกใหม่จากรายการ (mattra guide --choices)",
                    f"there is no {en} «{shown}»; choose from the list (mattra guide --choices)",
                )
        return [option for value, option in known.items() if value in wanted]

    def read(self, name: str, description: str) -> list[Option]:
        """Return the choices whose names stand in a description; a longer name hides a shorter."""
        text = normalize(description).lower()
        named = sorted(
            (
                (normalize(label).lower(), option)
                for option in getattr(self.offer, name)
                for label in self._names(self.node(name, option))
            ),
            key=lambda pair: -len(pair[0]),
        )
        found = []
        for label, option in named:
            if len(label) > 2 and label in text:
                found.append(option)
                text = text.replace(label, " ")
        return [option for option in getattr(self.offer, name) if option in found]

    def _names(self, node: NamedNode) -> list[str]:
        return [self.view.label(node), *self.view.texts(node, "skos:altLabel")]


def query_of(chosen: dict[str, list[Option]], day: str) -> str:
    """Return choices and a day as the query of an address."""
    pairs = [(KEYS[name], option.value) for name, options in chosen.items() for option in options]
    return urlencode([*pairs, ("day", day)])
