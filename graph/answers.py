"""What is asked of a SPARQL engine, and an answer that is handed over while it is made."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import ontology
from graph.limits import QueryLimits, too_large


@dataclass(frozen=True)
class Job:
    """A query that was found safe (:func:`graph.safety.read`), and how it is to be answered.

    ``format`` is one of :data:`graph.forms.RESULTS` or :data:`graph.forms.GRAPHS`; ``union``
    makes the default graph that of all graphs; ``default`` and ``named`` are the graphs of the
    protocol, which take the place of ``FROM``; ``base`` is what relative IRIs are resolved by.
    """

    text: str
    format: str
    union: bool = True
    default: list[str] | None = None
    named: list[str] | None = None
    base: str = ontology.BASE
    prefixes: dict[str, str] = field(default_factory=lambda: ontology.PREFIXES)


class Answer(ABC):
    """The answer to one query, to be closed by whoever asked.

    ``head`` holds its first bytes, ``whole`` tells whether that is all.
    """

    head: bytes = b""
    whole: bool = False

    @abstractmethod
    def read(self) -> bytes | None:
        """Return the next bytes, or none at the end.

        :raises LimitError: the query was stopped; what was handed over is not the whole answer.
        :raises QueryError: the query failed.
        """

    @abstractmethod
    def stop(self) -> None:
        """Make whoever waits in :meth:`read` get an error soon; may be called by any thread."""

    @abstractmethod
    def close(self) -> None:
        """Stop the query if it still runs; doing so again does nothing."""


class Engine(Protocol):
    """Something that answers queries: our workers, or another store."""

    limits: QueryLimits

    def ask(
        self,
        job: Job,
        client: str = "",
        seconds: float | None = None,
        begun: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Begin a query and return its answer once the first bytes are there.

        :param client: who asks, for the limit of each.
        :param seconds: how long the query and its answer may take; the limit's time at most.
        :param begun: called with the answer before there is anything of it, so that another
            thread may :meth:`Answer.stop` it.
        :raises QueryError: it is not valid, fails, costs too much, or cannot be taken now.
        """

    def reload(self) -> None:
        """Answer later queries from the graph as it is now."""

    def close(self) -> None:
        """Stop whatever runs; later queries are refused."""


def whole(answer: Answer, most: int | None = None) -> bytes:
    """Return all of an answer, and close it.

    :param most: bytes that it may have.
    :raises QueryError: it was stopped, failed or is larger.
    """
    found = bytearray(answer.head)
    try:
        while (part := answer.read()) is not None:
            found += part
            if most is not None and len(found) > most:
                raise too_large(most, "ไบต์", "bytes")
    finally:
        answer.close()
    return bytes(found)
