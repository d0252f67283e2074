"""The forms that a report can take, one module each, loaded when asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast

if TYPE_CHECKING:
    from shapes.report import RecordReport

FORMS: Final = {
    "text": "txt",
    "json": "json",
    "csv": "csv",
    "ttl": "ttl",
    "html": "html",
    "junit": "xml",
}
"""The forms, each with the ending that a file of it usually has."""

Labels = Callable[[str], str]
"""From the ref of a source, such as ``lbt-2562/42``, what people call it."""


class Writer(Protocol):
    """What each module of a form offers."""

    def __call__(
        self, report: "RecordReport", out: BinaryIO, *, all: bool = False, labels: Labels = str
    ) -> None:
        """Write a report as bytes.

        :param all: every finding where the form shows examples only.
        :param labels: what to call a source, where the form is for people.
        """


def writer(form: str) -> Writer:
    """Return what writes a form.

    :raises KeyError: no form has this name.
    """
    if form not in FORMS:
        raise KeyError(form)
    return cast(Writer, import_module(f"{__name__}.{form}").write)
