"""Files with a byte that is not what it was."""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from graph.errors import InputError


def read_or_refused(
    path: Path, data: bytes, places: Iterable[int], bits: int, read: Callable[[Path], object]
) -> None:
    """Read a file once for each place where its data is damaged: an error must be a clear one."""
    for at in places:
        path.write_bytes(data[:at] + bytes([data[at] ^ bits]) + data[at + 1 :])
        with contextlib.suppress(InputError):
            read(path)
