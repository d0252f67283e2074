"""Passages by the thing they are of, and words by the things that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa.passages import Passage
from qa.text import stop_words, words

Scores = NDArray[np.float32]
Places = NDArray[np.int64]

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "questions": ("question",),
    "content": ("summary", "norm", "definition", "parameter", "event", "official"),
    "names": ("names", "concept", "features", "activity"),
    "english": ("english", "question-en"),
}
"""The views of a thing by what they are: a question that is like another says most."""


@dataclass(frozen=True)
class Layout:
    """Where the views of each candidate lie among all passages.

    :param refs: the candidates: things, then topics outside the graph.
    :param passages: every view of every candidate, those of one candidate together.
    """

    refs: Sequence[str]
    passages: Sequence[Passage]

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each candidate by its ref."""
        return {ref: place for place, ref in enumerate(self.refs)}

    @cached_property
    def owner(self) -> Places:
        """The candidate of each passage."""
        return np.array([self.place[p.ref] for p in self.passages], np.int64)

    @cached_property
    def passages_of(self) -> list[Places]:
        """The passages of each candidate."""
        order = np.argsort(self.owner, kind="stable")
        ends = np.searchsorted(self.owner[order], np.arange(1, len(self.refs)))
        return np.split(order, ends)

    @cached_property
    def groups(self) -> dict[str, Places]:
        """The passages of each group of :data:`GROUPS`."""
        return {
            group: np.array([n for n, p in enumerate(self.passages) if p.view in views], np.int64)
            for group, views in GROUPS.items()
        }

    @cached_property
    def families(self) -> tuple[Places, int]:
        """The law or family of each candidate, numbered, and how many there are."""
        stems = [ref.partition("/")[0] for ref in self.refs]
        number = {stem: n for n, stem in enumerate(dict.fromkeys(stems))}
        return np.array([number[stem] for stem in stems], np.int64), len(number)

    def of_family(self, scores: Scores, least: float) -> Scores:
        """Return for each candidate the mean of the two best scores in its family."""
        number, count = self.families
        first = np.full(count, least, np.float32)
        np.maximum.at(first, number, scores)
        rest = np.where(scores >= first[number], least, scores)
        second = np.full(count, least, np.float32)
        np.maximum.at(second, number, rest)
        return np.asarray(((first + second) / 2)[number], np.float32)

    def next_best(self, scores: Scores) -> tuple[Scores, Scores]:
        """Return each candidate's second best score, and the mean of its best three."""
        first = self.best(scores)
        rest = np.where(scores >= first[self.owner], -np.inf, scores).astype(np.float32)
        second = self.best(rest)
        rest = np.where(rest >= second[self.owner], -np.inf, rest).astype(np.float32)
        third = self.best(rest)
        second = np.where(np.isfinite(second), second, first)
        third = np.where(np.isfinite(third), third, second)
        return second, np.asarray((first + second + third) / 3, np.float32)

    def best(self, scores: Scores, group: str | None = None) -> Scores:
        """Return the best score of each candidate, of one group of views or of all; else -inf."""
        found = np.full(len(self.refs), -np.inf, np.float32)
        chosen, starts, owners = self._runs[group or ""]
        if len(starts):
            found[owners] = np.maximum.reduceat(scores if group is None else scores[chosen], starts)
        return found

    @cached_property
    def _runs(self) -> dict[str, tuple[Places, Places, Places]]:
        """The passages of each group, where each candidate's begin among them, and whose they are.

        Many times faster than looking the owner of each up again.
        """
        whole = np.arange(len(self.passages))
        found = {}
        for name, chosen in {"": whole, **self.groups}.items():
            owner = self.owner[chosen]
            starts = np.flatnonzero(np.diff(owner, prepend=-1))
            found[name] = (chosen, starts, owner[starts])
        return found


@dataclass(frozen=True)
class Vocabulary:
    """Which candidates hold each word, and how rare it is."""

    layout: Layout
    words_of: Sequence[Sequence[str]]
    headings: Sequence[str]

    @cached_property
    def _holders(self) -> dict[str, Places]:
        found: dict[str, set[int]] = {}
        for place, its in zip(self.layout.owner, self.words_of, strict=True):
            for word in its:
                found.setdefault(word, set()).add(int(place))
        return {word: np.array(sorted(places), np.int64) for word, places in found.items()}

    @cached_property
    def _heading_words(self) -> list[frozenset[str]]:
        return [frozenset(words(heading)) for heading in self.headings]

    def holds(self, word: str) -> bool:
        """Tell whether any candidate holds a word."""
        return word in self._holders

    def weights(self, asked: str) -> dict[str, float]:
        """Return the words of a question that carry a topic, the rarer the weightier."""
        total = len(self.layout.refs)
        wanted = dict.fromkeys(w for w in words(asked) if w not in stop_words() and len(w) > 1)
        return {
            w: float(np.log(1 + total / len(self._holders[w]) if w in self._holders else 1 + total))
            for w in wanted
        }

    def covered(self, weights: dict[str, float]) -> tuple[Scores, Scores, float]:
        """Return the share of the words' weight that each candidate holds.

        In any view, in its heading, and the share that any candidate holds.
        """
        total = sum(weights.values()) or 1.0
        shares = np.zeros(len(self.layout.refs), np.float32)
        heading = np.zeros(len(self.layout.refs), np.float32)
        known = 0.0
        for word, weight in weights.items():
            holders = self._holders.get(word)
            if holders is None:
                continue
            known += weight
            shares[holders] += weight / total
            for place in holders:
                if word in self._heading_words[place]:
                    heading[place] += weight / total
        return shares, heading, known / total
