"""An answer being written: its lines, and the facts behind them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from graph.statements import Link
from graph.things import Thing
from qa.model import FactLine, Table
from qa.text import expand, grams, normalize
from qa.words import certainty_text, say

EXCERPT: Final = 600
MOST_CITED: Final = 10
NAMED: Final = 4
"""The first things found are named by the answer, each with its number."""
T = TypeVar("T")
Fact = tuple[str, str, str, str | None]
"""Key of :data:`qa.words.TEXTS`, value as data, text, certainty."""


@dataclass(frozen=True)
class Cited:
    """The refs that an answer cites, in the order of their numbers."""

    refs: list[str]
    _marked: set[str] = field(default_factory=set)

    def number(self, ref: str) -> str:
        """Return the mark of a ref, « [2]».

        A new one is cited last; where there is no room it takes the place of the last one that
        no mark leads to. Empty where there is none.
        """
        whole = ref.partition("(")[0]
        if whole not in self.refs:
            if len(self.refs) < MOST_CITED:
                self.refs.append(whole)
            else:
                free = [n for n, r in enumerate(self.refs) if n >= NAMED and r not in self._marked]
                if not free:
                    return ""
                self.refs[free[-1]] = whole
        self._marked.add(whole)
        return f" [{self.refs.index(whole) + 1}]"


@dataclass(frozen=True)
class Draft:
    """Paragraphs and facts, in one language."""

    language: str
    lines: list[str] = field(default_factory=list)
    facts: list[FactLine] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Add a line; an empty one is left out."""
        if line:
            self.lines.append(line)

    def extend(self, other: "Draft") -> None:
        """Take over what another draft says."""
        self.lines.extend(other.lines)
        self.facts.extend(other.facts)

    def add(self, thing: Thing, fact: Fact, said: bool = False) -> None:
        """Keep a fact, and say it unless that was done."""
        key, _, text, _ = fact
        if not text:
            return
        if not said:
            self.lines.append(f"• {say(key, self.language)}: {doubted(fact, self.language)}")
        self.keep(thing, fact)

    def keep(self, thing: Thing, fact: Fact) -> None:
        """Keep a fact without saying it."""
        key, value, text, certainty = fact
        self.facts.append(FactLine(say(key, self.language), value, text, thing.ref, certainty))


def doubted(fact: Fact, language: str) -> str:
    """Return a fact's text; whatever its source does not itself state carries its certainty."""
    _, _, text, certainty = fact
    return text + certainty_text(certainty, language)


def label_of(thing: Thing, language: str) -> str:
    """Return the name of a thing as an answer says it, a section with its heading."""
    label = thing.label_en if language == "en" else thing.label
    if thing.kind == "section":
        return f"{label} {thing.heading_en if language == 'en' else thing.heading}".strip()
    return label


def summary_of(thing: Thing, language: str) -> str:
    """Return our summary of a thing, the Thai one where there is no other."""
    return (thing.summary_en if language == "en" else thing.summary) or thing.summary


def excerpt_of(thing: Thing, question: str) -> str:
    """Return the paragraph or item of a thing's official text that is nearest to a question.

    Empty where the text was not ingested; cut at a space beyond :data:`EXCERPT` characters.
    """
    pieces = [line.strip() for line in thing.official_text.splitlines() if line.strip()]
    if not pieces:
        return ""
    best = by_fit(pieces, str, question)[0]
    return best if len(best) <= EXCERPT else best[:EXCERPT].rsplit(" ", 1)[0] + " …"


def by_fit(things: list[T], text_of: Callable[[T], str], question: str) -> list[T]:
    """Return things in the order in which their texts share letters with a question."""
    wanted = set(grams(expand(normalize(question)), 3))

    def fit(thing: T) -> float:
        held = set(grams(normalize(text_of(thing)), 3))
        return len(wanted & held) / float(len(held) ** 0.5 + 1)

    return sorted(things, key=fit, reverse=True)


def name_of_link(link: Link, language: str) -> str:
    """Return the name of a linked thing."""
    return (link.label_en if language == "en" else link.label) or link.ref
