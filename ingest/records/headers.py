"""Which column of a data set each header of a file names."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Final

from graph.errors import InputError
from ontology.tax import Column, Dataset, datasets

ROWS_SEARCHED: Final = 10
"""Rows from the top among which the header is looked for, below titles and blank rows."""
_CLOSE: Final = 0.7
_SUGGESTED: Final = 100
"""Unknown headers that are compared with all names; more are not a misspelling."""
_LONGEST: Final = 200
"""Characters of a header that are looked at."""
_TEXTS: Final = {
    "unknown": (
        "ไม่รู้จักคอลัมน์ {header} (คอลัมน์ที่ {position})",
        "unknown column {header} (no. {position})",
    ),
    "missing": ("ขาดคอลัมน์ {header} ที่ต้องมี", "the required column {header} is missing"),
    "duplicate": (
        "คอลัมน์ {header} (ที่ {position}) ซ้ำกับคอลัมน์ก่อนหน้า จะใช้คอลัมน์แรก",
        "column {header} (no. {position}) repeats an earlier one; the first is used",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class HeaderFinding:
    """A header that is not as the data set has it.

    :param kind: ``unknown``, ``missing`` (a required column) or ``duplicate``.
    :param header: the text in the file; of a missing column, its name.
    :param position: the column's number from 1; 0 for a missing one.
    :param suggestion: name of the column that is meant, or nothing.
    """

    kind: str
    header: str
    position: int
    suggestion: str = ""

    @property
    def th(self) -> str:
        """What is wrong with the header, in Thai."""
        return self._text(0, " หมายถึง {}?")

    @property
    def en(self) -> str:
        """The same in English."""
        return self._text(1, "; is {} meant?")

    def _text(self, language: int, question: str) -> str:
        said = _TEXTS[self.kind][language].format(
            header=self.header or ("ที่ไม่มีชื่อ", "without a name")[language], position=self.position
        )
        asked = self.kind == "unknown" and self.suggestion
        return said + (question.format(self.suggestion) if asked else "")


@dataclass(frozen=True)
class Headers:
    """The headers of a file against a data set.

    :param cells: the headers as the file has them.
    :param places: columns by the place of their header, from 0.
    :param better: slug of a data set that the headers fit better, or nothing.
    """

    cells: tuple[str, ...]
    places: dict[int, Column]
    findings: tuple[HeaderFinding, ...]
    better: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """Names of columns by the header that the file has for them."""
        return {self.cells[place]: column.name for place, column in self.places.items()}


@lru_cache(10_000)
def key_of(text: str) -> str:
    """Return what two spellings of one name share: its letters and digits, in lower case.

    >>> key_of(" Tax_Year "), key_of("รหัส อปท.")
    ('taxyear', 'รหัสอปท')
    """
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc"))


@cache
def _names(slug: str) -> dict[str, Column]:
    """Return the columns of a data set by the keys of all names that are accepted for them."""
    columns = datasets()[slug].columns
    names: dict[str, Column] = {}
    for kind in ("name", "official_name", "name_th", "name_en"):
        for column in columns:
            names.setdefault(key_of(getattr(column, kind)), column)
    for column in columns:
        names.setdefault(key_of(_without_unit(column.name_th)), column)
    names.pop("", None)
    return names


def _without_unit(name: str) -> str:
    return name[: name.rindex("(")] if name.rstrip().endswith(")") and "(" in name else name


def column_of(header: str, dataset: Dataset) -> Column | None:
    """Return the column that a header names, if need be without a unit in parentheses."""
    names = _names(dataset.slug)
    return names.get(key_of(header)) or names.get(key_of(_without_unit(header)))


def known(cells: Sequence[str], dataset: Dataset) -> int:
    """Count the columns of a data set that headers name."""
    found = (column_of(cell, dataset) for cell in cells)
    return len({column.name for column in found if column})


def header_row(rows: Sequence[Sequence[str]], dataset: Dataset) -> int:
    """Return the place of the row that is the header: that with the most known names."""
    counts = [known(row, dataset) for row in rows[:ROWS_SEARCHED]]
    if any(counts):
        return counts.index(max(counts))
    return next((place for place, row in enumerate(rows) if any(c.strip() for c in row)), 0)


def match(
    cells: Sequence[str], dataset: Dataset, file: str, below: Sequence[Sequence[str]] = ()
) -> Headers:
    """Return the columns that headers name and what is wrong with the headers.

    :param below: some rows below, to tell a forgotten header from separators at the line's end.
    :raises InputError: none of the headers is known.
    """
    places: dict[int, Column] = {}
    findings: list[HeaderFinding] = []
    for place, cell in enumerate(cells):
        column = column_of(cell, dataset)
        if column is None:
            if cell.strip() or any(len(row) > place and row[place].strip() for row in below):
                findings.append(HeaderFinding("unknown", cell.strip(), place + 1))
        elif column in places.values():
            findings.append(HeaderFinding("duplicate", cell.strip(), place + 1, column.name))
        else:
            places[place] = column
    better = _better(cells, dataset)
    if not places:
        raise _unknown_all(dataset, file, better)
    present = set(places.values())
    findings = list(_suggest(findings, dataset, present))
    findings += [
        HeaderFinding("missing", column.name, 0)
        for column in dataset.columns
        if column.required and column not in present
    ]
    return Headers(tuple(cells), places, tuple(findings), better)


def _suggest(
    findings: list[HeaderFinding], dataset: Dataset, present: set[Column]
) -> Iterator[HeaderFinding]:
    free = {key: c.name for key, c in _names(dataset.slug).items() if c not in present}
    for number, finding in enumerate(findings):
        close: list[str] = []
        elsewhere = any(known([finding.header], other) for other in datasets().values())
        if finding.kind == "unknown" and number < _SUGGESTED and not elsewhere:
            close = get_close_matches(key_of(finding.header), free, 1, _CLOSE)
        yield (
            HeaderFinding("unknown", finding.header, finding.position, free[close[0]])
            if close
            else finding
        )


def _better(cells: Sequence[str], dataset: Dataset) -> str:
    """Return the data set that the headers fit better: it has its key, and more known names."""
    if dataset.key in (column_of(cell, dataset) for cell in cells):
        return ""
    fits = {slug: known(cells, other) for slug, other in datasets().items()}
    best = max(fits, key=lambda slug: fits[slug])
    return best if fits[best] > fits[dataset.slug] else ""


def _unknown_all(dataset: Dataset, file: str, better: str) -> InputError:
    wanted = [dataset.key, *(c for c in dataset.columns if c.required and not c.key)][:4]
    thai = ", ".join(f"{column.name} ({column.name_th})" for column in wanted)
    english = ", ".join(column.name for column in wanted)
    other = datasets().get(better)
    return InputError(
        f"{file} ไม่มีหัวคอลัมน์ของชุดข้อมูล {dataset.slug} เลย แถวหัวต้องมีชื่อคอลัมน์ เช่น {thai}"
        + (f" แต่ตรงกับชุดข้อมูล {other.slug} ({other.label_th})" if other else ""),
        f"{file} has no known column of the data set {dataset.slug}; its header needs names such "
        f"as {english}" + (f"; it fits the data set {other.slug}" if other else ""),
    )
