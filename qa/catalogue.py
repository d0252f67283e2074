"""All that can be looked through: laws, sections, standards, concepts, organisations, data sets."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from pyoxigraph import Store

import ontology
from graph.errors import InputError
from graph.thai import BUDDHIST_OFFSET
from graph.things import Thing
from graph.view import View, term
from qa.text import normalize
from qa.words import CERTAINTY, STATUS

KINDS: Final[dict[str, tuple[str, str]]] = {
    "act": ("พระราชบัญญัติ", "act"),
    "instrument": ("กฎหมายลำดับรอง", "secondary legislation"),
    "section": ("มาตราหรือข้อ", "section"),
    "standard": ("มาตรฐาน", "standard"),
    "concept": ("แนวคิด", "concept"),
    "organisation": ("องค์กร", "organisation"),
    "record": ("ชุดข้อมูล", "data set"),
    "column": ("คอลัมน์ข้อมูล", "column of a data set"),
}
FACETS: Final = ("kind", "status", "year", "act", "certainty")
_OTHERS: Final = {
    "concept": ("skos:Concept",), "organisation": ("cpov:PublicOrganisation",),
    "record": ("owl:Class",), "column": ("owl:DatatypeProperty", "owl:ObjectProperty"),
}  # fmt: skip
_LIKELY: Final = {"standard": 0, "act": 1, "instrument": 2, "concept": 3, "record": 4,
                  "organisation": 5, "section": 6, "column": 7}  # fmt: skip
"""Which of equally good names comes first."""


@dataclass(frozen=True)
class Entry:
    """One thing of the catalogue; ``year`` is Buddhist, the empty text where unknown."""

    ref: str
    kind: str
    label: str
    label_en: str
    heading: str
    summary: str
    status: str
    year: str
    act: str
    certainty: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A thing whose name begins with, or holds, what was typed; ``matched`` is that name."""

    ref: str
    kind: str
    label: str
    matched: str


@dataclass(frozen=True)
class Listing:
    """Some of the things found, how many there are, and for each facet what its values hold."""

    query: str
    total: int
    start: int
    entries: list[Entry]
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


