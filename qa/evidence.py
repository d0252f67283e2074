"""What is known of a question before the candidates are compared: scores, names, dates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from graph.things import Thing
from qa.coverage import Outside
from qa.elsewhere import of_a_section, of_another_country, of_another_law
from qa.force import state_on
from qa.index import Index
from qa.layout import Scores
from qa.of_tax import holds, tax_year
from qa.refs import Mention
from qa.signs import Evidence
from qa.understand import Asked

_KIND_WORDS: Final = (
    ("standard", "มาตรฐาน"),
    ("standard", "แนวปฏิบัติ"),
    ("standard", "standard"),
    ("section", "กฎหมาย"),
    ("section", "มาตรา"),
    ("section", "พ.ร.บ."),
)


@dataclass(frozen=True)
class Gathered:
    """Evidence, with what was recognised on the way.

    :param cosine: of the nearest passage, as the encoder gives it.
    """

    evidence: Evidence
    mentions: list[Mention]
    outside: list[Outside]
    cosine: float


@dataclass(frozen=True)
class Gatherer:
    """Gathers evidence over one index."""

    index: Index
    _kept: dict[tuple[date, int], Scores] = field(default_factory=dict)

    def gather(self, text: str, asked: Asked, day: date) -> Gathered:
        """Return the evidence of a normalised question, as the law stands on a day."""
        index = self.index
        wording = index.names.expand(text)
        # Not «@»: its threads wait by spinning, which costs more than so small a product.
        cosines = np.einsum("ij,j->i", index.vectors, index.encoder.encode_query([text])[0])
        mentions = index.ref_reader.find(text)
        lowered = text.lower()
        named = [topic for topic in index.topics.values() if topic.named_in(lowered)]
        ours = any(mention.known for mention in mentions)
        evidence = Evidence(
            dense=standardised(cosines),
            lexical=index.words.shares(wording),
            weights=index.vocabulary.weights(wording),
            named=self._named(mentions),
            law_named=self._law_named(mentions),
            outdated=self._outdated(day, tax_year(text, day)),
            outside=self._marked(topic.ref for topic in named),
            kinds=asked.kinds,
            thing_kinds=frozenset(kind for kind, word in _KIND_WORDS if word in lowered),
            elsewhere={
                "country": of_another_country(text),
                "law": of_another_law(text, ours),
                "section": of_a_section(text, ours),
            },
        )
        return Gathered(evidence, mentions, named, float(cosines.max(initial=0)))

    def _named(self, mentions: list[Mention]) -> Scores:
        refs = (mention.ref.partition("(")[0] for mention in mentions if mention.known)
        # A law named beside a section is its address, not what is asked for.
        return self._marked(ref for ref in refs if self._kind(ref) in ("section", "standard"))

    def _law_named(self, mentions: list[Mention]) -> Scores:
        laws = {mention.ref.partition("(")[0].partition("/")[0] for mention in mentions}
        return self._marked(
            ref
            for ref, thing in self.index.things.items()
            if ref.partition("/")[0] in laws or (thing.part_of and thing.part_of.ref in laws)
        )

    def _kind(self, ref: str) -> str:
        return self.index.things[ref].kind if ref in self.index.things else ""

    def _marked(self, refs: Iterable[str]) -> Scores:
        marks = np.zeros(len(self.index.refs), np.float32)
        for ref in refs:
            if ref in self.index.layout.place:
                marks[self.index.layout.place[ref]] = 1
        return marks

    def _outdated(self, day: date, year: int) -> Scores:
        if (day, year) not in self._kept:
            # Nearly every question is of today: one day is enough to keep.
            self._kept.clear()
            things = self.index.things.items()
            self._kept[day, year] = self._marked(r for r, t in things if _is_outdated(t, day, year))
        return self._kept[day, year]


def standardised(scores: Scores) -> Scores:
    """Return scores less their mean, in units of their spread: alike for any encoder."""
    spread = float(scores.std()) or 1.0
    return np.asarray((scores - scores.mean()) / spread, np.float32)


def _is_outdated(thing: Thing, day: date, year: int) -> bool:
    replaced = thing.status == "superseded" and not thing.in_force_until
    other_year = bool(thing.tax_years and not holds(*thing.tax_years, year))
    return state_on(thing, day) in ("not-yet", "ended") or replaced or other_year
