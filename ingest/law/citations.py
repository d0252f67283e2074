"""The places that a section refers to, in its own law and in others."""

import re
from dataclasses import dataclass
from typing import Final

from ingest.law.parts import LETTERS

_SEC: Final = re.compile(r"(มาตรา|ข้อ)\s*(\d+(?:/\d+)?)")
_TAIL: Final = re.compile(
    r"[ \t]*(?:(?P<par>วรรค(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ท้าย|แรก)"
    r"(?:(?:และ|หรือ)วรรค\w{2,4})*)"
    rf"|(?P<join>หรือ|และ|ถึง|,)?[ \t]*\((?P<item>\d{{1,2}}|[{LETTERS}])\))"
)
_JOINED: Final = re.compile(r"^[ \t]*(?:และ|หรือ|,|ถึง|กับ|รวมทั้ง)?[ \t]*$")
_CHAPTER: Final = re.compile(r"(?<!“)(?:หมวด|ส่วนที่)\s*(\d+(?:/\d+)?)")


@dataclass(frozen=True)
class Citation:
    """A place that a section refers to.

    :param law: ref of the other law, ``other`` for one that is not known, empty for this law.
    :param number: of the section, ``12/1`` for an inserted one; ``#หมวด 2`` for a chapter.
    :param item: ``4``, or ``5)(ก``; empty for the whole section.
    """

    law: str
    number: str
    item: str = ""

    def ref(self, own: str) -> str:
        """Return it as a ref, ``own`` being the law that cites."""
        law = self.law or own
        if law == "other":
            return f"other:{self.number}"
        if self.number.startswith("#"):
            return f"{law}{self.number}"
        return f"{law}/{self.number.replace('/', '-')}" + (f"({self.item})" if self.item else "")


@dataclass(frozen=True)
class Laws:
    """How citations without an act's name are read, and the names of acts.

    :param label: what this law's own sections are called, ``มาตรา`` or ``ข้อ``.
    :param last: the number of its last section: a higher one is another law's.
    :param enabling: ref of the act under which this instrument was made; empty for an act.
    :param names: name of a law, as a text may write it, to its ref.
    :param numbers: the numbers of its sections, in order, inserted ones among them.
    """

    label: str
    last: int
    enabling: str = ""
    names: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()

    def between(self, first: str, last: str) -> list[str]:
        """Return the numbers of the sections between two, without them."""
        if first in self.numbers and last in self.numbers:
            return list(self.numbers[self.numbers.index(first) + 1 : self.numbers.index(last)])
        if "/" in first or "/" in last:
            return []
        return [str(number) for number in range(int(first) + 1, int(last))]

    def named(self, text: str) -> str:
        """Return the ref of the law that a text begins with the name of, ``other`` if unknown."""
        packed = text.replace(" ", "")
        for name, ref in self.names:
            if packed.startswith(name):
                return ref
        return "other"


def citations_in(text: str, laws: Laws, own: str) -> list[Citation]:
    """Return the places that a text refers to, each once; ``own`` is the section's own number."""
    found: list[Citation] = []
    run: list[tuple[str, str, list[str]]] = []
    last_end = 0
    for match in [*_SEC.finditer(text), None]:
        between = text[last_end : match.start()] if match else ""
        if run and (match is None or not _JOINED.match(between)):
            found += _placed(run, text[last_end : last_end + 160], laws)
            run = []
        if match is None:
            break
        items, last_end = _items_after(text, match.end())
        if run and between.strip() == "ถึง" and run[-1][0] == match[1]:
            run += [(match[1], n, []) for n in laws.between(run[-1][1], match[2])]
        run.append((match[1], match[2], items))
    kept = [c for c in found if (c.law, c.number) != ("", own)]
    kept += [Citation("", f"#หมวด {m[1]}") for m in _CHAPTER.finditer(text)]
    return list(dict.fromkeys(kept))


def _items_after(text: str, place: int) -> tuple[list[str], int]:
    """Return the items that follow a section's number, and where they end."""
    items: list[str] = []
    outer = ""
    while match := _TAIL.match(text, place):
        place = match.end()
        if match["par"]:
            continue
        mark = match["item"]
        if match["join"] == "ถึง" and items:
            items += _range(items[-1], mark)
        if mark.isdigit():
            outer = mark
            items.append(mark)
        elif outer:
            if items and items[-1] == outer:
                items.pop()
            items.append(f"{outer})({mark}")
    return items, place


def _range(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, int(last))]
    return []


def _placed(run: list[tuple[str, str, list[str]]], after: str, laws: Laws) -> list[Citation]:
    """Give a run of citations to the law that is named after it, else to the nearest sense."""
    match = re.match(
        r"\s*(?:แห่ง|ของ|ใน)(?=พระราช|ประมวล|ประกาศ|กฎ|ระเบียบ|รัฐธรรมนูญ|ข้อบังคับ)\s*(.*)", after, re.S
    )
    placed: list[Citation] = []
    for label, num, items in run:
        if match and not re.match(
            r"(?:พระราชบัญญัติ|พระราชกฤษฎีกา|ประกาศ|กฎกระทรวง|ระเบียบ)นี้", match[1]
        ):
            law = laws.named(match[1])
        elif label != laws.label or int(num.split("/")[0]) > laws.last:
            law = laws.enabling or "other"
        else:
            law = ""
        placed += [Citation(law, num, item) for item in items] or [Citation(law, num)]
    return placed
