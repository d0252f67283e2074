"""The rows of a checked file that are wrong, cut around their wrong cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.records.kept import Kept
from shapes.report import Finding


@dataclass(frozen=True)
class Cell:
    """A cell to show.

    :param header: as the file has it.
    :param told_by: ids of the messages on it, with blanks; empty where it is right.
    """

    column: str
    header: str
    text: str
    told_by: str = ""


@dataclass
class Excerpt:
    """A wrong row: the cells around the wrong ones, and what is wrong.

    :param told: id of the message, and the finding.
    :param whole: all its cells that hold something.
    """

    row: int
    cells: list[Cell] = field(default_factory=list)
    told: list[tuple[str, Finding]] = field(default_factory=list)
    whole: list[Cell] = field(default_factory=list)


def excerpts(
    kept: Kept, findings: Sequence[Finding], rows: Mapping[int, Mapping[str, str | None]]
) -> list[Excerpt]:
    """Return the rows of findings in their order.

    :param rows: the cells of each row that was kept, by column; of others only the wrong cells
        are known.
    """
    made: dict[int, Excerpt] = {}
    for number, finding in enumerate(findings):
        made.setdefault(finding.row, Excerpt(finding.row)).told.append((f"why-{number}", finding))
    for row, excerpt in made.items():
        wrong = {finding.column for _, finding in excerpt.told}
        known: Mapping[str, str | None] = rows.get(row) or {
            finding.column: finding.value for _, finding in excerpt.told if finding.column
        }
        names = [name for name in kept.headers if name in known] or list(known)
        near = {
            place + step
            for place, name in enumerate(names) if name in wrong
            for step in (-1, 0, 1)
        } | {0}  # fmt: skip

        def cell(
            name: str,
            known: Mapping[str, str | None] = known,
            told: list[tuple[str, Finding]] = excerpt.told,
        ) -> Cell:
            ids = " ".join(key for key, finding in told if finding.column == name)
            return Cell(name, kept.headers.get(name, name), known.get(name) or "", ids)

        if wrong & set(names) or row in rows:
            excerpt.cells = [cell(name) for place, name in enumerate(names) if place in near]
        if row in rows:
            excerpt.whole = [cell(name) for name in names if known.get(name)]
    return list(made.values())
