"""Text written to a stream of bytes that stays open."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO


@contextmanager
def written(out: BinaryIO, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a text stream over ``out``, which is flushed and left open.

    What no encoding can hold, such as a broken name of a file, is written as an escape.
    """
    stream = io.TextIOWrapper(
        out, encoding=encoding, errors="backslashreplace", newline="", write_through=False
    )
    try:
        yield stream
        stream.flush()
    finally:
        stream.detach()
