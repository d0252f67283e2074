"""What is read by rule, against sections annotated by hand: floors a little below what is measured."""

from pathlib import Path

import pytest

from bench.extraction import KINDS, annotated, count, precision_recall, read_by_rule

# Kind: precision, recall. Actors are hard: docs/evaluation.md says how far the rules reach.
FLOORS = dict.fromkeys(KINDS, (0.97, 0.95)) | {"actors": (0.8, 0.6)}


def test_enough_sections_of_enough_acts_are_annotated() -> None:
    rows = annotated()
    assert len({row["ref"] for row in rows}) == len(rows) >= 60
    assert len({row["ref"].partition("/")[0] for row in rows}) >= 4


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_as_well_as_promised(shared: Path, kind: str) -> None:
    precision, recall = precision_recall(count(read_by_rule(shared / "law"), annotated())[kind])
    assert (precision, recall) >= FLOORS[kind]
    assert recall >= FLOORS[kind][1]
