"""Calls of our functions inside expressions, each replaced by an expression that means the same.

An expression is always put in brackets: a call may stand bare after FILTER, HAVING, GROUP BY and
ORDER BY, where of expressions only one in brackets may.
"""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Final

from graph.errors import QueryError
from graph.functions.names import Named, is_bracket
from graph.functions.searching import Searches, constant_at
from graph.thai import BUDDHIST_OFFSET

MAX_EXPANDED: Final = 1_000_000
"""Characters that a query may have once its functions are expanded."""
MAX_NESTED: Final = 20
"""Calls of our functions inside one another."""
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DATES: Final = ("date", "dateTime", "gYear", "gYearMonth")
_YEAR: Final = "^([0-9]{4})(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+)?)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
"""A year alone or at the head of a date; anything else stays as it is, and is no integer then."""
_THAI: Final = "๐๑๒๓๔๕๖๗๘๙"
_FORMS: Final = {
    "beYear": "m:beYear(?date)",
    "ceYear": "m:ceYear(?year)",
    "thaiDigits": "m:thaiDigits(?text)",
    "arabicDigits": "m:arabicDigits(?text)",
    "similarity": 'm:similarity(?thing, "ข้อความ")',
}
FUNCTIONS: Final = tuple(_FORMS)
"""The names of the functions in our namespace."""


def with_calls_expanded(named: Named, searches: Searches) -> str:
    """Return the query with every call of our functions replaced.

    :raises QueryError: wrong arguments, or a function that there is not.
    """
    text = _Writer(named, searches).write(0, len(named.tokens), whole=True)
    return _bounded(text)


class _Writer:
    def __init__(self, named: Named, searches: Searches) -> None:
        self.named = named
        self.searches = searches
        self._depth = 0

    def write(self, first: int, end: int, *, whole: bool = False) -> str:
        """Return the text of some words, with the calls among them replaced."""
        named, parts = self.named, []
        place = first
        done = 0 if whole else named.tokens[first].start if first < end else 0
        while place < end:
            name = named.names.get(place, "")
            if name and named.at(place + 1) == "(":
                if name in _FORMS:
                    after = named.closing(place + 1)
                    parts += [named.text[done : named.tokens[place].start]]
                    parts += [self._call(name, place + 2, after - 1)]
                    place, done = after, named.tokens[after - 1].end
                    continue
                if named.is_operand_call(place):
                    raise _unknown(name)
            place += 1
        last = len(named.text) if whole else named.tokens[end - 1].end if first < end else 0
        return "".join([*parts, named.text[done:last]])

    def _call(self, name: str, first: int, end: int) -> str:
        if self._depth == MAX_NESTED:
            raise QueryError(
                f"m:{name} ซ้อนกันเกิน {MAX_NESTED} ชั้น แยกด้วย BIND",
                f"m:{name} is nested more than {MAX_NESTED} deep; take steps with BIND",
            )
        self._depth += 1
        written = _bounded(self._written(name, first, end))
        self._depth -= 1
        return written

    def _written(self, name: str, first: int, end: int) -> str:
        arguments = list(self._arguments(first, end))
        if name == "similarity":
            return self._similarity(arguments)
        if len(arguments) != 1 or self.named.at(first).upper() == "DISTINCT":
            raise _wrong(name, "ต้องมีค่าเดียว", "it takes one argument")
        return _ONE[name](self.write(*arguments[0]))

    def _similarity(self, arguments: list[tuple[int, int]]) -> str:
        if len(arguments) != 2:
            raise _wrong("similarity", "ต้องมีสองค่า", "it takes two arguments")
        thing, (first, end) = arguments
        constant = constant_at(self.named, first)
        if constant is None or constant[1] != end:
            raise _wrong(
                "similarity",
                "ค่าที่สองต้องเป็นข้อความคงที่ในอัญประกาศ",
                "its second argument must be a constant string",
            )
        found = self.searches.of("similarity", constant[0])
        # A table in one text: a space, the IRI, a space, the chance and a semicolon for each thing.
        table = "".join(f" {iri} {chance:.4f};" for iri, chance in found)
        key = f'CONCAT(" ", STR({self.write(*thing)}), " ")'
        number = f'<{_XSD}decimal>(STRBEFORE(STRAFTER("{table}", {key}), ";"))'
        return f"(COALESCE({number}, 0.0))"

    def _arguments(self, first: int, end: int) -> list[tuple[int, int]]:
        """Return where each argument starts and ends; a gap between commas is an argument."""
        if first >= end:
            return []
        found, start, place = [], first, first
        while place < end:
            token = self.named.tokens[place]
            if is_bracket(token):
                place = self.named.closing(place)
                continue
            if token.text == ",":
                found.append((start, place))
                start = place + 1
            place += 1
        found.append((start, end))
        return [] if any(a >= b for a, b in found) else found


def _bounded(text: str) -> str:
    if len(text) > MAX_EXPANDED:
        raise QueryError(
            "คำสั่งยาวเกินไปเมื่อแทนฟังก์ชันแล้ว ใช้ฟังก์ชันน้อยลงหรือแยกขั้นตอนด้วย BIND",
            "the query is too long once its functions are expanded; use fewer, or BIND steps",
        )
    return text


def _year(value: str) -> str:
    return f'<{_XSD}integer>(REPLACE(STR({value}), "{_YEAR}", "$1"))'


def _be_year(value: str) -> str:
    return f"({_year(value)} + {BUDDHIST_OFFSET})"


def _ce_year(value: str) -> str:
    # A date of XML Schema is Gregorian already; a number or a text is a Buddhist year.
    dates = ", ".join(f"<{_XSD}{name}>" for name in _DATES)
    return f"({_year(value)} - IF(DATATYPE({value}) IN ({dates}), 0, {BUDDHIST_OFFSET}))"


def _digits(value: str, pairs: list[tuple[str, str]]) -> str:
    text = f"STR({value})"
    for old, new in pairs:
        text = f'REPLACE({text}, "{old}", "{new}")'
    return f"({text})"


_ONE: Final[dict[str, Callable[[str], str]]] = {
    "beYear": _be_year,
    "ceYear": _ce_year,
    "thaiDigits": lambda value: _digits(value, [(str(n), d) for n, d in enumerate(_THAI)]),
    "arabicDigits": lambda value: _digits(value, [(d, str(n)) for n, d in enumerate(_THAI)]),
}


def _wrong(name: str, th: str, en: str) -> QueryError:
    form = _FORMS[name]
    return QueryError(f"m:{name} {th} เช่น {form}", f"m:{name}: {en}, as in {form}")


def _unknown(name: str) -> QueryError:
    near = {known.lower(): known for known in _FORMS}
    meant = get_close_matches(name.lower(), near, n=1)
    if name == "search":
        return QueryError(
            'm:search เป็นคุณสมบัติ ไม่ใช่ฟังก์ชัน เขียน ?thing m:search "ข้อความ"',
            'm:search is a property, not a function: write ?thing m:search "text"',
        )
    which = f"m:{near[meant[0]]}" if meant else ", ".join(f"m:{known}" for known in _FORMS)
    return QueryError(
        f"ไม่มีฟังก์ชัน m:{name} หมายถึง {which} หรือไม่", f"there is no function m:{name}; try {which}"
    )
