"""Puts a checklist together from choices."""

from collections import Counter
from datetime import date
from time import perf_counter
from typing import Final

from pyoxigraph import NamedNode

import ontology
from graph.errors import InputError
from graph.things import Thing
from qa.applies import Activity, Applier
from qa.guide.binding import Binding
from qa.guide.choices import Asked, Choices, query_of, read_day
from qa.guide.items import Items
from qa.guide.model import GROUPS, Checklist, Item, Offer, Option, Span, Text
from qa.model import Step

_KINDS: Final = {"standard": 0, "section": 1}
_NOTHING: Final = InputError(
    "ยังไม่ได้เลือกงาน เลือกงานที่จะทำ ชนิดข้อมูล หรือช่องทางอย่างน้อยหนึ่งอย่าง",
    "nothing is chosen; choose at least one activity, kind of data or channel",
)
_NO_AGENCY: Final = Text(
    "ยังไม่ได้เลือกชนิดหน่วยงาน รายการนี้จึงทำตามที่บังคับแก่หน่วยงานของรัฐโดยทั่วไป "
    "ต้องตรวจสอบเองว่ากฎหมายแต่ละฉบับบังคับแก่หน่วยงานของท่านหรือไม่",
    "No kind of agency was chosen, so the list is for state agencies at large; look up whether "
    "each law binds yours.",
)
_LATER: Final = Text(
    "วันที่เลือกยังมาไม่ถึง รายการนี้เป็นไปตามที่กราฟรู้ในวันนี้ กฎหมายอาจเปลี่ยนก่อนถึงวันนั้น",
    "The day chosen is still to come; the list is what the graph knows today, and laws may change.",
)
_EARLIER: Final = Text(
    "วันที่เลือกผ่านมาแล้ว สรุปเป็นไปตามตัวบทฉบับล่าสุดที่กราฟมี ถ้ากฎหมายแก้ไขหลังวันนั้น เนื้อหาในวันนั้นอาจต่างไป",
    "The day chosen is past; summaries follow the latest text that the graph has, so where a law "
    "was amended since, its content on that day may differ.",
)


