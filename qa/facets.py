"""Retrieval alone: things found, why each stands where it does, and facets to narrow them by."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from graph.errors import InputError, UnknownRefError
from graph.things import Thing
from qa.hits import Found, Hit
from qa.words import SIGNS, STATUS, name_of

KINDS: Final[dict[str, tuple[str, str]]] = {
    "section": ("มาตราหรือข้อ", "section"),
    "standard": ("มาตรฐาน", "standard"),
    "act": ("พระราชบัญญัติ", "act"),
    "instrument": ("กฎหมายลำดับรอง", "secondary legislation"),
}
FIXED: Final = {"kind": tuple(KINDS), "status": tuple(STATUS)}
SUGGESTED: Final = 6
REASONS: Final = 3
"""Signs that are named for each thing found."""


@dataclass(frozen=True)
class Facets:
    """What things are to be of; within a facet any value will do, an empty one lets all pass.

    :param act: refs of laws, such as ``pdpa-2562``; a standard is under its family's ref.
    :param kind: ``section``, ``standard``, ``act`` or ``instrument``.
    :param status: ``in-force``, ``draft``, ``superseded`` …
    :param concept: refs of subjects, such as ``concept/subject/consent``.
    """

    act: Sequence[str] = ()
    kind: Sequence[str] = ()
    status: Sequence[str] = ()
    concept: Sequence[str] = ()

    def check(self, things: Iterable[Thing]) -> None:
        """Raise unless every value is one of its facet.

        :raises InputError: no such kind or status.
        :raises UnknownRefError: no thing is of such a law or subject.
        """
        asked = {name: wanted for name, wanted in asdict(self).items() if wanted}
        held = [values_of(thing) for thing in things] if asked else []
        for name, wanted in asked.items():
            known = FIXED.get(name) or sorted({v for values in held for v, _ in values[name]})
            for value in wanted:
                if value not in known:
                    shown = ", ".join(get_close_matches(value, known, SUGGESTED, 0.0))
                    refused = InputError if name in FIXED else UnknownRefError
                    raise refused(
                        f"ตัวกรอง {name} ไม่มีค่า {value!r} ค่าที่มี เช่น {shown}",
                        f"the facet {name} has no value {value!r}; it has, for example, {shown}",
                    )

    def accept(self, thing: Thing) -> bool:
        """Tell whether a thing is of all that is wanted."""
        held = values_of(thing)
        return all(
            not wanted or set(wanted) & {value for value, _ in held[name]}
            for name, wanted in asdict(self).items()
        )


def values_of(thing: Thing) -> dict[str, list[tuple[str, str]]]:
    """Return the values of a thing in each facet, with their labels."""
    law = thing.part_of
    act = (law.ref, law.label) if law else (thing.ref, thing.label)
    return {
        "act": [act],
        "kind": [(thing.kind, name_of(KINDS, thing.kind))],
        "status": [(thing.status or "unknown", name_of(STATUS, thing.status or "unknown"))],
        "concept": [(link.ref, link.label) for link in thing.subjects],
    }


@dataclass(frozen=True)
class FoundThing:
    """One thing found. ``why`` names the signs that speak for it most, and how much each adds."""

    ref: str
    iri: str
    label: str
    heading: str
    kind: str
    status: str | None
    score: float
    lexical: float
    dense: float
    view: str
    matched: str
    why: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class SearchResult:
    """Things found, best first, and how many of all candidates each facet's values would leave.

    :param nothing: the chance, 0 to 1, that nothing in the graph answers the question.
    """

    query: str
    nothing: float
    hits: list[FoundThing]
    facets: dict[str, list[dict[str, Any]]]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def result_of(found: Found, things: dict[str, Thing], limit: int) -> SearchResult:
    """Return what a search found, the first ``limit`` of it; the facets count all of it."""
    its = [things[hit.ref] for hit in found.hits]
    hits = [_found(hit, things[hit.ref]) for hit in found.hits[:limit]]
    return SearchResult(found.question, round(found.nothing, 3), hits, dict(_counts(its)))


def _counts(things: Iterable[Thing]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    held = [values_of(thing) for thing in things]
    for name in ("act", "kind", "status", "concept"):
        labels = dict(pair for values in held for pair in values[name])
        counts = Counter(value for values in held for value, _ in values[name])
        yield (
            name,
            [
                {"value": value, "label": labels[value], "count": count}
                for value, count in counts.most_common()
            ],
        )


def _found(hit: Hit, thing: Thing) -> FoundThing:
    why = [
        {"sign": name, "text": SIGNS[name][0], "text_en": SIGNS[name][1], "adds": adds}
        for name, adds in hit.reasons[:REASONS]
    ]
    return FoundThing(
        thing.ref, thing.iri, thing.label, thing.heading, thing.kind, thing.status,
        hit.chance, hit.lexical, hit.dense, hit.passage.view, hit.passage.text, why,
    )  # fmt: skip
