"""The answer object, as the contracts fix it for the command line and HTTP alike."""

from dataclasses import asdict, dataclass, field
from typing import Any

from graph.statements import Link


@dataclass(frozen=True)
class Citation:
    """A thing that supports the answer; ``excerpt_kind`` tells whose words the excerpt is.

    :param state: how it stood on the day asked of: ``not-yet``, ``ended``, ``other-year``, or its
        status.
    :param announced: the day, month or year on which it was announced or printed in the gazette;
        this and the days of force are ``xsd`` values, empty where the graph knows none.
    :param certainty: of what the graph says of it: ``stated``, ``secondary``, ``inferred`` …
    """

    n: int
    ref: str
    iri: str
    label: str
    kind: str
    status: str | None
    excerpt: str
    excerpt_kind: str
    score: float
    state: str | None = None
    announced: str = ""
    in_force_from: str = ""
    in_force_until: str = ""
    superseded_by: list[Link] = field(default_factory=list)
    certainty: str | None = None


@dataclass(frozen=True)
class FactLine:
    """A fact of the answer: its name, its value as data, in words, and where it stands."""

    label: str
    value: str
    text: str
    ref: str
    certainty: str | None = None


@dataclass(frozen=True)
class Table:
    """Things side by side: their names, then rows that each begin with what is compared."""

    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Edge:
    """One edge of the graph between a matter that a question names and what is cited.

    :param relation: a key of :data:`qa.around.RELATIONS`.
    :param derived: a rule inferred it, or its source does not itself state it.
    """

    subject: Link
    relation: str
    object: Link
    derived: bool = False


@dataclass(frozen=True)
class Answer:
    """An answer in words, from the graph's facts, with what it rests on.

    :param confidence: 0 to 1, the estimated chance that the first citation is a right one.
    :param sparql: a query that gives the facts of the first citation from the graph.
    :param why: the edges that lead from what the question names to the things cited.
    :param related: questions that the things cited answer as well.
    """

    question: str
    language: str
    answer: str
    abstained: bool
    confidence: float
    citations: list[Citation]
    facts: list[FactLine]
    sparql: str
    as_of: str
    took_ms: float
    tables: list[Table] = field(default_factory=list)
    understood: dict[str, Any] = field(default_factory=dict)
    why: list[Edge] = field(default_factory=list)
    related: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Step:
    """One edge of the path that makes a thing apply: two labels and the relation between."""

    subject: str
    relation: str
    object: str
    derived: bool = False


@dataclass(frozen=True)
class Applicable:
    """A standard or section that applies to some work, and why."""

    ref: str
    iri: str
    label: str
    kind: str
    status: str | None
    level: str | None
    level_certainty: str | None
    summary: str
    path: list[Step]


@dataclass(frozen=True)
class Applies:
    """What applies to a described work: the activities recognised, then the things."""

    description: str
    activities: list[str]
    things: list[Applicable]
    took_ms: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)
