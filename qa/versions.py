"""Two versions side by side: what a newer law, section or standard says otherwise.

Words are compared with words of the same kind only: the official text with the official text,
where both versions have it, else our summaries and norms, marked as ours.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from pyoxigraph import NamedNode, Store

import ontology
from graph.errors import InputError
from graph.statements import Link, links_to
from graph.thai import date_text
from graph.things import Thing, kind_of
from graph.view import View
from qa.of_standard import use_text
from qa.sentences import event_text, norm_text
from qa.words import certainty_text, say, status_of

Mark = Literal["same", "removed", "added"]
Kind = Literal["official-text", "summary", "fact"]
CHANGES: Final[dict[str, tuple[str, str]]] = {
    "changed": ("ต่างกัน", "differs"),
    "removed": ("ไม่มีในฉบับหลัง", "not in the later one"),
    "added": ("เพิ่มในฉบับหลัง", "new in the later one"),
    "unknown": (
        "เทียบไม่ได้ ฉบับหนึ่งมีแต่ตัวบท อีกฉบับมีแต่สรุป",
        "cannot be compared: one has its official text alone, the other our summary alone",
    ),
    "same": ("เหมือนกัน", "the same"),
}  # fmt: skip
RELATIONS: Final[dict[str, tuple[str, str]]] = {
    "superseded": ("ฉบับหลังแทนฉบับก่อนแล้ว", "The later one has replaced the earlier."),
    "revises": (
        "ฉบับหลังปรับปรุงจากฉบับก่อน แต่ไม่พบแหล่งที่บอกว่ายกเลิกฉบับก่อน",
        "The later one revises the earlier; no source says that the earlier was withdrawn.",
    ),
    "none": (
        "กราฟไม่ได้บอกว่าฉบับหลังแทนฉบับก่อน สิ่งที่ไม่มีในฉบับหลังอาจยังใช้บังคับอยู่",
        "The graph does not say that the later one replaces the earlier: what the later lacks may "
        "well be in force.",
    ),
}  # fmt: skip
KINDS: Final[dict[str, tuple[str, str]]] = {
    "official-text": ("เทียบตัวบท", "official texts compared"),
    "summary": ("เทียบสรุปของ mattra ไม่ใช่ตัวบท", "our summaries compared, not the official texts"),
    "fact": ("ข้อเท็จจริง", "facts"),
}
_LAWS: Final = ("act", "instrument")
_GROUPS: Final = (_LAWS, ("section", "item"), ("standard",))
COMPARED: Final = tuple(kind for group in _GROUPS for kind in group)
"""Kinds of things that can be compared, each with those of its own group."""
_ALIKE: Final = 0.35
"""Sections of two laws at least so alike (Dice's coefficient of words) are taken for one."""
_SAME_NUMBER: Final = 0.2
"""What the same number adds to that."""


@dataclass(frozen=True)
class Piece:
    """A run of text: in both versions, in the earlier alone, or in the later alone."""

    text: str
    mark: Mark


@dataclass(frozen=True)
class Difference:
    """What one part says in two versions.

    ``change`` is ``same``, ``changed``, ``removed``, ``added``, or ``unknown`` where one version
    has its official text alone and the other our summary alone. ``kind`` says whose words the
    pieces are. ``before`` and ``after`` are the refs of the part, empty where it has none.
    """

    part: str
    part_en: str
    change: Literal["same", "changed", "removed", "added", "unknown"]
    kind: Kind
    before: str
    after: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Side:
    """One of the two versions."""

    ref: str
    label: str
    label_en: str
    status: str | None
    in_force_from: str
    in_force_until: str


@dataclass(frozen=True)
class Versions:
    """Two versions with all their parts, those of the later in its order.

    ``relation`` is ``superseded`` or ``revises`` where the graph says so, else ``none``: then what
    the later one lacks may well be in force.
    """

    before: Side
    after: Side
    relation: Literal["superseded", "revises", "none"]
    changes: list[Difference]
    counts: dict[str, int]

    @property
    def differ(self) -> bool:
        """Whether any part is not the same."""
        return bool(set(self.counts) - {"same"})

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


def compare_versions(describe: Callable[[str], Thing], before: str, after: str) -> Versions:
    """Return what a later version says otherwise than an earlier one.

    :param describe: gives the thing of a ref.
    :param before: ref of the earlier law, section or standard.
    :param after: ref of the later one, of the same kind.
    :raises InputError: the two are one thing, or of kinds that cannot be compared.
    """
    old, new = describe(before), describe(after)
    _check(old, new)
    changes = list(_facts(old, new))
    if old.kind in _LAWS:
        changes += _sections(_parts(describe, old), _parts(describe, new))
    else:
        changes.append(_words(old, new, "เนื้อหา", "Content"))
    counts: Counter[str] = Counter(change.change for change in changes)
    return Versions(
        _side(old), _side(new), _relation(old, new), changes,
        {name: counts[name] for name in CHANGES if counts[name]},
    )  # fmt: skip


def earlier_versions(store: Store, ref: str) -> list[Link]:
    """Return the versions that a thing replaced or revises, as far as the graph describes them."""
    view, node = View(store), NamedNode(ontology.iri(ref))
    nodes = {*view.subjects("m:supersededBy", node), *view.nodes(node, "m:revises")}
    return links_to(view, [each for each in nodes if kind_of(view, each)])


def _check(old: Thing, new: Thing) -> None:
    if old.ref == new.ref:
        raise InputError(
            f"{old.ref} เป็นสิ่งเดียวกันทั้งสองข้าง ระบุอีกฉบับหนึ่งที่จะเทียบ",
            f"{old.ref} stands on both sides; name another version to compare it with",
        )
    if not any(old.kind in group and new.kind in group for group in _GROUPS):
        raise InputError(
            f"เทียบ {old.ref} กับ {new.ref} ไม่ได้ ระบุกฎหมายสองฉบับ มาตราสองมาตรา หรือมาตรฐานสองฉบับ",
            f"{old.ref} and {new.ref} cannot be compared: give two laws, sections or standards",
        )


def _relation(old: Thing, new: Thing) -> Literal["superseded", "revises", "none"]:
    if any(link.ref == new.ref for link in old.superseded_by):
        return "superseded"
    return "revises" if any(link.ref == old.ref for link in new.revises) else "none"


def _side(thing: Thing) -> Side:
    return Side(
        thing.ref, thing.label, thing.label_en, thing.status, thing.in_force_from,
        thing.in_force_until,
    )  # fmt: skip


def _parts(describe: Callable[[str], Thing], law: Thing) -> list[Thing]:
    return [describe(link.ref) for link in law.parts]


# Facts: each line of one version that the other lacks.


def _facts(old: Thing, new: Thing) -> Iterator[Difference]:
    for name, lines in _LINES.items():
        was, now = lines(old), lines(new)
        if not was and not now:
            continue
        pieces = [Piece(line, "same" if line in now else "removed") for line in was]
        pieces += [Piece(line, "added") for line in now if line not in was]
        yield Difference(*_FACTS[name], _change_of(pieces), "fact", old.ref, new.ref, pieces)


def _days(thing: Thing) -> list[str]:
    days = (("in-force-from", thing.in_force_from), ("in-force-until", thing.in_force_until))
    return [f"{say(name)} {date_text(day)}" for name, day in days if day]


_FACTS: Final = {
    "title": ("ชื่อ", "Title"),
    "status": ("สถานะ", "Status"),
    "days": ("วันที่มีผล", "In force"),
    "events": ("เหตุการณ์", "Events"),
    "publisher": ("ผู้ออก", "Publisher"),
    "uses": ("ผู้ที่ต้องใช้", "Who follows it"),
    "bases": ("ฐานกฎหมาย", "Legal basis"),
    "features": ("สาระสำคัญ", "Features"),
}
_LINES: Final[dict[str, Callable[[Thing], list[str]]]] = {
    "title": lambda thing: [thing.heading],
    "status": lambda thing: [status_of(thing.status, thing.kind)] if thing.status else [],
    "days": _days,
    "events": lambda thing: [event_text(e) + certainty_text(e.certainty) for e in thing.events],
    "publisher": lambda thing: [thing.publisher.label] if thing.publisher else [],
    "uses": lambda thing: [use_text(use) + certainty_text(use.certainty) for use in thing.uses],
    "bases": lambda thing: [
        *(link.label for link in thing.based_on),
        *(basis.linked("basis") + certainty_text(basis.certainty) for basis in thing.bases),
    ],
    "features": lambda thing: thing.features,
}


def _change_of(pieces: Sequence[Piece]) -> Literal["same", "changed", "removed", "added"]:
    marks = {piece.mark for piece in pieces}
    if marks <= {"same"}:
        return "same"
    if marks == {"removed"}:
        return "removed"
    return "added" if marks == {"added"} else "changed"


# Sections: paired first, for a newer law may number them anew.


def _sections(old: list[Thing], new: list[Thing]) -> list[Difference]:
    pairs = _pairs(old, new)
    taken = set(pairs.values())
    before = {each.ref: each for each in old}
    places = {each.ref: place for place, each in enumerate(old)}
    gone = deque(each for each in old if each.ref not in taken)
    found: list[Difference] = []
    for each in new:
        was = before.get(pairs.get(each.ref, ""))
        # What was left out stands where it stood.
        while was and gone and places[gone[0].ref] < places[was.ref]:
            found.append(_alone(gone.popleft(), "removed"))
        found.append(_words(was, each, *_name(each)) if was else _alone(each, "added"))
    return [*found, *(_alone(each, "removed") for each in gone)]


def _pairs(old: list[Thing], new: list[Thing]) -> dict[str, str]:
    """Return the ref of the earlier section for that of each later one that comes from it."""
    bags = {each.ref: Counter(_tokens(_any_text(each))) for each in (*old, *new)}
    likes = sorted(
        (
            (
                _dice(bags[was.ref], bags[now.ref]) + _SAME_NUMBER * (was.number == now.number),
                was.ref,
                now.ref,
            )
            for was in old
            for now in new
        ),
        reverse=True,
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for like, was, now in likes:
        if like < _ALIKE:
            break
        if now not in pairs and was not in taken:
            pairs[now] = was
            taken.add(was)
    return pairs


def _dice(one: Counter[str], other: Counter[str]) -> float:
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def _name(section: Thing) -> tuple[str, str]:
    """Return the number and heading of a section, without the name of its law."""
    law = section.part_of
    short, short_en = section.label, section.label_en
    if law:
        short = short.removeprefix(law.label).strip()
        short_en = short_en.removeprefix(law.label_en).lstrip(" ,")
    heading = section.heading if section.heading != section.label else ""
    heading_en = section.heading_en if section.heading_en != section.label_en else ""
    return f"{short} {heading}".strip(), f"{short_en} {heading_en}".strip()


def _alone(thing: Thing, mark: Literal["removed", "added"]) -> Difference:
    kind: Kind = "official-text" if thing.official_text else "summary"
    pieces = [Piece(_any_text(thing), mark)]
    gone = mark == "removed"
    return Difference(
        *_name(thing), mark, kind, thing.ref if gone else "",
        "" if gone else thing.ref, pieces,
    )  # fmt: skip


def _words(old: Thing, new: Thing, part: str, part_en: str) -> Difference:
    if old.official_text and new.official_text:
        kind: Kind = "official-text"
        pieces = differences(old.official_text, new.official_text)
    elif (was := _ours(old)) and (now := _ours(new)):
        kind, pieces = "summary", differences(was, now)
    else:
        return Difference(part, part_en, "unknown", "summary", old.ref, new.ref, [])
    return Difference(part, part_en, _change_of(pieces), kind, old.ref, new.ref, pieces)


def _any_text(thing: Thing) -> str:
    return thing.official_text or _ours(thing)


def _ours(thing: Thing) -> str:
    norms = (norm_text(norm) + certainty_text(norm.certainty) for norm in thing.norms)
    return "\n".join(line for line in (thing.summary, *norms) if line)


def differences(before: str, after: str) -> list[Piece]:
    """Return two texts as runs of words that both have, or that one alone has.

    >>> [(p.mark, p.text) for p in differences("ภายใน 30 วัน", "ภายใน 15 วัน")]
    [('same', 'ภายใน '), ('removed', '30'), ('added', '15'), ('same', ' วัน')]
    """
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Piece] = []
    codes = matcher.get_opcodes()
    was = now = ""
    for place, (code, i, j, k, m) in enumerate(codes):
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        inner = 0 < place < len(codes) - 1
        # A space between two changes would cut what is read as one.
        if code == "equal" and (gone.strip() or not inner):
            found += [*_pieces(was, now), Piece(gone, "same")]
            was = now = ""
        else:
            was, now = was + gone, now + came
    return [*found, *_pieces(was, now)]


def _pieces(was: str, now: str) -> list[Piece]:
    both: tuple[tuple[str, Mark], ...] = ((was, "removed"), (now, "added"))
    return [Piece(text, mark) for text, mark in both if text]


def _tokens(text: str) -> list[str]:
    from pythainlp.tokenize import word_tokenize

    return list(word_tokenize(text, engine="newmm", keep_whitespace=True))
