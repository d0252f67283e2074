"""Everyday names, abbreviations and misspellings, turned into the terms that the graph uses."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.view import View
from qa.text import expand, normalize

VOCABULARIES: Final = (
    "personal-data", "e-services", "land-tax", "digital-government", "data-standards",
)  # fmt: skip
"""The concept schemes of the graph's subjects, by the tail of their IRI."""
_SHORTEST: Final = 3


@dataclass(frozen=True)
class Names:
    """The labels of the concepts of :data:`VOCABULARIES`."""

    store: Store

    def expand(self, text: str) -> str:
        """Return a normalised text followed by the preferred terms of the names in it."""
        return " ".join([expand(text), *(term for term in self.terms_in(text) if term not in text)])

    def terms_in(self, text: str) -> list[str]:
        """Return the preferred terms of the names in a normalised text, in its order."""
        return list(dict.fromkeys(self._terms[node] for node in self.concepts_in(text)))

    def concepts_in(self, text: str) -> list[NamedNode]:
        """Return the concepts whose names are in a normalised text, in its order.

        The longest name at a place counts: ``ภ.ด.ส. 10`` is not also ``ภ.ด.ส. 1``.
        """
        lowered = text.lower()
        found: dict[NamedNode, None] = {}
        start = 0
        while start <= len(lowered) - _SHORTEST:
            name = self._name_at(lowered, start)
            if name:
                found[self._named[name]] = None
            start += len(name) or 1
        return list(found)

    def _name_at(self, text: str, start: int) -> str:
        for name in self._by_beginning.get(text[start : start + _SHORTEST], ()):
            end = start + len(name)
            if text.startswith(name, start) and not (_joins(text, start) or _joins(text, end)):
                return name
        return ""

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        # Looking a few letters up at each place is many times faster than one pattern of all names.
        found: dict[str, list[str]] = {}
        for name in sorted(self._named, key=len, reverse=True):
            found.setdefault(name[:_SHORTEST], []).append(name)
        return found

    @cached_property
    def _terms(self) -> dict[NamedNode, str]:
        view = View(self.store)
        return {
            node: view.label(node)
            for scheme in VOCABULARIES
            for node in view.subjects("skos:inScheme", NamedNode(ontology.CONCEPT + scheme))
        }

    @cached_property
    def _named(self) -> dict[str, NamedNode]:
        view = View(self.store)
        found: dict[str, NamedNode] = {}
        for node, preferred in self._terms.items():
            labels = [
                preferred,
                *view.texts(node, "skos:altLabel"),
                *view.texts(node, "skos:hiddenLabel"),
                view.label(node, "en"),
            ]
            for label in labels:
                name = normalize(label).lower()
                if len(name) >= _SHORTEST:
                    found.setdefault(name, node)
        return found


def _joins(text: str, place: int) -> bool:
    """Tell whether a Latin word or a number runs on across a place: names of those are whole."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