class Catalogue:
    """The entries over one graph, by names and facets.

    :param things: laws, sections and standards as the retriever holds them.
    """

    def __init__(self, store: Store, things: Mapping[str, Thing]) -> None:
        self.entries = {entry.ref: entry for entry in _entries(store, things)}
        self._labels = {entry.ref: entry.label for entry in self.entries.values()}
        self._names = [
            (_plain(name), name, entry)
            for entry in self.entries.values()
            for name in dict.fromkeys((entry.label, entry.heading, *entry.names, entry.ref,
                                       entry.label_en))
            if name
        ]  # fmt: skip

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        """Return things whose name begins with a text, then those whose name holds it."""
        return [Suggestion(e.ref, e.kind, e.label, name) for name, e in self._named(text)[:limit]]

    def _named(self, text: str) -> list[tuple[str, Entry]]:
        sought = _plain(normalize(text))
        if not sought:
            return []
        words = sought.split()
        ranked = sorted(
            (not low.startswith(sought), sought not in low, _LIKELY[entry.kind], len(name), place)
            for place, (low, name, entry) in enumerate(self._names)
            if all(word in low for word in words)
        )
        found: dict[str, tuple[str, Entry]] = {}
        for *_, place in ranked:
            _, name, entry = self._names[place]
            found.setdefault(entry.ref, (name, entry))
        return list(found.values())

    def browse(
        self,
        text: str,
        wanted: Mapping[str, Sequence[str]],
        start: int = 0,
        limit: int = 20,
        search: Callable[[str], Iterable[str]] | None = None,
    ) -> Listing:
        """Return the things of the facets wanted, all of them or those that a text finds.

        :param wanted: values by facet (:data:`FACETS`); within one any value will do.
        :param search: gives refs by meaning, which follow those found by name.
        :raises InputError: there is no such facet, or no thing has such a value.
        """
        entries = list(self.entries.values())
        if text.strip():
            named = {entry.ref: entry for _, entry in self._named(text)}
            meant = [ref for ref in (search(text) if search else ()) if ref in self.entries]
            entries = list((named | {ref: self.entries[ref] for ref in meant}).values())
        self._check(wanted)
        found = [entry for entry in entries if _accepts(entry, wanted)]
        counts = {name: self._count(name, entries, wanted) for name in FACETS}
        return Listing(text, len(found), start, found[start : start + limit], counts)

    def _check(self, wanted: Mapping[str, Sequence[str]]) -> None:
        for name, values in wanted.items():
            known = {getattr(e, name) for e in self.entries.values()} if name in FACETS else set()
            for value in values:
                if value not in known:
                    shown = ", ".join(sorted(known - {""})[:8]) or ", ".join(FACETS)
                    raise InputError(
                        f"ตัวกรอง {name} ไม่มีค่า {value!r} ค่าที่มี เช่น {shown}",
                        f"the facet {name} has no value {value!r}; there is, for example, {shown}",
                    )

    def _count(
        self, name: str, entries: list[Entry], wanted: Mapping[str, Sequence[str]]
    ) -> list[dict[str, Any]]:
        others = {facet: values for facet, values in wanted.items() if facet != name}
        counts = Counter(getattr(e, name) for e in entries if _accepts(e, others))
        counts.pop("", None)
        ordered = [value for value, _ in counts.most_common()]
        if name == "year":
            ordered.sort(reverse=True)
        return [
            {"value": value, "count": counts[value], **self._named_value(name, value)}
            for value in ordered
        ]

    def _named_value(self, name: str, value: str) -> dict[str, str]:
        tables = {"kind": KINDS, "status": STATUS, "certainty": CERTAINTY}
        th, en = tables.get(name, {}).get(value) or (self._labels.get(value, value),) * 2
        if name == "act" and value in self.entries:
            en = self.entries[value].label_en or th
        return {"th": th, "en": en}


def _plain(text: str) -> str:
    """Return a name as it is compared: abbreviations are typed with dots and without."""
    return text.lower().replace(".", "").strip()


def _accepts(entry: Entry, wanted: Mapping[str, Sequence[str]]) -> bool:
    return all(not values or getattr(entry, name) in values for name, values in wanted.items())


def _entries(store: Store, things: Mapping[str, Thing]) -> Iterable[Entry]:
    order = {kind: place for place, kind in enumerate(KINDS)}
    for thing in sorted(things.values(), key=lambda t: order.get(t.kind, len(order))):
        if thing.kind in KINDS:
            law = thing.part_of.ref if thing.part_of else thing.ref
            yield Entry(
                thing.ref, thing.kind, thing.label, thing.label_en,
                thing.heading if thing.heading != thing.label else "", thing.summary,
                thing.status or "unknown", _year(thing, law), law, thing.certainty or "",
                tuple(thing.names),
            )  # fmt: skip
    view = View(store)
    for kind, types in _OTHERS.items():
        nodes = [node for each in types for node in view.subjects("rdf:type", term(each))]
        for node in nodes:
            space = ontology.TAX if kind in ("record", "column") else ontology.BASE
            if node.value.startswith(space):
                names = (*view.texts(node, "skos:altLabel"), *view.texts(node, "skos:notation"))
                told = view.text(node, "skos:definition", "th") or view.text(
                    node, "rdfs:comment", "th"
                )
                yield Entry(
                    ontology.ref(node.value), kind, view.label(node), view.label(node, "en"), "",
                    told, "", "", "", "", names,
                )  # fmt: skip


def _year(thing: Thing, law: str) -> str:
    if named := re.search(r"-(2[45]\d\d)(?!\d)", law):
        return named[1]
    day = thing.published or thing.in_force_from
    return str(int(day[:4]) + BUDDHIST_OFFSET) if day[:4].isdigit() else ""
