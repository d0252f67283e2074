"""Delimited text cut into blocks of whole records, fast where its quotes are as they should be."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.errors import InputError
from ingest.records.decoding import Utf8File
from ingest.records.limits import Limits

Places = npt.NDArray[np.int64]
_QUOTE: Final = ord('"')
_CR, _LF = ord("\r"), ord("\n")


@dataclass(frozen=True)
class Block:
    """Some records of a file.

    :param row: the number of the first record, as a spreadsheet counts.
    :param ends: places of the line feeds that end a record.
    :param quotes: places of all quotes.
    :param sound: whether quotes and line ends are as RFC 4180 has them; where they are not, only
        reading character by character tells where a record ends.
    :param last: whether nothing follows.
    """

    data: bytes
    row: int
    ends: Places
    quotes: Places
    sound: bool
    last: bool

    @cached_property
    def bounds(self) -> Places:
        """The end of every record, also of one that no line feed ends."""
        rest = bool(self.data) and not self.data.endswith(b"\n")
        return np.append(self.ends, len(self.data)) if rest else self.ends

    def record(self, number: int) -> bytes:
        """Return the bytes of one record, counted from 0."""
        start = int(self.bounds[number - 1]) + 1 if number else 0
        return self.data[start : int(self.bounds[number])]


class Blocks:
    """The blocks of a file, in order.

    :ivar row: the number of the record that comes next.
    """

    def __init__(
        self,
        source: Utf8File,
        rest: bytes,
        row: int,
        separator: str,
        limits: Limits,
        *,
        cr_lines: bool = False,
    ) -> None:
        self._source = source
        self._rest = rest
        self.row = row
        self._separator = ord(separator)
        self._limits = limits
        self._cr_lines = cr_lines
        self._ended = False

    def push_back(self, data: bytes) -> None:
        """Have the next block start with these bytes."""
        self._rest = data + self._rest

    def __iter__(self) -> Iterator[Block]:
        """Yield blocks until nothing is left."""
        while not self._ended or self._rest:
            block = self._next()
            if block is None:
                continue
            if block.sound:
                self.row += len(block.bounds)
            yield block

    def _read(self) -> bytes:
        new = b"" if self._ended else self._source.read(self._limits.block_bytes)
        self._ended = not new
        return new.replace(b"\r", b"\n") if self._cr_lines else new

    def _next(self) -> Block | None:
        new = self._read()
        rest, self._rest = self._rest, b""
        if new and b'"' not in rest and b'"' not in new:
            cut = new.rfind(b"\n") + 1
            # One copy instead of two: blocks are large.
            data = b"".join((rest, memoryview(new)[:cut])) if cut else b""
            self._rest = new[cut:] if cut else rest + new
        else:
            data = rest + new
        if not data:
            self._refuse_long(self._rest, self.row, 0)
            return None
        return self._cut(data)

    def _cut(self, data: bytes) -> Block | None:
        if self._ended and data.endswith(b"\r"):
            data = data[:-1]
        quotes = _places(data, _QUOTE) if b'"' in data else np.empty(0, np.int64)
        feeds = _places(data, _LF)
        ends = feeds[np.searchsorted(quotes, feeds) % 2 == 0] if len(quotes) else feeds
        sound = self._is_sound(data, quotes)
        if self._ended:
            cut = len(data)
            if sound and len(quotes) % 2:
                raise unclosed(self.row + int(np.searchsorted(ends, quotes[-1])))
        else:
            last = ends if sound else feeds
            cut = int(last[-1]) + 1 if len(last) else 0
            self._rest = data[cut:] + self._rest
        row = self.row + int(np.searchsorted(ends, cut))
        self._refuse_long(self._rest, row, int(np.count_nonzero(quotes >= cut)))
        if not cut:
            return None
        if cut < len(data):
            data, ends, quotes = data[:cut], ends[ends < cut], quotes[quotes < cut]
        block = Block(data, self.row, ends, quotes, sound, self._ended)
        self._check(block)
        return block

    def _check(self, block: Block) -> None:
        at = block.data.find(b"\0")
        if at >= 0:
            row = block.row + int(np.searchsorted(block.ends, at))
            raise InputError(
                f"แถว {row} มีไบต์ศูนย์ (NUL) ไฟล์นี้ไม่ใช่ข้อความหรือเสีย บันทึกใหม่เป็น CSV UTF-8",
                f"row {row} holds a NUL byte: the file is damaged or no text; save it as CSV UTF-8",
            )
        sizes = np.diff(block.bounds, prepend=-1)
        if block.sound and len(sizes) and sizes.max() > self._limits.max_line_bytes:
            place = int(sizes.argmax())
            record = block.record(place)
            self._refuse_long(record, block.row + place, record.count(b'"'))

    def _refuse_long(self, record: bytes, row: int, quotes: int) -> None:
        most = self._limits.max_line_bytes
        if len(record) <= most:
            return
        if quotes and b"\n" in record:
            raise unclosed(row)
        raise InputError(
            f"แถว {row} ยาวเกิน {most:,} ไบต์ ตรวจว่าไฟล์เป็นตารางที่มีหนึ่งระเบียนต่อบรรทัด",
            f"row {row} is longer than {most:,} bytes; check that the file has one record a line",
        )

    def _is_sound(self, data: bytes, quotes: Places) -> bool:
        """Tell whether quotes only enclose cells, and a line ends in LF or CR LF."""
        view = np.frombuffer(data, np.uint8)
        if b"\r" in data:
            returns = _places(data, _CR)
            followed = view[np.minimum(returns + 1, len(view) - 1)] == _LF
            bare = returns[~followed & (returns + 1 < len(view))]
            if len(bare) and (np.searchsorted(quotes, bare) % 2 == 0).any():
                return False
        if not len(quotes):
            return True
        edge = (self._separator, _CR, _LF)
        opening, closing = quotes[0::2], quotes[1::2]
        before = view[np.maximum(opening - 1, 0)]
        begins = (opening == 0) | np.isin(before, edge)
        after = view[np.minimum(closing + 1, len(view) - 1)]
        finishes = (closing == len(view) - 1) | np.isin(after, edge)
        # Two quotes in a row within a cell stand for one: they close and open it again.
        doubled = np.diff(quotes) == 1
        begins[1:] |= doubled[1::2][: len(begins) - 1]
        finishes[: len(doubled[1::2])] |= doubled[1::2]
        return bool(begins.all() and finishes.all())


def unclosed(row: int) -> InputError:
    """Return the error of a quote that is opened and never closed."""
    return InputError(
        f'เครื่องหมาย " ที่เปิดในแถว {row} ไม่มีที่ปิด เติม " หรือลบออกแล้วลองใหม่',
        f'the quote " opened in row {row} is never closed; close it or take it out',
    )


def not_utf8(row: int) -> InputError:
    """Return the error of a row in another encoding than those before it."""
    return InputError(
        f"แถว {row} มีข้อความที่ไม่ใช่ UTF-8 ทั้งที่แถวก่อนหน้าเป็น UTF-8 บันทึกทั้งไฟล์ใหม่เป็น UTF-8",
        f"row {row} is not UTF-8 though the rows before it are; save the whole file as UTF-8",
    )


def _places(data: bytes, byte: int) -> Places:
    return np.flatnonzero(np.frombuffer(data, np.uint8) == byte)
