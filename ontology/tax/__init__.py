"""The vocabulary of land-and-building-tax records: data sets, their columns and code lists.

One table, ``mspr-12-mapping.csv``, says what each column is. The names are this project's own: the
element names of the standard มสพร. 12 could not be had. Where one becomes known it goes into the
table's ``official_name`` and is read and written from there.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from ontology import TAX as TAX


@dataclass(frozen=True)
class Column:
    """One column of a data set, and so one property of its records.

    :param datatype: ``string``, ``integer``, ``decimal``, ``boolean``, ``date`` or ``code``.
    :param code_list: for a code, the slug of its SKOS scheme, such as ``land-use``.
    :param link: the data set whose key the value must be, or nothing.
    :param personal_data: DPV category as a compact name, such as ``pd:Name``, or nothing.
    """

    dataset: str
    name: str
    name_th: str
    name_en: str
    official_name: str
    datatype: str
    code_list: str
    required: bool
    key: bool
    link: str
    form: str
    form_column: str
    unit: str
    personal_data: str
    definition_th: str
    definition_en: str
    example: str

    @property
    def iri(self) -> str:
        """The property's IRI."""
        return TAX + self.name


@dataclass(frozen=True)
class Dataset:
    """A kind of record: the slug that commands use, its class and its columns in order."""

    slug: str
    class_name: str
    label_th: str
    label_en: str
    form: str
    columns: tuple[Column, ...]

    @property
    def iri(self) -> str:
        """The class's IRI."""
        return TAX + self.class_name

    @property
    def key(self) -> Column:
        """The column that identifies a record."""
        return next(column for column in self.columns if column.key)

    def column(self, name: str) -> Column | None:
        """Return a column by its name, or None."""
        return next((column for column in self.columns if column.name == name), None)


_DATASETS: Final = {
    "assessment": ("Assessment", "การประเมินภาษี", "assessment", "ภ.ด.ส.6 ภ.ด.ส.7 ภ.ด.ส.8"),
    "parcel": ("LandParcel", "แปลงที่ดินและหน้าสำรวจของเอกสารสิทธิ", "land parcel", "ภ.ด.ส.3"),
    "building": ("Building", "สิ่งปลูกสร้าง", "building", "ภ.ด.ส.3"),
    "condominium": ("CondominiumUnit", "ห้องชุด", "condominium unit", "ภ.ด.ส.4 ภ.ด.ส.8"),
    "owner": ("Ownership", "ผู้ถือกรรมสิทธิ์", "ownership", "ภ.ด.ส.6"),
    "payment": ("Payment", "การชำระภาษี", "payment", "ภ.ด.ส.6"),
    "title-document": ("TitleDocumentType", "ประเภทเอกสารสิทธิ", "type of title document", ""),
    "local-government": ("LocalGovernment", "อปท. ในเอกสารสิทธิ", "local government", ""),
}


def _columns() -> Iterator[Column]:
    text = (files(__package__) / "mspr-12-mapping.csv").read_text(encoding="utf-8")
    for line in csv.DictReader(text.splitlines()):
        flags = {name: line.pop(name) == "yes" for name in ("required", "key")}
        yield Column(**line, **flags)  # type: ignore[arg-type]


@cache
def datasets() -> dict[str, Dataset]:
    """Return the data sets by slug.

    >>> datasets()["assessment"].key.name
    'assessmentId'
    """
    columns = list(_columns())
    return {
        slug: Dataset(slug, *about, tuple(c for c in columns if c.dataset == slug))
        for slug, about in _DATASETS.items()
    }


def vocabulary_files() -> dict[str, Traversable]:
    """Return the Turtle files by name: the vocabulary, the code lists, what they align with."""
    folder = files(__name__)
    return {name: folder / f"{name}.ttl" for name in ("tax", "codes", "ladm")}
