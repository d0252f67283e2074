"""Telling a full disk from other faults of files."""

import errno
from typing import Final

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_full(error: BaseException | None) -> bool:
    """Tell whether an error is that of a disk, quota or file that can take no more."""
    return isinstance(error, OSError) and error.errno in _FULL
