"""The folders of a store on disk, one for each state of the knowledge, and when one may go.

A process locks each state it reads (flock) for as long as it lives, so that what nobody has locked
nobody reads. Where the file system knows no locks nothing is ever deleted.
"""

import fcntl
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_SETTLED: Final = 3600.0
"""Seconds without a new file in it after which a folder is none that a process is building, or has
just built and not yet locked."""
_held: dict[tuple[int, int], int] = {}
"""Descriptors of locked folders, by device and inode."""


def hold(state: Path) -> None:
    """Keep a state from being deleted as long as this process lives.

    :raises OSError: it is not there.
    """
    descriptor = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    about = os.fstat(descriptor)
    if (about.st_dev, about.st_ino) in _held:
        os.close(descriptor)
        return
    _held[about.st_dev, about.st_ino] = descriptor
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)


def tidy(folder: Path, kept: Path) -> list[str]:
    """Delete each folder beside a state that no process reads, and return their names.

    :param folder: where the states are; what was set aside or left half built goes too.
    """
    deleted = []
    for state in folder.iterdir():
        if state != kept and state.is_dir() and _is_left(state):
            shutil.rmtree(state, ignore_errors=True)
            deleted.append(state.name)
    return deleted


def _is_left(state: Path) -> bool:
    descriptor = -1
    try:
        if time.time() - state.stat().st_mtime < _SETTLED:
            return False
        descriptor = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return True
