"""XML: records as elements that hold an element, or an attribute, for each column."""

from collections.abc import Generator
from typing import BinaryIO, Final

from lxml import etree

from graph.errors import InputError
from ingest.records.headers import column_of, match
from ingest.records.keyed import Entry, Keyed
from ingest.records.source import Request

_SLACK: Final = 2**20
"""Bytes that the parser may have read beyond the record that it gives."""
_OPTIONS: Final = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Xml(Keyed):
    """A document whose records are elements of one name.

    :raises InputError: no XML, one with a document type, or without a known column.
    """

    encoding = None

    def __init__(self, request: Request) -> None:
        self._request = request
        self._tag, self._depth = self._find()
        super().__init__(request)

    def _find(self) -> tuple[str, int]:
        """Return the name and depth of the first element that has a known column in it."""
        depth, names = 0, dict[str, None]()
        with self._request.path.open("rb") as file:
            events = _events(_Watched(file, self), ("start", "end"), None, self)
            for event, element in events:
                if event == "start":
                    depth += 1
                    _check_start(element, depth, self._request)
                    if any(self._is_column(name) for name in element.attrib):
                        return element.tag, depth
                    continue
                depth -= 1
                if len(element):
                    continue
                names[_local(element.tag)] = None
                parent = element.getparent()
                if parent is not None and self._is_column(element.tag):
                    return parent.tag, depth
        # Says that no column is known, and which there should be.
        match(list(names), self._request.dataset, self._request.path.name)
        raise _broken(self._request, "no record was found")

    def _is_column(self, tag: str) -> bool:
        return column_of(_local(tag), self._request.dataset) is not None

    def _entries(self) -> Generator[Entry]:
        number = 0
        with self._request.path.open("rb") as file:
            watched = _Watched(file, self)
            for _, element in _events(watched, ("end",), self._tag, self):
                parent = element.getparent()
                if sum(1 for _ in element.iterancestors()) != self._depth - 1:
                    continue
                number += 1
                watched.since = 0
                yield self._entry(element, number)
                element.clear()
                if parent is not None:
                    while element.getprevious() is not None:
                        del parent[0]

    def _entry(self, element: etree._Element, number: int) -> Entry:
        values: dict[str, object] = {
            _local(name): text for name, text in element.attrib.items() if "}" not in name
        }
        repeated = []
        for child in element:
            name = _local(child.tag)
            if len(child):
                raise InputError(
                    f"ระเบียนที่ {number} มีอิลิเมนต์ซ้อนใน {name} แต่ละคอลัมน์ต้องเป็นค่าเดียว",
                    f"record {number}: {name} holds other elements; give one plain value",
                )
            if name in values:
                repeated.append(name)
            else:
                values[name] = child.text
        return Entry(number, values, tuple(repeated))


class _Watched:
    """A file that is read for a parser, which must come to the end of a record in time."""

    def __init__(self, file: BinaryIO, owner: Xml) -> None:
        self._file = file
        self._request = owner._request
        self.since = 0

    def read(self, size: int) -> bytes:
        """Return some bytes.

        :raises InputError: too many were read since the last record.
        """
        data = self._file.read(size)
        self.since += len(data)
        most = self._request.limits.max_line_bytes
        if self.since > most + _SLACK:
            raise InputError(
                f"{self._request.path.name} มีระเบียนที่ยาวเกิน {most:,} ไบต์ หรือไม่พบระเบียน",
                f"{self._request.path.name} has a record longer than {most:,} bytes, or none",
            )
        self._request.journal.bytes_read = self._file.tell()
        return data


def _events(
    file: _Watched, events: tuple[str, ...], tag: str | None, owner: Xml
) -> Generator[tuple[str, etree._Element]]:
    try:
        for event, element in etree.iterparse(file, events=events, tag=tag, **_OPTIONS):
            if event == "end" and element.getroottree().docinfo.internalDTD is not None:
                raise _doctype(owner._request)
            yield event, element
    except etree.XMLSyntaxError as error:
        if "amplification" in str(error.msg):
            raise _doctype(owner._request) from error
        raise _broken(owner._request, str(error.msg)) from error


def _check_start(element: etree._Element, depth: int, request: Request) -> None:
    if depth == 1 and element.getroottree().docinfo.internalDTD is not None:
        raise _doctype(request)
    if depth > request.limits.max_xml_depth:
        most = request.limits.max_xml_depth
        raise _broken(request, f"more than {most} elements within one another")


def _doctype(request: Request) -> InputError:
    name = request.path.name
    return InputError(
        f"{name} มี DOCTYPE ซึ่งไม่รับเพราะอาจอ้างไฟล์อื่น ลบบรรทัด <!DOCTYPE …> ออก",
        f"{name} has a DOCTYPE, which is refused; take the line <!DOCTYPE …> out",
    )


def _broken(request: Request, reason: str) -> InputError:
    name = request.path.name
    return InputError(
        f"{name} ไม่ใช่ XML ที่อ่านได้: {reason} ต้องเป็น <records><…><คอลัมน์>ค่า</คอลัมน์></…></records>",
        f"{name} is no XML that can be read: {reason}; it must be "
        "<records><…><column>value</column></…></records>",
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
