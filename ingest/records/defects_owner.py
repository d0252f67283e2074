"""How to break the rules on ownerships that compare cells."""

from typing import Final

from ingest.records.defect import is_, put, repeated, single
from ingest.records.defects_common import AROUND, OWNED, only_where
from ingest.records.retaxing import NATURAL_PERSON

ALONE: Final = is_("shareDenominator", "1")
"""Who owns something alone: a change to it leaves the shares of others as they are."""
_PERSON: Final = is_("ownerType", NATURAL_PERSON)

OWNER: Final = only_where(
    ALONE,
    (
        *OWNED,
        *AROUND,
        single("LBT-504", "firstName", _PERSON, put(firstName=None)),
        single("LBT-505", "lastName", _PERSON, put(lastName=None)),
        single("LBT-506", "organisationName", ~_PERSON, put(organisationName=None)),
        single("LBT-515", "shareNumerator", ALONE, put(shareNumerator="2")),
        single("LBT-516", "shareNumerator", is_("propertyKind", "land"), put(shareDenominator="2")),
        single(
            "LBT-517", "shareNumerator", is_("propertyKind", "building"), put(shareDenominator="2")
        ),
        single(
            "LBT-518",
            "shareNumerator",
            is_("propertyKind", "condominium-unit"),
            put(shareDenominator="3"),
        ),
        single("LBT-520", "heldSince", ALONE, put(heldSince="2099-03-15")),
        repeated("LBT-503", "ownershipId"),
    ),
)
