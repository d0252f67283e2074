"""What a worker and its parent say to each other: frames of a kind, a length and a body."""

import struct
from typing import BinaryIO, Final

READY: Final = b"R"
DATA: Final = b"D"
DONE: Final = b"E"
ERROR: Final = b"X"
JOB: Final = b"J"
_HEAD: Final = struct.Struct("=cI")


def write_frame(pipe: BinaryIO, kind: bytes, body: bytes = b"") -> None:
    """Send one frame.

    :raises OSError: the other side is gone.
    """
    pipe.write(_HEAD.pack(kind, len(body)) + body)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return the next frame, or none where the other side is gone, in the middle of one or not."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    body = pipe.read(length)
    return (kind, body) if len(body) == length else None