class Guider:
    """Checklists over one graph."""

    def __init__(self, applier: Applier) -> None:
        self.applier = applier
        self.view = applier.view
        self.things = applier.retriever.things
        self.choices = Choices(self.view)
        self.binding = Binding(self.view)
        self._activities = {activity.node: activity for activity in applier.activities}

    @property
    def offer(self) -> Offer:
        """All that may be chosen."""
        return self.choices.offer

    def recognise(self, asked: Asked) -> Asked:
        """Return the choices with those that the description names, an agency where none was."""
        said = asked.description.strip()
        if not said:
            return asked
        activities = [a.node.value.rpartition("/")[2] for a in self.applier.recognise(said)]
        offered = {option.value for option in self.offer.activities}
        kinds = self.choices.read("agencies", said)
        return Asked(
            asked.agency or (kinds[0].value if len(kinds) == 1 else ""),
            [*asked.activities, *(name for name in activities if name in offered)],
            [*asked.data, *(o.value for o in self.choices.read("data", said))],
            [*asked.channels, *(o.value for o in self.choices.read("channels", said))],
            asked.day,
            said,
        )

    def checklist(self, asked: Asked, version: str = "") -> Checklist:
        """Return what applies to the work that was chosen or described.

        :param version: of the graph, to be named in the checklist.
        :raises InputError: nothing is chosen or recognised, no such choice, the day is none.
        """
        start = perf_counter()
        day = read_day(asked.day)
        asked = self.recognise(asked)
        chosen = {
            "agencies": self.choices.chosen("agencies", [asked.agency]),
            "activities": self.choices.chosen("activities", asked.activities),
            "data": self.choices.chosen("data", asked.data),
            "channels": self.choices.chosen("channels", asked.channels),
        }
        if not (chosen["activities"] or chosen["data"] or chosen["channels"]):
            raise _nothing_in(asked.description) if asked.description else _NOTHING
        agency = chosen["agencies"][0] if chosen["agencies"] else None
        kind = self.choices.node("agencies", agency) if agency else None
        items = self._items(chosen, kind, day)
        counts = Counter(item.group for item in items)
        return Checklist(
            day.isoformat(), agency, chosen["activities"], chosen["data"], chosen["channels"],
            asked.description, query_of(chosen, day.isoformat()),
            items, {group: counts[group] for group in GROUPS},
            _notes(agency, day),
            self._timeline(items), version, round((perf_counter() - start) * 1000, 1),
        )  # fmt: skip

    def _items(
        self, chosen: dict[str, list[Option]], kind: NamedNode | None, day: date
    ) -> list[Item]:
        hits: dict[str, set[str]] = {}
        paths: dict[str, list[Step]] = {}
        for before, node in self._starts(chosen):
            activity = self._activities.get(node)
            found = self._found(node)
            for ref, within in found.items():
                hits.setdefault(ref, set()).update(within)
                path = [*before, *self._path(activity, self.things[ref], before)]
                if ref not in paths or len(path) < len(paths[ref]):
                    paths[ref] = path
        make = Items(self.binding, self.things, kind, day).make
        items = [
            make(self.things[r], hits[r], paths[r]) for r in _without_wholes(paths, self.things)
        ]
        return sorted(items, key=self._order)

    def _starts(self, chosen: dict[str, list[Option]]) -> list[tuple[list[Step], NamedNode]]:
        """Return the activities and things that the choices lead to, with the steps that lead."""
        starts: list[tuple[list[Step], NamedNode]] = [
            ([], self.choices.node("activities", option)) for option in chosen["activities"]
        ]
        for name in ("data", "channels"):
            for option in chosen[name]:
                for node in self.view.nodes(self.choices.node(name, option), "m:involves"):
                    label = self.view.label(node)
                    starts.append(([Step(option.label, "เกี่ยวกับ", label)], node))
        return starts

    def _found(self, node: NamedNode) -> dict[str, set[str]]:
        """Return the things that apply to an activity, or the thing itself, with the parts hit."""
        if node in self._activities:
            refs = [ontology.ref(n.value) for n in self.view.subjects("m:appliesTo", node)]
        else:
            refs = [ontology.ref(node.value)]
        found: dict[str, set[str]] = {}
        for ref in refs:
            whole = ref.partition("(")[0]
            if whole in self.things:
                found.setdefault(whole, set()).add(ref)
        return found

    def _path(self, activity: Activity | None, thing: Thing, before: list[Step]) -> list[Step]:
        if activity is not None:
            return self.applier.path(activity, thing)
        return [Step(thing.label, "อาศัย", basis.label) for basis in thing.implements]

    def _order(self, item: Item) -> tuple[int, int, int, str, list[int | str]]:
        derived = sum(step.derived for step in item.path)
        return (
            GROUPS.index(item.group), derived, _KINDS.get(item.kind, 2), item.ref.partition("/")[0],
            [int(p) if p.isdigit() else 0 for p in item.ref.partition("/")[2].split("-")],
        )  # fmt: skip

    def _timeline(self, items: list[Item]) -> list[Span]:
        """Return the laws and standards by the day they began; those of no known day are last."""
        rows: Counter[tuple[str, str, str, str]] = Counter()
        labels: dict[str, str] = {}
        for item in items:
            part_of = self.things[item.ref].part_of
            whole = part_of if part_of and item.kind == "section" else None
            ref = whole.ref if whole else item.ref
            labels[ref] = whole.label if whole else item.label
            rows[ref, item.state, item.begins, item.ends] += item.kind == "section"
        spans = [
            Span(ref, labels[ref], state, begins, ends, count)
            for (ref, state, begins, ends), count in rows.items()
        ]
        return sorted(spans, key=lambda span: (span.begins or "9999", span.ref))


def _notes(agency: Option | None, day: date) -> list[Text]:
    notes = [] if agency else [_NO_AGENCY]
    today = date.today()
    return [*notes, *([_LATER] if day > today else [_EARLIER] if day < today else [])]


def _without_wholes(refs: dict[str, list[Step]], things: dict[str, Thing]) -> list[str]:
    """Return the refs without laws and families some part of which is among them."""
    wholes = {part.ref for ref in refs if (part := things[ref].part_of) is not None}
    return [ref for ref in refs if ref not in wholes]


def _nothing_in(description: str) -> InputError:
    return InputError(
        "ไม่พบงาน ข้อมูล หรือช่องทางที่รู้จักในคำบรรยายนี้ ลองบรรยายให้เจาะจงขึ้น หรือเลือกจากรายการ",
        "the description names no activity, data or channel that the graph knows; be more precise, "
        "or choose from the list",
    )
