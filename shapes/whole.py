"""Checking records as triples, all at once, by an engine written for that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

import polars as pl
from pyoxigraph import DefaultGraph, RdfFormat, Store

from ontology.tax import Dataset
from shapes.ntriples import to_ntriples
from shapes.report import SCHEMA, Rule, record_iri
from shapes.rules import ShapeGraph
from shapes.triples import only, run

_Place = tuple[int, int, dict[str, str]]
"""File, row and cells of a record."""


@dataclass
class TripleRun:
    """Takes records as :class:`shapes.plan.Plan` does, and holds them until the end.

    :param engine: ``shacl`` or ``pyshacl``.
    :param rules: names of the rules to check; None for all.
    """

    dataset: Dataset
    shapes: ShapeGraph
    reference: Store
    engine: str
    rules: frozenset[str] | None = None
    files: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)
    _triples: list[bytes] = field(default_factory=list)
    _absent: dict[str, frozenset[str]] = field(default_factory=dict)
    _rows: list[pl.DataFrame] = field(default_factory=list)
    _nodes: dict[str, _Place] = field(default_factory=dict)

    def feed(
        self, frame: pl.DataFrame, file: str, absent: frozenset[str] = frozenset()
    ) -> pl.DataFrame:
        """Take a chunk of records; nothing is found before the end."""
        self._absent[file] = absent
        with self._lock:
            if file not in self.files:
                self.files.append(file)
        self._triples.append(to_ntriples(frame, self.dataset, file))
        place = pl.lit(self.files.index(file), dtype=pl.UInt32)
        self._rows.append(frame.with_columns(place.alias("file")))
        return pl.DataFrame(schema=SCHEMA)

    def feed_other(self, dataset: Dataset, frame: pl.DataFrame) -> None:
        """Take records of another data set, that links lead to."""
        self._triples.append(to_ntriples(frame, dataset, dataset.slug + "~"))

    def feed_graph(self, ntriples: bytes, nodes: Sequence[str] = (), file: str = "") -> None:
        """Take triples that are more than a table's rows.

        :param nodes: the records among them, in their order; none of another data set.
        :param file: one of :attr:`files`.
        """
        self._triples.append(ntriples)
        for row, node in enumerate(nodes, 1):
            self._nodes[node] = (self.files.index(file), row, {"focus": node})

    def finish(self) -> pl.DataFrame:
        """Return the findings.

        :raises ShapesError: the engine does not take the shapes.
        """
        return pl.DataFrame(list(self._found()), schema=SCHEMA, orient="row").unique(
            ["rule", "file", "row", "column"], maintain_order=True
        )

    def _found(self) -> Iterator[tuple[object, ...]]:
        shapes = self.shapes if self.rules is None else only(self.shapes, self.rules)
        known = {prop.rule.id: prop.rule for prop in self.shapes.rules_of(self.dataset.iri)}
        rows = self._places()
        reference = self.reference.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        for result in run(self.engine, shapes, b"".join([reference or b"", *self._triples])):
            place = rows.get(result.focus)
            if place is None or (self.rules is not None and result.rule not in self.rules):
                continue
            rule = known.get(result.rule)
            column = rule.column if rule else ""
            missing = rule and rule.component == "MinCountConstraintComponent"
            if missing and column in self._absent.get(self.files[place[0]], ()):
                continue
            cells = place[2]
            value = cells.get(column + "@") or cells.get(column)
            if value is None and (not column or result.focus in self._nodes):
                value = result.value
            yield result.rule, place[0], place[1], column, value, cells.get("focus"), None

    def _places(self) -> dict[str, _Place]:
        nodes = [record_iri(self.dataset.slug, name, "") for name in self.files]
        found = dict(self._nodes)
        for frame in self._rows:
            texts = frame.select(pl.col(pl.String), "row", "file")
            for cells in texts.iter_rows(named=True):
                file, row = cells["file"], cells["row"]
                found[cells.get("focus") or f"{nodes[file]}{row}"] = (file, row, cells)
        return found


def shape_rules(shapes: ShapeGraph, dataset: Dataset) -> dict[str, Rule]:
    """Return every rule for a data set by its name, shapes that are rules of their own included."""
    rules = {prop.rule.id: prop.rule for prop in shapes.rules_of(dataset.iri)}
    for name, demands in shapes.beyond(dataset.iri).items():
        rules[name] = Rule(name, "violation", "", "", demands, demands, "", "", "")
    return rules
