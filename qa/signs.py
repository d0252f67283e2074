"""What speaks for each thing as the answer to a question: one row of numbers a thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from graph.statements import Statement
from graph.things import Thing
from qa.layout import GROUPS, Layout, Places, Scores, Vocabulary

HAS: Final = ("hearing", "time", "rate", "definition", "penalty", "date")
NAMES: Final = (
    *(f"dense-{group}" for group in GROUPS), "dense", "dense-second", "dense-mean", "votes",
    *(f"lexical-{group}" for group in GROUPS), "lexical", "covered", "heading", "agreement",
    "law-dense", "law-lexical", "named", "law-named", "kind-named", "outdated",
    "has-asked", "lacks-asked", "breach-asked", "which-standard", "standard", "instrument", "act",
    "outside", "outside-named", "none", "none-far", "none-unknown", "none-uncovered",
    "none-country", "none-law", "none-section",
)  # fmt: skip
"""The columns of the rows; ``python -m bench train`` weighs them."""
_NEAREST: Final = 10
_FAR: Final = -6.0


@dataclass(frozen=True)
class Evidence:
    """What is known of a question before the candidates are compared.

    :param dense: the cosine of each passage, standardised over the passages.
    :param lexical: the BM25 score of each passage, as a share of the highest possible.
    :param weights: the question's words that carry a topic.
    :param named: candidates whose very ref it names; ``law_named``: those of the laws it names.
    :param outdated: candidates not in force on the day asked of, or for other tax years.
    :param kinds: what is asked for; ``thing_kinds``: the kinds of things that it names.
    :param outside: topics outside the graph whose name it holds.
    :param elsewhere: signs of another country or law, by name (of :mod:`qa.elsewhere`).
    """

    dense: Scores
    lexical: Scores
    weights: dict[str, float]
    named: Scores
    law_named: Scores
    outdated: Scores
    outside: Scores
    kinds: Sequence[str]
    thing_kinds: frozenset[str]
    elsewhere: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Signs:
    """Turns evidence into rows: a row each for things and outside topics, a last one for none.

    :param things: the thing of each candidate; None for a topic outside the graph.
    """

    layout: Layout
    vocabulary: Vocabulary
    things: Sequence[Thing | None]

    def rows(self, evidence: Evidence) -> Scores:
        """Return a row of :data:`NAMES` for each candidate and a last one for none of them."""
        rows = np.zeros((len(self.things) + 1, len(NAMES)), np.float32)
        shares, heading, known = self.vocabulary.covered(evidence.weights)
        for name, column in self._columns(evidence):
            rows[:-1, NAMES.index(name)] = column
        rows[:-1, NAMES.index("covered")] = shares
        rows[:-1, NAMES.index("heading")] = heading
        top = float(evidence.dense.max(initial=_FAR))
        rows[-1, NAMES.index("none")] = 1.0
        rows[-1, NAMES.index("none-far")] = 4.0 - top
        rows[-1, NAMES.index("none-unknown")] = 1.0 - known
        rows[-1, NAMES.index("none-uncovered")] = 1.0 - float(shares.max(initial=0))
        for name, holds in evidence.elsewhere.items():
            rows[-1, NAMES.index(f"none-{name}")] = float(holds)
        return rows

    def _columns(self, evidence: Evidence) -> Iterator[tuple[str, Scores]]:
        layout = self.layout
        dense, lexical = evidence.dense, evidence.lexical
        best = layout.best(dense)
        top = float(best.max(initial=_FAR))
        yield "dense", np.maximum(best - top, _FAR)
        for group in GROUPS:
            yield f"dense-{group}", np.maximum(layout.best(dense, group) - top, _FAR)
            yield f"lexical-{group}", np.maximum(layout.best(lexical, group), 0)
        words_best = np.maximum(layout.best(lexical), 0)
        yield "lexical", words_best
        second, mean = layout.next_best(dense)
        yield "dense-second", np.maximum(second - top, _FAR)
        yield "dense-mean", np.maximum(mean - top, _FAR)
        nearest = np.argpartition(-dense, min(_NEAREST, len(dense) - 1))[:_NEAREST]
        votes = np.bincount(layout.owner[nearest], minlength=len(best))
        yield "votes", np.asarray(votes / _NEAREST, np.float32)
        both = np.zeros(len(best), np.float32)
        if int(best.argmax()) == int(words_best.argmax()):
            both[int(best.argmax())] = 1.0
        yield "agreement", both
        yield "law-dense", layout.of_family(np.maximum(best - top, _FAR), _FAR)
        yield "law-lexical", layout.of_family(words_best, 0.0)
        yield "named", evidence.named
        yield "law-named", evidence.law_named
        yield "outdated", evidence.outdated
        yield "outside-named", evidence.outside
        yield "breach-asked", self._of_breached(best - top) * ("penalty" in evidence.kinds)
        yield from self._by_kind(evidence)

    def _by_kind(self, evidence: Evidence) -> Iterator[tuple[str, Scores]]:
        kinds = self.kinds
        for kind in ("standard", "instrument", "act", "outside"):
            yield kind, kinds[kind]
        named = [kinds[kind] for kind in evidence.thing_kinds]
        yield "kind-named", np.max(named, axis=0) if named else kinds["none"]
        yield "which-standard", kinds["standard"] * ("which-standard" in evidence.kinds)
        wanted = {fact for kind in evidence.kinds for fact in WANTS.get(kind, ())}
        has = np.max([self._having[fact] for fact in wanted], axis=0) if wanted else kinds["none"]
        yield "has-asked", has
        yield "lacks-asked", (1 - has) * bool(wanted)

    def _of_breached(self, nearness: Scores) -> Scores:
        """Return how near the nearest section is whose breach each candidate punishes."""
        found = np.full(len(nearness), _FAR, np.float32)
        for place, breached in self._breached:
            found[place] = max(_FAR, float(nearness[breached].max()))
        return found - _FAR

    @cached_property
    def _breached(self) -> list[tuple[int, Places]]:
        place = self.layout.place
        found: list[tuple[int, Places]] = []
        for n, thing in enumerate(self.things):
            links = [
                x
                for norm in (thing.norms if thing else ())
                for x in norm.links.get("forBreachOf", ())
            ]
            breached = {place[ref] for x in links if (ref := x.ref.partition("(")[0]) in place}
            if breached:
                found.append((n, np.array(sorted(breached), np.int64)))
        return found

    @cached_property
    def kinds(self) -> dict[str, Scores]:
        """Which candidates are of a kind, 1 or 0 each."""
        its = [thing.kind if thing else "outside" for thing in self.things]
        names = ("section", "standard", "instrument", "act", "outside", "none")
        return {name: np.array([kind == name for kind in its], np.float32) for name in names}

    @cached_property
    def _having(self) -> dict[str, Scores]:
        facts = [has_asked(thing) if thing else frozenset() for thing in self.things]
        return {name: np.array([name in held for held in facts], np.float32) for name in HAS}


def has_asked(thing: Thing) -> frozenset[str]:
    """Return what kinds of question a thing has facts for (of :data:`HAS`)."""
    found: set[str] = set()
    for norm in thing.norms:
        found |= _held(norm)
    if thing.parameters:
        found |= {"rate"}
    if any(p.kind in ("CalendarStep", "Instalments") for p in thing.parameters):
        found |= {"time", "date"}
    if any(event.kind == "PublicHearing" for event in thing.events):
        found.add("hearing")
    if thing.events or (thing.kind in ("act", "instrument") and thing.in_force_from):
        found.add("date")
    return frozenset(found)


def _held(norm: Statement) -> set[str]:
    found = set()
    if norm.one("deadline") or norm.one("frequency"):
        found |= {"time"}
    if norm.one("rate") or norm.one("amount"):
        found |= {"rate"}
    if norm.kind == "Penalty":
        found |= {"penalty", "rate"}
    if norm.kind == "Definition":
        found |= {"definition"}
    return found


WANTS: Final[dict[str, tuple[str, ...]]] = {
    "hearing": ("hearing",),
    "deadline": ("time", "hearing"),
    "date": ("date",),
    "penalty": ("penalty",),
    "rate": ("rate",),
    "definition": ("definition",),
}
"""Which facts of :data:`HAS` a kind of question is answered by."""
