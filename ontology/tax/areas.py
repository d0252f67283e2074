"""Provinces, districts and subdistricts by the codes of the interior ministry (DOPA).

They are read from the package ``geothai`` at run time and are not shipped as Turtle.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, Protocol

import geothai

from ontology.tax.code import Code

AREAS: Final = ("province", "district", "subdistrict")
"""The schemes, each the one around the next; their codes have 2, 4 and 6 digits."""
BANGKOK: Final = "10"
_PREFIXES: Final = {
    "province": ("จังหวัด", "จ."),
    "district": ("อำเภอ", "อ."),
    "subdistrict": ("ตำบล", "ต."),
}
_BANGKOK_NAMES: Final = ("กทม.", "กทม", "กรุงเทพ", "กรุงเทพฯ")
_KHET: Final = "เขต"


class _Area(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...


@cache
def areas() -> dict[str, dict[str, Code]]:
    """Return the areas by scheme and code, the name of a subdistrict by no means unique.

    >>> areas()["subdistrict"]["501401"].label_th
    'สันทรายหลวง'
    >>> areas()["district"]["5014"].parent
    '50'
    """
    provinces = geothai.provinces()
    districts = [d for p in provinces for d in geothai.districts(p.code)]
    subdistricts = [s for d in districts for s in geothai.subdistricts(d.code)]
    return {
        "province": _codes("province", provinces),
        "district": _codes("district", districts),
        "subdistrict": _codes("subdistrict", subdistricts),
    }


def _codes(scheme: str, found: Iterable[_Area]) -> dict[str, Code]:
    return {
        area.code: Code(
            scheme,
            area.code,
            area.code,
            area.name_th,
            area.name_en,
            _other_names(scheme, area),
            area.code[:-2],
        )
        for area in found
    }


def _other_names(scheme: str, area: _Area) -> tuple[str, ...]:
    if area.code == BANGKOK:
        return _BANGKOK_NAMES
    if not area.code.startswith(BANGKOK):
        return tuple(prefix + area.name_th for prefix in _PREFIXES[scheme])
    if scheme == "district":
        # The package writes «เขต» as part of these names and of no other.
        return (area.name_th.removeprefix(_KHET),)
    return ("แขวง" + area.name_th,)
