"""The text of a file as UTF-8, whatever it was written in, a block at a time."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from graph.errors import InputError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_THAI: Final = re.compile(
    "[\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e4f-\u0e5b]"
    "|(?<=[\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
)
"""Thai characters where they can stand: a mark above or below needs a letter before it."""
_THAI_SHARE: Final = 0.9
_LETTERS: Final = re.compile("[\x80-\U0010ffff]")


class Utf8File:
    """A text file that is read as UTF-8 bytes.

    :param encoding: what it is written in, where that was found before.
    :ivar encoding: what it is written in; None while only ASCII was met.
    :ivar position: bytes of the file that were read.
    """

    def __init__(self, file: BinaryIO, name: str, encoding: str | None = None) -> None:
        self._file = file
        self._name = name
        start = file.read(4)
        bom, marked = next(
            ((bom, kind) for bom, kind in _BOMS if start.startswith(bom)), (b"", None)
        )
        file.seek(len(bom))
        self.position = len(bom)
        self.encoding = encoding or marked
        self._decoder: codecs.IncrementalDecoder | None = None
        if self.encoding and self.encoding.startswith("utf-16"):
            self._decoder = codecs.getincrementaldecoder(self.encoding)("strict")

    def read(self, size: int) -> bytes:
        """Return about this many bytes of text; nothing at the end.

        :raises InputError: it is no text, or in an encoding that is not known.
        """
        data = self._file.read(size)
        self.position += len(data)
        if self._decoder:
            return self._utf16(data)
        if self.encoding is None and not data.isascii():
            self.encoding = self._decide(data)
        if self.encoding == "cp874":
            try:
                return data.decode("cp874").encode()
            except UnicodeDecodeError as error:
                raise self._unknown() from error
        return data

    def _utf16(self, data: bytes) -> bytes:
        try:
            text = self._decoder.decode(data, final=not data) if self._decoder else ""
        except UnicodeDecodeError as error:
            raise self._unknown() from error
        return text.encode() if text or not data else self.read(2)

    def _decide(self, data: bytes) -> str:
        # A block may end within a character.
        try:
            codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
        except UnicodeDecodeError:
            if is_thai(data):
                return "cp874"
            raise self._unknown() from None
        return "utf-8"

    def _unknown(self) -> InputError:
        return InputError(
            f"{self._name} ไม่ใช่ข้อความ UTF-8, UTF-16 หรือ cp874 (TIS-620) "
            "บันทึกใหม่เป็น CSV UTF-8 หรือ XLSX",
            f"{self._name} is not text in UTF-8, UTF-16 or cp874; save it as CSV UTF-8 or XLSX",
        )


def is_thai(data: bytes) -> bool:
    """Tell whether bytes are Thai text in cp874.

    >>> is_thai("เทศบาลตำบล".encode("cp874")), is_thai("café".encode("latin-1"))
    (True, False)
    """
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return False
    letters = len(_LETTERS.findall(text))
    return "\0" not in text and len(_THAI.findall(text)) >= _THAI_SHARE * max(letters, 1)


@contextmanager
def opened(path: Path, encoding: str | None = None) -> Iterator[Utf8File]:
    """Open a text file."""
    with path.open("rb", buffering=0) as file:
        yield Utf8File(file, path.name, encoding)
