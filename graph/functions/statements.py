"""``?thing m:search "text"``: the statement becomes a VALUES block of the things found.

The block goes before the statement that holds it, where the grammar allows one (SPARQL 1.1 Query,
GroupGraphPatternSub), and the statement keeps its other predicates.
"""

from dataclasses import dataclass
from typing import Final

from graph.errors import QueryError
from graph.functions.names import Named
from graph.functions.searching import MOST, Searches, constant_at
from graph.tokens import IRI, NUMBER, PNAME, PUNCT, STRING, VAR, WORD

SEARCH: Final = "search"
"""The name of the property in our namespace."""
DEFAULT: Final = 10
"""Things that a search gives where no number is said."""
MAX_GROUPS: Final = 100
"""Groups inside one another in a query that searches."""
_FORM: Final = '?thing m:search "ข้อความ" หรือ ?thing m:search ("ข้อความ" 20)'
_FORM_EN: Final = '?thing m:search "text", or ?thing m:search ("text" 20)'
_TERMS: Final = {"a", "true", "false"}
"""Words of triples; every other word begins something else."""
_IN_PATHS: Final = {"/", "|", "^", "*", "+", "?", "!"}


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def with_searches_expanded(named: Named, searches: Searches) -> str:
    """Return the query with every use of ``m:search`` replaced.

    :raises QueryError: it is used otherwise than with a variable and a constant text.
    """
    uses = {place for place, name in named.names.items() if name == SEARCH}
    if not uses:
        return named.text
    walk = _Walk(named, searches, uses)
    walk.query()
    for place in sorted(uses - walk.seen):
        if named.is_operand_call(place):
            continue
        if named.is_kind(place + 1, STRING) or named.at(place + 1) == "(":
            raise _wrong("ประธานต้องเป็นตัวแปรใน WHERE", "its subject must be a variable, in WHERE")
    text = named.text
    for edit in sorted(walk.edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class _Walk:
    """Goes through the groups of a query, statement by statement."""

    def __init__(self, named: Named, searches: Searches, uses: set[int]) -> None:
        self.named = named
        self.searches = searches
        self.uses = uses
        self.seen: set[int] = set()
        self.edits: list[_Edit] = []
        self.depth = 0

    def query(self) -> None:
        """Find the groups; a CONSTRUCT's template is none, and its short form has no VALUES."""
        place, words = 0, self.named
        while place < len(words.tokens):
            if words.at(place) == "{":
                before = words.at(place - 1).upper()
                end = words.closing(place)
                inside = self.uses & set(range(place, end))
                if before == "CONSTRUCT":
                    self.seen |= inside
                elif inside and before == "WHERE" and words.at(place - 2).upper() == "CONSTRUCT":
                    raise _wrong(
                        "ใช้กับ CONSTRUCT WHERE แบบย่อไม่ได้ ให้เขียนแม่แบบเต็ม",
                        "it does not go with the short form CONSTRUCT WHERE; write the template",
                    )
                else:
                    self._group(place + 1, end - 1)
                place = end
            else:
                place += 1

    def _group(self, place: int, end: int) -> None:
        words = self.named
        if self.depth == MAX_GROUPS:
            raise _wrong(
                f"ใช้ในวงเล็บปีกกาที่ซ้อนเกิน {MAX_GROUPS} ชั้นไม่ได้",
                f"it is in a query of more than {MAX_GROUPS} groups inside one another",
            )
        self.depth += 1
        while place < end:
            text = words.at(place)
            if text == "{":
                after = words.closing(place)
                self._group(place + 1, after - 1)
            elif text.upper() == "VALUES" and words.is_kind(place, WORD):
                after = self._after_values(place + 1, end)
            elif words.is_kind(place, WORD) and text not in _TERMS:
                after = self._after_word(place + 1, end)
            elif words.is_kind(place, PUNCT) and text not in ("(", "["):
                after = place + 1
            else:
                after = self._statement(place, end)
            place = max(after, place + 1)
        self.depth -= 1

    def _after_values(self, place: int, end: int) -> int:
        while place < end and self.named.at(place) != "{":
            place += 1
        return self.named.closing(place)

    def _after_word(self, place: int, end: int) -> int:
        """Return where what a word begins goes on; groups inside brackets are gone through."""
        words = self.named
        if words.at(place - 1).upper() in ("GRAPH", "AS"):
            return place + 1
        if words.is_kind(place, WORD, IRI, PNAME) and words.at(place + 1) == "(":
            # FILTER regex(…), ORDER BY <…>(…)
            place += 1
        if words.at(place) != "(":
            return place
        after = words.closing(place)
        inner = place + 1
        while inner < min(after, end):
            if words.at(inner) == "{":
                closing = words.closing(inner)
                self._group(inner + 1, closing - 1)
                inner = closing
            else:
                inner += 1
        return after

    def _statement(self, place: int, end: int) -> int:
        """Read one subject with its predicates, and return the place after it."""
        words = self.named
        after_subject = words.closing(place) if words.at(place) in ("(", "[") else place + 1
        segments, start, at = [], after_subject, after_subject
        while at < end:
            text = words.at(at)
            if text in ("(", "["):
                at = words.closing(at)
                continue
            if text in (".", "{", "}") or (words.is_kind(at, WORD) and text not in _TERMS):
                break
            if text == ";":
                segments.append((start, at))
                start = at + 1
            at += 1
        segments.append((start, at))
        searched = [s for s in segments if s[0] in self.uses and s[0] < s[1]]
        self._refuse_paths(after_subject, at)
        if searched:
            self.seen |= {first for first, _ in searched}
            if not words.is_kind(place, VAR):
                raise _wrong("ประธานต้องเป็นตัวแปร", "its subject must be a variable")
            kept = [s for s in segments if s not in searched and s[0] < s[1]]
            self._replace(place, at, searched, kept)
        return at

    def _refuse_paths(self, first: int, end: int) -> None:
        for place in self.uses & set(range(first, end)):
            around = {self.named.at(place - 1), self.named.at(place + 1)}
            if around & _IN_PATHS:
                raise _wrong("ใช้ในเส้นทาง (property path) ไม่ได้", "it cannot be part of a path")

    def _replace(
        self, place: int, end: int, searched: list[tuple[int, int]], kept: list[tuple[int, int]]
    ) -> None:
        words = self.named
        subject = words.at(place)
        blocks = [
            f"VALUES {subject} {{ {' '.join(f'<{iri}>' for iri in found)} }}"
            for first, after in searched
            for found in self._found(first + 1, after)
        ]
        rest = [" ; ".join(words.slice(*segment) for segment in kept)] if kept else []
        text = " ".join([*blocks, *([f"{subject} {rest[0]}"] if rest else [])])
        self.edits.append(_Edit(words.tokens[place].start, words.tokens[end - 1].end, text))

    def _found(self, place: int, end: int) -> list[list[str]]:
        """Return the IRIs found for each object of a search, objects being joined by commas."""
        words, lists = self.named, []
        while True:
            bracket = words.at(place) == "("
            constant = constant_at(words, place + bracket)
            if constant is None:
                raise _wrong("ต้องการข้อความคงที่ในอัญประกาศ", "it needs a constant string")
            text, place = constant
            limit = DEFAULT
            if bracket:
                if words.is_kind(place, NUMBER):
                    limit = _limit(words.at(place))
                    place += 1
                if words.at(place) != ")":
                    raise _wrong(
                        "ในวงเล็บมีข้อความและจำนวนเท่านั้น", "brackets hold a text and a number only"
                    )
                place += 1
            lists.append([iri for iri, _ in self.searches.of(SEARCH, text)[:limit]])
            if place >= end:
                return lists
            if words.at(place) != ",":
                raise _wrong("ข้อความตามด้วยสิ่งที่ใช้ไม่ได้", f"{words.at(place)} cannot follow its text")
            place += 1


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST:
        raise _wrong(
            f"จำนวนต้องเป็นจำนวนเต็ม 1 ถึง {MOST}", f"its number must be an integer from 1 to {MOST}"
        )
    return int(text)


def _wrong(th: str, en: str) -> QueryError:
    return QueryError(f"m:search {th} เขียน {_FORM}", f"m:search: {en}; write {_FORM_EN}")
