"""Shapes as data: node shapes with the property shapes that are their rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from ontology import ID, PREFIXES, SHAPES
from ontology.tax import TAX
from shapes.errors import ShapesError
from shapes.report import Rule

SH: Final = PREFIXES["sh"]
_RDF: Final = PREFIXES["rdf"]
_DCTERMS: Final = PREFIXES["dcterms"]
ABOUT: Final = frozenset(
    (
        "path",
        "severity",
        "message",
        "name",
        "description",
        "order",
        "group",
        "sparql",
        "deactivated",
    )
)
"""Properties of a property shape that constrain nothing by themselves."""
_SEVERITY: Final = {"Violation": "violation", "Warning": "warning", "Info": "info"}
Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


@dataclass(frozen=True)
class PropertyShape:
    """One rule: what it is called, and what it demands.

    :param parameters: values of each constraint parameter, by its name without ``sh:``.
    :param select: the SELECT query of its SPARQL constraint with its prefixes, or nothing.
    """

    node: Node
    rule: Rule
    path: str
    parameters: dict[str, list[Value]]
    select: str | None


@dataclass(frozen=True)
class NodeShape:
    """The rules for the records of a class.

    :param beyond: what it demands besides its property shapes, by name without ``sh:``.
    """

    node: Node
    target: str
    properties: tuple[PropertyShape, ...]
    beyond: frozenset[str]


@dataclass
class ShapeGraph:
    """Shapes in memory."""

    store: Store
    _named: dict[Node, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, *texts: str) -> "ShapeGraph":
        """Read shapes from Turtle texts.

        :raises ShapesError: one is not Turtle.
        """
        store = Store()
        for text in texts:
            try:
                store.load(text.encode(), format=RdfFormat.TURTLE)
            except SyntaxError as error:
                raise ShapesError(f"the shapes are not Turtle: {error}") from error
        return cls(store)

    @cached_property
    def node_shapes(self) -> tuple[NodeShape, ...]:
        """The shapes that have a target class."""
        found = []
        for quad in self.store.quads_for_pattern(None, NamedNode(SH + "targetClass"), None, None):
            if isinstance(quad.subject, Node) and isinstance(quad.object, NamedNode):
                found.append(self._node_shape(quad.subject, quad.object.value))
        return tuple(sorted(found, key=lambda shape: (shape.target, str(shape.node))))

    def beyond(self, target: str) -> dict[str, str]:
        """Return what the shapes of a class demand besides property shapes, by the shape's name."""
        return {
            self.name(shape.node): ", ".join(f"sh:{name}" for name in sorted(shape.beyond))
            for shape in self.node_shapes
            if shape.target == target and shape.beyond
        }

    @cached_property
    def other_targets(self) -> bool:
        """Whether any shape finds its nodes by something else than their class."""
        others = ("targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
        return any(
            True
            for name in others
            for _ in self.store.quads_for_pattern(None, NamedNode(SH + name), None, None)
        )

    def rules_of(self, target: str) -> Iterator[PropertyShape]:
        """Give the rules for a class; a rule that two node shapes name comes once."""
        seen = set()
        for shape in self.node_shapes:
            if shape.target == target:
                for prop in shape.properties:
                    if prop.node not in seen:
                        seen.add(prop.node)
                        yield prop

    def values(self, node: Value, name: str) -> list[Value]:
        """Return the values of a SHACL property of a node."""
        if isinstance(node, Literal):
            return []
        quads = self.store.quads_for_pattern(node, NamedNode(SH + name), None, None)
        return [quad.object for quad in quads if not isinstance(quad.object, dict)]  # type: ignore[misc]

    def items(self, head: Value) -> list[Value]:
        """Return the items of an RDF list."""
        found: list[Value] = []
        while isinstance(head, BlankNode):
            first = self._one(head, _RDF + "first")
            if first is None:
                break
            found.append(first)
            head = self._one(head, _RDF + "rest") or NamedNode(_RDF + "nil")
        return found

    def parameters(self, node: Node) -> dict[str, list[Value]]:
        """Return what a shape demands, by the name of each parameter without ``sh:``."""
        found: dict[str, list[Value]] = {}
        for quad in self.store.quads_for_pattern(node, None, None, None):
            name = quad.predicate.value
            if name.startswith(SH) and name.removeprefix(SH) not in ABOUT:
                found.setdefault(name.removeprefix(SH), []).append(quad.object)  # type: ignore[arg-type]
        return found

    def _node_shape(self, node: Node, target: str) -> NodeShape:
        parameters = self.parameters(node)
        properties = [p for p in parameters.pop("property", []) if isinstance(p, Node)]
        parameters.pop("targetClass")
        beyond = set(parameters) | ({"sparql"} if self.values(node, "sparql") else set())
        if self._off(node):
            return NodeShape(node, target, (), frozenset())
        shapes = [self._property(p, self._severity(node)) for p in properties if not self._off(p)]
        return NodeShape(
            node, target, tuple(sorted(shapes, key=lambda p: p.rule.id)), frozenset(beyond)
        )

    def _off(self, node: Node) -> bool:
        return any(str(v.value) == "true" for v in self.values(node, "deactivated"))

    def _severity(self, node: Node) -> str:
        given = [v.value.removeprefix(SH) for v in self.values(node, "severity")]
        return _SEVERITY.get(given[0], "violation") if given else "violation"

    def _property(self, node: Node, severity: str) -> PropertyShape:
        paths = self.values(node, "path")
        path = paths[0].value if paths and isinstance(paths[0], NamedNode) else ""
        constraints = self.values(node, "sparql")
        parameters = self.parameters(node)
        select = self._select(constraints[0]) if len(constraints) == 1 else None
        if len(constraints) > 1:
            parameters["sparql"] = constraints
        messages = self._texts(node, SH + "message")
        for constraint in constraints:
            messages = self._texts(constraint, SH + "message") or messages
        titles = self._texts(node, _DCTERMS + "title") or self._texts(node, SH + "name")
        source = self._one(node, _DCTERMS + "source")
        own = self.values(node, "severity")
        rule = Rule(
            id=self.name(node),
            severity=self._severity(node) if own else severity,
            path=path,
            column=path.removeprefix(TAX) if path.startswith(TAX) else path,
            title_th=titles.get("th") or titles.get("", ""),
            title_en=titles.get("en") or titles.get("", ""),
            message_th=messages.get("th") or messages.get("", ""),
            message_en=messages.get("en") or messages.get("", ""),
            source=source.value.removeprefix(ID) if source else "",
            component=_component(parameters, select),
        )
        return PropertyShape(node, rule, path, parameters, select)

    def name(self, node: Node) -> str:
        """Return the name of a shape: the tail of its IRI, or a number for a blank node."""
        if isinstance(node, NamedNode):
            return node.value.removeprefix(SHAPES)
        return self._named.setdefault(node, f"shape-{len(self._named) + 1}")

    def _select(self, constraint: Value) -> str:
        (query,) = self.values(constraint, "select")
        lines = []
        for holder in self.values(constraint, "prefixes"):
            for declared in self.values(holder, "declare"):
                (prefix,), (space,) = (
                    self.values(declared, "prefix"),
                    self.values(declared, "namespace"),
                )
                lines.append(f"PREFIX {prefix.value}: <{space.value}>")
        return "\n".join([*sorted(lines), str(query.value).strip()])

    def _texts(self, node: Value, predicate: str) -> dict[str, str]:
        if isinstance(node, Literal):
            return {}
        quads = self.store.quads_for_pattern(node, NamedNode(predicate), None, None)
        return {
            q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)
        }

    def _one(self, node: Value, predicate: str) -> Value | None:
        if isinstance(node, Literal):
            return None
        quads = self.store.quads_for_pattern(node, NamedNode(predicate), None, None)
        return next((quad.object for quad in quads), None)  # type: ignore[return-value]


def _component(parameters: dict[str, list[Value]], select: str | None) -> str:
    if select is not None:
        return "" if parameters else "SPARQLConstraintComponent"
    if len(parameters) != 1:
        return ""
    (name,) = parameters
    return f"{name[0].upper()}{name[1:]}ConstraintComponent"
