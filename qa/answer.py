"""Answering from facts: one thing leads, its facts are said, the rest is cited."""

from collections.abc import Sequence
from datetime import date
from time import perf_counter
from typing import Any, Final

import ontology
from graph.thai import BUDDHIST_OFFSET
from graph.things import Thing
from qa.around import Paths, announced_on, cited_things, related_questions, state_of
from qa.compose import Composer
from qa.draft import MOST_CITED, Cited, Draft, excerpt_of, label_of, summary_of
from qa.followup import Meant
from qa.hits import Found, Hit
from qa.model import Answer, Citation
from qa.of_tax import says_year, tax_year
from qa.retrieve import Retriever
from qa.understand import Asked
from qa.words import say

ALWAYS_CITED: Final = 3
WORTH_CITING: Final = 0.01
"""Beyond the first few, a thing less likely than this to answer is not cited."""


class Answerer:
    """Answers questions over one retriever."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.composer = Composer(retriever)
        self.paths = Paths(retriever.store, retriever.index.names)

    def ask(self, question: str, as_of: date | None = None, before: Sequence[str] = ()) -> Answer:
        """Return the answer to a question as the graph holds it on a day, today by default.

        :param before: the questions of the same conversation so far, oldest first.

        Never raises on account of the question: what cannot be answered is abstained from.
        """
        start = perf_counter()
        day = as_of or date.today()
        meant = self.retriever.read(question, before)
        asked = meant.asked
        found = self.retriever.search(meant.text, MOST_CITED, day, asked)
        # A list is counted out of the graph, whatever thing the search puts first.
        listed = self.composer.listed(meant)
        doubtful = found.nothing >= self.retriever.ranking.doubt and not listed
        reason = self._reason_to_abstain(found, asked, doubtful)
        hits = _worth_citing(found.hits)
        if reason:
            cited = Cited([hit.ref for hit in hits[:3]])
            draft = Draft(asked.language, [reason, *self._instead(cited.refs, asked.language)])
        else:
            cited = Cited([hit.ref for hit in hits])
            draft = self.composer.compose(meant, found, hits, cited, day, listed)
        scores = {hit.ref: hit.chance for hit in hits}
        # What is merely nearest to a question explains nothing.
        shown = [] if reason else cited_things(cited.refs, self.retriever.things)
        return Answer(
            question=question,
            language=asked.language,
            answer="\n".join(draft.lines),
            abstained=bool(reason),
            # What is not answered for another reason than doubt is no answer to be sure of.
            confidence=0.0 if reason and not doubtful else round(found.sure, 3),
            citations=[
                self._citation(n, ref, scores.get(ref, 0.0), asked.language, found.question, day)
                for n, ref in enumerate(cited.refs, 1)
            ],
            facts=draft.facts,
            sparql=_sparql(self.retriever.things[cited.refs[0]]) if cited.refs else "",
            as_of=day.isoformat(),
            took_ms=round((perf_counter() - start) * 1000, 1),
            tables=draft.tables,
            understood=self._understood(meant, found, day),
            why=self.paths.why(shown, found.question),
            related=related_questions(shown, found.question, asked.language),
        )

    def _reason_to_abstain(self, found: Found, asked: Asked, doubtful: bool) -> str:
        language = asked.language
        if not found.question:
            return say("empty", language)
        unknown = [m for m in found.mentions if not m.known]
        if unknown and not any(m.known for m in found.mentions):
            return say("unknown-ref", language, ref=unknown[0].text)
        if not found.hits or doubtful:
            if found.outside:
                topic = found.outside.label_en if language == "en" else found.outside.label
                return say("outside", language, topic=topic, where=found.outside.where)
            return say("abstain", language)
        top = self.retriever.things[found.hits[0].ref]
        if (
            top.kind == "act"
            and not top.parts
            and not {"date", "status", "definition"} & {*asked.kinds}
        ):
            return say("no-sections", language, law=label_of(top, language))
        return ""

    def _instead(self, refs: list[str], language: str) -> list[str]:
        things = self.retriever.things
        laws = ", ".join(
            label_of(thing, language)
            for thing in things.values()
            if thing.kind == "act" and thing.parts
        )
        lines = [say("covers", language, laws=laws)]
        if refs:
            labels = (label_of(things[ref], language) for ref in refs)
            near = "; ".join(f"{label} [{n}]" for n, label in enumerate(labels, 1))
            lines.append(f"{say('nearest', language)}: {near}")
        return lines

    def _citation(
        self, n: int, ref: str, score: float, language: str, question: str, day: date
    ) -> Citation:
        thing = self.retriever.things[ref]
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
            score=score,
            state=state_of(thing, day),
            announced=thing.published or announced_on(thing),
            in_force_from=thing.in_force_from,
            in_force_until=thing.in_force_until,
            superseded_by=thing.superseded_by,
            certainty=thing.certainty,
        )

    def _understood(self, meant: Meant, found: Found, day: date) -> dict[str, Any]:
        index, text = self.retriever.index, found.question
        return {
            "read_as": text,
            "language": meant.asked.language,
            "kinds": list(meant.asked.kinds),
            "refs": [mention.ref for mention in found.mentions],
            "terms": index.names.terms_in(text),
            "follows": meant.follows or None,
            "tax_year": tax_year(text, day) + BUDDHIST_OFFSET if says_year(text) else None,
            "outside": found.outside.label if found.outside and found.nothing > 0.5 else None,
            "nothing": round(found.nothing, 3),
            "cosine": round(found.cosine, 3),
        }


def _worth_citing(hits: list[Hit]) -> list[Hit]:
    return [hit for n, hit in enumerate(hits) if n < ALWAYS_CITED or hit.chance >= WORTH_CITING]


def _sparql(thing: Thing) -> str:
    prefixes = "".join(f"PREFIX {name}: <{ontology.PREFIXES[name]}>\n" for name in ("m", "eli"))
    return (
        f"{prefixes}SELECT ?node ?property ?value WHERE {{\n"
        f"  {{ BIND (<{thing.iri}> AS ?node) }}\n"
        f"  UNION {{ <{thing.iri}> m:hasEvent|m:hasLegalBasis|m:hasApplicability ?node }}\n"
        f"  UNION {{ ?node m:statedIn/eli:is_part_of? <{thing.iri}> }}\n"
        "  ?node ?property ?value .\n}"
    )
