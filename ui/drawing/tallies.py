"""Counts of different kinds as bars, each below its name: narrow enough for a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from ui.drawing.bars import cut

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


def tallies(title: str, counted: Sequence[Bar], name: str) -> Markup:
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
        text=top + 15, label=cut(bar.label, _LONGEST), kind=escape(bar.kind), bar=top + 22,
        length=length, right=length + 7, number=top + 34, count=f"{bar.count:,}",
    )  # fmt: skip
