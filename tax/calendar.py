"""When the steps of a tax year are due: by the Act, or as they were put off for the year."""

from dataclasses import dataclass

from graph.thai import BUDDHIST_OFFSET, date_text
from tax.parameters import Parameter, Parameters


@dataclass(frozen=True)
class Due:
    """The time of one step of a tax year.

    :param by: in Thai words, such as «สิ้นเดือนมิถุนายน 2569».
    """

    step: str
    by: str
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
    if "due" in values:
        by = f"สิ้นเดือน{date_text(values['due'])}"
    elif "dueBefore" in values:
        by = f"ก่อนวันที่ {date_text(values['dueBefore'])}"
    elif "dueMonth" in values:
        month = values["dueMonth"].strip("-")
        by = f"สิ้นเดือน{date_text(f'{christian}-{month}')}"
    else:
        month = values["dueBeforeMonth"].strip("-")
        by = f"ก่อนวันที่ {date_text(f'{christian}-{month}-01')}"
    return Due(step, by, parameter.ref, parameter.certainty, parameter.note)
