"""Cutting the lines of a law into its parts.

Sections follow one another in number; a line that begins with «มาตรา ๒๔ หรือ …» in the middle of
a wrapped paragraph is a citation, which the order of numbers tells.
"""

import re
from typing import Final

from ingest.law.parts import ITEM, Parts, Section

_NUMBER: Final = r"(\d+(?:/\d+)?)(?:\s*(ทวิ|ตรี|จัตวา))?"
_SECTION: Final = re.compile(
    rf"^\s*(มาตรา|ข้อ)\s*{_NUMBER}\s*(?:\[\d+\]\s*)?(?=\s|$|[.)“])\.?\s*(.*)$"
)
_DIVISION: Final = re.compile(r"^\s*(ภาค|ลักษณะ|หมวด|ส่วน(?:ที่)?)\s*(\d+(?:/\d+)?)\s*(.{0,120})$")
_TRANSITION: Final = re.compile(r"^\s*(บทเฉพาะกาล|บททั่วไป)\s*$")
_CLOSING: Final = re.compile(r"^\s*(?:ผู้รับสนองพระ|ประกาศ\s*ณ\s*วันที่|ให้ไว้\s*ณ\s*วันที่)")
_REMARKS: Final = re.compile(r"^\s*\*?(?:หมายเหตุ\s*:|อัตราค่าธรรมเนียม\s*$|บัญชีท้าย)")
_FOOTNOTE: Final = re.compile(r"^\s*\[\d+\]\s")
_MARK: Final = re.compile(r"\s*\[\d+\]")
_TITLE: Final = re.compile(
    r"^\s*(?:พระราชบัญญัติ|พระราชกฤษฎีกา|พระราชกำหนด|กฎกระทรวง|ระเบียบ|ข้อบังคับ|ประกาศ|คำสั่ง|ข้อบัญญัติ)"
)
_BIS: Final = {"ทวิ": "bis", "ตรี": "ter", "จัตวา": "quater"}
SKIPPED: Final = 3
"""So many repealed numbers may be left out between two sections."""


def cut(lines: list[str]) -> Parts:
    """Cut the lines of a document (digits already Arabic) into the parts of an act."""
    parts = Parts()
    starts = _section_starts(lines)
    first = min(starts, default=len(lines))
    parts.title, parts.preamble = _head([line for line in lines[:first] if not _heading(line)])
    open_section: tuple[int, str, str, list[str]] | None = None
    division, waiting, after = "", False, ""
    for index, line in enumerate(lines):
        text = _MARK.sub("", line).strip()
        if index < first and not _heading(line):
            continue
        if not text or _FOOTNOTE.match(line):
            if _FOOTNOTE.match(line):
                parts.footnotes.append(line.strip())
            continue
        if index in starts:
            _close(parts, open_section, division, index)
            number, label, rest = starts[index]
            open_section, waiting, after = (
                (index + 1, number, label, [rest] if rest else []),
                False,
                "",
            )
        elif after or _REMARKS.match(line) or (_CLOSING.match(line) and open_section):
            if not after:
                _close(parts, open_section, division, index)
                open_section = None
            after = "remarks" if _REMARKS.match(line) or after == "remarks" else "closing"
            (parts.remarks if after == "remarks" else parts.closing).append(text)
        elif heading := _heading(line):
            _close(parts, open_section, division, index)
            open_section, division, waiting = None, heading, True
            parts.divisions.append(division)
        elif waiting and open_section is None:
            # The name of a division stands on the line after its number.
            division = parts.divisions[-1] = f"{division} {text}".strip()
            waiting = False
        elif open_section:
            _append(open_section[3], text)
    _close(parts, open_section, division, len(lines))
    return parts


def _heading(line: str) -> str:
    text = _MARK.sub("", line).strip()
    match = _DIVISION.match(text)
    if match and not re.search(r"มาตรา|วรรค|ให้|ตาม|แห่ง", match[3]):
        return text
    return text if _TRANSITION.match(text) else ""


def _section_starts(lines: list[str]) -> dict[int, tuple[str, str, str]]:
    """Return the lines on which sections begin: number, label and the rest of the line."""
    found: list[tuple[int, tuple[int, int], str, str, str]] = []
    for index, line in enumerate(lines):
        if match := _SECTION.match(line):
            label, number, bis, rest = match.groups()
            main, _, inserted = number.partition("/")
            rank = (int(main), int(inserted or 0) + (_rank_of(bis) if bis else 0))
            found.append(
                (index, rank, number + (f" {_BIS[bis]}" if bis else ""), label, _MARK.sub("", rest))
            )
    label = found[0][3] if found else ""
    starts: dict[int, tuple[str, str, str]] = {}
    last = (0, 0)
    for place, (index, rank, number, its, rest) in enumerate(found):
        if its != label or not _follows(rank, last):
            continue
        if rank[0] > last[0] + 1 and any(
            _next(r, last) for _, r, _, lab, _ in found[place + 1 :] if lab == label
        ):
            continue
        starts[index] = (number, its, rest)
        last = rank
    return starts


def _rank_of(bis: str) -> int:
    return 2 + list(_BIS).index(bis)


def _next(rank: tuple[int, int], last: tuple[int, int]) -> bool:
    return rank == (last[0] + 1, 0)


def _follows(rank: tuple[int, int], last: tuple[int, int]) -> bool:
    if rank[0] == last[0]:
        return rank[1] > last[1]
    return last[0] < rank[0] <= last[0] + 1 + SKIPPED


def _close(
    parts: Parts, section: tuple[int, str, str, list[str]] | None, division: str, end: int
) -> None:
    if section is None:
        return
    start, number, label, lines = section
    position = f"บรรทัด {start}" if end <= start else f"บรรทัด {start}-{end}"
    parts.sections.append(Section(number, label, "\n".join(lines), division, position))


def _append(lines: list[str], text: str) -> None:
    """Add a line; what a narrow page wrapped is joined to the line before."""
    wrapped = lines and not ITEM.match(text) and not text.startswith("“") and _wrapped(lines[-1])
    if wrapped:
        joint = " " if re.search(r"[\d)ฯ.]$", lines[-1]) else ""
        lines[-1] += joint + text
    else:
        lines.append(text)


def _wrapped(line: str) -> bool:
    # A line of a gazette page holds 60 to 110 characters; a paragraph's last one mostly fewer,
    # and one saved from the web far more.
    last = line.rsplit("\n", 1)[-1]
    return 60 <= len(last) % 10_000 <= 118 and not re.search(r"(?:ดังต่อไปนี้|ดังนี้)$", last)


def _head(lines: list[str]) -> tuple[str, list[str]]:
    """Return the title, which may run over lines, and the preamble after it."""
    stripped = [_MARK.sub("", line).strip() for line in lines]
    start = next((i for i, line in enumerate(stripped) if _TITLE.match(line)), None)
    if start is None:
        return "", [line for line in stripped if line]
    title: list[str] = []
    for index in range(start, min(start + 12, len(stripped))):
        if stripped[index]:
            title.append(stripped[index])
        if re.search(r"พ\.\s*ศ\.\s*\d{4}", stripped[index]) or len(" ".join(title)) > 300:
            break
    else:
        title, index = [stripped[start]], start
    return " ".join(title), [line for line in stripped[index + 1 :] if line]
