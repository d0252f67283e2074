"""Saved pages of standards, read into facts: several pages run together, with their errors."""

import hashlib
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tqdm import tqdm

from ingest.page_facts import PageStandard, facts
from ingest.page_parts import PagePart, cut
from ingest.reading import read_bytes, read_text
from ingest.thai_dates import Mended


@dataclass(frozen=True)
class Unplaced:
    """Text that looked like a fact but belongs to nothing that was found."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class PageReading:
    """What a file of saved pages says.

    :param digest: the first 12 hex digits of the SHA-256 of the file's bytes.
    :param standards: the standards that its pages are about, merged over pages.
    """

    name: str
    digest: str
    standards: list[PageStandard]
    unplaced: list[Unplaced]
    mended: list[Mended]


def read_pages(path: Path) -> PageReading:
    """Read a dump of standards pages: plain text, HTML or PDF.

    :raises InputError: the file cannot be read (see :func:`ingest.reading.read_text`).
    """
    digest = hashlib.sha256(read_bytes(path)).hexdigest()[:12]
    pages, mended = cut(read_text(path))
    merged: dict[str, PageStandard] = {}
    unplaced: list[Unplaced] = []
    for page in tqdm(pages, desc="อ่านหน้า", unit="หน้า", delay=1):
        found = facts(page)
        if not found:
            unplaced += _left_over(page)
        unplaced += [Unplaced(line.number, line.text, "ไม่เห็นวันที่นำเข้า") for line in page.undated]
        for standard in found:
            mended += _merge(merged, standard)
    return PageReading(path.name, digest, list(merged.values()), unplaced, mended)


def _merge(merged: dict[str, PageStandard], new: PageStandard) -> list[Mended]:
    """Add what another page says of a standard; return its misspelt title, if it is one."""
    known = merged.setdefault(new.key, new)
    if known is new:
        return []
    for event in new.events:
        same = (event.kind, event.start, event.number)
        if same not in {(e.kind, e.start, e.number) for e in known.events}:
            known.events.append(event)
    titles = {(d.title, d.uploaded) for d in known.documents}
    known.documents += [d for d in new.documents if (d.title, d.uploaded) not in titles]
    known.draft = known.draft and new.draft
    known.year = known.year or new.year
    close = SequenceMatcher(None, known.title, new.title).ratio()
    if known.title == new.title or close < 0.8:
        return []
    return [Mended(new.lines[0], new.title, known.title)]


def _left_over(page: PagePart) -> list[Unplaced]:
    """Return what a page that named no standard has to be looked at."""
    if not page.documents:
        first = page.prose[0]
        return [Unplaced(first.number, first.text, "ข้อความตั้งแต่บรรทัดนี้ไม่กล่าวถึงมาตรฐานใด")]
    return [
        Unplaced(document.lines[0], document.title, "ไม่พบมาตรฐานที่หน้านี้กล่าวถึง")
        for document in page.documents
    ]
