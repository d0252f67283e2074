"""Text typed with the keyboard in the other language."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from qa.text import normalize, stop_words, words

_SHORTEST: Final = 4
_STRANGE: Final = re.compile(r"[^\w\s.,?!()\-/\u0e00-\u0e7f]")
_MEANT: Final = 0.8
"""Share of letters in known words from which on a reading is believed."""
_KNOWN: Final = 0.4
"""Share of letters in known words from which on a text is believed as it stands."""


def mended(text: str, known: Callable[[str], bool]) -> str:
    """Return what was meant where a normalised text makes sense only on the other keyboard.

    Else the text itself. Both ways: «-hv,^] ot» for Thai and «ญฏญฤ» for PDPA. A text of which a
    fair part is known as it stands is left alone, so that names and abbreviations are safe.

    :param known: tells whether the graph uses a word.
    """
    from pythainlp.util import eng_to_thai, thai_to_eng

    letters = sum(c.isalpha() for c in text)
    thai = sum("ก" <= c <= "๎" for c in text)
    if letters < _SHORTEST:
        return text
    meant: Callable[[str], bool]
    if not thai:
        other, meant = eng_to_thai(text), _thai_word
    elif thai == letters + sum("ั" <= c <= "๎" and not c.isalpha() for c in text):
        other, meant = thai_to_eng(text), known
    else:
        return text
    if _share(text, lambda word: known(word) or _thai_word(word)) >= _KNOWN:
        return text
    return normalize(other) if _share(other, meant) >= _MEANT else text


def _share(text: str, known: Callable[[str], bool]) -> float:
    found = words(text)
    total = sum(map(len, found)) + len(_STRANGE.findall(text))
    return sum(len(word) for word in found if known(word)) / total if total else 0.0


def _thai_word(word: str) -> bool:
    return len(word) > 1 and (word in _dictionary() or word in stop_words())


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return frozenset(thai_words())
