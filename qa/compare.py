"""Two or more things, or terms, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.thai import date_text
from graph.things import Thing
from graph.view import View
from qa.draft import label_of, name_of_link, summary_of
from qa.model import Table
from qa.names import Names
from qa.of_standard import use_text
from qa.words import say, status_of

MOST: Final = 4


@dataclass(frozen=True)
class Comparison:
    """A table with what each of its columns cites."""

    table: Table
    refs: list[str]

    def marked(self, marks: Sequence[str]) -> Table:
        """Return the table with the marks of citations after the names."""
        heads = [head + mark for head, mark in zip(self.table.heads, marks, strict=True)]
        return Table(heads, self.table.rows)


def compare_things(things: Sequence[Thing], language: str) -> Comparison:
    """Return standards, laws or sections side by side.

    Respects in which none has a fact are left out.
    """
    chosen = list(things[:MOST])
    rows = [
        [say("summary", language), *(summary_of(thing, language) for thing in chosen)],
        [say("status", language), *(status_of(t.status, t.kind, language) for t in chosen)],
        [say("announced", language), *(_since(thing, language) for thing in chosen)],
        [say("use", language), *(_users(thing, language) for thing in chosen)],
        [say("replaced-by", language), *(_links(thing, language) for thing in chosen)],
    ]
    kept = [[row[0], *(cell or "–" for cell in row[1:])] for row in rows if any(row[1:])]
    return Comparison(Table([label_of(t, language) for t in chosen], kept), [t.ref for t in chosen])


def compare_terms(store: Store, names: Names, text: str, language: str) -> Comparison | None:
    """Return the definitions of the terms that a text names, side by side.

    None where it names fewer than two that a section defines.
    """
    view = View(store)
    heads: list[str] = []
    notes: list[str] = []
    refs: list[str] = []
    for node in names.concepts_in(text):
        source, note = _source(view, node), view.text(node, "skos:definition", language)
        if source and note and len(heads) < MOST:
            heads.append(view.label(node, language))
            notes.append(note)
            refs.append(source)
    if len(heads) < 2:
        return None
    return Comparison(Table(heads, [[say("definition", language), *notes]]), refs)


def _source(view: View, node: NamedNode) -> str:
    found = view.node(node, "dcterms:source")
    if found is None or not found.value.startswith(ontology.ID):
        return ""
    return ontology.ref(found.value).partition("(")[0]


def _since(thing: Thing, language: str) -> str:
    announced = [event for event in thing.events if event.kind == "Announcement"]
    start = announced[0].one("from") if announced else thing.in_force_from
    return date_text(start, language) if start else ""


def _users(thing: Thing, language: str) -> str:
    return "; ".join(use_text(use, language) for use in thing.uses)


def _links(thing: Thing, language: str) -> str:
    return "; ".join(name_of_link(link, language) for link in thing.superseded_by)
