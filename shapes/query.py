"""What a SPARQL rule becomes: steps over a table of records, each a filter or a join."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import polars as pl

from shapes.held import Held, roots, with_held
from shapes.terms import Term

DOUBT: Final = "?doubt"
Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Where:
    """Keeps the rows for which the condition is true, and those for which it is in doubt."""

    condition: pl.Expr
    doubts: tuple[pl.Expr, ...] = ()


@dataclass(frozen=True)
class Scan:
    """The records of a data set as a table.

    :param columns: names in the table, each with the column of the typed frame and its type.
    """

    dataset: str
    columns: Mapping[str, tuple[str, Any]]
    required: tuple[str, ...] = ()

    def table(self, tables: Tables) -> pl.DataFrame:
        """Return it; empty where there are no such records."""
        frame = tables.get(self.dataset)
        if frame is None or frame.is_empty():
            return pl.DataFrame(schema={name: dtype for name, (_, dtype) in self.columns.items()})
        picked = frame.select(
            pl.col(source).alias(name) for name, (source, _) in self.columns.items()
        )
        return picked.drop_nulls(self.required) if self.required else picked


@dataclass(frozen=True)
class Grouped:
    """A table of sums over the records of a data set."""

    query: "Query"
    dataset: str
    keys: Mapping[str, pl.Expr]
    sums: Mapping[str, pl.Expr]

    def table(self, tables: Tables) -> pl.DataFrame:
        """Return one row a group."""
        rows = self.query.rows(tables.get(self.dataset, pl.DataFrame()), tables)
        return rows.group_by([e.alias(name) for name, e in self.keys.items()]).agg(
            [e.alias(name) for name, e in self.sums.items()]
        )


@dataclass(frozen=True)
class Join:
    """Adds the columns of matching rows of another table, or keeps rows by whether one matches."""

    how: Literal["inner", "left", "semi", "anti", "cross"]
    table: pl.DataFrame | Scan | Grouped
    keys: tuple[tuple[pl.Expr, str], ...]


@dataclass(frozen=True)
class Repeated:
    """Keeps the rows whose value stands in another row too."""

    key: str


@dataclass(frozen=True)
class Given:
    """Keeps all rows where records of a data set are given (or are not)."""

    dataset: str
    wanted: bool


Step = Where | Join | Repeated | Given


@dataclass(frozen=True)
class Meeting:
    """Where a record meets others: they have the same values in these columns.

    Records that are split by these values, or by some of them, can be checked apart.
    """

    own: tuple[str, ...]
    dataset: str
    theirs: tuple[str, ...]


@dataclass
class Query:
    """The steps of one rule, and what a finding shows.

    :param columns: columns of the typed frame it reads.
    :param others: columns it reads of the records as a whole, by data set.
    :param meetings: how records are joined with other records.
    :param held: columns to be computed first; rules share them.
    """

    steps: list[Step] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    others: dict[str, set[str]] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    value: Term | None = None
    details: dict[str, pl.Expr] = field(default_factory=dict)
    held: Held = field(default_factory=dict)

    @property
    def local(self) -> bool:
        """Whether a record is judged by itself and the reference alone."""
        return not self.others

    @property
    def split(self) -> list[Meeting] | None:
        """The columns by which records can be split and checked apart; None where none will do."""
        joins = sum(
            isinstance(step, Repeated)
            or (isinstance(step, Join) and not isinstance(step.table, pl.DataFrame))
            for step in self.steps
        )
        same = {meeting.own for meeting in self.meetings}
        each = {meeting.dataset for meeting in self.meetings}
        alone = len(same) == 1 and len(each) == len(self.meetings) == joins
        return self.meetings if alone else None

    @property
    def mask(self) -> tuple[pl.Expr, pl.Expr] | None:
        """Condition and doubt as expressions, where there is nothing but conditions."""
        if not all(isinstance(step, Where) for step in self.steps):
            return None
        certain: list[pl.Expr] = [pl.lit(True)]
        conditions, doubts = [pl.lit(True)], [pl.lit(False)]
        for step in self.steps:
            if isinstance(step, Where):
                conditions.append(step.condition)
                # A doubt matters only for a record that is still in question.
                doubts += [pl.all_horizontal(*certain, doubt) for doubt in step.doubts]
                certain += [] if step.doubts else [step.condition]
        met = pl.all_horizontal(conditions).fill_null(False)
        return met, pl.any_horizontal(doubts).fill_null(False)

    def rows(self, frame: pl.DataFrame, tables: Tables) -> pl.DataFrame:
        """Return the solutions: the rows of the frame with what was joined to them.

        The column ``?doubt`` says where rounding could have decided.
        """
        rows = frame.with_columns(pl.lit(False).alias(DOUBT))
        for step in self.steps:
            if rows.is_empty():
                break
            rows = _apply(step, with_held(rows, self.held, roots(_read(step))), tables)
        return with_held(rows, self.held, roots(self.details.values()))


def _read(step: Step) -> list[pl.Expr]:
    """Return the expressions that a step evaluates."""
    if isinstance(step, Where):
        return [step.condition, *step.doubts]
    return [expr for expr, _ in step.keys] if isinstance(step, Join) else []


def _apply(step: Step, rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    if isinstance(step, Where):
        met = step.condition.fill_null(False)
        if not step.doubts:
            return rows.filter(met | pl.col(DOUBT))
        doubt = pl.col(DOUBT) | pl.any_horizontal(step.doubts).fill_null(False)
        return rows.with_columns(doubt.alias(DOUBT)).filter(met | pl.col(DOUBT))
    if isinstance(step, Given):
        given = tables.get(step.dataset)
        there = given is not None and not given.is_empty()
        return rows if there == step.wanted else rows.clear()
    if isinstance(step, Repeated):
        # Counting distinct values is four times as fast as marking the repeated ones.
        column = rows[step.key]
        if column.n_unique() == len(column):
            return rows.clear()
        return rows.filter(pl.col(step.key).is_duplicated())
    table = step.table if isinstance(step.table, pl.DataFrame) else step.table.table(tables)
    if step.how == "cross":
        return rows.join(table, how="cross")
    return rows.join(
        table,
        left_on=[expr for expr, _ in step.keys],
        right_on=[name for _, name in step.keys],
        how=step.how,
        coalesce=False if step.how == "left" else None,
    )
