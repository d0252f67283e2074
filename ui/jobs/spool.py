"""The folder of uploads and reports: swept at the start, gone at the end, shared by workers."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

from graph.errors import InputError

_PREFIX: Final = "mattra-spool-"
_LOCK: Final = ".lock"


class Spool:
    """A folder that one server owns as long as it lives; its death by any cause frees the lock.

    :raises InputError: the folder cannot be made.
    """

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or Path(tempfile.gettempdir())
        try:
            parent.mkdir(parents=True, exist_ok=True)
            sweep(parent)
            # For its owner only: uploads may hold personal data.
            self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
            self._lock: TextIO = (self.folder / _LOCK).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        except OSError as error:
            raise InputError(
                f"สร้างโฟลเดอร์พักไฟล์ใน {parent} ไม่ได้ ตรวจพื้นที่ว่างและสิทธิ์ หรือกำหนด TMPDIR",
                f"cannot make the folder of uploads in {parent}: {error.strerror}; set TMPDIR",
            ) from error

    def close(self) -> None:
        """Delete the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()


def sweep(parent: Path) -> int:
    """Delete what servers that are no longer there left behind; returns how many folders."""
    swept = 0
    for folder in parent.glob(_PREFIX + "*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            with (folder / _LOCK).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
                swept += 1
    return swept
