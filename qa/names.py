"""Everyday names, abbreviations and misspellings, turned into the terms that the graph uses."""

import re
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
        """Return a normalised text followed by the preferred terms of the names in it.

        The longest name at a place counts: ``ภ.ด.ส. 10`` is not also ``ภ.ด.ส. 1``.
        """
        lowered = text.lower()
        found: list[str] = []
        for match in self._pattern.finditer(lowered):
            term = self._terms[match[0]]
            if term not in text and term not in found:
                found.append(term)
        return " ".join([expand(text), *found])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._terms, key=len, reverse=True)
        return re.compile("|".join(map(_bounded, names)) or "(?!)")

    @cached_property
    def _terms(self) -> dict[str, str]:
        view = View(self.store)
        terms: dict[str, str] = {}
        for scheme in VOCABULARIES:
            for node in view.subjects("skos:inScheme", NamedNode(ontology.CONCEPT + scheme)):
                term = view.label(node)
                labels = [
                    *view.texts(node, "skos:altLabel"),
                    *view.texts(node, "skos:hiddenLabel"),
                    view.label(node, "en"),
                ]
                for label in labels:
                    name = normalize(label).lower()
                    if len(name) >= _SHORTEST:
                        terms.setdefault(name, term)
        return terms


def _bounded(name: str) -> str:
    """Return a pattern of a name; Latin ones stand alone, numbers are whole."""
    escaped = re.escape(name)
    if name[0].isascii() and name[0].isalnum():
        escaped = rf"(?<![a-z0-9]){escaped}"
    if name[-1].isascii() and name[-1].isalnum():
        escaped = rf"{escaped}(?![a-z0-9])"
    return escaped
