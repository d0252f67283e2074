"""Cutting a dump of pages into single pages, each with its prose and its list of documents."""

import re
from dataclasses import dataclass, field
from typing import Final

from ingest.thai_dates import Mended, mend, split_numeric_date

_TABLE: Final = re.compile(r"วันที่นำเข้า")
_SECTION_HEADS: Final = re.compile(r"^(ความเป็นมา|เอกสาร|รายการ|ไฟล์เอกสาร|ลิงก์)")


@dataclass(frozen=True)
class Line:
    """One line of the source, its number from 1, after mending."""

    number: int
    text: str


@dataclass(frozen=True)
class ListedDocument:
    """An entry of a page's list: what it is called, when it was put up, where it stands."""

    title: str
    uploaded: str
    lines: tuple[int, int]


@dataclass
class PagePart:
    """One page: prose lines in order, then the documents it lists."""

    prose: list[Line] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)
    undated: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The prose as one text, a line a line."""
        return "\n".join(line.text for line in self.prose)

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the source lines that a span of :attr:`text` covers."""
        offset, found = 0, []
        for line in self.prose:
            if offset <= end and start <= offset + len(line.text):
                found.append(line.number)
            offset += len(line.text) + 1
        return (found[0], found[-1]) if found else (0, 0)


def cut(text: str) -> tuple[list[PagePart], list[Mended]]:
    """Return the pages of a dump and what was mended.

    A page ends with its list of documents: what follows the list begins the next page. Text
    after the last list makes a page of its own, which may well be noise.
    """
    pages, mended = [PagePart()], []
    waiting: list[Line] = []
    in_table = False
    for number, raw in enumerate(text.splitlines(), 1):
        line = Line(number, re.sub(r"[ \t\u00a0]+", " ", mend(raw)).strip())
        if mend(raw) != raw and not re.search("[๐-๙]", raw):
            mended.append(Mended(number, raw.strip(), line.text))
        page = pages[-1]
        if in_table:
            in_table = _table_line(page, line, waiting)
            if in_table:
                continue
            page = PagePart()
            pages.append(page)
        if _TABLE.search(line.text):
            in_table = True
            waiting.clear()
        elif line.text:
            page.prose.append(line)
    pages[-1].undated.extend(waiting)
    return [page for page in pages if page.prose or page.documents], mended


def _table_line(page: PagePart, line: Line, waiting: list[Line]) -> bool:
    """Take one line of a list; tell whether the list goes on."""
    if not line.text:
        # A list of several blocks goes on after one empty line only while an entry is open.
        return bool(waiting) or not page.documents
    found = split_numeric_date(line.text)
    if found is None:
        over = bool(page.documents) and not waiting and not _opens_entry(line.text)
        if over or len(waiting) > 3:
            page.undated.extend(waiting)
            waiting.clear()
            return False
        waiting.append(line)
        return True
    title, day = found
    whole = " ".join([*(w.text for w in waiting), title]).strip()
    first = waiting[0].number if waiting else line.number
    if day is None:
        page.undated.append(Line(line.number, f"{whole} (วันที่เป็นไปไม่ได้: {line.text})"))
    page.documents.append(
        ListedDocument(whole, day.isoformat() if day else "", (first, line.number))
    )
    waiting.clear()
    return True


def _opens_entry(text: str) -> bool:
    """Tell whether an undated line looks like the beginning of an entry that wraps."""
    return bool(
        re.match(r"(\d+(\.\d+)?\s*[.)]?\s|ประกาศ|มาตรฐาน|เอกสาร|เครื่องมือ|ร่าง|\(ร่าง\))", text)
    ) and not (_SECTION_HEADS.match(text) or "(มสพร." in text)
