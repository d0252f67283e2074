"""One thing of the graph with all that is known of it, ready to be shown or cited."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode, Store

import ontology
from graph.errors import UnknownRefError
from graph.statements import (
    PARAMETER_KINDS,
    Link,
    Statement,
    links_to,
    natural_order,
    slug_of,
    source_of,
    statement_of,
    statements_of,
    without_repeats,
)
from graph.view import View, term

KINDS: Final[dict[str, str]] = {
    "m:Act": "act", "m:Instrument": "instrument", "m:Section": "section", "m:Item": "item",
    "m:StandardFamily": "standard", "m:Standard": "standard", "m:Source": "source",
    "m:Duty": "norm", "m:Right": "norm", "m:Prohibition": "norm", "m:Permission": "norm",
    "m:Power": "norm", "m:Definition": "norm", "m:Penalty": "norm",
    **{f"m:{kind}": "parameter" for kind in PARAMETER_KINDS},
    "cpov:PublicOrganisation": "organisation", "skos:ConceptScheme": "scheme",
    "skos:Concept": "concept",
}  # fmt: skip
_TERM_KINDS: Final[dict[str, str]] = {
    "owl:Class": "record", "owl:DatatypeProperty": "column", "owl:ObjectProperty": "column",
}  # fmt: skip
"""What the terms of tax records are; the terms of other vocabularies are no things of the graph."""
_RECORDS_OF_COLUMN: Final = ("rdfs:domain", "schema:domainIncludes")

_KIND_OF: Final = {term(curie): kind for curie, kind in KINDS.items()}
_KIND_OF_TERM: Final = {term(curie): kind for curie, kind in _TERM_KINDS.items()}


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
    official_text: str
    status: str | None
    as_of: str
    certainty: str | None
    source: str | None
    in_force_from: str
    in_force_until: str
    tax_years: tuple[str, str] | None
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
    based_on: list[Link]
    detailed_by: list[Link]
    norms: list[Statement] = field(default_factory=list)
    events: list[Statement] = field(default_factory=list)
    bases: list[Statement] = field(default_factory=list)
    uses: list[Statement] = field(default_factory=list)
    documents: list[Statement] = field(default_factory=list)
    parameters: list[Statement] = field(default_factory=list)
    put_off: list[Statement] = field(default_factory=list)
    sanctions: list[Statement] = field(default_factory=list)
    overlaps: list[Statement] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain data for JSON."""
        return asdict(self)


