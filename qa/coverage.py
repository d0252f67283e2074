"""What the graph says of its own limits: topics that people ask for and it does not hold."""

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Store

from graph.view import View, term
from qa.text import normalize


@dataclass(frozen=True)
class Outside:
    """A topic outside the graph, and where to ask about it."""

    label: str
    label_en: str
    where: str


@dataclass(frozen=True)
class Coverage:
    """Recognises the topics of the scheme ``concept/outside``."""

    store: Store

    def outside(self, question: str) -> Outside | None:
        """Return the topic outside the graph that a normalised question names, if any."""
        text = question.lower()
        return next((topic for names, topic in self._topics if _named(names, text)), None)

    @cached_property
    def _topics(self) -> list[tuple[list[list[str]], Outside]]:
        view = View(self.store)
        found = []
        for node in view.subjects("skos:inScheme", term("c:outside")):
            labels = [view.label(node), *view.texts(node, "skos:altLabel")]
            names = [normalize(label).lower().split() for label in labels]
            topic = Outside(
                view.label(node), view.label(node, "en"), view.text(node, "skos:scopeNote", "th")
            )
            found.append((names, topic))
        return found


def _named(names: list[list[str]], text: str) -> bool:
    # Every word of a name must be there, in any order: «ต่อ หนังสือเดินทาง».
    return any(all(word in text for word in words) for words in names)
