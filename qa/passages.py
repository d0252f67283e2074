"""What the graph says of each thing, as short texts to be searched: several views a thing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.statements import Statement
from graph.things import Thing, describe
from graph.view import View, term
from qa.coverage import Outside
from qa.names import VOCABULARIES
from qa.of_tax import parameter_facts, sets_steps
from qa.sentences import event_text, norm_text
from qa.text import is_english

PARAGRAPH: Final = 700
"""Characters of a paragraph of official text that are searched: what the encoder takes in."""
SEARCHED = ("m:Section", "m:Standard", "m:StandardFamily", "m:Act", "m:Instrument")


@dataclass(frozen=True)
class Passage:
    """One view of a thing.

    :param ref: the thing that an answer would cite.
    :param view: which view: ``summary``, ``norm``, ``question``, ``names``, ``event`` …
    :param text: what is searched, headed by the name of the thing's act or family.
    :param about: the ref of the norm or event that it says, where it says one.
    """

    ref: str
    view: str
    text: str
    about: str = ""


def searched_things(store: Store) -> list[Thing]:
    """Return the sections, standards, acts and instruments, by ref."""
    view = View(store)
    nodes = {node for kind in SEARCHED for node in view.subjects("rdf:type", term(kind))}
    return [describe(store, ontology.ref(node.value)) for node in sorted(nodes, key=str)]


def passages(store: Store, things: list[Thing]) -> list[Passage]:
    """Return the passages of these things."""
    return [
        Passage(thing.ref, view, text, *about)
        for thing in things
        for view, text, *about in _views(store, thing)
        if text.strip()
    ]


def topic_passages(topics: Iterable[Outside]) -> Iterator[Passage]:
    """Yield the passages of topics outside the graph: their names, and what people ask of them."""
    for topic in topics:
        yield Passage(topic.ref, "names", " ".join([topic.label, topic.label_en, *topic.names]))
        for question in topic.questions:
            yield Passage(topic.ref, _question_view(question), question)


def _question_view(question: str) -> str:
    return "question-en" if is_english(question) else "question"


def _views(store: Store, thing: Thing) -> Iterator[tuple[str, ...]]:
    head = short_name(thing)
    if thing.summary:
        yield "summary", f"{head} {thing.heading}: {thing.summary}"
        yield "english", f"{thing.label_en}. {thing.heading_en}. {thing.summary_en}"
    yield "names", " ".join([head, thing.heading, *thing.names])
    for question in thing.questions:
        yield _question_view(question), question
    if not thing.summary:
        # A law that was only ingested is found by its own words.
        for paragraph in thing.official_text.splitlines():
            yield "official", f"{head} {paragraph[:PARAGRAPH]}"
    for norm in thing.norms:
        if norm.kind == "Definition":
            yield from _definition(store, norm, head)
        else:
            yield "norm", f"{head} {norm_text(norm)}", norm.ref
    for event in thing.events:
        yield "event", f"{head} {event_text(event)}", event.ref
    for _, _, text, _ in parameter_facts(_searched_parameters(thing)):
        yield "parameter", f"{head} {text}"
    yield from _concepts(store, thing, head)
    if thing.features:
        yield "features", f"{head} {thing.heading}: {' '.join(thing.features)}"
    if thing.activities:
        labels = " ".join(link.label for link in thing.activities)
        yield "activity", f"{head} {thing.heading} ใช้กับงาน {labels}"


def _definition(store: Store, norm: Statement, head: str) -> Iterator[tuple[str, str, str]]:
    view = View(store)
    for link in norm.links.get("defines", ()):
        node = NamedNode(ontology.iri(link.ref))
        names = " ".join(view.texts(node, "skos:altLabel", "th"))
        yield (
            "definition",
            f"{head} นิยาม {names} หมายความว่า {view.text(node, 'skos:definition', 'th')}",
            norm.ref,
        )


def _searched_parameters(thing: Thing) -> list[Statement]:
    """Return the figures that a thing is found by.

    A step that was put off in a year is found under the section that sets it, and under the law
    of that year, not under the section that lets it be put off.
    """
    if thing.tax_years:
        return thing.parameters
    if sets_steps(thing):
        return [*thing.parameters, *thing.put_off]
    return [p for p in thing.parameters if p.kind != "CalendarStep"]


def _concepts(store: Store, thing: Thing, head: str) -> Iterator[tuple[str, str]]:
    """Yield the concepts that the thing rules, with the names that people have for them."""
    view = View(store)
    for node in view.subjects("dcterms:source", NamedNode(thing.iri)):
        scheme = view.node(node, "skos:inScheme")
        if scheme and scheme.value.removeprefix(ontology.CONCEPT) in VOCABULARIES:
            names = " ".join([view.label(node), *view.texts(node, "skos:altLabel")])
            yield "concept", f"{head} {names}: {view.text(node, 'skos:definition', 'th')}"


def short_name(thing: Thing) -> str:
    """Return the name that heads a thing's passages and citations.

    Sections carry their act's name, standards their number.
    """
    return thing.label if thing.kind in ("section", "act", "instrument") else thing.number
