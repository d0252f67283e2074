"""A class diagram as inline SVG: boxes in columns by depth, lines to what they are kinds of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from ui.html import local_path
from ui.linked.terms import Box

_WIDTH: Final = 300
_GAP_X: Final = 60
_GAP_Y: Final = 14
_LINE: Final = 19
_HEAD: Final = 42
_MOST_ROWS: Final = 12
_MARGIN: Final = 12


@dataclass(frozen=True)
class _Placed:
    box: Box
    x: int
    y: int

    @property
    def height(self) -> int:
        return _height(self.box)


def _height(box: Box) -> int:
    shown = min(len(box.rows), _MOST_ROWS) + (len(box.rows) > _MOST_ROWS)
    return _HEAD + (_LINE * shown + 8 if shown else 0)


def class_diagram(boxes: list[Box], title: str) -> Markup:
    """Return classes as a diagram: superclasses to the left, relations inside each box.

    Each name leads to its description on the page.

    :param title: what the diagram shows, for readers who do not see it.
    """
    everything = _with_parents(boxes)
    placed, height = _place(everything)
    width = max((p.x for p in placed.values()), default=0) + _WIDTH + _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}" '
        'font-family="Sarabun, sans-serif" font-size="13">',
        '<defs><marker id="kind" viewBox="0 0 12 12" refX="12" refY="6" markerWidth="12" '
        'markerHeight="12" orient="auto"><path d="M0 0 L12 6 L0 12 z" fill="#fff" '
        'stroke="#52606d"/></marker></defs>',
        *_lines(placed),
        *(part for p in placed.values() for part in _drawn(p)),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it was escaped


def _with_parents(boxes: list[Box]) -> dict[str, Box]:
    """Return the boxes by name, those of other vocabularies that they are kinds of first."""
    own = {box.curie: box for box in boxes}
    outer = sorted({parent for box in boxes for parent in box.parents} - own.keys())
    return {name: Box(name, "", "", []) for name in outer} | own


def _place(boxes: dict[str, Box]) -> tuple[dict[str, _Placed], int]:
    placed: dict[str, _Placed] = {}
    bottoms: dict[int, int] = {}

    def put(name: str, column: int, top: int) -> int:
        """Place a box and what is below it; return where the next may begin."""
        box = boxes[name]
        y = max(top, bottoms.get(column, _MARGIN))
        placed[name] = _Placed(box, _MARGIN + column * (_WIDTH + _GAP_X), y)
        bottoms[column] = y + _height(box) + _GAP_Y
        below = y
        for child, about in boxes.items():
            if child not in placed and about.parents[:1] == [name]:
                below = put(child, column + 1, below)
        return max(bottoms[column], below)

    roots = [name for name, box in boxes.items() if not box.parents]
    roots.sort(key=lambda name: not any(box.parents[:1] == [name] for box in boxes.values()))
    top = _MARGIN
    for name in roots:
        top = put(name, 0, top)
    for name in boxes:
        if name not in placed:
            top = put(name, 0, top)
    return placed, max((p.y + p.height for p in placed.values()), default=0) + _MARGIN


def _lines(placed: dict[str, _Placed]) -> Iterator[str]:
    for child in placed.values():
        for name in child.box.parents:
            parent = placed.get(name)
            if parent is None or parent is child:
                continue
            x1, y1 = child.x, child.y + _HEAD // 2
            x2, y2 = parent.x + _WIDTH, parent.y + _HEAD // 2
            bend = x2 + _GAP_X // 2 if x2 < x1 else x1 - 20
            yield (
                f'<path d="M{x1} {y1} H{bend} V{y2} H{x2}" fill="none" stroke="#52606d" '
                'marker-end="url(#kind)"/>'
            )


def _drawn(placed: _Placed) -> Iterator[str]:
    box, x, y = placed.box, placed.x, placed.y
    fill = "#e1ecf7" if box.href else "#f0f2f4"
    yield (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{placed.height}" rx="4" fill="#fff" '
        'stroke="#52606d"/>'
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEAD}" rx="4" fill="{fill}" '
        'stroke="#52606d"/>'
    )
    yield from _linked(box.href, x + 8, y + 18, box.curie, bold=True)
    if box.label:
        yield f'<text x="{x + 8}" y="{y + 35}" fill="#52606d">{escape(_cut(box.label))}</text>'
    for place, (name, kind, href) in enumerate(box.rows[:_MOST_ROWS]):
        line = y + _HEAD + 17 + place * _LINE
        yield from _linked(href, x + 8, line, _cut(f"{name} → {kind}"))
    if (more := len(box.rows) - _MOST_ROWS) > 0:
        line = y + _HEAD + 17 + _MOST_ROWS * _LINE
        yield from _linked(box.href, x + 8, line, f"… อีก {more} ({more} more)")


def _linked(href: str, x: int, y: int, text: str, bold: bool = False) -> Iterable[str]:
    weight = ' font-weight="600"' if bold else ""
    colour = "#0b4f8a" if href else "#1f2933"
    shown = f'<text x="{x}" y="{y}"{weight} fill="{colour}">{escape(text)}</text>'
    yield f'<a href="{escape(local_path(href))}">{shown}</a>' if href else shown


def _cut(text: str) -> str:
    return text if len(text) <= 44 else text[:43] + "…"
