"""What stands around a thing: what it leads to, what leads to it, and when it changed."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.thai import BUDDHIST_OFFSET
from graph.things import Thing, describe, kind_of
from graph.view import View
from qa.sentences import event_text

RELATIONS: Final[dict[str, tuple[str, str]]] = {
    "eli:cites": ("อ้างถึง", "cites"),
    "eli:based_on": ("ออกโดยอาศัย", "based on"),
    "cpsv:implements": ("รองรับกฎหมาย", "implements"),
    "m:revises": ("ปรับปรุงจาก", "revises"),
    "m:supersededBy": ("ถูกแทนที่โดย", "superseded by"),
    "m:guides": ("เป็นแนวทางใช้", "guides the use of"),
}
STEPS: Final = 2
MOST: Final = 9
"""Things of one step on one side; a count tells of the rest."""


@dataclass(frozen=True)
class Neighbour:
    """A thing around another; ``step`` is how far it is, below zero for what leads to it."""

    ref: str
    label: str
    label_en: str
    kind: str
    step: int


@dataclass(frozen=True)
class Relation:
    """One thing that leads to another; ``relation`` is a key of :data:`RELATIONS`."""

    source: str
    target: str
    relation: str
    th: str
    en: str


@dataclass(frozen=True)
class Moment:
    """What happened to a thing on a day (or in a year), or another version of it."""

    day: str
    th: str
    en: str
    ref: str = ""


@dataclass(frozen=True)
class Around:
    """The neighbours of a thing, itself first, how they are related, and its timeline.

    ``left_out`` counts the neighbours above :data:`MOST` on a side and step.
    """

    ref: str
    neighbours: list[Neighbour]
    relations: list[Relation]
    timeline: list[Moment]
    left_out: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def around(store: Store, ref: str) -> Around:
    """Return what stands around a thing within two steps.

    For a whole law or standard the links of its sections count as its own; items count as their
    section.

    :raises UnknownRefError: the graph has no such thing.
    """
    thing = describe(store, ref)
    return _Walk(View(store), thing).walked()


class _Walk:
    def __init__(self, view: View, thing: Thing) -> None:
        self.view, self.thing = view, thing
        self.whole = thing.kind in ("act", "instrument", "standard")
        self.start = NamedNode(thing.iri)

    def walked(self) -> Around:
        steps = {self.start: 0}
        relations: dict[tuple[NamedNode, NamedNode, str], None] = {}
        left_out = 0
        for forward in (True, False):
            front = [self.start]
            for step in range(1, STEPS + 1):
                fresh: list[NamedNode] = []
                for node in front:
                    for other, name in self._links(node, forward):
                        if other not in steps:
                            if len(fresh) >= MOST:
                                left_out += 1
                                continue
                            steps[other] = step if forward else -step
                            fresh.append(other)
                        ends = (node, other) if forward else (other, node)
                        relations[*ends, name] = None
                front = fresh
        return Around(
            self.thing.ref,
            [self._neighbour(node, step) for node, step in steps.items()],
            [
                Relation(ontology.ref(a.value), ontology.ref(b.value), name, *RELATIONS[name])
                for a, b, name in relations
            ],
            timeline(self.view.store, self.thing),
            left_out,
        )

    def _links(self, node: NamedNode, forward: bool) -> list[tuple[NamedNode, str]]:
        found: dict[tuple[NamedNode, str], None] = {}
        parts = [node, *self._parts(node)]
        for name in RELATIONS:
            for part in parts:
                others = self.view.nodes(part, name) if forward else self.view.subjects(name, part)
                for other in map(self._lifted, others):
                    if other != node and kind_of(self.view, other):
                        found[other, name] = None
        return list(found)

    def _parts(self, node: NamedNode) -> Iterator[NamedNode]:
        for part in self.view.subjects("eli:is_part_of", node):
            yield part
            yield from self._parts(part)

    def _lifted(self, node: NamedNode) -> NamedNode:
        """Return the law that a section is of, or the section that an item is of."""
        kinds = ("section", "item") if self.whole else ("item",)
        while kind_of(self.view, node) in kinds:
            above = self.view.node(node, "eli:is_part_of")
            if above is None:
                break
            node = above
        return node

    def _neighbour(self, node: NamedNode, step: int) -> Neighbour:
        label, english = (self.view.label(node, language) for language in ("th", "en"))
        kind = kind_of(self.view, node) or ""
        return Neighbour(ontology.ref(node.value), label, english, kind, step)


def timeline(store: Store, thing: Thing) -> list[Moment]:
    """Return what happened to a thing and to its earlier and later versions, by day."""
    found = list(_moments(thing))
    seen = {thing.ref}
    waiting = [
        *thing.superseded_by, *thing.revises, *_before(store, thing, seen)
    ]  # fmt: skip
    while waiting:
        link = waiting.pop()
        if link.ref in seen:
            continue
        seen.add(link.ref)
        other = describe(store, link.ref)
        days = [moment.day for moment in _moments(other) if moment.day]
        day = min(days, default=_year(other.ref))
        found.append(Moment(day, other.label, other.label_en, other.ref))
        waiting += [*other.superseded_by, *other.revises, *_before(store, other, seen)]
    return sorted(dict.fromkeys(found), key=lambda moment: (moment.day or "9999", moment.th))


def _year(ref: str) -> str:
    """Return the year of the Christian era that a ref ends with, as standards' refs do."""
    found = re.search(r"-(2[45]\d\d)$", ref)
    return str(int(found[1]) - BUDDHIST_OFFSET) if found else ""


def _before(store: Store, thing: Thing, seen: set[str]) -> list[Any]:
    view, node = View(store), NamedNode(thing.iri)
    nodes = [*view.subjects("m:supersededBy", node), *view.subjects("m:revises", node)]
    refs = [ontology.ref(each.value) for each in nodes]
    return [_Named(ref) for ref in refs if ref not in seen]


@dataclass(frozen=True)
class _Named:
    ref: str


def _moments(thing: Thing) -> Iterator[Moment]:
    if thing.published:
        yield Moment(thing.published, "ประกาศในราชกิจจานุเบกษา", "Published in the Royal Gazette")
    if thing.in_force_from:
        yield Moment(thing.in_force_from, "เริ่มมีผลใช้บังคับ", "Entry into force")
    if thing.in_force_until:
        yield Moment(thing.in_force_until, "สิ้นผลใช้บังคับ", "No longer in force")
    for event in thing.events:
        yield Moment(event.one("from"), event_text(event), event_text(event, "en"))
