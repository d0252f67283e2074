"""An ontology as data for its documentation: each term with what is said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

import ontology
from graph.jsonld import shorten
from graph.view import View, term

_NODE = NamedNode | BlankNode
KINDS: Final = (
    ("owl:Class", "คลาส", "Classes"),
    ("owl:ObjectProperty", "ความสัมพันธ์", "Object properties"),
    ("owl:DatatypeProperty", "คุณสมบัติที่เป็นค่า", "Datatype properties"),
    ("owl:AnnotationProperty", "ข้อความและตัวเลขกำกับ", "Annotation properties"),
)
_RELATIONS: Final = (
    ("rdfs:subClassOf", "เป็นชนิดย่อยของ", "subclass of"),
    ("rdfs:subPropertyOf", "เป็นคุณสมบัติย่อยของ", "subproperty of"),
    ("owl:equivalentClass", "เท่ากับ", "equivalent to"),
    ("owl:inverseOf", "กลับทางกับ", "inverse of"),
    ("owl:disjointWith", "ซ้อนกันไม่ได้กับ", "disjoint with"),
    ("rdfs:domain", "ใช้กับ", "domain"), ("schema:domainIncludes", "ใช้กับ", "used on"),
    ("rdfs:range", "ค่าเป็น", "range"), ("schema:rangeIncludes", "ค่าเป็น", "values"),
    ("t:codeList", "รายการรหัส", "code list"), ("t:refersTo", "อ้างถึงระเบียน", "refers to"),
    ("dpv:hasPersonalData", "ข้อมูลส่วนบุคคล", "personal data"), ("t:unit", "หน่วย", "unit"),
    ("skos:closeMatch", "ใกล้กับ", "close to"), ("skos:relatedMatch", "เกี่ยวกับ", "relates to"),
    ("rdfs:seeAlso", "ดูเพิ่ม", "see also"),
)  # fmt: skip
_TRAITS: Final = {
    "owl:TransitiveProperty": ("ถ่ายทอด", "transitive"),
    "owl:SymmetricProperty": ("สมมาตร", "symmetric"),
    "owl:AsymmetricProperty": ("ไม่สมมาตร", "asymmetric"),
    "owl:IrreflexiveProperty": ("ไม่ชี้ตัวเอง", "irreflexive"),
    "owl:FunctionalProperty": ("มีค่าเดียว", "functional"),
}


@dataclass(frozen=True)
class Said:
    """One relation of a term: what it is called, and to what; a restriction is in words."""

    th: str
    en: str
    values: list[tuple[str, str]]
    """Text and address; no address for words."""


@dataclass(frozen=True)
class Term:
    """A class or property of the ontology's own namespace."""

    iri: str
    name: str
    curie: str
    th: str
    en: str
    definition_th: str
    definition_en: str
    said: list[Said]


