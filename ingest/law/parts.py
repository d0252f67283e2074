"""The parts of a Thai act or instrument: preamble, divisions, sections, items, remarks."""

import re
from dataclasses import dataclass, field
from typing import Final

ITEM: Final = re.compile(r"(?:(?<=\s)|^)\((\d{1,2}|[ก-ฮ])\)\s+")
_ITEM_LINE: Final = re.compile(r"^[ \t]*\((\d{1,2}|[ก-ฮ])\)[ \t]+", re.M)
_CITED: Final = re.compile(r"(?:\d|\)|หรือ|และ|ถึง|วรรค\S{2,6}|ตาม|ใน|ความ|ของ)\s*$")
LETTERS: Final = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


@dataclass(frozen=True)
class Item:
    """A numbered item of a section: ``4``, or ``5)(ก`` for (ก) under (5)."""

    number: str
    text: str


@dataclass(frozen=True)
class Section:
    """A section, its text without headings, marks and wrapped lines.

    :param position: where it stands: ``บรรทัด 120-134`` or, in JSON, ``sections[36]``.
    """

    number: str
    label: str
    text: str
    division: str
    position: str

    @property
    def key(self) -> str:
        """The number as refs write it: ``12-1`` for มาตรา 12/1."""
        return self.number.replace("/", "-").replace(" ", "-")

    @property
    def items(self) -> list[Item]:
        """The numbered items, in order, the first of each number only."""
        return _items(self.text)


@dataclass
class Parts:
    """An act cut into parts; ``divisions`` are the headings in order."""

    title: str = ""
    preamble: list[str] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)


def _items(text: str) -> list[Item]:
    """Return the items of the first numbered list, with the lettered ones under each."""
    # Where lists stand on lines of their own, a mark inside a line is part of a citation.
    marks = list(_ITEM_LINE.finditer(text))
    if not any(mark[1] == "1" for mark in marks):
        marks = [m for m in ITEM.finditer(text) if not _CITED.search(text[: m.start()])]
    found: list[tuple[str, int, int]] = []
    outer, expected, letters = "", 1, 0
    for match in marks:
        mark = match[1]
        if mark.isdigit() and int(mark) == expected:
            outer, expected, letters = mark, expected + 1, 0
            found.append((mark, match.end(), match.start()))
        elif outer and LETTERS.find(mark) == letters:
            letters += 1
            found.append((f"{outer})({mark}", match.end(), match.start()))
        elif mark == "1" and expected > 1:
            # A second list in the section: its numbers are not told apart by refs.
            break
    ends = [start for _, _, start in found[1:]]
    ends += [text.find("\n", found[-1][1])] if found else []
    return [
        Item(number, text[start : end if end > 0 else len(text)].strip())
        for (number, start, _), end in zip(found, ends, strict=True)
    ]
