"""Generated records, valid or with planted defects. Nobody in them is a person who lives.

The same seed gives the same records, and those of different data sets are about the same things:
assessment n is of parcel, building or unit n. Payments and owners keep to it as far as they can:
no tax is no payment, and some property has two owners.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Final

import polars as pl

from graph.errors import InputError
from ingest.records.assessments import assessments
from ingest.records.draws import Draws
from ingest.records.payments import payments
from ingest.records.places import most
from ingest.records.planted import Planted
from ingest.records.registers import DOCUMENTS, documents, governments, ownerships
from ingest.records.things import buildings, parcels, units
from ontology.tax import datasets

__all__ = ["Planted", "generate"]

CHUNK: Final = 100_000
_MOST: Final = 50_000_000
"""The invented 13 digits of more owners than belong to so many properties would repeat."""
_Cells = dict[str, pl.Series]
_BY_NUMBER: Final[dict[str, Callable[[Draws, int, int], _Cells]]] = {
    "assessment": assessments,
    "parcel": parcels,
    "building": buildings,
    "condominium": units,
    "local-government": governments,
}


def generate(
    dataset: str,
    rows: int,
    seed: int,
    defects: float = 0.0,
    planted: list[Planted] | None = None,
    *,
    linked: Collection[str] = (),
) -> Iterator[pl.DataFrame]:
    """Yield records in chunks, all columns of the data set as text, no value as null.

    :param defects: the share of records that are given one defect each, the rules in turn.
    :param planted: a list to which the findings that the defects must give are added:
        :func:`ingest.records.planted.as_written` says them as of a file of a format.
    :param linked: data sets of which as many records of the same seed will be given too; without
        them a link that leads nowhere is no finding, and none is planted.
    :raises InputError: there cannot be so many different records.
    """
    limit = {"title-document": len(DOCUMENTS), "local-government": most()}.get(dataset, _MOST)
    if not 0 < rows <= limit:
        raise InputError(
            f"ชุดข้อมูล {dataset} สร้างได้ 1 ถึง {limit:,} แถว",
            f"the data set {dataset} can have 1 to {limit:,} generated rows",
        )
    if not 0 <= defects <= 1:
        raise InputError("สัดส่วนข้อผิดพลาดต้องอยู่ระหว่าง 0 ถึง 100 %", "a share of defects is 0 to 100 %")
    names = [column.name for column in datasets()[dataset].columns]
    frames = (pl.DataFrame(cells).select(names) for cells in _cells(dataset, rows, seed))
    if not defects:
        yield from frames
        return
    # Only defects need the shapes, which take their time to read.
    from ingest.records.planting import Planter

    planter = Planter(dataset, seed, defects, linked)
    for frame in frames:
        yield planter.plant(frame)
        if planted is not None:
            planted += planter.planted
        planter.planted.clear()


def _cells(dataset: str, rows: int, seed: int) -> Iterator[_Cells]:
    draws = Draws(seed)
    if dataset == "payment":
        yield from payments(draws, rows, CHUNK)
        return
    for first in range(1, rows + 1, CHUNK):
        last = min(first + CHUNK - 1, rows)
        if dataset == "owner":
            yield ownerships(draws, first, last, rows)
        elif dataset == "title-document":
            yield documents(first, last)
        else:
            yield _BY_NUMBER[dataset](draws, first, last)
