"""Answering from facts: one thing leads, its facts are said, the rest is cited."""

from datetime import date
from time import perf_counter
from typing import Any, Final

import ontology
from graph.things import Thing
from qa.confidence import abstains, confidence
from qa.coverage import Coverage, Outside
from qa.draft import Draft, excerpt_of, label_of, summary_of
from qa.model import Answer, Citation
from qa.of_law import write_law, write_section
from qa.of_standard import write_standard
from qa.retrieve import Found, Hit, Retriever
from qa.understand import Asked, understand
from qa.words import say

MAX_CITATIONS: Final = 10
RELATED_SHARE: Final = 0.6
"""A hit below this share of the first one's score is not cited beside it."""


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
        found = self.retriever.search(question, MAX_CITATIONS, day)
        outside = self.coverage.outside(found.question)
        sure = confidence(found, outside)
        reason = self._reason_to_abstain(found, outside, asked, sure)
        hits = _worth_citing(found.hits)
        things = [self.retriever.things[hit.ref] for hit in hits]
        if reason:
            draft = Draft(asked.language, [reason, *self._instead(things, asked.language)])
            hits, things = hits[:3], things[:3]
        else:
            draft = self._compose(asked, found.question, things, day)
        return Answer(
            question=question,
            language=asked.language,
            answer="\n".join(draft.lines),
            abstained=bool(reason),
            # What is not answered for another reason than doubt is no answer to be sure of.
            confidence=0.0 if reason and not abstains(sure) else round(sure, 3),
            citations=[
                _citation(n, hit, thing, asked.language, found.question)
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
            return say("no-sections", language, law=label_of(top, language))
        return ""

    def _instead(self, things: list[Thing], language: str) -> list[str]:
        laws = ", ".join(
            label_of(thing, language)
            for thing in self.retriever.things.values()
            if thing.kind == "act" and thing.parts
        )
        lines = [say("covers", language, laws=laws)]
        if things:
            near = "; ".join(f"{label_of(t, language)} [{n}]" for n, t in enumerate(things[:3], 1))
            lines.append(f"{say('nearest', language)}: {near}")
        return lines

    def _compose(self, asked: Asked, question: str, things: list[Thing], day: date) -> Draft:
        lead = things[0]
        language = asked.language
        draft = Draft(language)
        if lead.kind == "standard":
            write_standard(draft, lead, asked, day)
        elif lead.kind == "section":
            write_section(draft, lead, asked, question, day)
        else:
            write_law(draft, lead, question, day)
        if len(things) > 1:
            more = "; ".join(f"{label_of(t, language)} [{n}]" for n, t in enumerate(things[1:4], 2))
            draft.say(f"{say('related', language)}: {more}")
        if lead.summary:
            draft.say(f"({say('ours', language)})")
        if official := excerpt_of(lead, question):
            draft.say(f"{say('official', language)}: «{official}» [1]")
            if not lead.summary:
                draft.say(f"({say('official-only', language)})")
        return draft


def _worth_citing(hits: list[Hit]) -> list[Hit]:
    if not hits:
        return []
    floor = min(hits[0].score, 1.0) * RELATED_SHARE
    return [hit for hit in hits if hit.score >= floor]


def _citation(n: int, hit: Hit, thing: Thing, language: str, question: str) -> Citation:
    official = excerpt_of(thing, question)
    return Citation(
        n=n,
        ref=thing.ref,
        iri=thing.iri,
        label=label_of(thing, language),
        kind=thing.kind,
        status=thing.status,
        excerpt=official or summary_of(thing, language),
        excerpt_kind="official-text" if official else "summary",
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
