"""What the graph says of each thing, as short texts to be searched: several views a thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.statements import Statement, value_text
from graph.things import Thing, describe
from graph.view import View, term
from qa.names import VOCABULARIES
from qa.of_tax import parameter_facts, sets_steps

PARAGRAPH: Final = 700
"""Characters of a paragraph of official text that are searched: what the encoder takes in."""
SEARCHED = ("m:Section", "m:Standard", "m:StandardFamily", "m:Act", "m:Instrument")


@dataclass(frozen=True)
class Passage:
    """One view of a thing.

    :param ref: the thing that an answer would cite.
    :param view: which view: ``summary``, ``norm``, ``question``, ``names``, ``event`` …
    :param text: what is searched, headed by the name of the thing's act or family.
    """

    ref: str
    view: str
    text: str


def searched_things(store: Store) -> list[Thing]:
    """Return the sections, standards, acts and instruments, by ref."""
    view = View(store)
    nodes = {node for kind in SEARCHED for node in view.subjects("rdf:type", term(kind))}
    return [describe(store, ontology.ref(node.value)) for node in sorted(nodes, key=str)]


def passages(store: Store, things: list[Thing]) -> list[Passage]:
    """Return the passages of these things."""
    return [
        Passage(thing.ref, view, text)
        for thing in things
        for view, text in _views(store, thing)
        if text.strip()
    ]


def _views(store: Store, thing: Thing) -> Iterator[tuple[str, str]]:
    head = short_name(thing)
    if thing.summary:
        yield "summary", f"{head} {thing.heading}: {thing.summary}"
        yield "english", f"{thing.label_en}. {thing.heading_en}. {thing.summary_en}"
    yield "names", " ".join([head, thing.heading, *thing.names])
    for question in thing.questions:
        yield "question", question
    if not thing.summary:
        # A law that was only ingested is found by its own words.
        for paragraph in thing.official_text.splitlines():
            yield "official", f"{head} {paragraph[:PARAGRAPH]}"
    for norm in thing.norms:
        if norm.kind == "Definition":
            yield from _definition(store, norm, head)
        else:
            yield "norm", f"{head} {norm_text(norm)}"
    for event in thing.events:
        yield "event", f"{head} {event_text(event)}"
    for _, _, text, _ in parameter_facts(_searched_parameters(thing)):
        yield "parameter", f"{head} {text}"
    yield from _concepts(store, thing, head)
    if thing.features:
        yield "features", f"{head} {thing.heading}: {' '.join(thing.features)}"
    if thing.activities:
        labels = " ".join(link.label for link in thing.activities)
        yield "activity", f"{head} {thing.heading} ใช้กับงาน {labels}"


def _definition(store: Store, norm: Statement, head: str) -> Iterator[tuple[str, str]]:
    view = View(store)
    for link in norm.links.get("defines", ()):
        node = NamedNode(ontology.iri(link.ref))
        names = " ".join(view.texts(node, "skos:altLabel", "th"))
        yield (
            "definition",
            f"{head} นิยาม {names} หมายความว่า {view.text(node, 'skos:definition', 'th')}",
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


def norm_text(norm: Statement, language: str = "th") -> str:
    """Say a norm in one sentence: who, what, when, within which time, except when."""
    thai = language == "th"
    if norm.kind == "Penalty":
        return penalty_text(norm, language)
    verb = _VERBS[norm.kind][0 if thai else 1]
    pieces = [norm.linked("actor", language), verb, norm.one("action", language)]
    if trigger := norm.one("trigger", language):
        pieces.append(f"เมื่อ{trigger.removeprefix('เมื่อ')}" if thai else f"({trigger})")
    if deadline := norm.one("deadline"):
        pieces.append(
            ("ภายใน " if thai else "within ") + value_text("deadline", deadline, language)
        )
        if start := norm.one("deadlineFrom", language):
            pieces.append(f"นับแต่{start.removeprefix('นับแต่')}" if thai else f"from {start}")
    if frequency := norm.one("frequency"):
        pieces.append(("ทุก " if thai else "every ") + value_text("frequency", frequency, language))
    pieces += [
        value_text(key, norm.one(key), language) for key in ("amount", "rate") if norm.one(key)
    ]
    if exception := norm.one("exception", language):
        pieces.append(
            f"เว้นแต่{exception.removeprefix('เว้นแต่')}"
            if thai
            else f"unless {exception.removeprefix('unless ')}"
        )
    return " ".join(piece for piece in pieces if piece)


def penalty_text(norm: Statement, language: str = "th") -> str:
    """Say a penalty in one sentence: who, for what, which measures at most."""
    thai = language == "th"
    pieces = [norm.linked("actor", language), norm.one("action", language)]
    if exception := norm.one("exception", language):
        pieces.append(
            f"(เว้นแต่{exception.removeprefix('เว้นแต่')})"
            if thai
            else f"(unless {exception.removeprefix('unless ')})"
        )
    measures = measures_of(norm, language)
    if norm.one("rate") and len(measures) == 1:
        return " ".join([*pieces, "ในอัตรา" if thai else "at", *measures])
    if norm.one("imprisonmentMax") and norm.one("fineMax"):
        measures.append("ทั้งจำทั้งปรับ" if thai else "both")
    pieces.append(
        ("มีโทษ " if thai else "— liable to ") + (" หรือ" if thai else " or ").join(measures)
    )
    return " ".join(piece for piece in pieces if piece)


def measures_of(norm: Statement, language: str = "th") -> list[str]:
    """Return the measures of a penalty, each in words: prison first, then fines, then a rate."""
    return [
        words[0 if language == "th" else 1].format(value_text(key, norm.one(key), language))
        for key, words in _MEASURES.items()
        if norm.one(key)
    ]


def event_text(event: Statement, language: str = "th") -> str:
    """Say a status event in one sentence: what, when, by whom, under which number."""
    thai = language == "th"
    start, end = event.one("from"), event.one("until")
    title = event.one("title", language)
    pieces = [title or _EVENTS[event.kind][0 if thai else 1]]
    if start and end and start != end:
        pieces.append(
            f"ระหว่างวันที่ {value_text('from', start)} ถึง {value_text('until', end)}"
            if thai
            else f"from {value_text('from', start, 'en')} to {value_text('until', end, 'en')}"
        )
    elif start:
        pieces.append(("เมื่อ " if thai else "on ") + value_text("from", start, language))
    if agent := event.linked("agent", language):
        pieces.append(("โดย" if thai else "by ") + agent)
    if (number := event.one("identifier")) and number not in title:
        pieces.append(("เลขที่ " if thai else "no. ") + number)
    if meeting := event.one("meeting"):
        until = event.one("meetingUntil")
        clock = f" ถึง {until[11:16].replace(':', '.')} น." if until and thai else ""
        pieces.append(
            f"ประชุมรับฟังความคิดเห็นวันที่ {value_text('meeting', meeting)}{clock}"
            if thai
            else f"meeting {value_text('meeting', meeting, 'en')}"
        )
    if thai and (gazette := event.one("bibliographicCitation")):
        pieces.append(f"({gazette})")
    if thai and (channel := event.one("channel")):
        pieces.append(f"ช่องทาง {channel}")
    if thai and (signer := event.one("signedBy")):
        pieces.append(f"ลงนามโดย{signer}")
    return " ".join(piece for piece in pieces if piece)


_VERBS = {
    "Duty": ("ต้อง", "must"),
    "Prohibition": ("ต้องไม่", "must not"),
    "Right": ("มีสิทธิ", "has the right to"),
    "Permission": ("อาจ", "may"),
    "Power": ("มีอำนาจ", "has the power to"),
    "Definition": ("", ""),
    "Statement": ("", ""),
}
_MEASURES = {
    "imprisonmentMax": ("จำคุกไม่เกิน {}", "imprisonment up to {}"),
    "fineMax": ("ปรับไม่เกิน {}", "a fine up to {}"),
    "administrativeFineMax": ("ปรับทางปกครองไม่เกิน {}", "an administrative fine up to {}"),
    "dailyFineMax": ("ปรับรายวันไม่เกินวันละ {}", "a daily fine up to {}"),
    "rate": ("{}", "{}"),
}
_EVENTS = {
    "PublicHearing": ("ประชาพิจารณ์", "public hearing"),
    "Approval": ("เห็นชอบ", "approved"),
    "Announcement": ("ประกาศ", "announced"),
    "StatusEvent": ("", ""),
    "Statement": ("", ""),
}
