"""Counting the rows of an answer as its bytes go by."""

import re
from typing import Final

_JSON_ROW: Final = re.compile(rb'\}\s*,\s*\{\s*"[^"\\{},]+"\s*:\s*\{')
"""From the end of a row to the first value of the next, where both bind something; no text within
a string looks so, as its quotes are escaped."""
_OVERLAP: Final = 1024


class Meter:
    """Counts bytes and rows of one answer.

    Rows that bind nothing are not counted in JSON; they are held by the limit on bytes.

    :param form: ``json``, ``xml``, ``csv``, ``tsv``; other forms are counted by their maker.
    """

    def __init__(self, form: str) -> None:
        self._form = form
        self._tail = b""
        self._quoted = False
        self.bytes = 0
        self._marks = 0

    @property
    def rows(self) -> int:
        """How many rows have begun so far, at least."""
        if self._form == "json":
            return self._marks + 1 if self._marks else 0
        if self._form in ("csv", "tsv"):
            return max(0, self._marks - 1)
        return self._marks

    def add(self, data: bytes) -> None:
        """Count the next bytes."""
        self.bytes += len(data)
        if self._form == "tsv":
            self._marks += data.count(b"\n")
        elif self._form == "csv":
            self._add_csv(data)
        elif self._form in ("json", "xml"):
            self._add_overlapping(data)

    def _add_csv(self, data: bytes) -> None:
        pieces = data.split(b'"')
        self._marks += sum(piece.count(b"\n") for piece in pieces[self._quoted :: 2])
        self._quoted ^= len(pieces) % 2 == 0

    def _add_overlapping(self, data: bytes) -> None:
        text = self._tail + data
        end = 0
        if self._form == "xml":
            self._marks += text.count(b"<result>")
            self._tail = text[-len(b"<result>") + 1 :]
            return
        for found in _JSON_ROW.finditer(text):
            self._marks += 1
            end = found.end()
        self._tail = text[max(end, len(text) - _OVERLAP) :]
