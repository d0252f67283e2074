"""Finding: every thing weighed as the answer to a question, beside «nothing here answers it»."""

from collections.abc import Callable, Sequence
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
from qa.hits import Found, Hit
from qa.index import Index
from qa.keyboard import mended
from qa.layout import Scores
from qa.ranking import Ranking, chances, trained
from qa.rerank import DEPTH, Reranker, load_reranker
from qa.text import normalize
from qa.understand import Asked, understand

CLEARLY: Final = 0.5
"""Share of the chance outside the graph that one topic must have to be named."""
LEXICAL_FIT: Final = 10.0
"""Standard deviations of meaning that a full share of words is worth, among a thing's norms."""


class Retriever:
    """Searches a store; everything heavy is built on first use."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder | None = None,
        ranking: Ranking | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Search a store by what is given, or by what the settings say."""
        self.store = store
        self._encoder = encoder
        self._ranking = ranking
        self._reranker = reranker

    @cached_property
    def index(self) -> Index:
        """What is searched."""
        return Index(self.store, self._encoder or load_encoder())

    @cached_property
    def ranking(self) -> Ranking:
        """What weighs the signs."""
        return self._ranking or trained()

    @cached_property
    def reranker(self) -> Reranker | None:
        """What reads the first things found again, if anything does."""
        return self._reranker or load_reranker()

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
        topic = self._topic(outside, float(shares[count:].sum()), gathered.outside)
        order = [int(place) for place in np.argsort(-shares[:count], kind="stable")]
        if keep is not None:
            order = [place for place in order if keep(self.things[self.index.refs[place]])]
        average = rows[:count].mean(axis=0)
        taken = max(limit, DEPTH) if self.reranker else limit
        hits = [self._hit(place, rows, average, shares, gathered) for place in order[:taken]]
        if self.reranker:
            hits = self.reranker.weigh(text, hits)[:limit]
        nothing = float(shares[count:].sum())
        return Found(text, hits, gathered.mentions, nothing, topic, gathered.cosine)

    def _topic(self, shares: Scores, nothing: float, named: list[Outside]) -> Outside | None:
        if named:
            return named[0]
        # A topic that is merely the nearest would be told as if it were what was asked.
        if not len(shares) or shares.max() < CLEARLY * nothing:
            return None
        return list(self.index.topics.values())[int(shares.argmax())]

    def _hit(
        self, place: int, rows: Scores, average: Scores, shares: Scores, gathered: Gathered
    ) -> Hit:
        layout, ref = self.index.layout, self.index.refs[place]
        dense, lexical = gathered.evidence.dense, gathered.evidence.lexical
        its = layout.passages_of[place]
        nearest = int(its[dense[its].argmax()])
        views = [(layout.passages[n], n) for n in its]
        abouts = [(p.about or ref, n) for p, n in views if p.about or p.view == "summary"]
        return Hit(
            ref,
            round(float(shares[place]), 4),
            round(float(dense[nearest]), 2),
            round(float(lexical[its].max()), 4),
            layout.passages[nearest],
            self.ranking.reasons(rows[place], average),
            {about: float(dense[n] + LEXICAL_FIT * lexical[n]) for about, n in abouts},
        )
