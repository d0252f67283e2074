"""Finding: words and meaning, scored together for each thing."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Store

from graph.things import Thing
from qa.encoder import Encoder, load_encoder
from qa.force import state_on
from qa.lexical import Scores, WordIndex
from qa.names import Names
from qa.of_tax import holds, tax_year
from qa.passages import Passage, passages, searched_things
from qa.refs import Mention, RefReader
from qa.text import normalize, stop_words, words
from qa.vectors import document_vectors

COVERED: Final = 0.3
"""Weight of the share of the question's words that all views of a thing hold together."""
KIND: Final = 0.1
"""What a thing of the kind that the question names gains over the others."""
OUTDATED: Final = 0.15
POOL: Final = 100
"""Things whose scores are brought to one scale before they are added."""


_KIND_WORDS: Final = (
    ("standard", "มาตรฐาน"),
    ("standard", "แนวปฏิบัติ"),
    ("standard", "standard"),
    ("section", "กฎหมาย"),
    ("section", "มาตรา"),
    ("section", "พ.ร.บ."),
)


@dataclass(frozen=True)
class Hit:
    """A thing found, with why: the scores (0 to 1) of its words and of its meaning."""

    ref: str
    score: float
    lexical: float
    dense: float
    passage: Passage
    mentioned: bool = False


@dataclass(frozen=True)
class Found:
    """What a search gives: hits, best first, and the signs that an answer is there at all.

    :param cosine: of the best passage, as the encoder gives it.
    :param coverage: share of the question's words, weighted by rarity, that the best thing has.
    :param agreement: words and meaning put the same thing first.
    """

    question: str
    hits: list[Hit]
    mentions: list[Mention]
    cosine: float
    coverage: float
    known_words: float
    agreement: bool


