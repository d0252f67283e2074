"""Counts as a picture of bars: SVG made here, the same for the same counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

_WIDTH: Final = 340
_STEP: Final = 46
_COUNT: Final = 64
"""Room for the number to the right of a bar."""
_LONGEST: Final = 44


@dataclass(frozen=True)
class Bar:
    """One bar.

    :param kind: ends the class that colours it, such as ``violation``.
    """

    label: str
    count: int
    kind: str = "plain"


def bars(title: str, counted: Sequence[Bar], name: str) -> Markup:
    """Return a picture of counts; readers who do not see it get each in words.

    :param name: tells its ids from those of other pictures of the page.
    """
    most = max((bar.count for bar in counted), default=1) or 1
    height = max(_STEP * len(counted), 1)
    told = "; ".join(f"{bar.label}: {bar.count:,}" for bar in counted)
    head = Markup(
        '<svg class="m-bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="img" '
        'aria-labelledby="{n}-title {n}-desc"><title id="{n}-title">{title}</title>'
        '<desc id="{n}-desc">{told}</desc>'
    ).format(w=_WIDTH, h=height, n=name, title=title, told=told)
    drawn = (_drawn(bar, place * _STEP, most) for place, bar in enumerate(counted))
    return head + Markup("").join(drawn) + Markup("</svg>")


def _drawn(bar: Bar, top: int, most: int) -> Markup:
    length = max(2, round((_WIDTH - _COUNT) * bar.count / most)) if bar.count else 0
    return Markup(
        '<text x="0" y="{text}">{label}</text>'
        '<rect class="m-bar-{kind}" x="0" y="{bar}" width="{length}" height="14" rx="2"/>'
        '<text class="m-bar-count" x="{right}" y="{number}">{count}</text>'
    ).format(
        text=top + 15, label=_cut(bar.label), kind=escape(bar.kind), bar=top + 22, length=length,
        right=length + 7, number=top + 34, count=f"{bar.count:,}",
    )  # fmt: skip


def _cut(text: str) -> str:
    """Return a label that fits; Thai signs above and below a letter take no room.

    >>> _cut("a" * 50)[-3:]
    'aa…'
    """
    wide = [i for i, c in enumerate(text) if not "\u0e31" <= c <= "\u0e3a" or c in "\u0e32\u0e33"]
    wide = [i for i in wide if not "\u0e47" <= text[i] <= "\u0e4e"]
    if len(wide) <= _LONGEST:
        return text
    # Cut before a whole letter, never between it and its signs.
    starts = dict(pairwise(wide))
    return text[: starts[wide[_LONGEST - 2]]] + "…"
