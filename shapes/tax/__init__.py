"""The shapes of tax records: what a record must meet, what it should, and its code lists."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

FILES: Final = ("must.ttl", "should.ttl", "codes.ttl")


def tax_shapes_files() -> Iterator[Traversable]:
    """Yield the Turtle files of the shapes; each can be read by itself."""
    for name in FILES:
        yield files(__name__) / name


def tax_shapes_text() -> str:
    """Return all shapes of tax records as one Turtle text."""
    return "\n".join(file.read_text(encoding="utf-8") for file in tax_shapes_files())
