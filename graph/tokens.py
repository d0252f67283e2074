"""The words of a SPARQL query, with their places: what checks and rewriting rest on.

The kinds follow the terminals of SPARQL 1.1 Query, section 19.8; white space and comments are
left out. Where the text is not SPARQL a token of kind :data:`OTHER` takes one character, so that
every text has tokens and the engine is left to say what is wrong.
"""

import re
from typing import Final, NamedTuple

from graph.errors import QueryError

IRI: Final = "iri"
PNAME: Final = "pname"
"""A prefixed name, or a prefix alone (``m:Act``, ``m:``, ``:``)."""
BLANK: Final = "blank"
VAR: Final = "var"
STRING: Final = "string"
LANG: Final = "lang"
NUMBER: Final = "number"
WORD: Final = "word"
"""A keyword, a built-in function, ``a``, ``true`` or ``false``, as it was written."""
PUNCT: Final = "punct"
OTHER: Final = "other"


class Token(NamedTuple):
    """One word of a query: its kind, its text, and where it starts and ends in the query."""

    kind: str
    text: str
    start: int
    end: int


_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = f"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040-]"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# Bounded, so that a text of names and dots costs no more than its length.
_PREFIX: Final = f"(?:[{_BASE}](?:{_NAME}|\\.){{0,200}}+(?<!\\.))?"
_LOCAL: Final = f"(?:[{_BASE}_:0-9]|{_PLX})(?:(?:{_NAME}|[.:]|{_PLX})*(?:{_NAME}|:|{_PLX}))?"

_TOKEN: Final = re.compile(
    rf"""
    (?P<skip>[\x20\t\r\n]+|\#[^\r\n]*)
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<blank>_:[{_BASE}_0-9](?:(?:{_NAME}|\.)*{_NAME})?)
  | (?P<pname>{_PREFIX}:(?:{_LOCAL})?)
  | (?P<var>[?$][{_BASE}_0-9](?:[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040])*)
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\"
      |'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
      |\"(?:[^\"\\\r\n]|\\.)*\"
      |'(?:[^'\\\r\n]|\\.)*')
  | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
  | (?P<word>[^\W\d]\w*)
  | (?P<punct>\^\^|&&|\|\||!=|<=|>=|[{{}}()\[\].,;*/|^?+\-=<>!])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_AS_ESCAPED: Final = {
    '"': '\\"', "'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t",
    "\b": "\\b", "\f": "\\f",
}  # fmt: skip


def plain(query: str) -> str:
    r"""Return the query without codepoint escapes (section 19.2), which could hide a keyword.

    An escaped quote, backslash or line end becomes the escape of strings, so that it can neither
    close a string nor end a comment. What is returned is what must be checked, and what is run.

    :raises QueryError: an escape of no character.

    >>> plain("S\\u0045LECT ?x { ?x ?p 'a\\u0027b' }")
    "SELECT ?x { ?x ?p 'a\\'b' }"
    """
    return _ESCAPE.sub(_decoded, query)


def _decoded(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits is None:
        return match[0]
    number = int(digits, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise QueryError(f"{match[0]} ไม่ใช่อักขระในยูนิโค้ด", f"{match[0]} is no character of Unicode")
    return _AS_ESCAPED.get(chr(number), chr(number))


def tokens(query: str) -> list[Token]:
    """Return the words of a query in order.

    :param query: as :func:`plain` returns it.

    >>> [(t.kind, t.text) for t in tokens("SELECT ?x { ?x a m:Act } # all")][:3]
    [('word', 'SELECT'), ('var', '?x'), ('punct', '{')]
    """
    return [
        Token(match.lastgroup or OTHER, match[0], match.start(), match.end())
        for match in _TOKEN.finditer(query)
        if match.lastgroup != "skip"
    ]
