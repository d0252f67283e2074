"""What a query is, and whether it only reads this graph.

Oxigraph's parser needs no space between words, so that ``trueSERVICE<…>`` and ``SERVICEex:a {``
are service calls to it; and it reads ``<`` as a comparison where other parsers see an IRI. Each
such reading is refused too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin

from graph.errors import QueryError
from graph.tokens import IRI, PNAME, PUNCT, WORD, Token, plain, tokens

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
DEPTH: Final = 200
"""How many brackets may be open at once: the engine reads them by recursion."""
_UPDATES: Final = {
    "LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD",
}  # fmt: skip
_OPEN: Final = {"(": ")", "{": "}", "[": "]"}


@dataclass(frozen=True)
class Reading:
    """A query that was found safe.

    ``text`` is what must be run; ``form`` is one of :data:`FORMS`, or none where the text is no
    query; ``dataset`` tells whether it names its graphs itself (``FROM``).
    """

    text: str
    form: str | None
    dataset: bool

    @property
    def gives_triples(self) -> bool:
        """Whether the result is a graph, not rows or a truth value."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


@lru_cache(maxsize=128)
def read(query: str) -> Reading:
    """Return what a query is, and its text without codepoint escapes.

    :raises QueryError: it asks another service, is an update, or is nested too deeply.

    >>> read("ASK FROM <urn:g> { ?s ?p 'SERVICE' }")
    Reading(text="ASK FROM <urn:g> { ?s ?p 'SERVICE' }", form='ASK', dataset=True)
    """
    text = plain(query)
    words = tokens(text)
    _refuse_keywords(words)
    _refuse_shape(words)
    keywords = [t.text.upper() for t in words if t.kind == WORD]
    form = next((word for word in keywords if word in FORMS), None)
    return Reading(text, form, "FROM" in keywords)


def refuse_unsafe(query: str) -> None:
    """Raise unless the query only reads this graph.

    :raises QueryError: as :func:`read`.
    """
    read(query)


def declared_prefixes(query: str) -> set[str]:
    """Return the prefixes that a query declares itself, without colon.

    >>> sorted(declared_prefixes("PREFIX m: <urn:m> prefix : <urn:> ASK {}"))
    ['', 'm']
    """
    words = tokens(query)
    return {
        name.text.partition(":")[0]
        for word, name in pairwise(words)
        if word.kind == WORD and word.text.upper() == "PREFIX" and name.kind == PNAME
    }


def named_graphs(query: str, base: str, prefixes: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the graphs of ``FROM`` and those of ``FROM NAMED``; an unknown prefix is left out.

    :param query: a query that was found safe.
    :param base: what relative IRIs are resolved by, unless the query has its own.
    :param prefixes: those known without being declared.

    >>> named_graphs("ASK FROM <urn:a> FROM NAMED m:b {}", "urn:", {"m": "urn:m/"})
    (['urn:a'], ['urn:m/b'])
    """
    known = dict(prefixes)
    graphs: tuple[list[str], list[str]] = ([], [])
    words = [*tokens(query), Token(PUNCT, "", 0, 0), Token(PUNCT, "", 0, 0)]
    for place, token in enumerate(words):
        keyword = token.text.upper() if token.kind == WORD else ""
        first, second = words[place + 1 : place + 3] if keyword else (token, token)
        if keyword == "BASE" and first.kind == IRI:
            base = urljoin(base, first.text[1:-1])
        elif keyword == "PREFIX" and second.kind == IRI:
            known[first.text.partition(":")[0]] = urljoin(base, second.text[1:-1])
        elif keyword == "FROM":
            named = first.text.upper() == "NAMED"
            name = second if named else first
            if name.kind == IRI:
                graphs[named].append(urljoin(base, name.text[1:-1]))
            elif name.kind == PNAME and name.text.partition(":")[0] in known:
                prefix, _, local = name.text.partition(":")
                graphs[named].append(known[prefix] + re.sub(r"\\(.)", r"\1", local))
    return graphs


def _refuse_keywords(words: Sequence[Token]) -> None:
    for place, token in enumerate(words):
        upper = token.text.upper()
        if token.kind == WORD:
            if "SERVICE" in upper:
                raise _refused("SERVICE")
            if upper in _UPDATES:
                raise _refused(upper)
        elif token.kind == PNAME and "SERVICE" in upper.partition(":")[0]:
            of_graph = place > 0 and words[place - 1].text.upper() == "GRAPH"
            opens = place + 1 < len(words) and words[place + 1].text == "{"
            if opens and not of_graph:
                raise _refused("SERVICE")


def _refuse_shape(words: Sequence[Token]) -> None:
    closers: list[str] = []
    for place, token in enumerate(words):
        before = words[place - 1] if place else None
        if token.kind == IRI and closers[-1:] == [")"] and _ends_operand(before):
            inside = token.text.upper()
            if "'" in inside or ("SERVICE" in inside and ")" in inside):
                raise QueryError(
                    f"{token.text} อ่านได้สองอย่าง ถ้าเป็นการเปรียบเทียบ ให้เว้นวรรคหลัง <",
                    f"{token.text} may be an IRI or a comparison; put a space after <",
                )
        if token.kind != PUNCT:
            continue
        if token.text in _OPEN:
            closers.append(_OPEN[token.text])
            if len(closers) > DEPTH:
                raise QueryError(
                    f"วงเล็บซ้อนกันเกิน {DEPTH} ชั้น ลดการซ้อนลง",
                    f"more than {DEPTH} brackets inside each other; nest less",
                )
        elif closers and token.text == closers[-1]:
            closers.pop()


def _ends_operand(token: Token | None) -> bool:
    """Tell whether a comparison may follow this word."""
    if token is None or token.kind == PUNCT:
        return token is not None and token.text == ")"
    return token.kind != WORD or token.text.lower() in ("true", "false")


def _refused(word: str) -> QueryError:
    return QueryError(
        f"ไม่รับคำสั่ง {word}: อ่านกราฟนี้ได้อย่างเดียว ใช้ SELECT, ASK, CONSTRUCT หรือ DESCRIBE",
        f"{word} is refused: this graph is read-only; use SELECT, ASK, CONSTRUCT or DESCRIBE",
    )
