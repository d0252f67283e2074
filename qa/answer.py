"""Answering from facts: one thing leads, its facts are said, the rest is cited."""

import re
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any, Final

import ontology
from graph.thai import date_text, first_day
from graph.things import Link, Statement, Thing, value_text
from qa.confidence import abstains, confidence
from qa.coverage import Coverage, Outside
from qa.model import Answer, Citation, FactLine
from qa.passages import event_text, norm_text
from qa.retrieve import Found, Hit, Retriever
from qa.text import expand, grams, normalize
from qa.understand import Asked, understand
from qa.words import CERTAINTY, LEVEL, STATUS, name_of, say

MAX_CITATIONS: Final = 10
RELATED_SHARE: Final = 0.45
"""A hit below this share of the first one's score is not cited beside it."""


@dataclass(frozen=True)
class Draft:
    """An answer being written: its paragraphs and the facts behind them."""

    lines: list[str]
    facts: list[FactLine]


class Answerer:
    """Answers questions over one retriever."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.coverage = Coverage(retriever.store)

    def ask(self, question: str, as_of: date | None = None) -> Answer:
        """Return the answer to a question as the graph holds it on a day, today by default.

        Never raises on account of the question: what cannot be answered is abstained from.
        """
        start = perf_counter()
        day = as_of or date.today()
        asked = understand(question)
        found = self.retriever.search(question, limit=MAX_CITATIONS)
        outside = self.coverage.outside(found.question)
        sure = confidence(found, outside)
        reason = self._reason_to_abstain(found, outside, asked, sure)
        hits = _worth_citing(found.hits)
        things = [self.retriever.things[hit.ref] for hit in hits]
        if reason:
            draft = Draft([reason, *self._instead(things, asked.language)], [])
            hits, things = hits[:3], things[:3]
        else:
            draft = self._compose(asked, found.question, things, day)
        return Answer(
            question=question,
            language=asked.language,
            answer="\n".join(draft.lines),
            abstained=bool(reason),
            confidence=round(sure, 3),
            citations=[
                _citation(n, hit, thing, asked.language)
                for n, (hit, thing) in enumerate(zip(hits, things, strict=True), 1)
            ],
            facts=draft.facts,
            sparql=_sparql(things[0]) if things else "",
            as_of=day.isoformat(),
            took_ms=round((perf_counter() - start) * 1000, 1),
            understood=_understood(asked, found, outside),
        )

    def _reason_to_abstain(
        self, found: Found, outside: Outside | None, asked: Asked, sure: float
    ) -> str:
        language = asked.language
        if not found.question:
            return say("empty", language)
        unknown = [m for m in found.mentions if not m.known]
        if unknown and not any(m.known for m in found.mentions):
            return say("unknown-ref", language, ref=unknown[0].text)
        if not found.hits or abstains(sure):
            if outside:
                topic = outside.label_en if language == "en" else outside.label
                return say("outside", language, topic=topic, where=outside.where)
            return say("abstain", language)
        top = self.retriever.things[found.hits[0].ref]
        if (
            top.kind == "act"
            and not top.parts
            and not {"date", "status", "definition"} & {*asked.kinds}
        ):
            return say("no-sections", language, law=_label(top, language))
        return ""

    def _instead(self, things: list[Thing], language: str) -> list[str]:
        laws = ", ".join(
            _label(thing, language)
            for thing in self.retriever.things.values()
            if thing.kind == "act" and thing.parts
        )
        lines = [say("covers", language, laws=laws)]
        if things:
            near = "; ".join(f"{_label(t, language)} [{n}]" for n, t in enumerate(things[:3], 1))
            lines.append(f"{say('nearest', language)}: {near}")
        return lines

    def _compose(self, asked: Asked, question: str, things: list[Thing], day: date) -> Draft:
        lead = things[0]
        language = asked.language
        draft = Draft([], [])
        if lead.kind == "standard":
            _standard(draft, lead, asked, day)
        elif lead.kind == "section":
            _section(draft, lead, asked, question, day)
        else:
            _law(draft, lead, asked, day)
        if len(things) > 1:
            more = "; ".join(f"{_label(t, language)} [{n}]" for n, t in enumerate(things[1:4], 2))
            draft.lines.append(f"{say('related', language)}: {more}")
        draft.lines.append(f"({say('ours', language)})")
        return draft


def _standard(draft: Draft, thing: Thing, asked: Asked, day: date) -> None:
    language = asked.language
    draft.lines.append(f"{_label(thing, language)} [1]")
    draft.lines.append(_summary(thing, language))
    status = name_of(STATUS, thing.status, language)
    known = (
        f" ({say('known-as-of', language)} {date_text(thing.as_of, language)})"
        if thing.as_of
        else ""
    )
    _add(
        draft,
        thing,
        "status",
        thing.status or "",
        status + known,
        language,
        certainty=thing.certainty,
    )
    for link in thing.superseded_by:
        _add(draft, thing, "replaced-by", link.ref, _of(link, language), language)
    announced = [e for e in thing.events if e.kind == "Announcement"]
    if announced and announced[0].one("from") and first_day(announced[0].one("from")) > day:
        start = date_text(announced[0].one("from"), language)
        draft.lines.append(
            say("not-announced", language, day=date_text(day.isoformat(), language), start=start)
        )
    wanted = [("Announcement", "announced"), ("StatusEvent", "event")]
    if thing.status == "draft" or "hearing" in asked:
        wanted.insert(0, ("PublicHearing", "hearing"))
    if {"status", "date", "who"} & {*asked.kinds}:
        wanted.append(("Approval", "approval"))
    for kind, key in wanted:
        for event in (e for e in thing.events if e.kind == kind):
            _add(draft, thing, key, event.one("from"), event_text(event, language), language, event)
    for use in thing.uses:
        text = (
            f"{use.linked('addressee', language)}: {name_of(LEVEL, _tail(use, 'level'), language)}"
        )
        _add(draft, thing, "use", _tail(use, "addressee"), text, language, use)
    for basis in thing.bases:
        _add(
            draft,
            thing,
            "basis",
            _tail(basis, "basis"),
            basis.linked("basis", language),
            language,
            basis,
        )
    inherited = {link.ref for b in thing.bases for link in b.links.get("basis", ())}
    for link in thing.implements:
        if link.ref not in inherited:
            _add(
                draft, thing, "basis", link.ref, _of(link, language), language, certainty="inferred"
            )
    if thing.features and language == "th":
        _add(draft, thing, "feature", "", "; ".join(thing.features), language)
    if thing.parts:
        names = "; ".join(_of(link, language) for link in thing.parts)
        _add(draft, thing, "parts", str(len(thing.parts)), names, language)


def _section(draft: Draft, thing: Thing, asked: Asked, question: str, day: date) -> None:
    language = asked.language
    norms = _by_fit(thing.norms, question, language)
    timed = [n for n in norms if n.one("deadline") or n.one("frequency") or n.one("amount")]
    if {"deadline", "list"} & {*asked.kinds} and timed:
        lead = norm_text(timed[0], language)
    elif "definition" in asked and any(n.kind == "Definition" for n in norms):
        lead = ""
    elif (
        norms and norms[0].kind != "Definition" and {"yes-no", "who", "procedure"} & {*asked.kinds}
    ):
        lead = norm_text(norms[0], language)
    else:
        lead = ""
    label = _label(thing, language)
    draft.lines.append(f"{lead} ({label}) [1]" if lead else f"{label} [1]")
    draft.lines.append(_summary(thing, language))
    for norm in norms:
        for key in ("deadline", "frequency", "amount"):
            if value := norm.one(key):
                text = _timed_text(norm, key, language)
                draft.facts.append(
                    FactLine(say(key, language), value, text, _where(norm), norm.certainty)
                )
    said = {lead}
    for norm in [n for n in norms if n.kind != "Definition"][:4]:
        text = norm_text(norm, language)
        if text not in said:
            said.add(text)
            draft.lines.append(f"• {text}")
    if thing.in_force_from:
        start = date_text(thing.in_force_from, language)
        if first_day(thing.in_force_from) > day:
            draft.lines.append(
                say("not-yet", language, day=date_text(day.isoformat(), language), start=start)
            )
        _add(draft, thing, "in-force-from", thing.in_force_from, start, language)
    for note in thing.notes if language == "th" else ():
        _add(draft, thing, "note", "", note, language)


def _law(draft: Draft, thing: Thing, asked: Asked, day: date) -> None:
    language = asked.language
    draft.lines.append(f"{_label(thing, language)} [1]")
    draft.lines.append(_summary(thing, language))
    if thing.in_force_from:
        start = date_text(thing.in_force_from, language)
        if first_day(thing.in_force_from) > day:
            draft.lines.append(
                say("not-yet", language, day=date_text(day.isoformat(), language), start=start)
            )
        _add(draft, thing, "in-force-from", thing.in_force_from, start, language)
    if thing.citation and language == "th":
        _add(draft, thing, "announced", thing.published, thing.citation, language)
    if thing.features and language == "th":
        _add(draft, thing, "feature", "", "; ".join(thing.features), language)
    for note in thing.notes if language == "th" else ():
        _add(draft, thing, "note", "", note, language)


def _add(
    draft: Draft,
    thing: Thing,
    key: str,
    value: str,
    text: str,
    language: str,
    statement: Statement | None = None,
    certainty: str | None = None,
) -> None:
    """Say a fact and keep it; whatever the source itself does not state carries its certainty."""
    if not text:
        return
    certainty = statement.certainty if statement else certainty
    doubt = name_of(CERTAINTY, certainty, language) if certainty not in (None, "stated") else ""
    draft.lines.append(f"• {say(key, language)}: {text}" + (f" ({doubt})" if doubt else ""))
    draft.facts.append(FactLine(say(key, language), value, text, thing.ref, certainty))


def _timed_text(norm: Statement, key: str, language: str) -> str:
    text = value_text(key, norm.one(key), language)
    if key == "deadline":
        text = ("ภายใน " if language == "th" else "within ") + text
    if key == "frequency":
        text = ("ทุก " if language == "th" else "every ") + text
    return text


def _by_fit(norms: list[Statement], question: str, language: str) -> list[Statement]:
    wanted = set(grams(expand(normalize(question)), 3))

    def fit(norm: Statement) -> float:
        held = set(grams(normalize(norm_text(norm, language)), 3))
        return len(wanted & held) / float(len(held) ** 0.5 + 1)

    return sorted(norms, key=fit, reverse=True)


def _worth_citing(hits: list[Hit]) -> list[Hit]:
    if not hits:
        return []
    floor = min(hits[0].score, 1.0) * RELATED_SHARE
    return [hit for hit in hits if hit.score >= floor]


def _citation(n: int, hit: Hit, thing: Thing, language: str) -> Citation:
    return Citation(
        n=n,
        ref=thing.ref,
        iri=thing.iri,
        label=_label(thing, language),
        kind=thing.kind,
        status=thing.status,
        excerpt=_summary(thing, language),
        excerpt_kind="summary",
        score=hit.score,
    )


def _sparql(thing: Thing) -> str:
    prefixes = "".join(f"PREFIX {name}: <{ontology.PREFIXES[name]}>\n" for name in ("m", "eli"))
    return (
        f"{prefixes}SELECT ?node ?property ?value WHERE {{\n"
        f"  {{ BIND (<{thing.iri}> AS ?node) }}\n"
        f"  UNION {{ <{thing.iri}> m:hasEvent|m:hasLegalBasis|m:hasApplicability ?node }}\n"
        f"  UNION {{ ?node m:statedIn/eli:is_part_of? <{thing.iri}> }}\n"
        "  ?node ?property ?value .\n}"
    )


def _understood(asked: Asked, found: Found, outside: Outside | None) -> dict[str, Any]:
    return {
        "kinds": list(asked.kinds),
        "refs": [mention.ref for mention in found.mentions],
        "outside": outside.label if outside else None,
        "cosine": round(found.cosine, 3),
        "coverage": round(found.coverage, 3),
        "known_words": round(found.known_words, 3),
        "agreement": found.agreement,
    }


def _label(thing: Thing, language: str) -> str:
    if thing.kind == "section":
        heading = thing.heading_en if language == "en" else thing.heading
        return f"{thing.label_en if language == 'en' else thing.label} {heading}".strip()
    return thing.label_en if language == "en" else thing.label


def _summary(thing: Thing, language: str) -> str:
    return (thing.summary_en if language == "en" else thing.summary) or thing.summary


def _of(link: Link, language: str) -> str:
    return (link.label_en if language == "en" else link.label) or link.ref


def _tail(statement: Statement, name: str) -> str:
    links = statement.links.get(name, [])
    return re.sub(r"^concept/\w+/", "", links[0].ref) if links else ""


def _where(norm: Statement) -> str:
    links = norm.links.get("statedIn", [])
    return links[0].ref if links else norm.ref