def kind_of(view: View, node: NamedNode) -> str | None:
    """Return ``act``, ``section``, ``standard`` …; None for a node that is not described."""
    types = set(view.nodes(node, "rdf:type"))
    found = next((kind for known, kind in _KIND_OF.items() if known in types), None)
    if found is None and node.value.startswith(ontology.TAX):
        found = next((kind for known, kind in _KIND_OF_TERM.items() if known in types), None)
    return found


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
    parameters = [
        parameter
        for part in sorted(subdivisions, key=natural_order)
        for parameter in sorted(view.subjects("m:parameterOf", part), key=natural_order)
    ]
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
        official_text=view.text(node, "m:officialText", "th"),
        status=_status(view, node, status),
        as_of=view.text(node, "m:asOf"),
        certainty=slug_of(view.node(node, "m:certainty")),
        source=source_of(view, node),
        in_force_from=_in_force_from(view, node),
        in_force_until=_inherited(view, node, "eli:date_no_longer_in_force"),
        tax_years=_tax_years(view, node),
        published=view.text(node, "eli:date_publication"),
        citation=view.text(node, "dcterms:bibliographicCitation"),
        notes=view.texts(node, "m:note", "th"),
        features=view.texts(node, "m:feature", "th"),
        names=view.texts(node, "skos:altLabel"),
        questions=view.texts(node, "m:sampleQuestion"),
        part_of=_first(links_to(view, _parents(view, node, kind))),
        parts=links_to(view, _children(view, node, kind)),
        publisher=_first(links_to(view, view.nodes(node, "dcterms:publisher"))),
        subjects=links_to(view, view.nodes(node, "dcterms:subject")),
        activities=links_to(view, view.nodes(node, "m:appliesTo")),
        cites=links_to(view, view.nodes(node, "eli:cites")),
        cited_by=links_to(view, view.nodes(node, "eli:cited_by")),
        implements=links_to(view, view.nodes(node, "cpsv:implements")),
        implemented_by=links_to(view, view.subjects("cpsv:implements", node)),
        superseded_by=links_to(view, view.nodes(node, "m:supersededBy")),
        revises=links_to(view, view.nodes(node, "m:revises")),
        guides=links_to(view, view.nodes(node, "m:guides")),
        based_on=links_to(view, view.nodes(node, "eli:based_on")),
        detailed_by=links_to(
            view, list({n for part in subdivisions for n in view.subjects("eli:based_on", part)})
        ),
        norms=[
            statement_of(view, norm)
            for part in sorted(subdivisions, key=natural_order)
            for norm in sorted(view.subjects("m:statedIn", part), key=natural_order)
        ],
        events=sorted(
            without_repeats(statements_of(view, node, "m:hasEvent")),
            key=lambda event: (event.one("from") or "9999", event.ref),
        ),
        bases=statements_of(view, node, "m:hasLegalBasis"),
        uses=statements_of(view, node, "m:hasApplicability"),
        documents=without_repeats(statements_of(view, node, "dcat:distribution")),
        parameters=[statement_of(view, parameter) for parameter in parameters],
        put_off=[statement_of(view, step) for step in _put_off(view, parameters)],
        sanctions=[
            statement_of(view, norm)
            for norm in sorted(
                {n for part in subdivisions for n in view.subjects("m:forBreachOf", part)},
                key=natural_order,
            )
        ],
        overlaps=[
            statement_of(view, overlap)
            for part in subdivisions
            for overlap in sorted(view.subjects("m:between", part), key=natural_order)
        ],
    )


def _first(links: list[Link]) -> Link | None:
    return links[0] if links else None


def _parents(view: View, node: NamedNode, kind: str) -> list[NamedNode]:
    predicates = _RECORDS_OF_COLUMN if kind == "column" else (_parent(kind),)
    return [parent for predicate in predicates for parent in view.nodes(node, predicate)]


def _parent(kind: str) -> str:
    return {"standard": "m:isPartOf", "concept": "skos:broader"}.get(kind, "eli:is_part_of")


def _children(view: View, node: NamedNode, kind: str) -> list[NamedNode]:
    if kind == "record":
        columns = [n for of in _RECORDS_OF_COLUMN for n in view.subjects(of, node)]
        return [column for column in columns if kind_of(view, column)]
    # Divisions of an ingested law are part of it too, but nobody cites them.
    return [child for child in view.subjects(_parent(kind), node) if kind_of(view, child)]


def _status(view: View, node: NamedNode, status: NamedNode | None) -> str | None:
    if view.nodes(node, "m:supersededBy"):
        return "superseded"
    if status is None:
        parent = view.node(node, "eli:is_part_of")
        return _status(view, parent, view.node(parent, "adms:status")) if parent else None
    return slug_of(status)


def _in_force_from(view: View, node: NamedNode) -> str:
    return _inherited(view, node, "eli:first_date_entry_in_force")


def _inherited(view: View, node: NamedNode, predicate: str) -> str:
    found = view.text(node, predicate)
    parent = view.node(node, "eli:is_part_of")
    return found or (_inherited(view, parent, predicate) if parent else "")


def _put_off(view: View, own: list[NamedNode]) -> list[NamedNode]:
    """Return the calendar steps by which another law puts off those among a thing's own figures."""
    steps = {kind for step in own for kind in view.nodes(step, "m:step")}
    others = {other for kind in steps for other in view.subjects("m:step", kind)} - set(own)
    return sorted((o for o in others if view.text(o, "m:taxYearUntil")), key=natural_order)


def _tax_years(view: View, node: NamedNode) -> tuple[str, str] | None:
    """Return the first and last tax year (of the Christian era) that a law or section is for."""
    first = _inherited(view, node, "m:taxYearFrom")
    return (first, _inherited(view, node, "m:taxYearUntil")) if first else None
