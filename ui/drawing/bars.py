"""Numbers with names as a bar chart."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

_ROW: Final = 30
_NAMES: Final = 250
_BARS: Final = 330
_FIGURES: Final = 90
_LONGEST: Final = 34


def bars(rows: Sequence[tuple[str, float]], title: str) -> Markup:
    """Return rows as horizontal bars from zero, those below zero to its left.

    :param rows: name and number.
    :param title: what is shown, for readers who do not see it.

    >>> "<title>กฎหมาย: 2</title>" in bars([("กฎหมาย", 2)], "จำนวน")
    True
    """
    low = min(0.0, *(number for _, number in rows)) if rows else 0.0
    high = max(0.0, *(number for _, number in rows)) if rows else 0.0
    scale = _BARS / ((high - low) or 1.0)
    zero = _NAMES - low * scale
    height, width = _ROW * len(rows) + 8, _NAMES + _BARS + _FIGURES
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="d-picture" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}">'
    ]
    for place, (name, number) in enumerate(rows):
        y = 4 + place * _ROW
        length = abs(number) * scale
        x = zero if number >= 0 else zero - length
        after = max(x + length, zero) + 6
        shown = f"{number:,.12g}"
        parts.append(
            f"<g><title>{escape(name)}: {shown}</title>"
            f'<text class="d-text" x="{_NAMES - 8}" y="{y + 19}" text-anchor="end">'
            f"{escape(cut(name, _LONGEST))}</text>"
            f'<rect class="d-bar" x="{x:.1f}" y="{y + 4}" width="{max(length, 1):.1f}" '
            f'height="{_ROW - 10}"/>'
            f'<text class="d-text" x="{after:.1f}" y="{y + 19}">{shown}</text></g>'
        )
    parts.append(
        f'<line class="d-line" x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{height}"/></svg>'
    )
    return Markup("".join(parts))  # noqa: S704 - every text in it was escaped


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many letters; marks above and below Thai letters take no room.

    >>> cut("ที่ดินและสิ่งปลูกสร้าง", 6)
    'ที่ดินและ…'
    """
    room = 0
    for place, letter in enumerate(text):
        room += unicodedata.category(letter) != "Mn"
        if room > longest:
            return text[:place].rstrip() + "…"
    return text
