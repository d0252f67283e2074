"""A law given section by section in JSON, as official texts are passed between programs."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, Final

from graph.errors import InputError
from graph.thai import ARABIC
from ingest.law.gazette import Gazette
from ingest.law.mend import mend
from ingest.law.parts import Parts, Section
from ingest.reading import read_bytes

_STUCK: Final = re.compile(
    r"\s((?:หมวด|ส่วนที่)\s*\d+\s(?!และ|หรือ|ของ|แห่ง|มา|แล้ว|ให้)[ก-๙ ]{3,150}|บทเฉพาะกาล)$"
)


def sections_from_json(path: Path) -> tuple[Parts, Gazette | None, int]:
    """Read a law given section by section: ``{"sections": [{"number", "text"}]}``.

    :return: its parts, its Gazette reference, and how many typing defects were put right.
    :raises InputError: it is no such JSON.
    """
    try:
        data = json.loads(read_bytes(path).decode("utf-8-sig"))
        rows: list[dict[str, Any]] = data["sections"]
        sections = []
        mended, next_heading = 0, ""
        for index, row in enumerate(rows):
            raw = str(row.get("text_repaired") or row["text"])
            text, count = mend(raw.translate(ARABIC).splitlines())
            mended += count
            num = str(row["number"]).translate(ARABIC).strip()
            if not re.fullmatch(r"\d+(?:/\d+)?(?: \w+)?", num):
                raise ValueError(f"number {num!r}")
            label = str(row.get("label") or data.get("unit") or "มาตรา").split()[0]
            label = "ข้อ" if label.startswith("ข้อ") else "มาตรา"
            names = [str(row[key]) for key in ("chapter", "part") if row.get(key)]
            division = " ".join(names).translate(ARABIC) or next_heading
            body, stuck = _without_heading("\n".join(text))
            if "chapter" not in row:
                next_heading = stuck or next_heading
            sections.append(Section(num, label, body, division, f"sections[{index}]"))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputError(
            f"{path.name} ไม่ใช่ JSON ของกฎหมายรายมาตรา ต้องมี sections ที่แต่ละตัวมี number และ text",
            f"{path.name} is no law in JSON: sections must have number and text ({error})",
        ) from error
    parts = Parts(
        title=str(data.get("title_th", "")).translate(ARABIC),
        preamble=[str(line).translate(ARABIC) for line in data.get("preamble") or []],
        divisions=list(dict.fromkeys(s.division for s in sections if s.division)),
        sections=sections,
        closing=[str(line).translate(ARABIC) for line in data.get("closing") or []],
        remarks=[str(line).translate(ARABIC) for line in data.get("remarks") or []],
        footnotes=[str(line).translate(ARABIC) for line in _lines(data.get("footnotes"))],
    )
    its = data.get("gazette")
    gazette = None
    if isinstance(its, dict) and its.get("volume"):
        published = its.get("published")
        volume, part, page = (its.get(key, "") for key in ("volume", "part", "page"))
        gazette = Gazette(
            f"ราชกิจจานุเบกษา เล่ม {volume} ตอนที่ {part} หน้า {page}",
            date.fromisoformat(published) if published else None,
        )
    return parts, gazette, mended


def _lines(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else list(value or [])


def _without_heading(text: str) -> tuple[str, str]:
    """Return a section's text without the next division's heading stuck to its end, and that."""
    match = _STUCK.search(text)
    return (text[: match.start()].rstrip(), match[1]) if match else (text, "")
