"""Local governments: the grammar of their code, and a registry of them to check against.

The code has seven digits ``T PP DD NN``: type, province, district, number in the district. The
registry of the Department of Local Administration does not ship; :func:`read_registry` reads one.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

TYPES: Final = {
    "2": "pao",
    "3": "city-municipality",
    "4": "town-municipality",
    "5": "subdistrict-municipality",
    "6": "sao",
}
"""What the first digit says, as codes of the list ``local-government-type``."""
EXCEPTIONS: Final = {
    "3200408": "special",
    "6130408": "subdistrict-municipality",
    "6720123": "subdistrict-municipality",
}
"""Pattaya, and the two that were raised in rank and kept their code (registry of June 2026)."""
_GRAMMAR: Final = re.compile(r"0?([2-6])([0-9]{2})([0-9]{2})([0-9]{2})")
_REGISTRY_TYPES: Final = {
    "provincial_admin_org": "pao",
    "city_municipality": "city-municipality",
    "town_municipality": "town-municipality",
    "subdistrict_municipality": "subdistrict-municipality",
    "subdistrict_admin_org": "sao",
    "special_admin_area": "special",
}


class RegistryError(ValueError):
    """A file that is no registry of local governments.

    :param th: one sentence in Thai that says what is wrong and how to mend it.
    :param en: the same in English.
    """

    def __init__(self, th: str, en: str) -> None:
        super().__init__(f"{th} ({en})")
        self.th = th
        self.en = en


@dataclass(frozen=True, slots=True)
class LocalGovernmentCode:
    """A code taken apart.

    :param text: the seven digits.
    :param kind: a code of the list ``local-government-type``.
    :param province: two digits, as in the list of provinces.
    :param district: four digits, as in the list of districts.
    :param number: two digits.
    """

    text: str
    kind: str
    province: str
    district: str
    number: str


@dataclass(frozen=True, slots=True)
class LocalGovernment:
    """One line of a registry; the name is without the words for the type."""

    code: str
    name: str
    kind: str
    province: str


def parse(text: str) -> LocalGovernmentCode | None:
    """Return the parts of a code, or None where it is none; eight digits may begin with 0.

    Whether the province and the district exist is not looked at.

    >>> parse("5501402")
    LocalGovernmentCode(text='5501402', kind='subdistrict-municipality', province='50', \
district='5014', number='02')
    >>> parse("03200408").kind
    'special'
    >>> parse("7501402") is None
    True
    """
    match = _GRAMMAR.fullmatch(text)
    if match is None:
        return None
    first, province, district, number = match.groups()
    digits = "".join(match.groups())
    kind = EXCEPTIONS.get(digits, TYPES[first])
    return LocalGovernmentCode(digits, kind, province, province + district, number)


def read_registry(path: Path) -> list[LocalGovernment]:
    """Return the local governments of a registry file, JSON with a list ``localAuthorities``.

    :raises RegistryError: the file cannot be read, or is not such a registry.
    """
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["localAuthorities"]
        return [_record(record) for record in records]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(
            f"อ่านทะเบียน อปท. จาก {path.name} ไม่ได้ ให้ใช้แฟ้ม JSON ที่มีรายการ localAuthorities "
            "ซึ่งแต่ละรายการมี dlaCode nameTh type และ provinceCode",
            f"cannot read a registry of local governments from {path.name}: give a JSON file with "
            "a list localAuthorities whose items have dlaCode, nameTh, type and provinceCode",
        ) from error


def _record(record: dict[str, Any]) -> LocalGovernment:
    return LocalGovernment(
        str(record["dlaCode"]),
        str(record["nameTh"]),
        _REGISTRY_TYPES[record["type"]],
        str(record["provinceCode"]),
    )
