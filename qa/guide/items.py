"""One thing of a checklist: its level, its state on the day, what to do and what to look up."""

from datetime import date
from typing import Final

from pyoxigraph import NamedNode

from graph.statements import Statement
from graph.things import Thing
from qa.guide.binding import Binding, Roles
from qa.guide.force import Force, force_on
from qa.guide.model import Bound, Group, Item, Task, Text
from qa.model import Step
from qa.sentences import norm_text, time_text

_LEVELS: Final = ("must", "should", "informative")
_BINDING: Final = ("Duty", "Prohibition")
_TOLD: Final = (*_BINDING, "Right", "Permission", "Power")
_NOT_NOW: Final = ("draft", "not-yet", "ended", "superseded", "other-year")
_NO_LEVEL: Final = Text(
    "กราฟไม่ได้บอกว่าต้องใช้ ควรใช้ หรือใช้ประกอบ ต้องตรวจสอบเอง",
    "The graph does not say whether it must or should be followed; look it up.",
)
_EXTENTS: Final = {
    "in-part": Text(
        "{law} บังคับแก่หน่วยงานชนิดนี้บางส่วน{note} ต้องตรวจสอบเองว่างานนี้อยู่ในส่วนใด",
        "{law} binds this kind of agency in part{note}; look up whether it does in this work.",
    ),
    "not-bound": Text(
        "{law} ไม่บังคับแก่หน่วยงานชนิดนี้{note} ต้องตรวจสอบเองว่ามีกฎหมายอื่นให้ใช้ด้วยหรือไม่",
        "{law} does not bind this kind of agency{note}; look up whether another law applies it.",
    ),
    "unknown": Text(
        "กราฟไม่มีข้อมูลว่า {law} บังคับแก่หน่วยงานชนิดนี้หรือไม่ ต้องตรวจสอบเอง",
        "The graph does not know whether {law} binds this kind of agency; look it up.",
    ),
}  # fmt: skip


