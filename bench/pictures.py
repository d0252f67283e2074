"""``python -m bench.pictures``: a picture of each tab, wide and narrow, in docs/img/page.

A tab is opened by the address that fills it; one that has none is left out.
"""

import io
import sys
from pathlib import Path
from typing import Final
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser

from bench.browser import chromium, service

FOLDER: Final = Path(__file__).parent.parent / "docs" / "img" / "page"
WIDTHS: Final = {"wide": (1280, 900), "phone": (360, 740)}
SETTLING: Final = 2_500
"""Milliseconds after the first of a result for the rest, such as the editor of queries."""
MOST: Final = 200_000
"""Bytes of a picture."""
ADDRESSES: Final = {
    "ask": "/?tab=ask&q=" + quote("ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง"),
    "ask-en": "/en/?tab=ask&q=" + quote("มสพร. 6-5 ประกาศเมื่อไหร่ ใครลงนาม"),
    "browse": "/?tab=browse&kind=standard",
    "browse-thing": "/?tab=browse&ref=pdpa-2562/37",
    "sparql": "/?tab=sparql&example=27-counts-per-law",
    "guide": "/?tab=guide&q=" + quote("รับชำระค่าธรรมเนียมออนไลน์"),
    "check": "/?tab=check&sample=assessment",
    "tax": "/?tab=tax&use=vacant&value=10,000,000&year=2569&vacant_years=7",
}


def main() -> None:
    """Draw every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with service() as address, chromium() as browser:
        for name, path in ADDRESSES.items():
            for form, (width, height) in WIDTHS.items():
                picture = _taken(browser, address + path, width, height)
                file = FOLDER / f"{name}-{form}.png"
                file.write_bytes(picture)
                print(f"{file.name} {len(picture):,} bytes", file=sys.stderr)


def _taken(browser: Browser, address: str, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height}, locale="th-TH")
    page.goto(address)
    page.locator('.block[id$="-result"] .md > *').first.wait_for()
    # Never idle: a conversation keeps a connection open.
    page.wait_for_timeout(SETTLING)
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    page.close()
    small = io.BytesIO()
    taken.convert("RGB").quantize(64).save(small, "PNG", optimize=True)
    if small.tell() > MOST:
        raise SystemExit(f"the picture of {address} has {small.tell():,} bytes, above {MOST:,}")
    return small.getvalue()


if __name__ == "__main__":
    main()
