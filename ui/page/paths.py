"""The path from what a question names to what applies, as a picture (SVG) of boxes and arrows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from graph.statements import Link
from qa.around import RELATIONS
from qa.draft import name_of_link
from qa.model import Edge
from qa.words import name_of
from ui.html import local_path
from ui.page.words import words

WIDTH: Final = 340
"""Units, as wide as the column beside an answer and as a telephone."""
MOST: Final = 12
"""Boxes that are drawn; a picture of more says nothing."""
_INDENT: Final = 22
_LINE: Final = 20
_GAP: Final = 26
_PAD: Final = 8
_LETTER: Final = 8.0
_MARKS: Final = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
"""Thai signs that stand above or below a letter and take no width."""


@dataclass(frozen=True)
class _Box:
    link: Link
    depth: int
    edge: Edge | None
    lines: list[str]

    @property
    def height(self) -> int:
        return _LINE * len(self.lines) + 2 * _PAD


def paths_picture(edges: Sequence[Edge], language: str) -> Markup:
    """Return edges as a picture, each thing below what leads to it; each box is a link.

    What a rule inferred is dashed and said to be so. The same edges give the same picture.

    :param language: of the labels and relations.
    """
    say = words(language)
    boxes = list(_boxes(edges, language))[:MOST]
    tops: list[int] = []
    bottom = 2
    for box in boxes:
        tops.append(bottom + (_GAP if box.edge else 6))
        bottom = tops[-1] + box.height
    title = say("ask.why")
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="m-paths" '
        f'viewBox="0 0 {WIDTH} {bottom + 4}" role="group"><title>{escape(title)}</title>'
        f"<desc>{escape(_told(edges, language))}</desc>",
        '<defs><marker id="m-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>',
    ]
    for place, box in enumerate(boxes):
        parent = _parent(boxes, place)
        if parent is not None:
            parts.append(_arrow(box, tops[place], tops[parent] + boxes[parent].height, language))
        parts.append(_drawn(box, tops[place]))
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - every text in it was escaped


def _boxes(edges: Sequence[Edge], language: str) -> Iterator[_Box]:
    """Yield the boxes, each after what leads to it; one that several lead to comes with each."""
    targets = {edge.object.ref for edge in edges}
    roots = {e.subject.ref: e.subject for e in edges if e.subject.ref not in targets}

    def below(link: Link, depth: int, edge: Edge | None, seen: frozenset[str]) -> Iterator[_Box]:
        room = WIDTH - depth * _INDENT - 2 * _PAD - 2
        yield _Box(link, depth, edge, wrapped(name_of_link(link, language), room))
        for each in edges:
            if each.subject.ref == link.ref and each.object.ref not in seen:
                yield from below(each.object, depth + 1, each, seen | {each.object.ref})

    for root in roots.values():
        yield from below(root, 0, None, frozenset({root.ref}))


def wrapped(text: str, room: float) -> list[str]:
    """Return a text in lines that fit, broken between words as Thai is; at most three.

    >>> wrapped("มาตรา 37 หน้าที่ของผู้ควบคุมข้อมูล", 120)
    ['มาตรา 37 หน้าที่', 'ของผู้ควบคุมข้อมูล']
    """
    from pythainlp.tokenize import word_tokenize

    lines = [""]
    for word in word_tokenize(text, engine="newmm", keep_whitespace=True):
        if lines[-1] and _width(lines[-1] + word.rstrip()) > room:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    lines = [line.strip() for line in lines if line.strip()]
    return lines if len(lines) <= 3 else [*lines[:2], lines[2][:-1].rstrip() + "…"]


def _width(text: str) -> float:
    return _LETTER * sum(letter not in _MARKS for letter in text)


def _parent(boxes: Sequence[_Box], place: int) -> int | None:
    depth = boxes[place].depth
    return (
        next((n for n in range(place - 1, -1, -1) if boxes[n].depth == depth - 1), None)
        if depth
        else None
    )


def _arrow(box: _Box, top: int, start: int, language: str) -> str:
    edge = box.edge
    assert edge is not None  # noqa: S101 - for the type: only roots have none
    x, y = (box.depth - 1) * _INDENT + 10, top + box.height // 2
    kind = ' class="m-inferred"' if edge.derived else ""
    said = name_of(RELATIONS, edge.relation, language)
    if edge.derived:
        inferred = words(language)("ask.inferred")
        said += f" ({inferred})"
    left = box.depth * _INDENT
    return (
        f'<path{kind} d="M{x} {start} V{y} H{left - 1}" marker-end="url(#m-arrow)"/>'
        f'<text class="m-relation" x="{left + 1}" y="{top - 7}">{escape(said)}</text>'
    )


def _drawn(box: _Box, top: int) -> str:
    x = box.depth * _INDENT + 1
    kind = "m-thing" if box.depth else "m-start"
    lines = "".join(
        f'<tspan x="{x + _PAD}" y="{top + _PAD + 15 + n * _LINE}">{escape(line)}</tspan>'
        for n, line in enumerate(box.lines)
    )
    return (
        f'<a href="{escape(local_path(box.link.ref))}"><rect class="{kind}" x="{x}" y="{top}" '
        f'width="{WIDTH - x - 1}" height="{box.height}" rx="4"/><text>{lines}</text></a>'
    )


def _told(edges: Sequence[Edge], language: str) -> str:
    return "; ".join(
        f"{name_of_link(e.subject, language)} {name_of(RELATIONS, e.relation, language)} "
        f"{name_of_link(e.object, language)}"
        for e in edges
    )
