"""What a SPARQL rule becomes: steps over a table of records, each a filter or a join."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Final, Literal

import polars as pl

from shapes.held import Held, roots, with_held
from shapes.terms import Term

DOUBT: Final = "?doubt"
_UNSURE: Final = "?unsure"
"""A bound value is in doubt, so that no condition after it can be said to fail."""
_FEW: Final = 16
Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Where:
    """Keeps the rows for which the condition is true, and those for which it is in doubt.

    Without a condition it says only which rows are in doubt.
    """

    condition: pl.Expr | None
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

    def table(self, tables: Tables, wanted: Mapping[str, pl.Series]) -> pl.DataFrame:
        """Return one row a group.

        :param wanted: values by key; groups of others are of no use.
        """
        rows = self.query.rows(tables.get(self.dataset, pl.DataFrame()), tables)
        for name, values in wanted.items():
            if len(values) <= _FEW:
                rows = rows.filter(self.keys[name].is_in(values.implode()))
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
    """Keeps the rows whose value stands in another record of the data set too."""

    dataset: str
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

    def conditions_first(self) -> None:
        """Put the conditions that rest on the record alone before all joins."""
        joined: set[str] = set()
        for step in self.steps:
            if isinstance(step, Join):
                joined.update(_columns(step.table))

        def later(step: Step) -> bool:
            return not isinstance(step, Where) or bool(joined & self._rests_on(_read(step)))

        self.steps.sort(key=later)

    def _rests_on(self, exprs: Iterable[pl.Expr]) -> set[str]:
        """Return the columns that expressions rest on, through held ones."""
        found, left = set[str](), list(roots(exprs))
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += roots([self.held.get(name)])
        return found

    @property
    def mask(self) -> tuple[pl.Expr, pl.Expr] | None:
        """Condition and doubt as expressions, where there is nothing but conditions."""
        alone = self._conditions
        return judged(alone) if len(alone) == len(self.steps) else None

    @property
    def demands(self) -> list[pl.Expr]:
        """Conditions each of which a record meets, or nearly, that is found or in doubt."""
        return demands(self._conditions)

    @property
    def _conditions(self) -> list[Where]:
        """The conditions before anything else."""
        return list(takewhile(lambda step: isinstance(step, Where), self.steps))  # type: ignore[arg-type]

    def rows(self, frame: pl.DataFrame, tables: Tables) -> pl.DataFrame:
        """Return the solutions: the rows of the frame with what was joined to them.

        The column ``?doubt`` says where rounding could have decided.
        """
        first = self._conditions
        demanded = pl.all_horizontal(pl.lit(True), *demands(first))
        doubts = [doubt for step in first for doubt in step.doubts]
        values = [doubt for step in first if step.condition is None for doubt in step.doubts]
        rows = with_held(frame, self.held, roots([demanded, *doubts])).with_columns(
            pl.any_horizontal(pl.lit(False), *doubts).fill_null(False).alias(DOUBT),
            pl.any_horizontal(pl.lit(False), *values).fill_null(False).alias(_UNSURE),
        )
        rows = rows.filter(demanded)
        for step in self.steps[len(first) :]:
            if rows.is_empty():
                break
            rows = _apply(step, with_held(rows, self.held, roots(_read(step))), tables)
        return with_held(rows, self.held, roots(self.details.values()))


def demands(steps: Iterable[Where]) -> list[pl.Expr]:
    """Return conditions each of which a record meets, or nearly, that is found or in doubt.

    A doubt about a bound value lets a record pass every condition after it.
    """
    found: list[pl.Expr] = []
    values: list[pl.Expr] = []
    for step in steps:
        if step.condition is None:
            values += step.doubts
        else:
            found.append(pl.any_horizontal(step.condition, *step.doubts, *values).fill_null(False))
    return found


def judged(steps: Sequence[Where]) -> tuple[pl.Expr, pl.Expr]:
    """Return where all conditions are met, and where rounding leaves that in doubt."""
    conditions = [step.condition for step in steps if step.condition is not None]
    doubts = [doubt for step in steps for doubt in step.doubts]
    met = pl.all_horizontal(pl.lit(True), *conditions).fill_null(False)
    if not doubts:
        return met, pl.lit(False)
    in_doubt = pl.any_horizontal(doubts).fill_null(False)
    return met, pl.all_horizontal(in_doubt, *demands(steps))


def _columns(table: pl.DataFrame | Scan | Grouped) -> list[str]:
    if isinstance(table, Grouped):
        return [*table.keys, *table.sums]
    return list(table.columns)


def _read(step: Step) -> list[pl.Expr]:
    """Return the expressions that a step evaluates."""
    if isinstance(step, Where):
        return [*step.doubts] if step.condition is None else [step.condition, *step.doubts]
    return [expr for expr, _ in step.keys] if isinstance(step, Join) else []


def _apply(step: Step, rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    if isinstance(step, Where):
        near = pl.any_horizontal(pl.lit(False), *step.doubts).fill_null(False)
        if step.condition is None:
            return rows.with_columns(pl.col(DOUBT) | near, pl.col(_UNSURE) | near)
        rows = rows.with_columns(pl.col(DOUBT) | near) if step.doubts else rows
        return rows.filter(step.condition.fill_null(False) | near | pl.col(_UNSURE))
    if isinstance(step, Given):
        given = tables.get(step.dataset)
        there = given is not None and not given.is_empty()
        return rows if there == step.wanted else rows.clear()
    if isinstance(step, Repeated):
        values = tables[step.dataset][step.key].drop_nulls()
        # Numbers made of the values are soon compared, and only equal ones can be of equal values.
        numbers = values.hash()
        if numbers.n_unique() == len(values):
            return rows.clear()
        likely = values.filter(numbers.is_duplicated())
        repeated = likely.filter(likely.is_duplicated()).unique()
        return rows.filter(pl.col(step.key).is_in(repeated.implode()))
    table: pl.DataFrame
    if isinstance(step.table, Grouped):
        wanted = {name: rows.select(expr).to_series().unique() for expr, name in step.keys}
        table = step.table.table(tables, wanted)
    else:
        table = step.table.table(tables) if isinstance(step.table, Scan) else step.table
    if step.how == "cross":
        return rows.join(table, how="cross")
    return rows.join(
        table,
        left_on=[expr for expr, _ in step.keys],
        right_on=[name for _, name in step.keys],
        how=step.how,
        coalesce=False if step.how == "left" else None,
    )
