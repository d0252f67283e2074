"""Running shapes over triples, by an engine written for that.

``shacl`` (in Rust, exact on the W3C suite) takes what the columnar plan leaves; pySHACL on rdflib's
own memory is the reference for what a shape means, and slow.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, Triple, serialize

from ontology import SHAPES
from shapes.errors import ShapesError
from shapes.rules import SH, Node, ShapeGraph


@dataclass(frozen=True)
class Result:
    """A validation result: IRIs of the node and path, the value's text, the shape's name."""

    focus: str
    path: str
    value: str | None
    rule: str


def only(shapes: ShapeGraph, rules: Collection[str]) -> ShapeGraph:
    """Return the shapes with no other rules than the named ones.

    A shape that demands more than its rules keeps them all: what it demands may rest on them.
    """
    link, store = NamedNode(SH + "property"), Store()
    dropped = {
        (shape.node, prop.node)
        for shape in shapes.node_shapes
        for prop in shape.properties
        if prop.rule.id not in rules and not shape.beyond
    }
    for quad in shapes.store:
        if quad.predicate != link or (quad.subject, quad.object) not in dropped:
            store.add(quad)
    return ShapeGraph(store)


def run(engine: str, shapes: ShapeGraph, triples: bytes) -> Iterator[Result]:
    """Give the results of an engine, ``shacl`` or ``pyshacl``.

    :param triples: records and reference as N-Triples.
    :raises ShapesError: the engine does not take the shapes.
    """
    names = {
        str(_named(shapes, shape.node).value): shapes.name(shape.node)
        for shape in shapes.node_shapes
    }
    names |= {
        str(_named(shapes, prop.node).value): prop.rule.id
        for shape in shapes.node_shapes
        for prop in shape.properties
    }
    ran = _shacl(_text(shapes), triples) if engine == "shacl" else _pyshacl(_text(shapes), triples)
    for focus, path, value, source in ran:
        yield Result(focus, path, value, names.get(source, source.removeprefix(SHAPES)))


def _shacl(shapes: str, triples: bytes) -> Iterator[tuple[str, str, str | None, str]]:
    import shacl

    try:
        compiled = shacl.Shapes.from_text(shapes, format="ntriples")
        report = compiled.validate_text(triples.decode(), format="ntriples")
    except ValueError as error:
        raise ShapesError(f"the shapes cannot be run: {error}") from error
    for result in report.results:
        source = (result.source_shape or "").strip("<>")
        path = (result.path or "").strip("<>")
        yield result.focus_node.strip("<>"), path, result.value_plain, source


def _pyshacl(shapes: str, triples: bytes) -> Iterator[tuple[str, str, str | None, str]]:
    import pyshacl
    from rdflib import Graph
    from rdflib.namespace import SH as SHACL

    from shapes.prepared import PreparedGraph

    data = PreparedGraph().parse(data=triples, format="nt")
    graph = Graph().parse(data=shapes, format="nt")
    _, results, text = pyshacl.validate(data, shacl_graph=graph, advanced=False, inplace=True)
    if not isinstance(results, Graph):
        raise ShapesError(f"the shapes cannot be run: {text}")
    # Details of a result are results too, but not findings of their own.
    for node in results.objects(None, SHACL.result):
        path, value = results.value(node, SHACL.resultPath), results.value(node, SHACL.value)
        yield (
            str(results.value(node, SHACL.focusNode)),
            str(path or ""),
            None if value is None else str(value),
            str(results.value(node, SHACL.sourceShape)),
        )


def _named(shapes: ShapeGraph, node: Node) -> Node:
    """Return an IRI for a shape that is a blank node, so that results can name it."""
    return NamedNode(SHAPES + shapes.name(node)) if isinstance(node, BlankNode) else node


def _text(shapes: ShapeGraph) -> str:
    nodes: set[Node] = {shape.node for shape in shapes.node_shapes}
    nodes |= {prop.node for shape in shapes.node_shapes for prop in shape.properties}
    named = {node: _named(shapes, node) for node in nodes}
    triples = (
        Triple(
            named.get(q.subject, q.subject),
            q.predicate,
            named.get(q.object, q.object),
        )
        for q in shapes.store
    )
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
