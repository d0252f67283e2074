"""Joins with small tables of the reference graph as look-ups: no join, no more rows.

The values of each key get numbers, the numbers together a place, and every place of a dense array
holds the row of the table that has these keys. Where several rows have the same keys, each is one
choice, and a query is compiled once for each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from shapes.held import Held, hold
from shapes.terms import Term

MOST_PLACES: Final = 2_000_000
"""A larger table is joined as a table."""
MOST_CHOICES: Final = 16
MOST_LISTED: Final = 100


@dataclass(frozen=True)
class Lookup:
    """A table, the place of a record's row in it, and the rows that stand at each place."""

    table: pl.DataFrame
    place: pl.Expr | None
    rows: tuple[pl.Series, ...]

    def there(self, choice: int | None = None) -> pl.Expr:
        """Return whether the table has a row for a record, or that it has one of a choice."""
        taken = self.rows[0] if choice is None else self.rows[choice]
        there = taken.is_not_null()
        if self.place is None:
            return pl.lit(bool(there[0]))
        return pl.lit(there).gather(self.place).fill_null(False)

    def value(self, column: str, choice: int) -> pl.Expr:
        """Return a column's value in the row for a record; null where there is none."""
        values = self.table[column].alias("").gather(self.rows[choice])
        if self.place is None:
            return pl.lit(values[0], dtype=values.dtype)
        return pl.lit(values).gather(self.place)


def lookup(
    table: pl.DataFrame,
    keys: list[tuple[Term, str]],
    held: Held,
    codes: Callable[[str], pl.Series],
) -> Lookup | None:
    """Return a table as a look-up, or None where it is too large for one.

    :param codes: gives all codes of a list: look-ups by a code number it alike, so that the
        numbers are held once.
    """
    table = table.drop_nulls([column for _, column in keys])
    place, places = pl.lit(0, dtype=pl.Int64), 1
    at = pl.Series([0] * len(table), dtype=pl.Int64)
    for term, column in keys:
        numbers, spread, number = _coded(term, table[column], held, codes)
        place, at, places = place * spread + number, at * spread + numbers, places * spread
    if places > MOST_PLACES:
        return None
    stacks: list[list[int]] = [[] for _ in range(places)]
    for row, where in enumerate(at):
        stacks[where].append(row)
    choices = max(map(len, stacks), default=0) or 1
    if choices > MOST_CHOICES:
        return None
    rows = tuple(
        pl.Series([s[choice] if choice < len(s) else None for s in stacks], dtype=pl.UInt32)
        for choice in range(choices)
    )
    return Lookup(table, hold(place, held) if keys else None, rows)


def _coded(
    term: Term, values: pl.Series, held: Held, codes: Callable[[str], pl.Series]
) -> tuple[pl.Series, int, pl.Expr]:
    """Return numbers of a key's values, how many there are, and the number of a record's value."""
    if term.kind == "integer" and len(values):
        whole = [int(value) for value in values]
        least, most = min(whole), max(whole)
        if most - least < MOST_PLACES:
            inside = (term.expr >= least) & (term.expr <= most)
            return values - least, most - least + 1, pl.when(inside).then(term.expr - least)
    # Without their own names equal columns are held once.
    values = values.alias("")
    known = values.unique().sort()
    if term.kind.startswith("code:"):
        listed = codes(term.kind[5:])
        known = (
            listed if len(listed) <= MOST_LISTED and known.is_in(listed.implode()).all() else known
        )
    numbers = pl.Series(range(len(known)), dtype=pl.Int64)
    number = term.expr.replace_strict(known, numbers, default=None, return_dtype=pl.Int64)
    at = values.replace_strict(known, numbers, return_dtype=pl.Int64)
    return at, max(len(known), 1), hold(number, held)
