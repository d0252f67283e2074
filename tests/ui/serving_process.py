"""Real servers: in a process of its own, for what only such a one does, or in a thread."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI


class Served:
    """A running server: its address, its process, its log."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]", log: Path, tmp: Path) -> None:
        self.url, self.process, self.log, self.tmp = f"http://127.0.0.1:{port}", process, log, tmp

    def spools(self) -> list[Path]:
        return list(self.tmp.glob("mattra-spool-*"))

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def in_thread(app: FastAPI) -> Iterator[str]:
    """Serve an application from a thread of this process; its address."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@contextmanager
def served(
    tmp: Path, *arguments: str, largest_file: int | None = None, **environment: str
) -> Iterator[Served]:
    """Start ``mattra serve`` with temporary files in a folder; end it at the end.

    :param largest_file: bytes after which the server may write no more to a file.
    """

    def limit() -> None:
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    port, log = free_port(), tmp / "server.log"
    with log.open("ab") as handle:
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", "serve", "--port", str(port), *arguments],
            env={**os.environ, "TMPDIR": str(tmp), "PYTHONPATH": os.pathsep.join(sys.path), **environment},
            stderr=handle, preexec_fn=limit,
        )  # fmt: skip
    server = Served(port, process, log, tmp)
    try:
        for _ in range(1_500):
            assert process.poll() is None, log.read_text()
            try:
                if httpx.get(f"{server.url}/health/ready").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            raise AssertionError("not ready in time: " + log.read_text())
        yield server
    finally:
        if process.poll() is None:
            server.stop()
