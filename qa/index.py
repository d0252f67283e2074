"""Everything that is searched, built once from a store: candidates, passages, vectors, words."""

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Store

from graph.things import Thing
from qa.coverage import Outside, outside_topics
from qa.encoder import Encoder
from qa.layout import Layout, Scores, Vocabulary
from qa.lexical import WordIndex
from qa.names import Names
from qa.passages import Passage, passages, searched_things, topic_passages
from qa.refs import RefReader
from qa.signs import Signs
from qa.vectors import document_vectors


@dataclass(frozen=True)
class Index:
    """The searched side of a store. Candidates are its things, then the topics it leaves out."""

    store: Store
    encoder: Encoder

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The things that can be found, by ref."""
        return {thing.ref: thing for thing in searched_things(self.store)}

    @cached_property
    def topics(self) -> dict[str, Outside]:
        """The topics outside the graph, by ref."""
        return {topic.ref: topic for topic in outside_topics(self.store)}

    @cached_property
    def refs(self) -> list[str]:
        """The candidates, things first."""
        return [*self.things, *self.topics]

    @cached_property
    def passages(self) -> list[Passage]:
        """Every view of every candidate."""
        return [
            *passages(self.store, list(self.things.values())),
            *topic_passages(self.topics.values()),
        ]

    @cached_property
    def layout(self) -> Layout:
        """Which passage is whose."""
        return Layout(self.refs, self.passages)

    @cached_property
    def vectors(self) -> Scores:
        """The vector of each passage."""
        return document_vectors(self.encoder, [p.text for p in self.passages])

    @cached_property
    def words(self) -> WordIndex:
        """The word index of the passages."""
        return WordIndex([p.text for p in self.passages])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of each candidate."""
        named = [f"{t.heading} {t.label}" for t in self.things.values()]
        return Vocabulary(self.layout, self.words.words, [*named, *("" for _ in self.topics)])

    @cached_property
    def signs(self) -> Signs:
        """What turns evidence into rows."""
        things = [self.things.get(ref) for ref in self.refs]
        return Signs(self.layout, self.vocabulary, things)

    @cached_property
    def ref_reader(self) -> RefReader:
        """What reads refs in a question."""
        return RefReader(self.store)

    @cached_property
    def names(self) -> Names:
        """Everyday names of the graph's terms."""
        return Names(self.store)
