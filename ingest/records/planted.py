"""What a planted defect must give."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Planted:
    """A finding that a planted defect must give: the rule, and the cell with what stands in it."""

    rule: str
    row: int
    column: str
    value: str
