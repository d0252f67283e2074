"""Triples that are more than a table's rows, for an engine that takes triples."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.errors import InputError
from ontology import PREFIXES
from ontology.tax import Dataset
from shapes.report import record_iri

_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True)
class RecordGraph:
    """The triples of a file as N-Triples, and the nodes of its records in their order.

    :param repeated: row, column and values where a record has several in a column.
    """

    ntriples: bytes
    nodes: list[str]
    repeated: list[tuple[int, str, list[str]]]


def record_graph(quads: Iterable[Quad], dataset: Dataset, file: str, most: int) -> RecordGraph:
    """Gather triples; a record without a name gets that of its place in the file.

    :param most: triples that are taken.
    :raises InputError: there are more.
    """
    triples: list[Triple] = []
    names: dict[object, NamedNode] = {}
    for quad in quads:
        if len(triples) >= most:
            raise InputError(
                f"{file} มีทริปเพิลเกิน {most:,} และไม่อยู่ในรูปตาราง แบ่งไฟล์ หรือส่งเป็นตาราง",
                f"{file} has more than {most:,} triples and is unlike a table; split it, or give a"
                " table",
            )
        triples.append(quad.triple)
        if quad.predicate == _TYPE and getattr(quad.object, "value", "") == dataset.iri:
            node = quad.subject
            unnamed = NamedNode(record_iri(dataset.slug, file, len(names) + 1))
            names.setdefault(node, node if isinstance(node, NamedNode) else unnamed)
    named = [
        Triple(_renamed(t.subject, names), t.predicate, _renamed(t.object, names)) for t in triples
    ]
    nodes = [name.value for name in names.values()]
    ntriples = serialize(named, format=RdfFormat.N_TRIPLES) or b""
    return RecordGraph(ntriples, nodes, _repeated(named, nodes, dataset))


def _repeated(
    triples: Iterable[Triple], nodes: list[str], dataset: Dataset
) -> list[tuple[int, str, list[str]]]:
    rows = {node: row for row, node in enumerate(nodes, 1)}
    columns = {column.iri: column.name for column in dataset.columns}
    values: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    for triple in triples:
        row = rows.get(getattr(triple.subject, "value", ""))
        column = columns.get(triple.predicate.value)
        if row and column:
            values[row, column][getattr(triple.object, "value", str(triple.object))] = None
    return [(*place, list(texts)) for place, texts in values.items() if len(texts) > 1]


def _renamed(node: Any, names: dict[object, NamedNode]) -> Any:
    return names.get(node, node) if isinstance(node, BlankNode) else node
