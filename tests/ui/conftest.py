"""A server and a browser that the tests of this folder share."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.ui.serving_process import Served, served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def server(_own_home: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real server, which keeps reports for four seconds."""
    with served(tmp_path_factory.mktemp("tmp"), MATTRA_SERVER_RESULT_SECONDS="4") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, of its own accord calling nobody; a test is skipped without it."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
