"""A real server and a real Chromium, for what is measured or drawn of the page."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from bench.serving import whole

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@contextlib.contextmanager
def service() -> Iterator[str]:
    """Start ``mattra serve``; its address. It is stopped at the end."""
    with whole() as server:
        yield server.address


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
