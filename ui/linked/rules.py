"""Shapes as data for their documentation: each rule with its messages, source and Turtle."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, Triple, serialize

import ontology
from graph.statements import natural_order
from graph.view import View, term

SEVERITY: Final = {
    "Violation": ("ผิด", "violation"), "Warning": ("เตือน", "warning"), "Info": ("ให้ดู", "info"),
}  # fmt: skip
FILES: Final = (
    ("must", "กฎที่ระเบียนภาษีต้องผ่าน", "What tax records must meet"),
    ("should", "กฎที่ระเบียนภาษีควรผ่าน", "What tax records should meet"),
    ("codes", "รายการรหัสของระเบียนภาษี", "Code lists of tax records"),
    ("knowledge", "กฎของกราฟความรู้", "Rules of the knowledge graph"),
)


@dataclass(frozen=True)
class Rule:
    """A property shape: one rule."""

    name: str
    title_th: str
    title_en: str
    severity: str
    path: str
    message_th: str
    message_en: str
    source: str
    used_by: list[str]
    turtle: str


@dataclass(frozen=True)
class Shape:
    """A node shape: which rules the records of a class must meet."""

    name: str
    target: str
    rules: list[str]
    turtle: str


@dataclass(frozen=True)
class ShapeFile:
    """One file of shapes."""

    name: str
    th: str
    en: str
    shapes: list[Shape]
    rules: list[Rule]


def shape_files() -> dict[str, Traversable]:
    """Return the files of shapes by name."""
    folder = files("shapes")
    return {
        name: folder / "knowledge.ttl" if name == "knowledge" else folder / "tax" / f"{name}.ttl"
        for name, _, _ in FILES
    }


def read_shapes() -> list[ShapeFile]:
    """Return all shapes, file by file. A name that two files tell of is under the first."""
    taken: set[str] = set()
    return [_read(shape_files()[name], name, th, en, taken) for name, th, en in FILES]


def _read(file: Traversable, name: str, th: str, en: str, taken: set[str]) -> ShapeFile:
    store = Store()
    store.load(file.read_bytes(), format=RdfFormat.TURTLE)
    view = View(store)
    nodes = [n for n in view.subjects("rdf:type", term("sh:NodeShape")) if n.value not in taken]
    rules = [n for n in view.subjects("rdf:type", term("sh:PropertyShape")) if n.value not in taken]
    taken.update(n.value for n in (*nodes, *rules))
    return ShapeFile(
        name,
        th,
        en,
        [_shape(view, node) for node in sorted(nodes, key=natural_order)],
        [_rule(view, node) for node in sorted(rules, key=natural_order)],
    )


def _name(node: NamedNode) -> str:
    return node.value.removeprefix(ontology.SHAPES)


def _shape(view: View, node: NamedNode) -> Shape:
    target = view.node(node, "sh:targetClass")
    rules = sorted(view.nodes(node, "sh:property"), key=natural_order)
    return Shape(
        _name(node),
        target.value if target else "",
        [_name(r) for r in rules],
        _turtle(view.store, node),
    )


def _rule(view: View, node: NamedNode) -> Rule:
    severity = view.node(node, "sh:severity")
    path = view.objects(node, "sh:path")
    source = view.node(node, "dcterms:source")
    first = path[0] if path else None
    name = _name(node)
    return Rule(
        name=name,
        title_th=view.text(node, "dcterms:title", "th")
        or _without(view.text(node, "sh:message", "th"), name),
        title_en=view.text(node, "dcterms:title", "en"),
        severity=severity.value.rpartition("#")[2] if severity else "Violation",
        path=first.value if isinstance(first, NamedNode) else "",
        message_th=view.text(node, "sh:message", "th"),
        message_en=view.text(node, "sh:message", "en"),
        source=source.value if source else "",
        used_by=[_name(n) for n in view.subjects("sh:property", node)],
        turtle=_turtle(view.store, node),
    )


def _without(message: str, name: str) -> str:
    return message.removeprefix(f"{name}:").strip()


def _turtle(store: Store, node: NamedNode) -> str:
    """Return a shape with its blank nodes, without the prefixes."""
    triples = list(_closure(store, node))
    prefixes = {p: s for p, s in ontology.PREFIXES.items() if p not in ("o", "src", "graph")}
    text = (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
    return "\n".join(line for line in text.splitlines() if not line.startswith("@prefix")).strip()


def _closure(store: Store, node: NamedNode | BlankNode) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(node, None, None, None):
        yield quad.triple
        if isinstance(quad.object, BlankNode):
            yield from _closure(store, quad.object)
