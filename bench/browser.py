"""A real server and a real Chromium, for what is measured or drawn of the page."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
from playwright.sync_api import Browser, sync_playwright

from bench.serving import free_port

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@contextlib.contextmanager
def service() -> Iterator[str]:
    """Start ``mattra serve``; its address. It is stopped at the end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(address, child)
        yield address
    finally:
        child.terminate()
        child.wait(60)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def _wait(address: str, child: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if child.poll() is not None:
            raise RuntimeError(f"the server ended with {child.returncode}")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{address}/health/ready").status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("the server was not ready in two minutes")
