"""The commands that write out what is kept here: the graph, and what users said of answers."""

import json
import sys
from pathlib import Path

import click

from graph.errors import InputError

FORMS = ("nq", "trig", "ttl", "nt")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="ไม่ระบุ: ตามชื่อไฟล์ หรือ nq (by the file's name, else nq)",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="ไฟล์ปลายทาง ลงท้าย .gz เพื่อบีบอัด (a file; .gz compresses)",
)
def dump(form: str | None, out: Path | None) -> None:
    """ส่งออกทั้งกราฟเป็น RDF (the whole graph as RDF; a file is written whole or not at all)."""
    from graph.dump import save_dump, stream
    from qa.service import shared_store

    chosen = form or _by_name(out)
    store = shared_store()
    if out is not None:
        size = save_dump(store, chosen, out)
        click.echo(f"{out}: {size:,} bytes", err=True)
        return
    for block in stream(store, chosen):
        sys.stdout.buffer.write(block)
    sys.stdout.buffer.flush()


def _by_name(out: Path | None) -> str:
    if out is None:
        return "nq"
    ending = out.name.removesuffix(".gz").rpartition(".")[2]
    if ending not in FORMS:
        known = ", ".join(FORMS)
        raise InputError(
            f"ไม่รู้รูปแบบจากชื่อ {out.name} ใส่ --format ({known}) หรือตั้งชื่อไฟล์ให้ลงท้ายด้วยรูปแบบ",
            f"the name {out.name} tells no format; give --format ({known}) or such an ending",
        )
    return ending


@click.command("feedback")
@click.option(
    "--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True
)
def feedback(form: str) -> None:
    """ความเห็นของผู้ใช้ต่อคำตอบ ที่เก็บไว้ในเครื่องนี้ (what users thought of answers, kept here)."""
    from ui.feedback import as_csv, lines

    if form == "csv":
        click.echo(as_csv(), nl=False)
        return
    for line in lines():
        click.echo(json.dumps(line, ensure_ascii=False))
