"""The words of an excerpt that matter to a question, so that a reader's eye finds them."""

from collections.abc import Iterable
from dataclasses import dataclass

from qa.text import expand, normalize, stop_words, words


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

    >>> [p.text for p in pieces("ต้องแจ้งภายใน 72 ชั่วโมง", frozenset({"72", "ชั่วโมง"})) if p.matters]
    ['72 ชั่วโมง']
    """
    from pythainlp.tokenize import word_tokenize

    found: list[Piece] = []
    for token in word_tokenize(text, engine="newmm", keep_whitespace=True):
        matters = bool({token.lower(), *words(normalize(token))} & wanted)
        if found and found[-1].matters == matters:
            found[-1] = Piece(found[-1].text + token, matters)
        else:
            found.append(Piece(token, matters))
    return _joined(found)


def _joined(found: list[Piece]) -> list[Piece]:
    """Return pieces in which a lone space between two that matter does so too."""
    merged: list[Piece] = []
    for place, piece in enumerate(found):
        bridge = piece.text.isspace() and 0 < place < len(found) - 1 and "\n" not in piece.text
        matters = piece.matters or bridge
        if merged and merged[-1].matters == matters:
            merged[-1] = Piece(merged[-1].text + piece.text, matters)
        else:
            merged.append(Piece(piece.text, matters))
    return merged
