"""The constant text of a search, and what was found for it."""

import re
from collections.abc import Callable
from typing import Final

from graph.errors import QueryError
from graph.functions.names import Named
from graph.tokens import LANG, STRING

Search = Callable[[str, int], list[tuple[str, float]]]
"""Gives up to so many things for a text, best first: IRI and chance, 0 to 1."""

MOST: Final = 100
"""Things that a search finds at most."""
MAX_TEXTS: Final = 10
"""Different texts that one query may search for."""
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_MEANING: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class Searches:
    """The searches of one query; each text is searched for once."""

    def __init__(self, search: Search | None) -> None:
        self._search = search
        self._found: dict[str, list[tuple[str, float]]] = {}

    def of(self, function: str, text: str) -> list[tuple[str, float]]:
        """Return what was found for a text, best first.

        :raises QueryError: no text, too many of them, or there is nothing to search with.
        """
        if not text.strip():
            raise QueryError(
                f"m:{function} ต้องการข้อความที่ไม่ว่าง", f"m:{function} needs a text that is not empty"
            )
        if text not in self._found:
            if self._search is None:
                raise QueryError(
                    f"ใช้ m:{function} ที่นี่ไม่ได้ เพราะไม่มีดัชนีค้นหา",
                    f"m:{function} cannot be used here: there is no index to search",
                )
            if len(self._found) == MAX_TEXTS:
                raise QueryError(
                    f"คำสั่งเดียวค้นได้ไม่เกิน {MAX_TEXTS} ข้อความด้วย m:search และ m:similarity",
                    f"one query searches for at most {MAX_TEXTS} texts (m:search, m:similarity)",
                )
            self._found[text] = self._search(text, MOST)
        return self._found[text]


def constant_at(named: Named, place: int) -> tuple[str, int] | None:
    """Return the string at a place and the place after it; None if there is none."""
    if not named.is_kind(place, STRING):
        return None
    written = named.at(place)
    quotes = 3 if written.startswith(('"""', "'''")) else 1
    text = _ESCAPED.sub(lambda m: _MEANING.get(m[1], m[1]), written[quotes:-quotes])
    after = place + 1
    return text, after + named.is_kind(after, LANG)
