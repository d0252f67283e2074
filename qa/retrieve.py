"""Finding: every thing weighed as the answer to a question, beside «nothing here answers it»."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
from pyoxigraph import Store

from graph.things import Thing
from qa.coverage import Outside
from qa.encoder import Encoder, load_encoder
from qa.evidence import Gathered, Gatherer
from qa.followup import Meant, meant
from qa.index import Index
from qa.keyboard import mended
from qa.layout import Scores
from qa.passages import Passage
from qa.ranking import Ranking, chances, trained
from qa.refs import Mention
from qa.text import normalize
from qa.understand import Asked, understand

LEXICAL_FIT: Final = 10.0
"""Standard deviations of meaning that a full share of words is worth, among a thing's norms."""


@dataclass(frozen=True)
class Hit:
    """A thing found, with why.

    :param chance: 0 to 1, that it answers the question.
    :param dense: how near its nearest view is in meaning, in standard deviations from the mean.
    :param lexical: share of the best possible BM25 score that its nearest view has.
    :param passage: the view that is nearest in meaning.
    :param fits: how well each norm and event of the thing fits the question, by its ref.
    :param reasons: the signs that speak for it most, against an average thing, and how much.
    """

    ref: str
    chance: float
    dense: float
    lexical: float
    passage: Passage
    reasons: list[tuple[str, float]] = field(default_factory=list)
    fits: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search gives: hits, best first, and the doubt whether they answer at all.

    :param nothing: chance, 0 to 1, that nothing in the graph answers the question.
    :param outside: the topic outside the graph that the question is most likely about.
    :param cosine: of the nearest passage, as the encoder gives it.
    """

    question: str
    hits: list[Hit]
    mentions: list[Mention]
    nothing: float = 1.0
    outside: Outside | None = None
    cosine: float = 0.0

    @property
    def sure(self) -> float:
        """The chance that the first hit answers the question."""
        return self.hits[0].chance if self.hits else 0.0


class Retriever:
    """Searches a store; everything heavy is built on first use."""

    def __init__(
        self, store: Store, encoder: Encoder | None = None, ranking: Ranking | None = None
    ) -> None:
        """Search a store by the encoder and ranking given, or by the usual ones."""
        self.store = store
        self._encoder = encoder
        self._ranking = ranking

    @cached_property
    def index(self) -> Index:
        """What is searched."""
        return Index(self.store, self._encoder or load_encoder())

    @cached_property
    def ranking(self) -> Ranking:
        """What weighs the signs."""
        return self._ranking or trained()

    @property
    def things(self) -> dict[str, Thing]:
        """The things that can be found, by ref."""
        return self.index.things

    @cached_property
    def gatherer(self) -> Gatherer:
        """What reads a question for its signs."""
        return Gatherer(self.index)

    def read(self, question: str, before: Sequence[str] = ()) -> Meant:
        """Return what a question means: its text as searched for, and what it asks for.

        :param before: the questions of the same conversation so far, oldest first.
        """
        text = mended(normalize(question), self.index.vocabulary.holds)
        return meant(text, before, self.index.ref_reader)

    def search(
        self,
        question: str,
        limit: int = 10,
        day: date | None = None,
        asked: Asked | None = None,
        keep: Callable[[Thing], bool] | None = None,
    ) -> Found:
        """Return the things most likely to answer a question; an empty one finds nothing.

        :param day: what was not in force on it comes later; today by default.
        :param asked: what the question asks for, where that was found out already.
        :param keep: tells which things are wanted at all.
        """
        text = normalize(question)
        if not self.things or not any(c.isalnum() for c in text):
            return Found(text, [], [])
        gathered = self.gatherer.gather(text, asked or understand(text), day or date.today())
        rows = self.index.signs.rows(gathered.evidence)
        shares = chances(self.ranking.scores(rows))
        count = len(self.things)
        outside = shares[count:-1]
        topic = self._topic(outside, gathered.outside)
        order = [int(place) for place in np.argsort(-shares[:count], kind="stable")]
        if keep is not None:
            order = [place for place in order if keep(self.things[self.index.refs[place]])]
        average = rows[:count].mean(axis=0)
        hits = [self._hit(place, rows, average, shares, gathered) for place in order[:limit]]
        nothing = float(shares[count:].sum())
        return Found(text, hits, gathered.mentions, nothing, topic, gathered.cosine)

    def _topic(self, shares: Scores, named: list[Outside]) -> Outside | None:
        if named:
            return named[0]
        topics = list(self.index.topics.values())
        return topics[int(shares.argmax())] if len(shares) else None

    def _hit(
        self, place: int, rows: Scores, average: Scores, shares: Scores, gathered: Gathered
    ) -> Hit:
        layout, ref = self.index.layout, self.index.refs[place]
        dense, lexical = gathered.evidence.dense, gathered.evidence.lexical
        its = layout.passages_of[place]
        nearest = int(its[dense[its].argmax()])
        abouts = [(layout.passages[n].about, n) for n in its if layout.passages[n].about]
        return Hit(
            ref,
            round(float(shares[place]), 4),
            round(float(dense[nearest]), 2),
            round(float(lexical[its].max()), 4),
            layout.passages[nearest],
            self.ranking.reasons(rows[place], average),
            {about: float(dense[n] + LEXICAL_FIT * lexical[n]) for about, n in abouts},
        )
