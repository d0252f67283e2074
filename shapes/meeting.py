"""Rules that several records decide together, by the values in which these records meet.

Records that a rule compares have the same value in a column. Records can be split by it, and the
one compiled query of the rule decides each part as it would decide all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shapes.query import Query
from shapes.rules import PropertyShape

Across = tuple[PropertyShape, Query]
PLACES: Final = ("file", "row")
_Pairs = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Meet:
    """Rules whose records meet in the same columns.

    :param keys: the columns by data set, those with the same values at the same place; none where
        the rules need all records together.
    :param sent: columns that the rules read, by data set; also of data sets of which it only
        matters whether there are any records.
    """

    rules: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    sent: Mapping[str, tuple[str, ...]]


def meetings(own: str, across: Sequence[Across]) -> list[Meet]:
    """Return the rules that other records decide, by what splits the records.

    :param own: slug of the data set that is checked.
    """
    split: dict[str, _Pairs] = {}
    whole: list[str] = []
    for rule in dict.fromkeys(prop.rule.id for prop, _ in across):
        pairs = _pairs(own, [query for prop, query in across if prop.rule.id == rule])
        if pairs:
            split[rule] = pairs
        else:
            whole.append(rule)
    groups: list[tuple[_Pairs, list[str]]] = []
    for rule, pairs in sorted(split.items(), key=lambda item: len(item[1][own])):
        for known, rules in groups:
            # Records that are together by some columns are together by these and others.
            mine = {name: {c: p.get(c, "") for c in known[own]} for name, p in pairs.items()}
            if all(known.get(name, columns) == columns for name, columns in mine.items()):
                known |= mine
                rules.append(rule)
                break
        else:
            groups.append((pairs, [rule]))
    if whole:
        groups.append(({}, whole))
    return [
        Meet(
            tuple(rules), {n: tuple(p.values()) for n, p in keys.items()}, _sent(own, across, rules)
        )
        for keys, rules in groups
    ]


def _pairs(own: str, queries: Sequence[Query]) -> _Pairs:
    """Return, by data set, which column each column of a record meets; nothing if it varies."""
    pairs: _Pairs = {}
    for query in queries:
        for meeting in query.split or ():
            theirs = dict(zip(meeting.own, meeting.theirs, strict=True))
            ours = {column: column for column in meeting.own}
            if pairs.setdefault(own, ours) != ours:
                return {}
            if pairs.setdefault(meeting.dataset, theirs) != theirs:
                return {}
        if not query.split:
            return {}
    return pairs


def _sent(own: str, across: Sequence[Across], rules: Collection[str]) -> dict[str, tuple[str, ...]]:
    sent: dict[str, set[str]] = {own: {"focus"}}
    for prop, query in across:
        if prop.rule.id in rules:
            sent[own] |= {*query.columns, prop.rule.column, prop.rule.column + "@"}
            for name, columns in query.others.items():
                sent.setdefault(name, set()).update(columns)
    return {name: (*PLACES, *sorted(columns - set(PLACES))) for name, columns in sent.items()}
