"""What one page says: the standards it is about, hearings, approvals and announcements."""

import re
from dataclasses import dataclass, field
from typing import Final

from ingest.page_parts import ListedDocument, PagePart
from ingest.thai_dates import DAY, find_date, find_range, find_times

FAMILIES: Final = {"มสพร": "mspr", "มรด": "mrd"}
_NUMBER: Final = re.compile(
    r"(มสพร|มรด)\.?\s*(\d{1,2})(?:-(\d{1,2})(?!\d))?(?:\s*[:_-]\s*(25\d\d)|\s+(25\d\d))?"
)
_DRAFT: Final = re.compile(
    r"\(ร่าง\)\s*(มสพร|มรด)\.?\s*[xX]\s*[-–:]\s*256[xX]\s*(มาตรฐาน.+?)"
    r"(?=\s+โดย|\s+ซึ่ง|\s+ฉบับ|\s+กล่าวถึง|\n|$)"
)
_PART: Final = re.compile(
    r"ส่วนที่\s*(\d+)\s*เรื่อง\s*([^()]+?)\s*\((มสพร|มรด)\.?\s*([\d-]+)\s*:\s*(25\d\d)\)\s*(\S*)"
)
_THIS_PART: Final = re.compile(r"ส่วนที่\s*(\d+)\s*นี้")
_HEADING: Final = re.compile(r"^(มาตร\S*สำนักงาน\S*.*?)\s*\((มสพร|มรด)\.?\s*(\d*)\)", re.MULTILINE)
_HEARING: Final = re.compile(r"ระหว่าง\s*(?:วันที่)?\s*[^\n]{5,60}?25\d\d")
_MEETING: Final = re.compile(
    rf"(?:ประชุม|งาน)[^\n]{{0,90}}?วัน(?:\S*?ที่)?\s*{DAY}\s*(?:เวลา[^\n]{{0,25}}?น\.)?"
)
_SIGNED: Final = re.compile(
    rf"เมื่อวันที่\s*{DAY}\s+(?:นาย|นาง|นางสาว)\S+\s+\S+\s+(.+?)\s*ได้ลงนามใน\S*?ประกาศ(.+?)"
    r"\s*เลขที่\s*(\S*\s*\d+/25\d\d)"
)
_RESOLVED: Final = re.compile(rf"(คณะ\S+?)\s*(?:เห็นชอบใน\S*?|เมื่อ)\s*วันที่\s*{DAY}([^\n]{{0,40}})")
_FILE_NOTICE: Final = re.compile(r"ประกาศ[-\s]*สพร\.?[-\s]*(\d+)[-/](25\d\d)")


@dataclass(frozen=True)
class PageEvent:
    """A dated event: ``hearing``, ``approval`` or ``announcement``; ISO dates, clock as HH:MM."""

    kind: str
    lines: tuple[int, int]
    start: str = ""
    end: str = ""
    meeting: str = ""
    times: tuple[str, str] | None = None
    channel: str = ""
    number: str = ""
    body: str = ""
    office: str = ""


