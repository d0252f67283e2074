"""Settings: a dataclass of defaults, each of which an environment variable may replace."""

import os
from collections.abc import Mapping
from dataclasses import fields
from typing import TypeVar

from graph.errors import InputError

Settings = TypeVar("Settings")


def from_environment(
    kind: type[Settings], prefix: str, environment: Mapping[str, str] = os.environ
) -> Settings:
    """Return settings with what the environment sets of them.

    A field ``max_rows`` is set by ``<prefix>MAX_ROWS``. Whole numbers must be positive, other
    numbers (seconds, shares) not negative; text is taken as it is.

    :param kind: a dataclass whose fields are ``int``, ``float`` or ``str`` and have defaults.
    :raises InputError: a number that cannot be meant.
    """
    given: dict[str, object] = {}
    for each in fields(kind):  # type: ignore[arg-type]
        name = prefix + each.name.upper()
        text = environment.get(name, "").strip()
        if text:
            given[each.name] = _read(name, text, type(each.default))
    return kind(**given)


def _read(name: str, text: str, kind: type) -> object:
    if kind is int:
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            raise InputError(
                f"ค่า {name} ต้องเป็นจำนวนเต็มบวก ไม่ใช่ {text!r}",
                f"{name} must be a positive integer, not {text!r}",
            )
        return int(text)
    if kind is float:
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number < float("inf"):
            raise InputError(
                f"ค่า {name} ต้องเป็นตัวเลขตั้งแต่ 0 ขึ้นไป ไม่ใช่ {text!r}",
                f"{name} must be a number from 0, not {text!r}",
            )
        return number
    return text
