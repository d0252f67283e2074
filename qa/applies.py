"""Which standards and sections apply to some work, each with the path that makes it apply."""

from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Final

import numpy as np
from pyoxigraph import NamedNode

import ontology
from graph.statements import Link, Statement
from graph.things import Thing
from graph.view import View, term
from qa.encoder import Vectors
from qa.model import Applicable, Applies, Step
from qa.retrieve import Retriever
from qa.text import expand, grams, normalize, stop_words, words
from qa.vectors import document_vectors

MARGIN: Final = 0.12
"""How far below the best activity another may lie and still be taken as meant."""
FLOOR: Final = 0.30
"""Share of the description's own words that the best activity must hold."""


@dataclass(frozen=True)
class Activity:
    """An activity of an agency with every name it goes by."""

    node: NamedNode
    label: str
    text: str


class Applier:
    """Matches a description of work to activities, and those to what applies."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.view = View(retriever.store)

    @cached_property
    def activities(self) -> list[Activity]:
        """The activities of the graph."""
        nodes = self.view.subjects("skos:inScheme", term("c:activity"))
        return [
            Activity(
                node,
                self.view.label(node),
                " ".join([
                    self.view.label(node),
                    *self.view.texts(node, "skos:altLabel"),
                    self.view.label(node, "en"),
                ]),
            )
            for node in nodes
        ]  # fmt: skip

    @cached_property
    def _vectors(self) -> Vectors:
        return document_vectors(
            self.retriever.index.encoder, [a.text for a in self.activities], "activities"
        )

    def applies(self, description: str) -> Applies:
        """Return what applies to the work described; nothing where no activity is recognised."""
        start = perf_counter()
        meant = self.recognise(description)
        chosen: dict[str, Applicable] = {}
        for activity in meant:
            for thing in self._things_for(activity):
                if thing.ref not in chosen:
                    chosen[thing.ref] = self._applicable(activity, thing)
        ranked = sorted(chosen.values(), key=_rank)
        took = round((perf_counter() - start) * 1000, 1)
        return Applies(description, [a.label for a in meant], ranked, took)

    def recognise(self, description: str) -> list[Activity]:
        """Return the activities that a description means, best first; none where none fits."""
        text = normalize(description)
        if not any(c.isalnum() for c in text):
            return []
        asked = expand(text)
        dense = self._vectors @ self.retriever.index.encoder.encode_query([text])[0]
        lexical = np.array([_overlap(asked, a.text) for a in self.activities])
        score = (dense - dense.min()) / (np.ptp(dense) + 1e-9) * 0.5 + lexical
        best = float(score.max(initial=0))
        if float(lexical.max(initial=0)) < FLOOR:
            return []
        order = np.argsort(-score, kind="stable")
        return [self.activities[i] for i in order[:3] if score[i] >= best - MARGIN]

    def _things_for(self, activity: Activity) -> list[Thing]:
        refs = (ontology.ref(n.value) for n in self.view.subjects("m:appliesTo", activity.node))
        whole = dict.fromkeys(ref.partition("(")[0] for ref in refs)
        return [self.retriever.things[ref] for ref in whole if ref in self.retriever.things]

    def _applicable(self, activity: Activity, thing: Thing) -> Applicable:
        use = next((use for use in thing.uses if self._is_for_agencies(use)), None)
        level = use.links.get("level", []) if use else []
        return Applicable(
            ref=thing.ref,
            iri=thing.iri,
            label=thing.label + (f" {thing.heading}" if thing.kind == "section" else ""),
            kind=thing.kind,
            status=thing.status,
            level=level[0].ref.rpartition("/")[2] if level else None,
            level_certainty=use.certainty if use else None,
            summary=thing.summary,
            path=self.path(activity, thing),
        )

    def _is_for_agencies(self, use: Statement) -> bool:
        """Tell whether a statement speaks of state agencies at large, or officials in them.

        What binds only the body that issued a standard says nothing of the one who asks.
        """
        wanted = {term("ac:state-agency"), term("ac:state-official")}
        for link in use.links.get("addressee", ()):
            node: NamedNode | None = NamedNode(ontology.iri(link.ref))
            while node is not None:
                if node in wanted:
                    return True
                node = self.view.node(node, "skos:broader")
        return False

    def path(self, activity: Activity, thing: Thing) -> list[Step]:
        """Return why a thing applies to an activity, from the activity to the law behind it."""
        node = NamedNode(thing.iri)
        stated = self._stated(node)
        steps: list[Step] = []
        current, label = activity.node, activity.label
        while current.value not in stated:
            broader = self.view.node(current, "skos:broader")
            if broader is None:
                break
            steps.append(Step(label, "เป็นส่วนหนึ่งของงาน", self.view.label(broader), True))
            current, label = broader, self.view.label(broader)
        steps.append(Step(label, "ใช้", thing.label))
        bases: list[Link] = thing.implements
        steps.extend(Step(thing.label, "อาศัย", basis.label) for basis in bases)
        return steps

    def _stated(self, node: NamedNode) -> set[str]:
        parts = [node, *self.view.subjects("eli:is_part_of", node)]
        return {
            quad.object.value  # type: ignore[union-attr]
            for part in parts
            for quad in self.view.store.quads_for_pattern(part, term("m:appliesTo"), None, None)
            if "/derived/" not in str(quad.graph_name)
        }


def _overlap(asked: str, names: str) -> float:
    wanted = {w for w in words(asked) if w not in stop_words() and len(w) > 1}
    held = set(words(expand(normalize(names))))
    gram = set(grams(asked)) & set(grams(normalize(names)))
    shared = sum(len(w) for w in wanted & held) / max(sum(map(len, wanted)), 1)
    return shared + 0.5 * len(gram) / max(len(grams(asked)), 1)


def _rank(thing: Applicable) -> tuple[int, int, int, int, str]:
    levels = {"must": 0, "should": 1, None: 1, "informative": 2}
    kinds = {"standard": 0, "section": 1}
    statuses = {"in-force": 0, "published": 1, "unknown": 2, "draft": 3, "superseded": 4}
    return (
        statuses.get(thing.status or "", 2),
        sum(step.derived for step in thing.path),
        kinds.get(thing.kind, 2),
        levels.get(thing.level, 1),
        thing.ref,
    )