@dataclass(frozen=True)
class Box:
    """A class in the diagram, with the relations and values that start from it."""

    curie: str
    label: str
    href: str
    parents: list[str]
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type of the value, address."""


@dataclass(frozen=True)
class Vocabulary:
    """An ontology to document."""

    space: str
    iri: str
    title_th: str
    title_en: str
    version: str
    created: str
    comments: list[tuple[str, str]]
    """Text and language."""
    groups: list[tuple[str, str, str, list[Term]]]
    """Anchor, Thai and English heading, terms."""
    borrowed: list[tuple[str, str]]
    """Terms of other vocabularies: CURIE and IRI."""
    boxes: list[Box]


def read_vocabulary(text: bytes, iri: str) -> Vocabulary:
    """Return an ontology from its Turtle.

    :param iri: the ontology's IRI; its terms are ``<iri>#…``, or for alignments those described.
    """
    store = Store()
    store.load(text, format=RdfFormat.TURTLE)
    view = View(store)
    node = NamedNode(iri)
    space = ontology.TAX if iri.startswith(ontology.TAX.rstrip("#")) else ontology.NS
    groups = []
    for kind, th, en in KINDS:
        found = [n for n in view.subjects("rdf:type", term(kind)) if n.value.startswith(space)]
        if found:
            anchor = kind.partition(":")[2]
            groups.append((anchor, th, en, [_term(view, n, space) for n in _in_order(found)]))
    if not groups:
        told = {q.subject for q in store if isinstance(q.subject, NamedNode)} - {node}
        own = [n for n in told if n.value.startswith(space)]
        groups.append(
            ("aligned", "การเทียบ", "Alignments", [_term(view, n, space) for n in _in_order(own)])
        )
    declared = {n for kind, _, _ in KINDS for n in view.subjects("rdf:type", term(kind))}
    return Vocabulary(
        space=space,
        iri=iri,
        title_th=view.text(node, "dcterms:title", "th"),
        title_en=view.text(node, "dcterms:title", "en"),
        version=view.text(node, "owl:versionInfo"),
        created=view.text(node, "dcterms:created"),
        comments=[
            (value.value, value.language or "")
            for predicate in ("dcterms:description", "rdfs:comment")
            for value in view.objects(node, predicate)
            if isinstance(value, Literal)
        ],
        groups=groups,
        borrowed=sorted(
            (shorten(n.value), n.value) for n in declared if not n.value.startswith(ontology.BASE)
        ),
        boxes=list(_boxes(view, space)),
    )


def _in_order(nodes: list[NamedNode]) -> list[NamedNode]:
    return sorted(nodes, key=lambda node: node.value.lower())


def _term(view: View, node: NamedNode, space: str) -> Term:
    traits = [
        _TRAITS[c] for n in view.nodes(node, "rdf:type") if (c := shorten(n.value)) in _TRAITS
    ]
    said = [
        Said(th, en, values)
        for predicate, th, en in _RELATIONS
        if (values := [v for o in view.objects(node, predicate) for v in _values(view, o)])
    ]
    users = [Said("คุณสมบัติที่ใช้ได้", "properties", [_named(view, n) for n in _users(view, node)])]
    below = [
        Said(
            "ชนิดย่อย",
            "subclasses",
            [_named(view, n) for n in view.subjects("rdfs:subClassOf", node)],
        )
    ]
    if traits:
        said.append(Said("ลักษณะ", "traits", [(f"{th} ({en})", "") for th, en in traits]))
    return Term(
        iri=node.value,
        name=node.value.removeprefix(space),
        curie=shorten(node.value),
        th=view.text(node, "rdfs:label", "th"),
        en=view.text(node, "rdfs:label", "en"),
        definition_th=view.text(node, "skos:definition", "th"),
        definition_en=view.text(node, "skos:definition", "en"),
        said=[s for s in (*said, *below, *users) if s.values],
    )


def _users(view: View, node: NamedNode) -> list[NamedNode]:
    found = {*view.subjects("rdfs:domain", node), *view.subjects("schema:domainIncludes", node)}
    return sorted(found, key=lambda n: n.value)


def _values(view: View, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, NamedNode):
        yield _named(view, value)
    elif isinstance(value, Literal):
        yield value.value, ""
    elif isinstance(value, BlankNode):
        yield _restriction(view, value), ""


def _named(view: View, node: NamedNode) -> tuple[str, str]:
    label = view.text(node, "rdfs:label", "th")
    return (f"{shorten(node.value)} {label}".strip(), node.value)


def _restriction(view: View, node: BlankNode) -> str:
    on = view.node(node, "owl:onProperty")
    prop = shorten(on.value) if on else "?"
    for predicate, words in (
        ("owl:someValuesFrom", "{0} some {1}"), ("owl:allValuesFrom", "{0} only {1}"),
        ("owl:hasValue", "{0} value {1}"), ("owl:cardinality", "{0} exactly {1}"),
        ("owl:minCardinality", "{0} min {1}"), ("owl:maxCardinality", "{0} max {1}"),
    ):  # fmt: skip
        for value in view.objects(node, predicate):
            shown = shorten(value.value) if not isinstance(value, Literal) else value.value
            return words.format(prop, shown)
    return prop


def _boxes(view: View, space: str) -> Iterator[Box]:
    own = [n for n in view.subjects("rdf:type", term("owl:Class")) if n.value.startswith(space)]
    for node in _in_order(own):
        rows = []
        for prop in _users(view, node):
            ranges = [*view.nodes(prop, "rdfs:range"), *view.nodes(prop, "schema:rangeIncludes")]
            kind = ", ".join(shorten(n.value) for n in ranges) or "…"
            rows.append((shorten(prop.value), kind, prop.value))
        parents = [n.value for n in view.nodes(node, "rdfs:subClassOf")]
        yield Box(shorten(node.value), view.text(node, "rdfs:label", "th"), node.value,
                  [shorten(p) for p in parents], rows)  # fmt: skip
