"""What an identifier leads to: a thing, a graph, a rule, or another identifier."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.codelists import store_for
from graph.errors import UnknownRefError
from graph.things import KINDS, Thing, describe, kind_of
from graph.view import View, term
from qa.service import Service

MAX_REF: Final = 300
"""Characters of a ref; the longest of the graph has some 60."""
NOT_DOCUMENTS: Final = ("concept", "scheme", "organisation")
"""Kinds that are no information resources: their identifiers answer 303."""
_OWNED: Final = ("event", "basis", "use", "doc")
"""How the last but one part of a node's ref begins that is told with its thing."""


@dataclass(frozen=True)
class Found:
    """What a ref names.

    :param kind: a kind of :data:`graph.things.KINDS`, or ``graph``, ``rule``, ``division``,
        ``node``.
    :param store: the store that describes it.
    """

    ref: str
    kind: str
    store: Store
    apart: bool = False
    """Whether it is outside the graph of questions: a code list, a graph, a rule."""

    @property
    def iri(self) -> str:
        """The identifier."""
        return ontology.iri(self.ref)

    @property
    def is_document(self) -> bool:
        """Whether the thing can itself be sent: a text of law, a standard, a list of facts."""
        return self.kind not in NOT_DOCUMENTS

    @property
    def is_described(self) -> bool:
        """Whether :func:`graph.things.describe` knows it."""
        return self.kind in KINDS.values()

    @cached_property
    def thing(self) -> Thing:
        """All that is known of it."""
        return describe(self.store, self.ref)


@dataclass(frozen=True)
class Elsewhere:
    """Another identifier or page to go to.

    :param path: of the page, where it is no thing's.
    """

    ref: str
    path: str = ""


def find(service: Service, ref: str) -> Found | Elsewhere:
    """Return what a ref names, however it is written.

    :raises UnknownRefError: it names nothing here.
    """
    nothing = UnknownRefError(
        "ไม่มีสิ่งที่ใช้ชื่อนี้ ดูรายการทั้งหมดที่ /id และ /concept",
        "nothing has this name; see /id and /concept for all there is",
    )
    if len(ref) > MAX_REF or any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in ref):
        raise nothing
    if ref.startswith("tax/"):
        return Elsewhere(ref, f"/ns/tax#{ref.removeprefix('tax/')}")
    if ref.startswith("shape/"):
        return Elsewhere(ref, f"/shapes#{ref.removeprefix('shape/')}")
    if found := exact(service.store, ref):
        return found
    return Elsewhere(service.resolve(ref))


def exact(store: Store, ref: str) -> Found | Elsewhere | None:
    """Return what is called exactly so."""
    try:
        node = NamedNode(ontology.iri(ref))
    except ValueError:
        return None
    for place in (store, store_for(store, ref)):
        if kind := kind_of(View(place), node):
            return Found(ref, kind, place, apart=place is not store)
    if ref.startswith("graph/") and store.contains_named_graph(node):
        return Found(ref, "graph", store, apart=True)
    if rule_text(ref):
        return Found(ref, "rule", store, apart=True)
    owner, _, tail = ref.rpartition("/")
    owner, _, middle = owner.rpartition("/")
    if middle in _OWNED and tail and next(store.quads_for_pattern(node, None, None, None), None):
        return Elsewhere(owner, fragment(ref))
    types = View(store).nodes(node, "rdf:type")
    if types and not ref.startswith("concept/"):
        # What an ingested law brings: its divisions, what was read by rule.
        kind = "division" if term("m:Division") in types else "node"
        return Found(ref, kind, store, apart=True)
    return None


def fragment(ref: str) -> str:
    """Return the anchor of an event, basis, use or document on its thing's page.

    >>> fragment("mspr-7-2565/event/1")
    '#event-1'
    """
    _, middle, tail = ref.rsplit("/", 2)
    return f"#{middle}-{tail}"


def rule_text(ref: str) -> str:
    """Return the query of an inference rule (``rule/5-cited-by``); the empty text for none."""
    if not ref.startswith("rule/"):
        return ""
    names = {
        f"rule/{file.name.removesuffix('.rq')}": file for file in files("graph.rules").iterdir()
    }
    file = names.get(ref)
    return file.read_text(encoding="utf-8") if file and file.name.endswith(".rq") else ""
