"""A checklist and its parts, as plain data for JSON, the page and documents."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from qa.model import Step

Group = Literal["must", "should", "informative", "check", "not-now"]
Whose = Literal["own", "anyone", "capacity"]
GROUPS: Final[tuple[Group, ...]] = ("must", "should", "informative", "check", "not-now")
"""The order of the groups; ``check`` is what the graph cannot tell, ``not-now`` what is not in
force on the day: drafts, what had not begun, what had ended."""


@dataclass(frozen=True)
class Text:
    """A sentence in both languages; Thai in both where it is of the law's data."""

    th: str
    en: str


@dataclass(frozen=True)
class Option:
    """A choice: its name in addresses and commands, its labels, and the choice it belongs to."""

    value: str
    label: str
    label_en: str
    group: str = ""
    group_en: str = ""


@dataclass(frozen=True)
class Offer:
    """What may be chosen."""

    agencies: list[Option]
    activities: list[Option]
    data: list[Option]
    channels: list[Option]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Task:
    """One thing that a section lays down, in our words.

    :param kind: ``Duty``, ``Prohibition``, ``Right``, ``Permission`` or ``Power``.
    :param whose: ``own`` the agency's or its officials'; ``anyone`` everybody's; ``capacity``
        only if the agency acts in
        the capacity that ``actor`` names.
    :param deadline: an ISO 8601 duration in the unit of the text, or empty; ``time`` says it.
    """

    ref: str
    kind: str
    text: Text
    actor: Text
    whose: Whose
    deadline: str
    time: Text
    certainty: str | None


@dataclass(frozen=True)
class Bound:
    """Whether a law binds the kind of agency, with the section that says so.

    :param extent: ``bound``, ``in-part``, ``not-bound``; ``unknown`` where the graph does not say.
    :param section: ref of that section; empty where unknown.
    """

    law: str
    label: str
    extent: Literal["bound", "in-part", "not-bound", "unknown"]
    section: str
    certainty: str | None
    note: Text


@dataclass(frozen=True)
class Item:
    """A standard or section of the checklist.

    :param level: what the graph says at large; ``group`` is where it stands on the day.
    :param state: on the day: ``in-force``, ``not-yet``, ``ended``, ``superseded``, ``draft``,
        ``published``, ``other-year`` or ``unknown``.
    :param begins: when it came into force or was announced (``begins_as``), as precise as known.
    :param checks: what the reader must find out, one sentence each.
    :param notes: what the graph adds: how sure it is, other laws on the same.
    :param others: how many norms of other actors the section has besides ``tasks``.
    """

    ref: str
    iri: str
    label: str
    label_en: str
    heading: str
    heading_en: str
    kind: str
    group: Group
    level: str | None
    level_certainty: str | None
    status: str | None
    state: str
    begins: str
    begins_as: Literal["in-force", "announced", ""]
    ends: str
    summary: str
    tasks: list[Task]
    others: int
    bound: list[Bound]
    checks: list[Text]
    notes: list[Text]
    source: str | None
    certainty: str | None
    path: list[Step]


@dataclass(frozen=True)
class Span:
    """A row of the timeline: a law or standard with the days that the graph knows of it."""

    ref: str
    label: str
    state: str
    begins: str
    ends: str
    count: int


@dataclass(frozen=True)
class Checklist:
    """What applies to the work chosen, on a day.

    :param query: the choices as an address's query, which gives the same again.
    """

    day: str
    agency: Option | None
    activities: list[Option]
    data: list[Option]
    channels: list[Option]
    description: str
    query: str
    items: list[Item]
    counts: dict[str, int]
    notes: list[Text]
    timeline: list[Span]
    graph: str
    took_ms: float = field(default=0.0, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)

    def in_group(self, group: str) -> list[Item]:
        """Return the items of a group, in order."""
        return [item for item in self.items if item.group == group]
