"""The command ``mattra compare``: two versions of a standard, law or section."""

import json
import sys

import click


@click.command()
@click.argument("name", metavar="REF")
@click.option("--before", default="", help="ฉบับก่อน ถ้าไม่ระบุคือฉบับที่ถูกแทน (the earlier version)")
@click.option("--all", "whole", is_flag=True, help="ส่วนที่เหมือนกันด้วย (also what is the same)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON (print JSON)")
def compare(name: str, before: str, whole: bool, as_json: bool) -> None:
    """เทียบสองฉบับ: [-ตัดออก-] {+เพิ่ม+} (two versions; exit code 1 where nothing differs)."""
    from qa.service import Service
    from ui.show import versions_text

    found = Service().compare(name, before)
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(versions_text(found, whole))
    sys.exit(0 if found.differ else 1)
