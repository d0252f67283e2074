"""The words of a query, and which of them are names of our namespace."""

from functools import cached_property
from typing import Final
from urllib.parse import urljoin

import ontology
from graph.tokens import IRI, PNAME, WORD, Token, tokens

_BEFORE_OPERAND: Final = {"(", ",", "=", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-"}
_BEFORE_CALL: Final = {"FILTER", "HAVING", "BY"}
_OPENS: Final = {"(": ")", "[": "]", "{": "}"}


class Named:
    """A query as its words, with the prefixes that it declares and ours where it does not.

    :param text: the query, as :func:`graph.tokens.plain` returns it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        found, base = dict(ontology.PREFIXES), ""
        for place, token in enumerate(self.tokens):
            word = token.text.upper() if token.kind == WORD else ""
            if word == "BASE" and self.is_kind(place + 1, IRI):
                base = _resolved(base, self.tokens[place + 1].text[1:-1])
            if word == "PREFIX" and self.is_kind(place + 1, PNAME) and self.is_kind(place + 2, IRI):
                name = self.tokens[place + 1].text.rstrip(":")
                found[name] = _resolved(base, self.tokens[place + 2].text[1:-1])
        return found

    def name(self, place: int) -> str:
        """Return the local name of the word at a place, empty unless it is of our namespace."""
        token = self.tokens[place]
        if token.kind == IRI:
            iri = token.text[1:-1]
        elif token.kind == PNAME:
            prefix, _, local = token.text.partition(":")
            iri = self._prefixes.get(prefix, "") + local
        else:
            return ""
        return iri.removeprefix(ontology.NS) if iri.startswith(ontology.NS) else ""

    @cached_property
    def names(self) -> dict[int, str]:
        """The places of names of our namespace."""
        return {place: name for place in range(len(self.tokens)) if (name := self.name(place))}

    def uses(self, names: set[str]) -> bool:
        """Tell whether any of the names stands in the query."""
        return bool(names & set(self.names.values()))

    def mistaken(self) -> list[int]:
        """Return the places of our names that are called like functions inside expressions."""
        return [place for place in self.names if self.is_operand_call(place)]

    def is_operand_call(self, place: int) -> bool:
        """Tell whether the word at a place is a call where only an operand can stand."""
        before = self.at(place - 1) if place else ""
        return self.at(place + 1) == "(" and (
            before in _BEFORE_OPERAND or before.upper() in _BEFORE_CALL
        )

    def at(self, place: int) -> str:
        """Return the text of the word at a place, empty beyond the end."""
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def is_kind(self, place: int, *kinds: str) -> bool:
        """Tell whether there is a word of one of the kinds at a place."""
        return 0 <= place < len(self.tokens) and self.tokens[place].kind in kinds

    def slice(self, first: int, end: int) -> str:
        """Return the query's text from the word at ``first`` up to the one before ``end``."""
        if first >= end:
            return ""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end]

    def closing(self, place: int) -> int:
        """Return the place after the bracket that closes the one at a place.

        Where nothing closes it, the end: the engine says what is wrong with such a query.
        """
        depth = 0
        while place < len(self.tokens):
            token = self.tokens[place]
            if is_bracket(token):
                depth += 1 if token.text in _OPENS else -1
                if depth == 0:
                    return place + 1
            place += 1
        return place


def _resolved(base: str, reference: str) -> str:
    resolved = urljoin(base, reference)
    # An empty fragment is dropped there, and most namespaces end with one.
    return resolved + "#" if reference.endswith("#") and not resolved.endswith("#") else resolved


def is_bracket(token: Token) -> bool:
    """Tell whether a word opens or closes something."""
    return token.text in _OPENS or token.text in _OPENS.values()
