"""What a query found, as HTML: a table, a chart where there are numbers, a picture of links."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from markupsafe import Markup
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

import ontology
from graph.view import View
from graph.vocabulary import curie
from ui.drawing import Edge, Node, bars, network
from ui.linked.nodes import link_of

SHOWN: Final = 200
"""Rows of the table; the files to download hold all."""
CHARTED: Final = 40
LINKED: Final = 60
"""Things in the picture of links."""
_NUMBERS: Final = ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
_XSD: Final = ontology.PREFIXES["xsd"]


@dataclass(frozen=True)
class Cell:
    """A value of a row: its text, where it leads, the language or type of a literal."""

    text: str = ""
    href: str = ""
    note: str = ""
    iri: str = ""
    number: float | None = None


@dataclass(frozen=True)
class Rows:
    """What a query found; ``form`` is SELECT, ASK, CONSTRUCT or DESCRIBE."""

    form: str
    names: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    truth: bool | None = None

    @property
    def is_triples(self) -> bool:
        """Whether each row is a triple."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def rows_of_json(found: bytes, form: str) -> Rows:
    """Return SPARQL JSON results as rows."""
    data = json.loads(found)
    if "boolean" in data:
        return Rows(form, truth=data["boolean"])
    names = data["head"]["vars"]
    return Rows(
        form, names, [[_cell(row.get(n)) for n in names] for row in data["results"]["bindings"]]
    )


def rows_of_triples(found: bytes, form: str) -> Rows:
    """Return N-Triples as rows of three."""
    triples = [quad.triple for quad in parse(found, format=RdfFormat.N_TRIPLES)]
    return Rows(form, ["subject", "predicate", "object"], [list(map(_term, t)) for t in triples])


def _term(term: object) -> Cell:
    if isinstance(term, NamedNode):
        return _iri(term.value)
    if isinstance(term, BlankNode):
        return Cell(f"_:{term.value}")
    if isinstance(term, Literal):
        return _literal(term.value, term.language or "", term.datatype.value)
    if isinstance(term, Triple):
        return Cell(str(term))
    return Cell()


def _cell(value: dict[str, Any] | None) -> Cell:
    if value is None:
        return Cell()
    if value["type"] == "uri":
        return _iri(value["value"])
    if value["type"] == "literal":
        kind = value.get("datatype", _XSD + "string")
        return _literal(value["value"], value.get("xml:lang", ""), kind)
    if value["type"] == "bnode":
        return Cell(f"_:{value['value']}")
    return Cell(json.dumps(value["value"], ensure_ascii=False))


def _iri(iri: str) -> Cell:
    # Another scheme than these two, such as javascript:, is never made a link.
    href = link_of(iri) if iri.startswith(("https://", "http://")) else ""
    return Cell(curie(iri), href, iri=iri)


def _literal(text: str, language: str, kind: str) -> Cell:
    name = kind.removeprefix(_XSD)
    number = None
    if name in _NUMBERS:
        try:
            number = float(text)
        except ValueError:
            number = None
    note = language or ("" if name == "string" else curie(kind))
    return Cell(text, note=note, number=number)


def chart(found: Rows, title: str) -> Markup | None:
    """Return the first column of numbers as bars, named by the first other column."""
    if found.is_triples or not found.rows:
        return None
    columns = list(zip(*found.rows, strict=True))
    numbers = [i for i, column in enumerate(columns) if _all_numbers(column)]
    names = [i for i in range(len(columns)) if i not in numbers]
    if not numbers or not names:
        return None
    pairs = [
        (row[names[0]].text or "–", row[numbers[0]].number or 0.0) for row in found.rows[:CHARTED]
    ]
    return bars(pairs, f"{title}: {found.names[numbers[0]]}")


def _all_numbers(column: Iterable[Cell]) -> bool:
    return all(cell.number is not None for cell in column)


def links(found: Rows, store: Store, title: str, language: str) -> Markup | None:
    """Return the links among things as a picture: triples, or the first two columns of things."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    view = View(store)

    def named(cell: Cell) -> str:
        if cell.iri.startswith(ontology.BASE):
            return view.label(NamedNode(cell.iri), language)
        return cell.text

    for source, target, label in _pairs(found):
        for cell in (source, target):
            key = cell.iri or cell.text
            if key not in nodes and len(nodes) < LINKED:
                nodes[key] = Node(key, named(cell), cell.href)
        edge = Edge(source.iri or source.text, target.iri or target.text, label)
        if edge.source in nodes and edge.target in nodes and edge not in edges:
            edges.append(edge)
    return network(list(nodes.values()), edges, title) if edges else None


def _pairs(found: Rows) -> Iterable[tuple[Cell, Cell, str]]:
    if found.is_triples:
        for row in found.rows:
            if row[2].iri or row[2].text.startswith("_:"):
                yield row[0], row[2], row[1].text
        return
    first = next((row for row in found.rows if sum(bool(cell.iri) for cell in row) > 1), None)
    if first is None:
        return
    one, two = [place for place, cell in enumerate(first) if cell.iri][:2]
    for row in found.rows:
        if row[one].iri and row[two].iri:
            yield row[one], row[two], ""
