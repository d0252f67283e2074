"""When the steps of a tax year are due: by the Act, or as they were put off for the year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from graph.thai import BUDDHIST_OFFSET, date_text
from tax.parameters import Parameter, Parameters


@dataclass(frozen=True)
class Due:
    """The time of one step of a tax year.

    :param by: in Thai words, such as «สิ้นเดือนมิถุนายน 2569».
    :param last_day: the last day that is still in time.
    """

    step: str
    by: str
    last_day: date
    ref: str
    certainty: str
    note: str


def calendar(year: int, parameters: Parameters) -> list[Due]:
    """Return the steps of a tax year (B.E.); where a step was put off, only its later time."""
    steps: dict[str, Parameter] = {}
    for parameter in parameters.of("CalendarStep", year):
        name = parameter.step or ""
        if name not in steps or parameter.last is not None:
            steps[name] = parameter
    return [_due(name, parameter, year) for name, parameter in steps.items()]


def payment_due(year: int, parameters: Parameters) -> Due | None:
    """Return when the tax of a year is due."""
    return next((due for due in calendar(year, parameters) if due.step == "payment"), None)


def _due(step: str, parameter: Parameter, year: int) -> Due:
    values = parameter.values
    christian = year - BUDDHIST_OFFSET
    if "due" in values or "dueMonth" in values:
        month = values.get("due") or f"{christian}-{values['dueMonth'].strip('-')}"
        by = f"สิ้นเดือน{date_text(month)}"
        first = date.fromisoformat(f"{month}-01")
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        day = values.get("dueBefore") or f"{christian}-{values['dueBeforeMonth'].strip('-')}-01"
        by = f"ก่อนวันที่ {date_text(day)}"
        last = date.fromisoformat(day) - timedelta(days=1)
    return Due(step, by, last, parameter.ref, parameter.certainty, parameter.note)
