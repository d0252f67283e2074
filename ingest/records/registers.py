"""Invented owners and local governments, and the types of title documents."""

from typing import Final

import numpy as np
import polars as pl

from ingest.records.cells import day, key, nothing, one_of, only, whole
from ingest.records.draws import Draws
from ingest.records.persons import KINDS, NATURAL, digits, names, other_owners
from ingest.records.places import areas, local_governments, subdistricts
from ingest.records.properties import BOTH, BUILDING, LAND, PROPERTIES, UNIT, properties
from ingest.records.things import house_numbers

_BLOCK: Final = 10
"""Of so many rows, the last two are of one property that two persons hold."""
DOCUMENTS: Final = (
    ("chanote", "โฉนดที่ดิน", "น.ส.4", "กรมที่ดิน", "true"),
    ("ns3k", "หนังสือรับรองการทำประโยชน์ที่มีระวางรูปถ่ายทางอากาศ", "น.ส.3ก.", "กรมที่ดิน", "true"),
    ("ns3", "หนังสือรับรองการทำประโยชน์", "น.ส.3", "กรมที่ดิน", "true"),
    ("sk1", "หลักฐานการแจ้งการครอบครองที่ดิน", "ส.ค.1", "กรมที่ดิน", "false"),
    ("nsl", "หนังสือสำคัญสำหรับที่หลวง", "น.ส.ล.", "กรมที่ดิน", "false"),
    ("spk401", "หนังสืออนุญาตให้เข้าทำประโยชน์ในเขตปฏิรูปที่ดิน", "ส.ป.ก.4-01",
     "สำนักงานการปฏิรูปที่ดินเพื่อเกษตรกรรม", "false"),
    ("och2", "หนังสือกรรมสิทธิ์ห้องชุด", "อ.ช.2", "กรมที่ดิน", "true"),
    ("other", "เอกสารอื่น", None, None, None),
)  # fmt: skip
"""Types of title documents: code, name, short name, who issues it, whether it is transferable."""


def ownerships(draws: Draws, first: int, last: int, rows: int) -> dict[str, pl.Series]:
    """Return the cells of the ownerships with the numbers from first to last of so many."""
    row = np.arange(first, last + 1, dtype=np.int64)
    block, place = (row - 1) // _BLOCK, (row - 1) % _BLOCK
    number = block * (_BLOCK - 1) + np.minimum(place, _BLOCK - 2) + 1
    found = properties(draws, int(number[0]), int(number[-1]))
    at = number - number[0]
    owner, kind = found.owner[at], found.owner_kind[at]
    second = place == _BLOCK - 1
    # Whoever holds the last property alone has all of it.
    shared = (second | (place == _BLOCK - 2)) & ~((row == rows) & ~second)
    owner = np.where(second, other_owners(number), owner)
    kind = np.where(second, NATURAL, kind)
    thing, own = found.kind[at], owner * 2 + second
    district = draws.below("home district", owner, len(areas().districts))
    home = subdistricts(draws, "home", district, owner)
    code = areas().subdistricts.gather(home)
    held = np.datetime64("2022-12-31") - draws.below("held", own, 12_000)
    return {
        "ownershipId": key("O", row),
        "ownerId": digits(draws, owner, kind),
        "ownerType": one_of(KINDS, kind),
        **names(draws, owner, kind),
        "houseNumber": house_numbers(draws, owner),
        "subdistrictCode": code,
        "districtCode": code.str.slice(0, 4),
        "provinceCode": code.str.slice(0, 2),
        "postalCode": areas().postal_codes.gather(home),
        "propertyKind": one_of(PROPERTIES, thing),
        "parcelId": only((thing == LAND) | (thing == BOTH), key("P", number)),
        "buildingId": only((thing == BUILDING) | (thing == BOTH), key("B", number)),
        "unitId": only(thing == UNIT, key("U", number)),
        "shareNumerator": whole(np.ones_like(row)),
        "shareDenominator": whole(np.where(shared, 2, 1)),
        "heldSince": day(held),
    }


def governments(draws: Draws, first: int, last: int) -> dict[str, pl.Series]:
    """Return the cells of the local governments with the numbers from first to last."""
    number = np.arange(first, last + 1, dtype=np.int64) - 1
    found = local_governments(number)
    provincial = found["provincial"].to_numpy()
    place = subdistricts(draws, "office", found["district"].to_numpy(), number)
    known = areas()
    code = known.subdistricts.gather(place)
    return {
        "localGovernmentCode": found["code"],
        "localGovernmentName": found["name"],
        "localGovernmentType": found["type"],
        "provinceCode": found["province"],
        "districtCode": only(~provincial, code.str.slice(0, 4)),
        "subdistrictCode": only(~provincial, code),
        "parcelId": nothing(len(number)),
        "postalCode": only(~provincial, known.postal_codes.gather(place)),
    }


def documents(first: int, last: int) -> dict[str, pl.Series]:
    """Return the cells of the types of title documents with the numbers from first to last."""
    names = (
        "titleDocumentType", "titleDocumentName", "titleDocumentShortName", "issuingAuthority",
        "transferable",
    )  # fmt: skip
    rows = zip(*DOCUMENTS[first - 1 : last], strict=True)
    return {name: pl.Series(values) for name, values in zip(names, rows, strict=True)}
