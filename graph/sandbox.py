"""What a worker may not do, whatever a query says: open a socket, or take more memory than given.

The engine would call the address of SERVICE. Queries are checked before (`graph.safety`); this is
the second line, kept by the kernel (seccomp, Linux on x86-64 and arm64; elsewhere only the first
line holds).
"""

import ctypes
import os
import platform
import resource
import struct
import sys
from typing import Final

_ARCHITECTURES: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine the kernel's number of it and of the call ``socket`` (linux/audit.h)."""
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_FILTER: Final = 2
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 13
"""SECCOMP_RET_ERRNO with EACCES."""


def limit_memory(mib: int) -> None:
    """Let this process have so much memory of its own, and write no core file."""
    resource.setrlimit(resource.RLIMIT_DATA, (mib << 20, mib << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_sockets() -> bool:
    """Refuse every later ``socket`` call of this process; tell whether the kernel does so."""
    known = _ARCHITECTURES.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    machine, call = known
    program = b"".join(
        struct.pack("=HBBI", *line)
        for line in (
            (0x20, 0, 0, 4),  # load the architecture
            (0x15, 0, 3, machine),  # another one: allow
            (0x20, 0, 0, 0),  # load the number of the call
            (0x15, 0, 1, call),  # not socket: allow
            (0x06, 0, 0, _REFUSE),
            (0x06, 0, 0, _ALLOW),
        )
    )
    lines = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(lines))
    libc = ctypes.CDLL(None)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.c_char_p(header), 0, 0) == 0)


def stay_polite() -> None:
    """Leave the processor to the server first, so that it goes on answering."""
    os.nice(5)
