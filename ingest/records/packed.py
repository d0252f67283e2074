"""A workbook as the packed file it is: looked over before anything in it is unpacked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from lxml import etree

from graph.errors import InputError
from ingest.records.limits import Limits

_PIECE: Final = 2**23
_HEAD: Final = 2**20
_FIRST: Final = 2**16
_SMALL: Final = 10 * 2**20
"""Bytes below which it does not matter how often larger than packed a part is."""
_MAIN: Final = "xl/workbook.xml"
_OTHER_KINDS: Final = (
    ("xl/vbaProject.bin", "มีมาโคร บันทึกใหม่เป็น .xlsx", "has macros; save it as .xlsx"),
    ("xl/workbook.bin", "เป็น .xlsb บันทึกใหม่เป็น .xlsx", "is an .xlsb; save it as .xlsx"),
    ("content.xml", "เป็น OpenDocument บันทึกใหม่เป็น .xlsx", "is OpenDocument; save it as .xlsx"),
    ("word/document.xml", "เป็น Word ต้องใช้ตาราง .xlsx", "is a Word file; give a table as .xlsx"),
)
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BROKEN: Final = (
    BadZipFile,
    ZlibError,
    EOFError,
    NotImplementedError,
    etree.XMLSyntaxError,
    KeyError,
)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, which is only ever shown, and the part that holds it."""

    name: str
    part: str


class Workbook:
    """An XLSX file whose parts were found harmless.

    :ivar sheets: its sheets in order.
    :ivar from_1904: whether its days are counted from 1904.
    """

    def __init__(self, packed: ZipFile, name: str, limits: Limits) -> None:
        self._packed = packed
        self._name = name
        self._limits = limits
        self._parts = {info.filename.lstrip("/"): info for info in packed.infolist()}
        self._look_over()
        root = self._tree(_MAIN)
        self.from_1904 = any(
            _local(node) == "workbookPr" and node.get("date1904") in ("1", "true")
            for node in root.iter("{*}workbookPr")
        )
        targets = self._targets()
        found = [
            Sheet(node.get("name") or "", targets.get(_relation(node), ""))
            for node in root.iter("{*}sheet")
        ]
        self.sheets = [sheet for sheet in found if sheet.part in self._parts]

    def part(self, name: str) -> str | None:
        """Return the name of a part that the workbook has, such as ``xl/styles.xml``."""
        return name if name in self._parts else None

    def size(self, part: str) -> int:
        """Return the bytes that a part unpacks to."""
        return self._parts[part].file_size

    def open(self, part: str) -> IO[bytes]:
        """Open a part."""
        return self._packed.open(self._parts[part])

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece.

        :raises InputError: the part is not what the file says it is.
        """
        # The first is small: often only the header is wanted.
        size = _FIRST
        with self.guarded(), self.open(part) as file:
            while piece := file.read(size):
                size = _PIECE
                yield piece

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the errors of a damaged file into one that users understand."""
        try:
            yield
        except _BROKEN as error:
            raise _damaged(self._name) from error

    def _tree(self, part: str) -> etree._Element:
        with self.guarded(), self.open(part) as file:
            return etree.parse(file, safe_parser()).getroot()

    def _targets(self) -> dict[str, str]:
        part = "xl/_rels/workbook.xml.rels"
        if part not in self._parts:
            raise _damaged(self._name)
        return {
            node.get("Id") or "": _resolved(node.get("Target") or "")
            for node in self._tree(part).iter("{*}Relationship")
        }

    def _look_over(self) -> None:
        for part, thai, english in _OTHER_KINDS:
            if part in self._parts:
                raise InputError(f"{self._name} {thai}", f"{self._name} {english}")
        if _MAIN not in self._parts:
            raise InputError(
                f"{self._name} เป็นไฟล์ zip ไม่ใช่ตาราง คลายไฟล์แล้วส่งไฟล์ข้างใน",
                f"{self._name} is a zip archive, not a table; unpack it and give what is inside",
            )
        total = sum(info.file_size for info in self._parts.values())
        if total > self._limits.max_unzipped_bytes:
            self._refuse(f"{self._limits.max_unzipped_bytes // 2**20:,} MiB")
        for info in self._parts.values():
            if info.flag_bits & 1:
                raise InputError(
                    f"{self._name} มีรหัสผ่าน บันทึกใหม่โดยไม่ใช้รหัสผ่าน",
                    f"{self._name} has a password; save it without one",
                )
            self._look_at(info)

    def _look_at(self, info: ZipInfo) -> None:
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _SMALL and ratio > self._limits.max_zip_ratio:
            self._refuse(f"{self._limits.max_zip_ratio} x")
        if info.filename.endswith((".xml", ".rels")):
            with self.guarded(), self._packed.open(info) as file:
                if re.search(rb"<!(DOCTYPE|ENTITY)", file.read(_HEAD)):
                    raise _damaged(self._name)

    def _refuse(self, most: str) -> None:
        raise InputError(
            f"{self._name} คลายแล้วใหญ่เกินขีดจำกัด ({most}) บันทึกเป็น CSV UTF-8 แทน",
            f"{self._name} unpacks to more than the limit ({most}); save it as CSV UTF-8 instead",
        )


@contextmanager
def workbook(path: Path, limits: Limits) -> Iterator[Workbook]:
    """Open an XLSX file.

    :raises InputError: it is no workbook, has macros or a password, or unpacks to too much.
    """
    try:
        packed = ZipFile(path)
    except (*_BROKEN, OSError, ValueError) as error:
        raise _damaged(path.name) from error
    with packed:
        yield Workbook(packed, path.name, limits)


def safe_parser() -> etree.XMLParser:
    """Return a parser that reads nothing but the document itself."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )


def _relation(node: etree._Element) -> str:
    return str(node.get(_RELATION, "") or node.get(_STRICT_RELATION, ""))


def _local(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _damaged(name: str) -> InputError:
    return InputError(
        f"อ่านไฟล์ Excel {name} ไม่ได้ ไฟล์เสียหรือไม่ใช่ .xlsx เปิดแล้วบันทึกใหม่",
        f"cannot read the workbook {name}: it is damaged or no .xlsx; open it and save it anew",
    )
