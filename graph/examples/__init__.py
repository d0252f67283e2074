"""Example queries for real tasks, one file each, with what it is for in its first lines.

>>> find("1").name
'01-duties-with-a-deadline'
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from graph.errors import InputError

AUDIENCES: Final = {"policy": "ผู้ทำนโยบาย", "developer": "นักพัฒนา", "integrator": "ผู้เชื่อมระบบ"}
"""Whom an example is for, and the same in Thai."""
_HEAD: Final = re.compile(r"^# (\w+): (.+)$", re.M)


@dataclass(frozen=True)
class Example:
    """A query for a task; ``query`` is the whole file, which runs as it is."""

    name: str
    title_th: str
    title_en: str
    audience: str
    answers: str
    query: str

    @property
    def number(self) -> str:
        """The number that its name starts with, without zeros."""
        return self.name.partition("-")[0].lstrip("0")


@cache
def examples() -> tuple[Example, ...]:
    """Return the examples by number."""
    found = []
    for file in files(__name__).iterdir():
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            head = dict(_HEAD.findall(text))
            found.append(
                Example(
                    file.name.removesuffix(".rq"), head["th"], head["en"], head["for"],
                    head["answers"], text,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda example: example.name))


def find(name: str) -> Example:
    """Return the example of a name, with or without its number, or of a number.

    :raises InputError: there is none.
    """
    wanted = name.strip().lower().removesuffix(".rq")
    for example in examples():
        words = example.name.partition("-")[2]
        if wanted in (example.name, words) or wanted.lstrip("0") == example.number:
            return example
    raise InputError(
        f"ไม่มีตัวอย่าง {name} ดูรายชื่อด้วย mattra query --examples",
        f"there is no example {name}; mattra query --examples lists them",
    )