@dataclass
class PageStandard:
    """A standard that a page is about.

    :param stem: its number as a ref without year (``mspr-6-5``), empty for an unnumbered draft.
    :param year: Buddhist year of its number, empty where none is given.
    """

    stem: str
    year: str
    title: str
    draft: bool
    lines: tuple[int, int]
    part_of: str = ""
    events: list[PageEvent] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells it from others: its number, or the title of a draft."""
        return self.stem or re.sub(r"\W", "", self.title)


def facts(page: PagePart) -> list[PageStandard]:
    """Return the standards that a page is about, the main one first; none for noise."""
    found = _parts(page) or _draft(page) or _this_part(page) or _whole(page)
    if not found:
        return []
    announced, hearing = _announcements(page), _hearing(page)
    for standard in found:
        standard.events += [event for stems, event in announced if standard.stem in stems]
    main = found[0]
    main.events += [*hearing, *_approvals(page)]
    if len(found) == 1:
        main.events += [e for stems, e in announced if not stems]
    for document in page.documents:
        owner = next((s for s in found if s.stem in numbers_in(document.title)), main)
        owner.documents.append(document)
    return found


def numbers_in(text: str) -> list[str]:
    """Return the standard numbers that a text names, as refs without year.

    >>> numbers_in("มสพร. 6-1 : 2566 ถึง มสพร. 6-2 : 2566")
    ['mspr-6-1', 'mspr-6-2']
    """
    return [
        "-".join([FAMILIES[m[1]], m[2], *([m[3]] if m[3] else [])]) for m in _NUMBER.finditer(text)
    ]


def _draft(page: PagePart) -> list[PageStandard]:
    match = _DRAFT.search(page.text)
    if not match:
        return []
    return [PageStandard("", "", match[2].strip(), True, page.lines_of(*match.span()))]


def _this_part(page: PagePart) -> list[PageStandard]:
    """Return the part of a numbered family that a hearing page is about."""
    match, family = _THIS_PART.search(page.text), re.search(r"\((มสพร|มรด)\.?\s*(\d+)\)", page.text)
    if not match or not family or not _hearing(page):
        return []
    stem = f"{FAMILIES[family[1]]}-{family[2]}"
    title = next(
        (re.split(r"เรื่อง\s*", d.title, maxsplit=1)[1] for d in page.documents if "เรื่อง" in d.title),
        "",
    )
    return [PageStandard(f"{stem}-{match[1]}", "", title, True, page.lines_of(*match.span()), stem)]


def _parts(page: PagePart) -> list[PageStandard]:
    """Return a family and the parts that its page describes, each in a line of its own."""
    heading = _HEADING.search(page.text)
    if not heading or not heading[3]:
        return []
    stem = f"{FAMILIES[heading[2]]}-{heading[3]}"
    title = re.sub(r"^มาตร(?=สำนักงาน)", "มาตรฐาน", heading[1])
    family = PageStandard(stem, "", title, False, page.lines_of(*heading.span()))
    parts = []
    for match in _PART.finditer(page.text):
        part = f"{FAMILIES[match[3]]}-{match[4]}"
        if page.text[: match.start()].rpartition("\n")[2].strip(" .0123456789"):
            continue
        parts.append(
            PageStandard(part, match[5], match[2], False, page.lines_of(*match.span()), stem)
        )
    return [family, *parts] if parts else []


def _whole(page: PagePart) -> list[PageStandard]:
    """Return the one standard of a page whose heading has a series but no number."""
    match = re.search(
        r"^มาตร\S*\s*\((มสพร|มรด)\.?\)\s*(ว่าด้วย.+?)(?=\s+ฉบับนี้|\n|$)", page.text, re.MULTILINE
    )
    if not match or not page.documents:
        return []
    numbers = [m for d in page.documents for m in _NUMBER.finditer(d.title)]
    stem = f"{FAMILIES[numbers[0][1]]}-{numbers[0][2]}" if numbers else ""
    year = (numbers[0][4] or numbers[0][5] or "") if numbers else ""
    return [PageStandard(stem, year, match[2], not numbers, page.lines_of(*match.span()))]


def _hearing(page: PagePart) -> list[PageEvent]:
    for match in _HEARING.finditer(page.text):
        paragraph_start = page.text.rfind("\n", 0, match.start()) + 1
        before = page.text[paragraph_start : match.start()]
        days = find_range(match[0])
        if not days or not re.search("ความ(?:คิด)?เห็น|ประชาพิจารณ์", before):
            continue
        meeting = _MEETING.search(page.text, match.end())
        day = find_date(meeting[0]) if meeting else None
        after = page.text[paragraph_start : meeting.end() if meeting else match.end()]
        named = re.findall(r"Microsoft (?:Forms|Teams)", after)
        channel = ", ".join(dict.fromkeys(named)) or ("ออนไลน์" if "ออนไลน์" in after else "")
        return [
            PageEvent(
                "hearing",
                page.lines_of(match.start(), meeting.end() if meeting else match.end()),
                days[0].isoformat(),
                days[1].isoformat(),
                day.isoformat() if day else "",
                find_times(meeting[0]) if meeting else None,
                channel,
            )
        ]
    return []


def _announcements(page: PagePart) -> list[tuple[list[str], PageEvent]]:
    """Return announcements, each with the numbers that the heading above it names."""
    found = []
    for match in _SIGNED.finditer(page.text):
        above = page.text[: match.start()].rstrip().splitlines()[-2:]
        stems = _spread(next((line for line in reversed(above) if numbers_in(line)), ""))
        day = find_date(match[0])
        found.append(
            (
                stems,
                PageEvent(
                    "announcement",
                    page.lines_of(*match.span()),
                    day.isoformat() if day else "",
                    number=re.sub(r"\s+", " ", match[6]),
                    body=match[5].strip(),
                    office=match[4].strip(),
                ),
            )
        )
    for document in page.documents:
        notice = _FILE_NOTICE.search(document.title)
        if notice and not found:
            event = PageEvent("announcement", document.lines, number=f"{notice[1]}/{notice[2]}")
            found.append(([], event))
    return found


def _spread(heading: str) -> list[str]:
    """Return the numbers of a heading, a span "6-1 … ถึง 6-4" filled in."""
    stems = numbers_in(heading)
    if len(stems) == 2 and "ถึง" in heading:
        stem, first = stems[0].rsplit("-", 1)
        return [f"{stem}-{n}" for n in range(int(first), int(stems[1].rsplit("-", 1)[1]) + 1)]
    return stems


def _approvals(page: PagePart) -> list[PageEvent]:
    found = []
    for match in _RESOLVED.finditer(page.text):
        if "เห็นชอบ" not in match[0]:
            continue
        day = find_date(match[0])
        event = PageEvent(
            "approval", page.lines_of(*match.span()), day.isoformat() if day else "", body=match[1]
        )
        found.append(event)
    return found
