"""Things and the links between them: boxes in columns, a line from each to what it leads to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from ui.drawing.bars import cut

_WIDTH: Final = 216
_HEIGHT: Final = 50
_GAP_X: Final = 90
_GAP_Y: Final = 12
_MARGIN: Final = 10
_HEAD: Final = 22
_LONGEST: Final = 24
_LONGEST_LINK: Final = 15


@dataclass(frozen=True)
class Node:
    """A box: its name, where it leads, and its column from the left.

    :param column: by default found from the links: one more than what it is next to.
    :param mark: ``center`` for the one that the picture is about.
    """

    key: str
    label: str
    href: str = ""
    column: int | None = None
    mark: str = ""


@dataclass(frozen=True)
class Edge:
    """A link between two boxes, with what it says."""

    source: str
    target: str
    label: str = ""


def network(nodes: Sequence[Node], edges: Sequence[Edge], title: str) -> Markup:
    """Return boxes and links as a picture; a link to no box is left out.

    :param title: what is shown, for readers who do not see it.
    """
    columns = _columns(nodes, edges)
    places: dict[str, tuple[int, int]] = {}
    tallest = max((len(column) for column in columns), default=0)
    step = _HEIGHT + _GAP_Y
    for number, column in enumerate(columns):
        start = _HEAD + (tallest - len(column)) * step // 2
        for row, node in enumerate(column):
            places[node.key] = (_MARGIN + number * (_WIDTH + _GAP_X), start + row * step)
    width = _MARGIN * 2 + max(len(columns) * (_WIDTH + _GAP_X) - _GAP_X, _WIDTH) + 36
    height = _HEAD + _MARGIN + max(tallest * step - _GAP_Y, _HEIGHT)
    # The relation that most lines are is said once; only the others are named.
    said = Counter(edge.label for edge in edges if edge.label).most_common(1)
    top = said[0][0] if said else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="d-picture" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-label="{escape(title)}">'
        '<defs><marker id="d-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" '
        'markerHeight="8" orient="auto"><path class="d-head" d="M0 0 L10 5 L0 10 z"/></marker>'
        "</defs>",
        f'<text class="d-small" x="{_MARGIN}" y="14">→ {escape(top)}</text>' if top else "",
        *(part for edge in edges for part in _line(edge, places, named=edge.label != top)),
        *(part for node in nodes for part in _box(node, places[node.key])),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it was escaped


def _columns(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[list[Node]]:
    """Return the boxes by column: as they say, else by steps from the one with most links."""
    near: dict[str, list[str]] = {node.key: [] for node in nodes}
    for edge in edges:
        if edge.source in near and edge.target in near:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    depth = {node.key: node.column for node in nodes if node.column is not None}
    for start in sorted(near, key=lambda key: -len(near[key])):
        if start in depth:
            continue
        depth[start] = 0
        front = [start]
        while front:
            following = [n for key in front for n in dict.fromkeys(near[key]) if n not in depth]
            for key in front:
                for other in near[key]:
                    depth.setdefault(other, (depth[key] or 0) + 1)
            front = list(dict.fromkeys(following))
    used = sorted(set(depth.values()), key=lambda column: column or 0)
    return [[node for node in nodes if depth[node.key] == column] for column in used]


def _line(edge: Edge, places: dict[str, tuple[int, int]], named: bool) -> Iterator[str]:
    if edge.source not in places or edge.target not in places or edge.source == edge.target:
        return
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    y1, y2 = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
    if x1 == x2:
        out = x1 + _WIDTH
        path = f"M{out} {y1} C{out + 34} {y1} {out + 34} {y2} {out} {y2}"
        middle = out + 28
    else:
        x1, x2 = (x1 + _WIDTH, x2) if x1 < x2 else (x1, x2 + _WIDTH)
        middle = (x1 + x2) // 2
        path = f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"
    yield f'<path class="d-link" d="{path}" marker-end="url(#d-arrow)">'
    yield f"<title>{escape(edge.label)}</title></path>" if edge.label else "</path>"
    if named and edge.label and x1 != x2:
        yield (
            f'<text class="d-small" x="{middle}" y="{(y1 + y2) // 2 - 4}" text-anchor="middle">'
            f"{escape(cut(edge.label, _LONGEST_LINK))}</text>"
        )


def _box(node: Node, place: tuple[int, int]) -> Iterator[str]:
    x, y = place
    kind = "d-box d-center" if node.mark == "center" else "d-box"
    text = (
        f'<g><title>{escape(node.label)}</title><rect class="{kind}" x="{x}" y="{y}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" rx="4"/>'
        f"{_name(node, x + 9, y)}</g>"
    )
    yield f'<a href="{escape(node.href)}">{text}</a>' if node.href else text


def _name(node: Node, x: int, y: int) -> str:
    """Return a name on one line or two; of a long one its beginning and end."""
    kind = "d-name" if node.href else "d-text"
    first = cut(node.label, _LONGEST)
    if first == node.label:
        return f'<text class="{kind}" x="{x}" y="{y + 30}">{escape(first)}</text>'
    length = len(first.removesuffix("…"))
    space = node.label.rfind(" ", length // 2, length + 1)
    length = space if space > 0 else length
    first, rest = node.label[:length], node.label[length:].strip()
    second = rest if cut(rest, _LONGEST) == rest else "…" + cut(rest[::-1], _LONGEST - 1)[-2::-1]
    return (
        f'<text class="{kind}" x="{x}" y="{y + 21}">{escape(first)}</text>'
        f'<text class="{kind}" x="{x}" y="{y + 40}">{escape(second)}</text>'
    )
