"""Facts that belong together, and the links between things, as plain data."""

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

import ontology
from graph.store import PAGE_NODE
from graph.thai import date_text, duration_text
from graph.view import Term, View

NORM_KINDS: Final = ("Duty", "Right", "Prohibition", "Permission", "Power", "Definition", "Penalty")
BAHT: Final = ("amount", "fineMax", "administrativeFineMax", "dailyFineMax")
PARAMETER_KINDS: Final = (
    "RateBracket", "ExemptBase", "FullExemption", "TaxRelief", "VacantIncrease", "TaxReduction",
    "SpecialReduction", "Instalments", "CalendarStep", "Depreciation", "LatePenalty",
    "MonthlySurcharge",
)  # fmt: skip
EVENT_KINDS: Final = ("PublicHearing", "Approval", "Announcement", "StatusEvent")


@dataclass(frozen=True)
class Link:
    """Another thing, named; a defined term with its definition, in our words."""

    ref: str
    label: str
    label_en: str = ""
    note: str = ""
    note_en: str = ""


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
        """Return the first value of a field, Thai unless asked otherwise.

        A deadline comes in the unit of the text: a store may keep PT72H as the equal P3D.
        """
        if name == "deadline" and "statedAs" in self.values:
            name = "statedAs"
        found = self.values.get(f"{name}@{language}") or self.values.get(name) or [""]
        return found[0]

    def linked(self, name: str, language: str = "th") -> str:
        """Return the labels of the linked things, joined."""
        labels = (
            link.label_en if language == "en" else link.label for link in self.links.get(name, ())
        )
        return ", ".join(labels)


def value_text(name: str, value: str, language: str = "th") -> str:
    """Say a statement's value in words: dates, durations, sums and rates; others unchanged."""
    if name in ("deadline", "frequency", "imprisonmentMax"):
        return duration_text(value, language)
    if name in BAHT:
        return f"{float(value):,.0f} " + ("บาท" if language == "th" else "baht")
    if name == "rate":
        return f"ร้อยละ {float(value):g}" if language == "th" else f"{float(value):g} percent"
    if name in ("from", "until", "meeting", "meetingUntil", "issued"):
        return date_text(value, language)
    return value


def statements_of(view: View, node: NamedNode, predicate: str) -> list[Statement]:
    """Return the statements that a predicate leads to, in natural order."""
    return [
        statement_of(view, found)
        for found in sorted(view.nodes(node, predicate), key=natural_order)
    ]


def without_repeats(statements: list[Statement]) -> list[Statement]:
    """Return the statements without those of ingested pages that shipped knowledge has too.

    An event is the same by kind and number, or kind and day; a document by its day.
    """
    shipped = {key for s in statements if PAGE_NODE not in s.ref for key in _keys(s)}
    return [s for s in statements if PAGE_NODE not in s.ref or not shipped & _keys(s)]


def _keys(statement: Statement) -> set[tuple[str, str]]:
    names = ("identifier", "from", "issued")
    return {(statement.kind, statement.one(name)) for name in names if statement.one(name)}


def statement_of(view: View, node: NamedNode) -> Statement:
    """Return one node with all its values and links."""
    values: dict[str, list[str]] = {}
    links: dict[str, list[Link]] = {}
    for quad in view.store.quads_for_pattern(node, None, None, None):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        _put(view, quad.object, name, values, links)  # type: ignore[arg-type]
    types = {link.ref for link in links.pop("type", [])}
    return Statement(
        ref=ontology.ref(node.value),
        kind=next(
            (kind for kind in (*NORM_KINDS, *EVENT_KINDS, *PARAMETER_KINDS) if kind in types),
            "Statement",
        ),
        values={name: sorted(set(found)) for name, found in sorted(values.items())},
        links=dict(sorted(links.items())),
        certainty=slug_of(view.node(node, "m:certainty")),
        source=source_of(view, node),
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
            links.setdefault(name, []).append(link_to(view, value))


def link_to(view: View, node: NamedNode) -> Link:
    """Return a node as a named link."""
    try:
        ref = ontology.ref(node.value)
    except ValueError:
        ref = node.value
    return Link(
        ref,
        view.label(node),
        view.label(node, "en"),
        view.text(node, "skos:definition", "th"),
        view.text(node, "skos:definition", "en"),
    )


def links_to(view: View, nodes: list[NamedNode]) -> list[Link]:
    """Return nodes as named links, in natural order."""
    return [link_to(view, node) for node in sorted(nodes, key=natural_order)]


def natural_order(node: NamedNode) -> tuple[tuple[int, str], ...]:
    """Return a sorting key by which section 2 comes before section 12."""
    return tuple(
        (int(piece), "") if piece.isdigit() else (0, piece)
        for piece in re.split(r"(\d+)", node.value)
    )


def slug_of(node: NamedNode | None) -> str | None:
    """Return the last part of a concept's IRI, such as ``draft``; None for None."""
    return node.value.rpartition("/")[2] if node else None


def source_of(view: View, node: NamedNode) -> str | None:
    """Return the name of the source that a node was read from."""
    found = view.node(node, "dcterms:source")
    return view.label(found) if found else None
