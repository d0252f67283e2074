"""One thing of the graph with all that is known of it, ready to be shown or cited."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Store

import ontology
from graph.errors import UnknownRefError
from graph.thai import date_text, duration_text
from graph.view import Term, View, term

KINDS: Final[dict[str, str]] = {
    "m:Act": "act", "m:Instrument": "instrument", "m:Section": "section", "m:Item": "item",
    "m:StandardFamily": "standard", "m:Standard": "standard", "m:Source": "source",
    "m:Duty": "norm", "m:Right": "norm", "m:Prohibition": "norm", "m:Permission": "norm",
    "m:Power": "norm", "m:Definition": "norm", "m:Penalty": "norm",
    "cpov:PublicOrganisation": "organisation", "skos:ConceptScheme": "scheme",
    "skos:Concept": "concept",
}  # fmt: skip
NORM_KINDS: Final = ("Duty", "Right", "Prohibition", "Permission", "Power", "Definition", "Penalty")
EVENT_KINDS: Final = ("PublicHearing", "Approval", "Announcement", "StatusEvent")


@dataclass(frozen=True)
class Link:
    """Another thing, named."""

    ref: str
    label: str
    label_en: str = ""


@dataclass(frozen=True)
class Statement:
    """Facts that belong together: a norm, an event, a legal basis, an applicability, a document.

    ``values`` maps a field name (``actor``, ``deadline``, ``from`` …) to its values as data,
    ``links`` to the things that the nodes among them name.
    """

    ref: str
    kind: str
    values: dict[str, list[str]]
    links: dict[str, list[Link]]
    certainty: str | None
    source: str | None

    def one(self, name: str, language: str = "th") -> str:
        """Return the first value of a field, Thai unless asked otherwise."""
        found = self.values.get(f"{name}@{language}") or self.values.get(name) or [""]
        return found[0]

    def linked(self, name: str, language: str = "th") -> str:
        """Return the labels of the linked things, joined."""
        labels = (
            link.label_en if language == "en" else link.label for link in self.links.get(name, ())
        )
        return ", ".join(labels)


@dataclass(frozen=True)
class Thing:
    """What the graph knows of one ref, in both languages where it has both."""

    ref: str
    iri: str
    kind: str
    label: str
    label_en: str
    heading: str
    heading_en: str
    number: str
    summary: str
    summary_en: str
    status: str | None
    as_of: str
    certainty: str | None
    source: str | None
    in_force_from: str
    published: str
    citation: str
    notes: list[str]
    features: list[str]
    names: list[str]
    questions: list[str]
    part_of: Link | None
    parts: list[Link]
    publisher: Link | None
    subjects: list[Link]
    activities: list[Link]
    cites: list[Link]
    cited_by: list[Link]
    implements: list[Link]
    implemented_by: list[Link]
    superseded_by: list[Link]
    revises: list[Link]
    guides: list[Link]
    norms: list[Statement] = field(default_factory=list)
    events: list[Statement] = field(default_factory=list)
    bases: list[Statement] = field(default_factory=list)
    uses: list[Statement] = field(default_factory=list)
    documents: list[Statement] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain data for JSON."""
        return asdict(self)


def kind_of(view: View, node: NamedNode) -> str | None:
    """Return ``act``, ``section``, ``standard`` …; None for a node that is not described."""
    types = set(view.nodes(node, "rdf:type"))
    return next((kind for curie, kind in KINDS.items() if term(curie) in types), None)


