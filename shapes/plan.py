"""All rules of a data set over columns: fed with chunks of records, it gives findings.

Several threads may feed it; the order of chunks does not matter.

What a record or the reference decides is found at once; what other records decide is found at the
end, from the few columns that are kept for it. What the columns cannot decide goes to a triple
engine, for the records concerned.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import polars as pl
from pyoxigraph import DefaultGraph, RdfFormat, Store

from ontology.tax import Dataset, datasets
from shapes.algebra import tree_of
from shapes.choices import compile_query
from shapes.core import Core
from shapes.errors import UncoveredError
from shapes.kept import MOST_HELD, Kept
from shapes.masks import Judged, Mask, Masks
from shapes.meeting import Across, meetings
from shapes.ntriples import to_ntriples
from shapes.patterns import DTYPES, Reference, physical
from shapes.query import DOUBT, Query, Tables
from shapes.report import SCHEMA, record_iri
from shapes.rules import PropertyShape, ShapeGraph
from shapes.triples import only, run


@dataclass
class Plan:
    """The compiled rules of one data set.

    :param dataset: what the records are.
    :param shapes: all shapes, also those for other classes.
    :param reference: the reference graph.
    :param given: data sets whose records will be fed besides; rules on the links to others are
        left out and listed in :attr:`idle`.
    :param held_bytes: columns that rules across records need and that are held in memory.
    """

    dataset: Dataset
    shapes: ShapeGraph
    reference: Store
    given: frozenset[str] = frozenset()
    uncovered: dict[str, str] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)
    doubted: int = 0
    _masks: Masks = field(default_factory=Masks)
    _joins: list[tuple[PropertyShape, Query]] = field(default_factory=list)
    _last: list[Across] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    held_bytes: int = MOST_HELD
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self._asked = Reference(self.reference)
        core = Core(self.dataset, self.shapes, self.reference)
        for prop in self.shapes.rules_of(self.dataset.iri):
            try:
                self._compile(prop, core)
            except UncoveredError as error:
                self.uncovered[prop.rule.id] = str(error)
        self.meets = meetings(self.dataset.slug, self._last)
        self._kept = Kept(self.dataset.slug, self.meets, self.held_bytes)

    def _compile(self, prop: PropertyShape, core: Core) -> None:
        if prop.parameters:
            self._masks.masks.append(Mask(prop, core.broken(prop)))
        if prop.select is None:
            return
        if prop.parameters:
            raise UncoveredError("constraints of both kinds in one rule are not translated")
        queries = compile_query(self.dataset, self._asked, tree_of(prop.select))
        missing = set(queries[0].others) - self.given - {self.dataset.slug}
        if missing:
            self.idle.append(prop.rule.id)
            return
        for query in queries:
            if not query.local:
                self._last.append((prop, query))
            elif query.mask is None:
                self._joins.append((prop, query))
            else:
                broken, doubt = query.mask
                self._masks.held |= query.held
                self._masks.masks.append(Mask(prop, broken, doubt, query))

    @cached_property
    def _columns_kept(self) -> dict[str, set[str]]:
        """Columns of the typed frame to keep until the end, by data set."""
        kept: dict[str, set[str]] = {}
        for meet in self.meets:
            for name, columns in meet.sent.items():
                kept.setdefault(name, set()).update(columns)
        return kept

    def feed(
        self, frame: pl.DataFrame, file: str, absent: frozenset[str] = frozenset()
    ) -> pl.DataFrame:
        """Take a chunk of records and return findings, of these records and of those before.

        :param absent: columns that the file does not have: a missing column is one finding of the
            header, not one of each row.
        """
        with self._lock:
            if file not in self.files:
                self.files.append(file)
        place = pl.lit(self.files.index(file), dtype=pl.UInt32)
        frame = complete(frame, self.dataset).with_columns(place.alias("file"))
        self._keep(self.dataset, frame)
        found = [*self._judged(self._masks.judge(frame, absent))]
        for prop, query in self._joins:
            found += self._solutions(prop, query, frame, {})
        return pl.concat([pl.DataFrame(schema=SCHEMA), *found])

    def feed_other(self, dataset: Dataset, frame: pl.DataFrame) -> None:
        """Take records of another data set, that links lead to."""
        self._keep(dataset, complete(frame, dataset))

    def rest(self) -> pl.DataFrame:
        """Return the findings of records that were set aside, to be judged together."""
        return pl.concat([pl.DataFrame(schema=SCHEMA), *self._judged(self._masks.rest())])

    def finish(self) -> pl.DataFrame:
        """Return the findings not given yet: those that only all records together show as well."""
        with ThreadPoolExecutor(1) as pool:
            across = pool.submit(self._decided)
            found = pl.concat([self.rest(), across.result()])
        self._kept.close()
        return found

    def _decided(self) -> pl.DataFrame:
        if not self._kept.spilled:
            return self.decide(self._last, self._kept.tables())
        found = [pl.DataFrame(schema=SCHEMA)]
        for meet, tables in self._kept.parts():
            rules = [rule for rule in self._last if rule[0].rule.id in meet.rules]
            found.append(self.decide(rules, tables))
        return pl.concat(found)

    def decide(self, rules: list[Across], tables: Tables) -> pl.DataFrame:
        """Return what breaks rules that other records decide, in the columns kept of them."""
        own = tables.get(self.dataset.slug)
        if own is None or not rules:
            return pl.DataFrame(schema=SCHEMA)

        def solutions(rule: Across) -> pl.DataFrame:
            return pl.concat([pl.DataFrame(schema=SCHEMA), *self._solutions(*rule, own, tables)])

        with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
            return pl.concat(pool.map(solutions, rules))

    @property
    def across(self) -> list[Across]:
        """The rules that other records decide, with their queries."""
        return self._last

    def fresh(self) -> "Plan":
        """Return the same compiled rules, to which nothing was fed."""
        other = copy(self)
        other._kept, other.files, other.doubted = self._kept.fresh(), [], 0
        other._masks = self._masks.fresh()
        return other

    def take(self) -> dict[str, list[pl.DataFrame]]:
        """Hand over the columns kept so far, by data set, instead of holding them."""
        return self._kept.take()

    def _keep(self, dataset: Dataset, frame: pl.DataFrame) -> None:
        if dataset.slug not in self._columns_kept:
            return
        names = sorted(self._columns_kept[dataset.slug])
        # A column as typed is there only in the chunks where reading changed it, and the name of a
        # node only where the records are RDF.
        nothing = pl.lit(None, dtype=pl.String)
        picked = frame.select(
            pl.col(name) if name in frame.columns else nothing.alias(name)
            for name in names
            if name in frame.columns or name == "focus" or name.endswith("@")
        )
        self._kept.add(dataset.slug, picked)

    def _judged(self, judged: Iterable[Judged]) -> Iterator[pl.DataFrame]:
        for each in judged:
            if len(each.doubtful):
                self._doubt(len(each.doubtful))
                yield self._recheck(each.mask.shape, each.doubtful, {})
            if len(each.broken):
                yield findings(each.mask.shape, each.broken, each.mask.query)

    def _solutions(
        self, prop: PropertyShape, query: Query, frame: pl.DataFrame, tables: Tables
    ) -> Iterator[pl.DataFrame]:
        rows = query.rows(frame, tables)
        if rows.is_empty():
            return
        doubtful = rows.filter(pl.col(DOUBT)).select("file", "row").unique()
        if not doubtful.is_empty():
            self._doubt(len(doubtful))
            rows = rows.join(doubtful, on=["file", "row"], how="anti")
            if query.local:
                frame = frame.join(doubtful, on=["file", "row"], how="semi")
            yield self._recheck(prop, frame, tables).join(doubtful, on=["file", "row"], how="semi")
        yield findings(prop, rows, query)

    def _doubt(self, count: int) -> None:
        with self._lock:
            self.doubted += count

    def _recheck(self, prop: PropertyShape, frame: pl.DataFrame, tables: Tables) -> pl.DataFrame:
        """Have the exact engine decide a rule for records that rounding leaves in doubt."""
        texts = [self.reference.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""]
        for part in frame.drop("focus", strict=False).partition_by("file"):
            texts.append(to_ntriples(part, self.dataset, self.files[int(part["file"][0])]))
        for name, other in tables.items():
            if name != self.dataset.slug:
                texts.append(to_ntriples(other, datasets()[name], name))
        results = run("shacl", only(self.shapes, [prop.rule.id]), b"".join(texts))
        broken = {result.focus for result in results}
        nodes = [record_iri(self.dataset.slug, name, "") for name in self.files]
        keep = [
            f"{nodes[file]}{row}" in broken
            for file, row in zip(frame["file"], frame["row"], strict=True)
        ]
        return findings(prop, frame.filter(pl.Series(keep, dtype=pl.Boolean)), None)


def findings(prop: PropertyShape, rows: pl.DataFrame, query: Query | None) -> pl.DataFrame:
    """Return one finding for each of the rows, with the cell as it was typed."""
    name = prop.rule.column
    value = pl.lit(None, dtype=pl.String)
    if name in rows.columns:
        typed = [name + "@", name] if name + "@" in rows.columns else [name]
        value = pl.coalesce(typed)
    focus = pl.col("focus") if "focus" in rows.columns else pl.lit(None, dtype=pl.String)
    detail = pl.lit(None, dtype=pl.String)
    if query is not None and query.details:
        parts = [expr.alias(key) for key, expr in query.details.items()]
        detail = pl.struct(parts).struct.json_encode()
    return (
        rows.select(
            pl.lit(prop.rule.id).alias("rule"),
            pl.col("file"),
            pl.col("row").cast(pl.UInt32),
            pl.lit(name).alias("column"),
            value.alias("value"),
            focus.alias("focus"),
            detail.alias("detail"),
        )
        .unique(["file", "row"], keep="first", maintain_order=True)
        .select(pl.col(key).cast(dtype) for key, dtype in SCHEMA.items())
    )


def complete(frame: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    """Return a typed frame with every column of the data set, empty where a file has none."""
    missing: list[pl.Expr] = []
    for column in dataset.columns:
        for name in sorted(physical(column)):
            if name not in frame.columns:
                dtype = DTYPES[column.datatype] if name.endswith("#") else pl.String
                missing.append(pl.lit(None, dtype=dtype).alias(name))
    return frame.with_columns(missing) if missing else frame
