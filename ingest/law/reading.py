"""A Thai act or instrument read from a file: plain text, HTML, PDF, DOCX or section-wise JSON."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tqdm import tqdm

from graph.errors import InputError
from graph.thai import ARABIC
from ingest.law.citations import Laws
from ingest.law.cutting import cut
from ingest.law.facts import Facts, read_facts, roles_defined
from ingest.law.gazette import Gazette, find_gazette, in_force_from
from ingest.law.json_form import sections_from_json
from ingest.law.mend import mend
from ingest.law.parts import Parts
from ingest.reading import read_bytes, read_text


@dataclass(frozen=True)
class LawReading:
    """What a file says of a law.

    :param digest: the first 12 hex digits of the SHA-256 of the file's bytes.
    :param in_force: the day that its own clause on entry into force gives, counted from the day
        of publication (the day of publication is the first of the days).
    :param facts: what was read from each section by rule, by the section's number.
    :param mended: how many typing defects were put right.
    """

    name: str
    digest: str
    parts: Parts
    gazette: Gazette | None
    in_force: date | None
    facts: dict[str, Facts]
    mended: int


def read_law(
    path: Path, known: tuple[tuple[str, str], ...] = (), actors: tuple[str, ...] = ()
) -> LawReading:
    """Read an act or instrument.

    :param known: names of laws as texts write them, without spaces, and their refs, longest first.
    :param actors: names of actors to look for, longest first.
    :raises InputError: the file cannot be read or holds no section.
    """
    digest = hashlib.sha256(read_bytes(path)).hexdigest()[:12]
    if path.suffix.lower() == ".json":
        parts, gazette, mended = sections_from_json(path)
    else:
        lines, mended = mend(read_text(path).translate(ARABIC).splitlines())
        parts, gazette = cut(lines), find_gazette(lines)
    if not parts.sections:
        raise InputError(
            f"ไม่พบ มาตรา 1 หรือ ข้อ 1 ขึ้นต้นบรรทัดใน {path.name} ตรวจว่าเป็นตัวบทกฎหมายทั้งฉบับ",
            f"no section 1 (มาตรา 1 or ข้อ 1) begins a line of {path.name}; give the whole law",
        )
    laws = Laws(
        label=parts.sections[0].label,
        last=max(int(re.match(r"\d+", s.number)[0]) for s in parts.sections),  # type: ignore[index]
        enabling=_enabling(parts, known),
        names=known,
        numbers=tuple(section.number for section in parts.sections),
    )
    actors = tuple(sorted({*actors, *roles_defined(parts)}, key=lambda name: -len(name)))
    facts = {
        section.number: read_facts(section.text, laws, section.number, actors)
        for section in tqdm(parts.sections, desc="อ่านมาตรา", unit="มาตรา", delay=1)
    }
    return LawReading(
        path.name, digest, parts, gazette, in_force_from(parts.sections, gazette), facts, mended
    )


def _enabling(parts: Parts, known: tuple[tuple[str, str], ...]) -> str:
    """Return the ref of the act that the preamble names as the one it is made under."""
    text = " ".join(parts.preamble).replace(" ", "")
    for match in re.finditer(r"แห่ง(?=พระราชบัญญัติ)", text):
        for name, ref in known:
            if text.startswith(name, match.end()):
                return ref
    return ""
