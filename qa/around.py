"""What lies around an answer: when its sources came about, why they apply, what else to ask."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.statements import Link, links_to
from graph.thai import first_day
from graph.things import Thing
from graph.view import View, term
from qa.draft import label_of
from qa.force import state_on
from qa.model import Edge
from qa.names import Names
from qa.text import expand, grams, normalize, stop_words, words

RELATIONS: Final[dict[str, tuple[str, str]]] = {
    "part-of-work": ("เป็นส่วนหนึ่งของงาน", "is part of the work"),
    "applies": ("ใช้", "calls for"),
    "subject": ("กำหนดไว้ใน", "is dealt with in"),
    "based-on": ("อาศัยอำนาจตาม", "is based on"),
    "part-of": ("อยู่ใน", "is in"),
}
"""What each edge of an answer's paths says, Thai and English."""
EXPLAINED: Final = 3
"""The first things cited whose paths are told."""
ASKED_MOST: Final = 5
_EACH: Final = 2
_ABOUT: Final = 0.5
"""Share of an activity's name that a question must hold to be about it."""


def announced_on(thing: Thing) -> str:
    """Return the day or year of a standard's first announcement; the empty text where unknown."""
    found = [e.one("from") for e in thing.events if e.kind == "Announcement" and e.one("from")]
    return min(found, default="")


def state_of(thing: Thing, day: date) -> str | None:
    """Return how a thing stood on a day.

    ``not-yet``, ``ended`` or ``other-year`` where its dates say so, else its status.
    """
    if thing.kind == "standard":
        start = announced_on(thing)
        return "not-yet" if start and first_day(start) > day else thing.status
    state = state_on(thing, day)
    return state if state in ("not-yet", "ended", "other-year") else thing.status


def related_questions(things: Sequence[Thing], question: str, language: str) -> list[str]:
    """Return questions that some things answer beside the one asked, in its language.

    They are the sample questions of the graph; the first thing gives most of them.

    :param question: as normalised.
    """
    own = set(grams(question, 3))
    found: dict[str, None] = {}
    for place, thing in enumerate(things[:EXPLAINED]):
        others = [
            asked
            for asked in thing.questions
            if _in_english(asked) == (language == "en") and not _alike(own, asked)
        ]
        for asked in others[: _EACH + (place == 0)]:
            found.setdefault(asked)
    return list(found)[:ASKED_MOST]


def _in_english(question: str) -> bool:
    # «When were parts 1-4 of มสพร. 6 announced?» is English for all its Thai name.
    return 2 * sum("ก" <= c <= "๎" for c in question) < sum(
        c.isascii() and c.isalpha() for c in question
    )


def _alike(own: set[str], question: str) -> bool:
    its = _pieces(question)
    return len(own & its) > 0.6 * max(min(len(own), len(its)), 1)


@lru_cache(maxsize=8192)
def _pieces(question: str) -> frozenset[str]:
    return frozenset(grams(normalize(question), 3))


class Paths:
    """The paths of one store from what a question names to the things of an answer."""

    def __init__(self, store: Store, names: Names) -> None:
        self._view, self._names = View(store), names

    def why(self, things: Sequence[Thing], question: str) -> list[Edge]:
        """Return the edges that lead to the first of the things cited; none where none does.

        A path begins at the activity of a thing that the question is about, or else at a subject
        of the thing that the question names; it goes on to the section that a standard is based
        on, or to the law that a section is part of.

        :param question: as normalised.
        """
        named = {ontology.ref(node.value) for node in self._names.concepts_in(question)}
        held = set(words(normalize(self._names.expand(question))))
        edges: dict[tuple[str, str], Edge] = {}
        for thing in things[:EXPLAINED]:
            steps = self._from_work(thing, held) or list(_from_subjects(thing, named))
            for edge in (*steps, *_onward(thing)) if steps else ():
                edges.setdefault((edge.subject.ref, edge.object.ref), edge)
        return list(edges.values())

    def _from_work(self, thing: Thing, held: set[str]) -> list[Edge]:
        shares = {a.ref: self._share(a.ref, held) for a in thing.activities}
        if max(shares.values(), default=0.0) < _ABOUT:
            return []
        start = max(thing.activities, key=lambda activity: shares[activity.ref])
        stated = self._stated(thing)
        edges: list[Edge] = []
        node = NamedNode(ontology.iri(start.ref))
        while node.value not in stated:
            broader = self._view.node(node, "skos:broader")
            if broader is None:
                break
            above = links_to(self._view, [broader])[0]
            edges.append(Edge(start, "part-of-work", above, derived=True))
            node, start = broader, above
        return [*edges, Edge(start, "applies", _link(thing))]

    def _share(self, ref: str, held: set[str]) -> float:
        """Return how much of the nearest name of an activity a question holds, 0 to 1."""
        return max(
            (
                sum(map(self._weight, own & held)) / sum(map(self._weight, own))
                for own in self._work.get(ref, ())
            ),
            default=0.0,
        )

    def _weight(self, word: str) -> float:
        # A word that many activities share tells little of which is meant.
        return len(word) / self._shared[word]

    @cached_property
    def _work(self) -> dict[str, list[set[str]]]:
        """The words of each name of each activity, by ref."""
        found: dict[str, list[set[str]]] = {}
        for node in self._view.subjects("skos:inScheme", term("c:activity")):
            names = [self._view.label(node), *self._view.texts(node, "skos:altLabel")]
            names.append(self._view.label(node, "en"))
            bags = [_telling(name) for name in names]
            found[ontology.ref(node.value)] = [bag for bag in bags if bag]
        return found

    @cached_property
    def _shared(self) -> Counter[str]:
        """How many activities have a word in a name."""
        return Counter(word for bags in self._work.values() for word in set().union(*bags))

    def _stated(self, thing: Thing) -> set[str]:
        """Return the activities that a thing or its parts are said to be for, without rules."""
        node, store = NamedNode(thing.iri), self._view.store
        return {
            quad.object.value  # type: ignore[union-attr]
            for part in (node, *self._view.subjects("eli:is_part_of", node))
            for quad in store.quads_for_pattern(part, term("m:appliesTo"), None, None)
            if "/derived/" not in str(quad.graph_name)
        }


def _telling(name: str) -> set[str]:
    return {w for w in words(normalize(expand(name))) if w not in stop_words() and len(w) > 1}


def _from_subjects(thing: Thing, named: set[str]) -> Iterator[Edge]:
    for subject in thing.subjects:
        if subject.ref in named:
            yield Edge(subject, "subject", _link(thing))


def _onward(thing: Thing) -> Iterator[Edge]:
    sure = {
        link.ref: base.certainty for base in thing.bases for link in base.links.get("basis", ())
    }
    here = _link(thing)
    for link in thing.implements:
        inferred = sure.get(link.ref, "inferred") in ("inferred", "unverified")
        yield Edge(here, "based-on", link, derived=inferred)
    for link in thing.based_on:
        yield Edge(here, "based-on", link)
    if thing.part_of and not thing.implements and not thing.based_on:
        yield Edge(here, "part-of", thing.part_of)


def _link(thing: Thing) -> Link:
    return Link(thing.ref, label_of(thing, "th"), label_of(thing, "en"))


def cited_things(refs: Sequence[str], things: Mapping[str, Thing]) -> list[Thing]:
    """Return the things of some refs, in their order."""
    return [things[ref] for ref in refs if ref in things]
