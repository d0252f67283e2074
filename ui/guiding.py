"""The command ``mattra guide``: a checklist of what applies to the work chosen."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import InputError

if TYPE_CHECKING:
    from qa.guide import Checklist
    from qa.guide.model import Offer

ENDINGS = (".html", ".docx")


@click.command()
@click.option("--agency", default="", help="ชนิดหน่วยงาน เช่น local (kind of agency)")
@click.option("--activity", multiple=True, help="งานที่จะทำ เช่น e-payment (what you will do)")
@click.option("--data", multiple=True, help="ชนิดข้อมูล เช่น people (whose data)")
@click.option("--channel", multiple=True, help="ช่องทาง เช่น website (by which channel)")
@click.option("--day", default="", help="วันที่ เช่น 2026-01-31 หรือ '31 ม.ค. 2569' ไม่ใส่คือวันนี้ (the day)")
@click.option("--describe", default="", help="คำบรรยายงาน ใช้เติมตัวเลือก (the work in words)")
@click.option("--choices", is_flag=True, help="รายชื่อตัวเลือก (list what may be chosen)")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="เอกสาร .html หรือ .docx (a document to attach to a memo)",
)
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON (print JSON)")
def guide(
    agency: str,
    activity: tuple[str, ...],
    data: tuple[str, ...],
    channel: tuple[str, ...],
    day: str,
    describe: str,
    choices: bool,
    language: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """รายการตรวจสอบมาตรฐานและมาตราที่ใช้กับงานที่เลือก (a checklist for the work chosen)."""
    from qa.guide import Asked
    from qa.service import Service
    from qa.text import MAX_QUESTION

    if out is not None and out.suffix.lower() not in ENDINGS:
        raise InputError(
            f"ไม่รู้รูปแบบจากชื่อ {out.name} ตั้งชื่อให้ลงท้ายด้วย .html หรือ .docx",
            f"the name {out.name} tells no format; let it end in .html or .docx",
        )
    if len(describe) > MAX_QUESTION:
        raise InputError(
            f"คำบรรยายยาวเกิน {MAX_QUESTION:,} ตัวอักษร",
            f"the description is above {MAX_QUESTION:,} characters",
        )
    service = Service()
    if choices:
        offer = service.guide_choices()
        click.echo(_json(offer.to_dict()) if as_json else _choices_text(offer, language))
        return
    found = service.guide(Asked(agency, activity, data, channel, day, describe))
    if out is not None:
        _write(found, out, language)
    if out is None or as_json:
        click.echo(_json(found.to_dict()) if as_json else checklist_text(found, language))
    sys.exit(0 if found.items else 1)


def checklist_text(found: "Checklist", language: str) -> str:
    """Return a checklist as lines for a terminal."""
    from graph.thai import date_text
    from qa.guide.model import GROUPS
    from ui.guide.words import words

    say = words(language)
    counts = {key.replace("-", "_"): number for key, number in found.counts.items()}
    day = date_text(found.day, language)
    lines = [say("summary", day=day, all=len(found.items), **counts)]
    lines += [getattr(note, language) for note in found.notes]
    for group in GROUPS:
        if items := found.in_group(group):
            lines += ["", f"{say(group)} ({len(items)})"]
        for item in items:
            since = date_text(item.begins, language)
            begins = f" · {say(f'begins-{item.begins_as}', day=since)}" if since else ""
            lines.append(f"[ ] {item.label} {item.heading}".rstrip())
            lines.append(f"    {item.ref} · {say(f'state-{item.state}')}{begins}")
            lines += [f"    ! {getattr(check, language)}" for check in item.checks]
            for task in item.tasks:
                condition = f"({say('if', actor=getattr(task.actor, language))}) "
                lines.append(f"    - {condition if task.whose == 'capacity' else ''}{task.text.th}")
    return "\n".join([*lines, "", say("ours"), f"?tab=guide&{found.query}"])


def _choices_text(offer: "Offer", language: str) -> str:
    lines = []
    for option, listed in (("--agency", offer.agencies), ("--activity", offer.activities),
                           ("--data", offer.data), ("--channel", offer.channels)):  # fmt: skip
        lines.append(option)
        lines += [f"  {o.value:<26} {o.label_en if language == 'en' else o.label}" for o in listed]
    return "\n".join(lines)


def _write(found: "Checklist", out: Path, language: str) -> None:
    if out.suffix.lower() == ".docx":
        from ui.guide.docx import document_docx

        content = document_docx(found, language)
    else:
        from ui.guide.html import document_html

        content = document_html(found, language).encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"เขียน {out} ไม่ได้ ({error.strerror}) เลือกที่อื่น", f"cannot write {out}: {error.strerror}"
        ) from error
    click.echo(f"{out}: {len(content):,} bytes", err=True)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
