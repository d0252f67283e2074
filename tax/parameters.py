"""The figures of the land and building tax, read from the graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

import ontology
from graph.statements import slug_of
from graph.thai import BUDDHIST_OFFSET
from graph.view import View, term

FIRST_YEAR: Final = 2563
"""The tax was first collected from 1 January B.E. 2563 (Land and Building Tax Act s.94, s.97)."""


@dataclass(frozen=True)
class Parameter:
    """A figure with the tax years it holds for (B.E.), its source's ref and its certainty."""

    kind: str
    ref: str
    use: str | None
    step: str | None
    structure: str | None
    values: dict[str, str]
    first: int
    last: int | None
    certainty: str
    note: str

    def number(self, name: str) -> Decimal:
        """Return a value as a number; 0 where it is not given."""
        return Decimal(self.values.get(name, "0"))

    def holds(self, year: int) -> bool:
        """Tell whether it holds for a tax year, B.E."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True)
class Parameters:
    """The figures of a store."""

    store: Store

    def of(self, kind: str, year: int, use: str | None = None) -> list[Parameter]:
        """Return the figures of a kind that hold for a tax year, and for a use if one is given."""
        return [
            parameter
            for parameter in self._all
            if parameter.kind == kind
            and parameter.holds(year)
            and (use is None or parameter.use == use)
        ]

    @cached_property
    def last_known_year(self) -> int:
        """The last tax year (B.E.) that any figure was given for by name."""
        return max((p.last or 0) for p in self._all)

    @cached_property
    def uses(self) -> dict[str, tuple[str, str]]:
        """Names of the uses of property, Thai and English, by slug."""
        return self._labels("land-use")

    @cached_property
    def structures(self) -> dict[str, tuple[str, str]]:
        """Names of the structures of buildings, Thai and English, by slug."""
        return self._labels("structure")

    def _labels(self, scheme: str) -> dict[str, tuple[str, str]]:
        view = View(self.store)
        nodes = view.subjects("skos:inScheme", NamedNode(ontology.CONCEPT + scheme))
        return {slug_of(n) or "": (view.label(n), view.label(n, "en")) for n in nodes}

    @cached_property
    def _all(self) -> list[Parameter]:
        return list(self._read())

    def _read(self) -> Iterator[Parameter]:
        view = View(self.store)
        for kind in view.subjects("rdfs:subClassOf", term("m:TaxParameter")):
            for node in view.subjects("rdf:type", kind):
                yield _parameter(view, node, kind.value.rpartition("#")[2])


def _parameter(view: View, node: NamedNode, kind: str) -> Parameter:
    values = {
        quad.predicate.value.rpartition("#")[2]: quad.object.value
        for quad in view.store.quads_for_pattern(node, None, None, None)
        if isinstance(quad.object, Literal) and quad.object.language is None
    }
    owner = view.node(node, "m:parameterOf")
    until = values.get("taxYearUntil")
    return Parameter(
        kind=kind,
        ref=ontology.ref(owner.value) if owner else "",
        use=slug_of(view.node(node, "m:landUse")),
        step=slug_of(view.node(node, "m:step")),
        structure=slug_of(view.node(node, "m:structure")),
        values=values,
        first=int(values["taxYearFrom"]) + BUDDHIST_OFFSET,
        last=int(until) + BUDDHIST_OFFSET if until else None,
        certainty=slug_of(view.node(node, "m:certainty")) or "unverified",
        note=view.text(node, "m:note", "th"),
    )
