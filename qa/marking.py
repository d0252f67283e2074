"""The words of an excerpt that matter to a question, so that a reader's eye finds them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qa.text import expand, normalize, stop_words, words

OFTEN: Final = 3


@dataclass(frozen=True)
class Piece:
    """A stretch of a text, and whether it matters."""

    text: str
    matters: bool


def wanted_words(question: str, facts: Iterable[str] = ()) -> frozenset[str]:
    """Return the words that matter: those of a question and of the facts that answer it.

    Words that carry no topic and single letters are left out; figures count.
    """
    found = {word for text in (expand(normalize(question)), *map(normalize, facts))
             for word in words(text)}  # fmt: skip
    return frozenset(word for word in found - stop_words() if word.isdigit() or (len(word) > 1))


def pieces(text: str, wanted: frozenset[str]) -> list[Piece]:
    """Return a text in pieces whose texts joined are the text itself, unchanged.

    A word that comes more than :data:`OFTEN` times in it points at nothing and is not marked.

    >>> [p.text for p in pieces("ต้องแจ้งภายใน 72 ชั่วโมง", frozenset({"72", "ชั่วโมง"})) if p.matters]
    ['72 ชั่วโมง']
    """
    from pythainlp.tokenize import word_tokenize

    tokens = word_tokenize(text, engine="newmm", keep_whitespace=True)
    held = [{token.lower(), *words(normalize(token))} & wanted for token in tokens]
    often = Counter(word for found in held for word in found)
    merged: list[Piece] = []
    for token, found in zip(tokens, held, strict=True):
        _add(merged, token, any(often[word] <= OFTEN for word in found))
    return _bridged(merged)


def _bridged(found: list[Piece]) -> list[Piece]:
    """Return pieces in which a lone space between two that matter does so too."""
    merged: list[Piece] = []
    for place, piece in enumerate(found):
        bridge = piece.text.isspace() and 0 < place < len(found) - 1 and "\n" not in piece.text
        _add(merged, piece.text, piece.matters or bridge)
    return merged


def _add(found: list[Piece], text: str, matters: bool) -> None:
    if found and found[-1].matters == matters:
        found[-1] = Piece(found[-1].text + text, matters)
    else:
        found.append(Piece(text, matters))