def describe(store: Store, ref: str) -> Thing:
    """Return all that is known of a ref.

    :raises UnknownRefError: the graph has no such thing.
    """
    view = View(store)
    node = NamedNode(ontology.iri(ref))
    kind = kind_of(view, node)
    if kind is None:
        raise UnknownRefError(
            f"ไม่พบ {ref} ในกราฟ ลองค้นด้วย mattra search",
            f"the graph has no {ref}; try mattra search",
        )
    subdivisions = [node, *view.subjects("eli:is_part_of", node)] if kind == "section" else [node]
    status = view.node(node, "adms:status")
    return Thing(
        ref=ref,
        iri=node.value,
        kind=kind,
        label=view.label(node),
        label_en=view.label(node, "en"),
        heading=view.text(node, "dcterms:title", "th") or view.label(node),
        heading_en=view.text(node, "dcterms:title", "en") or view.label(node, "en"),
        number=view.text(node, "eli:number"),
        summary=view.text(node, "m:summary", "th") or view.text(node, "skos:definition", "th"),
        summary_en=view.text(node, "m:summary", "en") or view.text(node, "skos:definition", "en"),
        status=_status(view, node, status),
        as_of=view.text(node, "m:asOf"),
        certainty=_slug(view.node(node, "m:certainty")),
        source=_source(view, node),
        in_force_from=_in_force_from(view, node),
        published=view.text(node, "eli:date_publication"),
        citation=view.text(node, "dcterms:bibliographicCitation"),
        notes=view.texts(node, "m:note", "th"),
        features=view.texts(node, "m:feature", "th"),
        names=view.texts(node, "skos:altLabel"),
        questions=view.texts(node, "m:sampleQuestion", "th"),
        part_of=_first(_links(view, view.nodes(node, _parent(kind)))),
        parts=_links(view, _children(view, node, kind)),
        publisher=_first(_links(view, view.nodes(node, "dcterms:publisher"))),
        subjects=_links(view, view.nodes(node, "dcterms:subject")),
        activities=_links(view, view.nodes(node, "m:appliesTo")),
        cites=_links(view, view.nodes(node, "eli:cites")),
        cited_by=_links(view, view.nodes(node, "eli:cited_by")),
        implements=_links(view, view.nodes(node, "cpsv:implements")),
        implemented_by=_links(view, view.subjects("cpsv:implements", node)),
        superseded_by=_links(view, view.nodes(node, "m:supersededBy")),
        revises=_links(view, view.nodes(node, "m:revises")),
        guides=_links(view, view.nodes(node, "m:guides")),
        norms=[
            _statement(view, norm)
            for part in subdivisions
            for norm in view.subjects("m:statedIn", part)
        ],
        events=sorted(
            (_statement(view, event) for event in view.nodes(node, "m:hasEvent")),
            key=lambda event: (event.one("from") or "9999", event.ref),
        ),
        bases=[_statement(view, basis) for basis in view.nodes(node, "m:hasLegalBasis")],
        uses=[_statement(view, use) for use in view.nodes(node, "m:hasApplicability")],
        documents=[_statement(view, doc) for doc in view.nodes(node, "dcat:distribution")],
    )


def value_text(name: str, value: str, language: str = "th") -> str:
    """Say a statement's value in words: dates, durations and amounts; others unchanged."""
    if name in ("deadline", "frequency"):
        return duration_text(value, language)
    if name == "amount":
        return f"{float(value):,.0f} " + ("บาท" if language == "th" else "baht")
    if name in ("from", "until", "meeting", "meetingUntil", "issued"):
        return date_text(value, language)
    return value


def _statement(view: View, node: NamedNode) -> Statement:
    values: dict[str, list[str]] = {}
    links: dict[str, list[Link]] = {}
    for quad in view.store.quads_for_pattern(node, None, None, None):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        _put(view, quad.object, name, values, links)  # type: ignore[arg-type]
    types = {link.ref for link in links.pop("type", [])}
    return Statement(
        ref=ontology.ref(node.value),
        kind=next((kind for kind in (*NORM_KINDS, *EVENT_KINDS) if kind in types), "Statement"),
        values={name: sorted(set(found)) for name, found in sorted(values.items())},
        links=dict(sorted(links.items())),
        certainty=_slug(view.node(node, "m:certainty")),
        source=_source(view, node),
    )


def _put(
    view: View, value: Term, name: str, values: dict[str, list[str]], links: dict[str, list[Link]]
) -> None:
    if isinstance(value, Literal):
        key = f"{name}@{value.language}" if value.language else name
        values.setdefault(key, []).append(value.value)
    elif isinstance(value, NamedNode):
        if name == "type":
            links.setdefault(name, []).append(Link(value.value.rpartition("#")[2], ""))
        else:
            links.setdefault(name, []).append(_link(view, value))


def _link(view: View, node: NamedNode) -> Link:
    try:
        ref = ontology.ref(node.value)
    except ValueError:
        ref = node.value
    return Link(ref, view.label(node), view.label(node, "en"))


def _links(view: View, nodes: list[NamedNode]) -> list[Link]:
    return [_link(view, node) for node in sorted(nodes, key=lambda n: _natural(n.value))]


def _natural(value: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(piece), "") if piece.isdigit() else (0, piece) for piece in re.split(r"(\d+)", value)
    )


def _first(links: list[Link]) -> Link | None:
    return links[0] if links else None


def _parent(kind: str) -> str:
    return {"standard": "m:isPartOf", "concept": "skos:broader"}.get(kind, "eli:is_part_of")


def _children(view: View, node: NamedNode, kind: str) -> list[NamedNode]:
    return view.subjects(_parent(kind), node)


def _slug(node: NamedNode | None) -> str | None:
    return node.value.rpartition("/")[2] if node else None


def _status(view: View, node: NamedNode, status: NamedNode | None) -> str | None:
    if view.nodes(node, "m:supersededBy"):
        return "superseded"
    if status is None:
        parent = view.node(node, "eli:is_part_of")
        return _status(view, parent, view.node(parent, "adms:status")) if parent else None
    return _slug(status)


def _in_force_from(view: View, node: NamedNode) -> str:
    found = view.text(node, "eli:first_date_entry_in_force")
    parent = view.node(node, "eli:is_part_of")
    return found or (_in_force_from(view, parent) if parent else "")


def _source(view: View, node: NamedNode) -> str | None:
    found = view.node(node, "dcterms:source")
    return view.label(found) if found else None
