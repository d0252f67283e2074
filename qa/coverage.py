"""What the graph says of its own limits: topics that people ask for and it does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Store

import ontology
from graph.view import View, term
from qa.text import normalize


@dataclass(frozen=True)
class Outside:
    """A topic outside the graph, with what people ask of it, and where they may ask it."""

    ref: str
    label: str
    label_en: str
    where: str
    names: tuple[str, ...]
    questions: tuple[str, ...]

    @cached_property
    def _words(self) -> list[list[str]]:
        labels = (self.label, self.label_en, *self.names)
        return [normalize(label).lower().split() for label in labels]

    def named_in(self, lowered: str) -> bool:
        """Tell whether a normalised question in lower case holds every word of a name."""
        # In any order: «ต่อ หนังสือเดินทาง».
        return any(all(word in lowered for word in words) for words in self._words)


def outside_topics(store: Store) -> Iterator[Outside]:
    """Yield the topics of the scheme ``concept/outside``."""
    view = View(store)
    for node in view.subjects("skos:inScheme", term("c:outside")):
        yield Outside(
            ontology.ref(node.value),
            view.label(node),
            view.label(node, "en"),
            view.text(node, "skos:scopeNote", "th"),
            tuple(view.texts(node, "skos:altLabel")),
            tuple(view.texts(node, "m:sampleQuestion")),
        )
