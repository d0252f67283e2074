"""JSON and NDJSON, record by record; numbers stay as they were written."""

import codecs
import json
import re
from collections.abc import Generator
from typing import Final

from graph.errors import InputError
from ingest.records.decoding import Utf8File, opened
from ingest.records.journal import RowFinding
from ingest.records.keyed import Entry, Keyed

_BLANK: Final = re.compile(r"[\s\ufeff]*")
_READ: Final = 2**20


class _Decoder:
    """Parses values; what an object has twice is kept first and remembered."""

    def __init__(self) -> None:
        self.repeated: list[str] = []
        self.decode = json.JSONDecoder(
            parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=self._object
        ).raw_decode

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        if len(values) < len(pairs):
            values = {}
            for name, value in pairs:
                if name in values:
                    self.repeated.append(name)
                else:
                    values[name] = value
        return values

    def taken(self) -> tuple[str, ...]:
        """Return the names met twice since this was last asked."""
        names, self.repeated[:] = tuple(self.repeated), []
        return names


class NdJson(Keyed):
    """A record a line. A broken line is reported, and the next one read."""

    def _entries(self) -> Generator[Entry]:
        request = self._request
        decoder, number = _Decoder(), 0
        with opened(request.path) as source:
            for line in _lines(source, request.limits.max_line_bytes):
                self.encoding = source.encoding or "utf-8"
                if not line.strip():
                    continue
                number += 1
                request.journal.bytes_read = source.position
                try:
                    value, end = decoder.decode(line, _BLANK.match(line).end())  # type: ignore[union-attr]
                    whole = _BLANK.fullmatch(line, end)
                except (json.JSONDecodeError, RecursionError) as error:
                    reason = getattr(error, "msg", "nested too deep")
                    request.journal.row(RowFinding("broken-record", number, value=reason))
                    continue
                if whole and isinstance(value, dict):
                    yield Entry(number, value, decoder.taken())
                else:
                    reason = "not one object a line"
                    request.journal.row(RowFinding("broken-record", number, value=reason))


class Json(Keyed):
    """An array of objects, alone or as a member such as ``records``, or one object."""

    def _entries(self) -> Generator[Entry]:
        with opened(self._request.path) as source:
            text = _Text(source, self)
            if text.peek() == "[":
                yield from self._array(text)
            elif text.peek() == "{":
                yield from self._member(text)
            else:
                raise text.broken("expected an array of objects")
            if text.peek():
                raise text.broken("something follows the end")

    def _array(self, text: "_Text") -> Generator[Entry]:
        text.take("[")
        if text.peek() == "]":
            text.take("]")
            return
        while True:
            text.number += 1
            value = text.value()
            if not isinstance(value, dict):
                raise text.broken("a record must be an object")
            yield Entry(text.number, value, text.decoder.taken())
            if text.peek() != ",":
                text.take("]")
                return
            text.take(",")

    def _member(self, text: "_Text") -> Generator[Entry]:
        text.take("{")
        others: dict[str, object] = {}
        found = False
        while text.peek() != "}":
            name = text.value()
            text.take(":")
            if text.peek() == "[" and not found:
                found = True
                yield from self._array(text)
            else:
                others[str(name)] = text.value()
            if text.peek() != ",":
                break
            text.take(",")
        text.take("}")
        if not found and others:
            yield Entry(1, others, text.decoder.taken())


class _Text:
    """JSON text read a piece at a time.

    :ivar number: the record that is being read.
    """

    def __init__(self, source: Utf8File, owner: Json) -> None:
        self._source = source
        self._owner = owner
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False
        self.decoder = _Decoder()
        self.number = 0

    def peek(self) -> str:
        """Return the next character that is no blank; nothing at the end."""
        while True:
            match = _BLANK.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or not self._fill():
                return self._text[self._at : self._at + 1]

    def take(self, character: str) -> None:
        """Go past a character that must come next."""
        if self.peek() != character:
            raise self.broken(f"expected {character}")
        self._at += 1

    def value(self) -> object:
        """Return the value that comes next."""
        self.peek()
        while True:
            try:
                value, end = self.decoder.decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self.decoder.taken()
                if len(self._text) - self._at > self._owner._request.limits.max_line_bytes:
                    raise self._long() from error
                if not self._fill():
                    raise self.broken(error.msg) from error
                continue
            except RecursionError as error:
                raise self.broken("nested too deep") from error
            # A number at the end of what was read may go on.
            if end < len(self._text) or self._text[end - 1] in '}]"' or not self._fill():
                self._at = end
                return value

    def broken(self, reason: str) -> InputError:
        """Return the error of a text that is no JSON, or not of the right form."""
        name, number = self._owner._request.path.name, max(self.number, 1)
        return InputError(
            f"{name} ไม่ใช่ JSON ที่ถูกต้องที่ระเบียนที่ {number} ({reason}) "
            'ต้องเป็น [{…}, …] หรือ {"records": [{…}, …]}',
            f"{name} is not valid JSON at record {number} ({reason}); it must be [{{…}}, …] or "
            '{"records": [{…}, …]}',
        )

    def _long(self) -> InputError:
        number, most = max(self.number, 1), f"{self._owner._request.limits.max_line_bytes:,}"
        return InputError(
            f"ระเบียนที่ {number} ยาวเกิน {most} ไบต์ หรือวงเล็บไม่ปิด",
            f"record {number} is longer than {most} bytes, or a bracket is not closed",
        )

    def _fill(self) -> bool:
        if self._ended:
            return False
        data = self._source.read(_READ)
        self._owner._request.journal.bytes_read = self._source.position
        self._owner.encoding = self._source.encoding or "utf-8"
        try:
            more = self._utf8.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self.broken("not UTF-8") from error
        self._text, self._at = self._text[self._at :] + more, 0
        self._ended = not data
        return bool(data)


def _lines(source: Utf8File, most: int) -> Generator[str]:
    rest, number = b"", 1
    while True:
        data = source.read(_READ)
        *lines, rest = (rest + data).split(b"\n")
        if not data:
            lines, rest = [*lines, rest], b""
        for line in lines:
            if len(line) <= most:
                yield _decoded(line, number)
                number += 1
                continue
            rest = line
            break
        if len(rest) > most:
            raise InputError(
                f"บรรทัด {number} ยาวเกิน {most:,} ไบต์ NDJSON ต้องมีหนึ่งระเบียนต่อบรรทัด",
                f"line {number} is longer than {most:,} bytes; NDJSON has one record a line",
            )
        if not data:
            return


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise InputError(
            f"บรรทัด {number} ไม่ใช่ UTF-8 บันทึกไฟล์ใหม่เป็น UTF-8",
            f"line {number} is not UTF-8; save the file as UTF-8",
        ) from error