class Items:
    """Makes items for one kind of agency and one day."""

    def __init__(
        self, binding: Binding, things: dict[str, Thing], kind: NamedNode | None, day: date
    ) -> None:
        self.binding = binding
        self.things = things
        self.kind = kind
        self.day = day
        self.roles: Roles = binding.roles(kind)

    def make(self, thing: Thing, hits: set[str], path: list[Step]) -> Item:
        """Return the item of a thing.

        :param hits: refs of the thing, or of the items in it, that apply.
        :param path: why it applies.
        """
        successors = [self.things[s.ref] for s in thing.superseded_by if s.ref in self.things]
        force = force_on(thing, self.day, successors)
        norms = self._norms(thing, hits)
        tasks = [task for norm in norms if (task := self._task(norm)) is not None]
        # What must or must not be done comes first; those who hurry read no further.
        tasks.sort(key=lambda task: task.kind not in _BINDING)
        level, certainty = self._level(thing, norms, tasks)
        bound = self._bound(thing)
        checks = [force.check] if force.check else []
        doubts = self._doubts(thing, level, tasks, bound)
        if level is None and force.state not in _NOT_NOW:
            checks.append(_NO_LEVEL)
        checks += doubts
        return Item(
            ref=thing.ref, iri=thing.iri,
            label=thing.label, label_en=thing.label_en,
            heading=thing.heading if thing.kind == "section" else "",
            heading_en=thing.heading_en if thing.kind == "section" else "",
            kind=thing.kind,
            group=_group(force, level, bool(doubts)),
            level=level, level_certainty=certainty,
            status=thing.status, state=force.state,
            begins=force.begins, begins_as=force.begins_as, ends=force.ends,
            summary=thing.summary, tasks=tasks,
            others=sum(n.kind in _TOLD for n in norms) - len(tasks),
            bound=bound, checks=checks, notes=self._notes(thing),
            source=thing.source, certainty=thing.certainty, path=path,
        )  # fmt: skip

    @staticmethod
    def _norms(thing: Thing, hits: set[str]) -> list[Statement]:
        """Return the norms of the items that apply, or of the whole where the whole does."""
        if thing.ref in hits:
            return thing.norms
        within = [n for n in thing.norms if {x.ref for x in n.links.get("statedIn", ())} & hits]
        return within or thing.norms

    def _task(self, norm: Statement) -> Task | None:
        whose = self.roles.whose(norm)
        if norm.kind not in _TOLD or whose is None or (norm.kind, whose) == ("Right", "anyone"):
            return None
        stated = norm.links.get("statedIn", ())
        return Task(
            ref=stated[0].ref if stated else norm.ref,
            kind=norm.kind,
            text=Text(norm_text(norm), norm_text(norm, "en")),
            actor=Text(norm.linked("actor"), norm.linked("actor", "en")),
            whose=whose,
            deadline=norm.one("deadline"),
            time=Text(time_text(norm), time_text(norm, "en")),
            certainty=norm.certainty,
        )

    def _level(
        self, thing: Thing, norms: list[Statement], tasks: list[Task]
    ) -> tuple[str | None, str | None]:
        """Return the level, and how sure it is.

        A standard's is what its applicability says to the agency or its officials. A section's
        follows from the kinds of norm: a duty or prohibition on the agency is a must.
        """
        if thing.kind == "standard":
            uses = [
                (_LEVELS.index(level), use.certainty or "")
                for use in thing.uses
                if {link.ref for link in use.links.get("addressee", ())} & self.roles.own
                for link in use.links.get("level", ())
                if (level := link.ref.rpartition("/")[2]) in _LEVELS
            ]
            if not uses:
                return None, None
            strongest = min(uses)[0]
            sure = {certainty for level, certainty in uses if level == strongest}
            return _LEVELS[strongest], "stated" if "stated" in sure else min(sure)
        binding = [task for task in tasks if task.kind in _BINDING]
        if binding:
            return "must", binding[0].certainty
        return ("informative", thing.certainty) if norms else (None, None)

    def _bound(self, thing: Thing) -> list[Bound]:
        bound = [self.binding.bound(n, self.kind, self.day) for n in self.binding.laws(thing)]
        # Nothing said of a section by itself, or of agencies at large, is no news.
        return [b for b in bound if b.extent != "unknown" or (self.kind and "/" not in b.law)]

    @staticmethod
    def _notes(thing: Thing) -> list[Text]:
        overlaps = [Text(o.one("note"), o.one("note", "en")) for o in thing.overlaps]
        return [*(Text(note, note) for note in thing.notes), *overlaps]

    def _doubts(
        self, thing: Thing, level: str | None, tasks: list[Task], bound: list[Bound]
    ) -> list[Text]:
        """Return why it is not sure that a must or should binds this kind of agency."""
        if level not in ("must", "should"):
            return []
        if thing.kind == "standard" and any(law.extent == "bound" for law in bound):
            # One of the laws that it rests on names the agency.
            return []
        named = [task for task in tasks if task.kind in _BINDING and task.whose == "own"]
        capacity_only = thing.kind != "standard" and not named
        return [
            Text(
                said.th.format(law=law.label, note=f" ({law.note.th})" if law.note.th else ""),
                said.en.format(law=law.label, note=f" ({law.note.en})" if law.note.en else ""),
            )
            for law in bound
            # Whoever acts in a capacity is bound by it, unless the law exempts the kind.
            if law.extent != "bound" and not (capacity_only and law.extent == "unknown")
            for said in (_EXTENTS[law.extent],)
        ]


def _group(force: Force, level: str | None, doubted: bool) -> Group:
    if force.state in _NOT_NOW:
        return "not-now"
    if not force.sure or level is None or doubted:
        return "check"
    found: dict[str, Group] = {
        "must": "must", "should": "should", "informative": "informative",
    }  # fmt: skip
    return found[level]