class Retriever:
    """Searches a store; everything heavy is built on first use."""

    def __init__(
        self, store: Store, encoder: Encoder | None = None, dense_share: float = 0.5
    ) -> None:
        """Search a store; ``dense_share`` of the score comes from meaning, the rest from words."""
        self.store = store
        self.dense_share = dense_share
        self.refs = RefReader(store)
        self.names = Names(store)
        self._encoder = encoder
        self._outdated_on: dict[tuple[date, int], Scores] = {}

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder of queries and passages."""
        return self._encoder or load_encoder()

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The things that can be found, by ref."""
        return {thing.ref: thing for thing in searched_things(self.store)}

    @cached_property
    def passages(self) -> list[Passage]:
        """Every view of every thing."""
        return passages(self.store, list(self.things.values()))

    @cached_property
    def _refs(self) -> list[str]:
        return list(self.things)

    @cached_property
    def _owner(self) -> NDArray[np.int64]:
        place = {ref: index for index, ref in enumerate(self._refs)}
        return np.array([place[p.ref] for p in self.passages])

    @cached_property
    def _vectors(self) -> Scores:
        return document_vectors(self.encoder, [p.text for p in self.passages])

    @cached_property
    def _index(self) -> WordIndex:
        return WordIndex([p.text for p in self.passages])

    @cached_property
    def _idf(self) -> dict[str, float]:
        counts: dict[str, int] = {}
        vocabularies = self._thing_words.values()
        for vocabulary in vocabularies:
            for word in vocabulary:
                counts[word] = counts.get(word, 0) + 1
        total = len(vocabularies)
        return {word: float(np.log(1 + total / count)) for word, count in counts.items()}

    @cached_property
    def _thing_words(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {ref: set() for ref in self._refs}
        for passage, its in zip(self.passages, self._index.words, strict=True):
            found[passage.ref].update(its)
        return found

    def search(self, question: str, limit: int = 10, day: date | None = None) -> Found:
        """Return the things nearest to a question, those it names first.

        An empty question finds nothing.

        :param day: what was not in force on it comes later; today by default.
        """
        text = normalize(question)
        mentions = self.refs.find(text)
        if not self.passages or not any(c.isalnum() for c in text):
            return Found(text, [], mentions, 0.0, 0.0, 0.0, False)
        asked = self.names.expand(text)
        query = self.encoder.encode_query([text])[0]
        dense_passages = self._vectors @ query
        lexical_passages = self._index.scores(asked)
        dense, dense_best = self._by_thing(dense_passages)
        lexical, lexical_best = self._by_thing(lexical_passages)
        share = self.dense_share
        fused = share * _scaled(dense) + (1 - share) * _scaled(lexical)
        if 0 < share < 1:
            fused = fused + COVERED * self._covered(asked) + self._asked_kind(text)
        fused = fused + self._named(mentions) - self._outdated(text, day or date.today())
        order = np.argsort(-fused, kind="stable")[:limit]
        hits = [
            Hit(
                self._refs[i],
                round(float(fused[i]), 4),
                round(float(_scaled(lexical)[i]), 4),
                round(float(_scaled(dense)[i]), 4),
                self.passages[int(dense_best[i] if dense[i] else lexical_best[i])],
                any(m.ref.partition("(")[0] == self._refs[i] for m in mentions),
            )
            for i in order
        ]
        top = hits[0].ref if hits else ""
        return Found(
            text,
            hits,
            mentions,
            float(dense.max(initial=0)),
            self._coverage(asked, top),
            self._coverage(asked, None),
            bool(len(dense) and np.argmax(dense) == np.argmax(lexical)),
        )

    def _by_thing(self, scores: Scores) -> tuple[Scores, NDArray[np.int64]]:
        best = np.full(len(self._refs), -np.inf, np.float32)
        np.maximum.at(best, self._owner, scores)
        order = np.argsort(scores, kind="stable")
        place = np.zeros(len(self._refs), np.int64)
        place[self._owner[order]] = order
        return best, place

    def _covered(self, asked: str) -> Scores:
        weights = self._weights(asked)
        shares = [_share(weights, self._thing_words[ref]) for ref in self._refs]
        return np.array(shares, np.float32)

    def _asked_kind(self, text: str) -> Scores:
        wanted = {kind for kind, word in _KIND_WORDS if word in text.lower()}
        named = [self.things[ref].kind in wanted for ref in self._refs]
        return np.array(named, np.float32) * KIND

    def _outdated(self, text: str, day: date) -> Scores:
        """Return what is taken off things not in force on a day, or for other tax years."""
        year = tax_year(text, day)
        if (day, year) not in self._outdated_on:
            self._outdated_on = {(day, year): self._not_in_force(day, year)}
        return self._outdated_on[day, year]

    def _not_in_force(self, day: date, year: int) -> Scores:
        old = []
        for thing in (self.things[ref] for ref in self._refs):
            state = state_on(thing, day)
            replaced = thing.status == "superseded" and not thing.in_force_until
            other = bool(thing.tax_years and not holds(*thing.tax_years, year))
            old.append(state in ("not-yet", "ended") or replaced or other)
        return np.array(old, np.float32) * OUTDATED

    def _named(self, mentions: list[Mention]) -> Scores:
        boost = np.zeros(len(self._refs), np.float32)
        for mention in mentions:
            ref = mention.ref.partition("(")[0]
            law = ref.partition("/")[0]
            for index, candidate in enumerate(self._refs):
                if candidate == ref and mention.known:
                    boost[index] += 0.1 if self.things[ref].kind in ("act", "instrument") else 2.0
                elif candidate.startswith(law + "/") or (
                    self.things[candidate].part_of and candidate.startswith(law + "-")
                ):
                    boost[index] = max(boost[index], 0.2)
        return boost

    def _coverage(self, asked: str, ref: str | None) -> float:
        held = self._idf if ref is None else self._thing_words.get(ref, set())
        return _share(self._weights(asked), held)

    def _weights(self, asked: str) -> dict[str, float]:
        """Return the words of a question that carry a topic, the rarer the weightier."""
        wanted = [w for w in words(asked) if w not in stop_words() and len(w) > 1]
        return {w: self._idf.get(w, self._rarest) for w in wanted}

    @cached_property
    def _rarest(self) -> float:
        return max(self._idf.values(), default=1.0)


def _share(weights: dict[str, float], held: Container[str]) -> float:
    total = sum(weights.values())
    return sum(x for w, x in weights.items() if w in held) / total if total else 0.0


def _scaled(scores: Scores) -> Scores:
    if not len(scores):
        return scores
    pool = np.sort(scores)[-POOL:]
    low, high = float(pool[0]), float(pool[-1])
    return np.asarray(np.clip((scores - low) / (high - low + 1e-9), 0, 1), np.float32)
