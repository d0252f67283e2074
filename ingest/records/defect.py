"""One way to break a record: what it changes, and the finding that this must give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

Record = dict[str, str | None]
Change = Callable[[Record, int], Record]
"""From a record and a number used for no other, the cells that are changed."""
Together = Callable[[list[Record], int], list[Record]]
"""The same for records that stand one after another."""
ANY: Final = pl.lit(True)


@dataclass(frozen=True)
class Defect:
    """A defect that a rule finds.

    :param column: the cell that the rule blames.
    :param where: which records it can be planted in, the first of them where it takes several.
    :param span: how many records, one after another, it takes.
    :param blamed: places among them of those that the rule blames.
    :param linked: data set whose records must be given too for the rule to be checked.
    """

    rule: str
    column: str
    where: pl.Expr
    change: Together
    span: int = 1
    blamed: tuple[int, ...] = (0,)
    linked: str = ""


def single(rule: str, column: str, where: pl.Expr, change: Change, linked: str = "") -> Defect:
    """Return a defect of one record by itself."""
    return Defect(rule, column, where, lambda records, n: [change(records[0], n)], linked=linked)


def repeated(rule: str, key: str, where: pl.Expr = ANY) -> Defect:
    """Return the defect of a record that has the key of the one before it."""

    def change(records: list[Record], n: int) -> list[Record]:
        return [{}, {key: records[0][key]}]

    return Defect(rule, key, where, change, span=2, blamed=(0, 1))


def put(**cells: str | None) -> Change:
    """Return the change that puts texts into cells; ``{n}`` in one is the number."""
    return lambda record, n: {
        name: text.replace("{n}", str(n)) if text else text for name, text in cells.items()
    }


def added(*names: str, amount: str = "1000.00") -> Change:
    """Return the change that adds an amount to cells that hold numbers."""
    return lambda record, n: {name: money(number(record, name) + Decimal(amount)) for name in names}


def number(record: Mapping[str, str | None], name: str) -> Decimal:
    """Return the number in a cell; 0 where there is none."""
    return Decimal(record[name] or "0")


def money(amount: Decimal) -> str:
    """Return a sum with two decimals, halves rounded up."""
    return f"{amount.quantize(Decimal('0.01'), 'ROUND_HALF_UP'):f}"


def column(name: str) -> pl.Expr:
    """Return a column's numbers."""
    return pl.col(name).cast(pl.Float64, strict=False)


def has(name: str) -> pl.Expr:
    """Tell where a cell has a value."""
    return pl.col(name).is_not_null()


def is_(name: str, *values: str) -> pl.Expr:
    """Tell where a cell has one of some values."""
    return pl.col(name).is_in(values)
