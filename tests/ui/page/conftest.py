"""One server and one browser for every test of a page; a page that watches what it is told."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from qa.service import Service
from tests.ui.serving_process import in_thread
from ui.server import create_app

FILLED = {
    "ask": "?tab=ask&q=" + quote("ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง"),
    "guide": "?tab=guide&q=" + quote("รับชำระค่าธรรมเนียมออนไลน์"),
    "check": "?tab=check&sample=assessment",
    "tax": "?tab=tax&use=other&value=5,000,000&year=2569&late=before-warning&months=3",
    "browse": "?tab=browse&ref=pdpa-2562/37",
    "sparql": "?tab=sparql&query=" + quote("SELECT ?s ?n WHERE { VALUES (?s ?n) { (m:Act 3) } }"),
}
"""For each tab an address that opens it with something in it; ``#<tab>-result`` then fills."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LANGUAGES = {"th": "/", "en": "/en/"}


@pytest.fixture(scope="package")
def address(service: Service) -> Iterator[str]:
    """The address of the whole service, its index built."""
    service.warm_up()
    with in_thread(create_app(service)) as address:
        yield address


@dataclass
class Watched:
    """A page with all that it asked for, and all that the browser complained of."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Open a page of Gradio's, and wait until a tab is there."""
        self.page.goto(self.address + path)
        self.page.locator('#tabs [role="tab"][aria-selected="true"]').wait_for()
        return self.page

    def fill(self, tab: str, start: str = "/") -> Page:
        """Open a tab with something in it, and wait for its result."""
        self.open(start + FILLED[tab])
        self.page.locator(f"#{tab}-result .md > *").first.wait_for()
        return self.page

    @property
    def outside(self) -> list[str]:
        """What was asked of another host."""
        near = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        return [url for url in self.asked if not url.startswith(near)]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, of its own accord calling nobody; a test is skipped without it."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One cache for all tests, as a person's browser has."""
    context = browser.new_context(locale="th-TH", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext, address: str) -> Iterator[Watched]:
    """A new page that is watched."""
    watched = Watched(context.new_page(), address)
    page = watched.page
    page.on("request", lambda request: watched.asked.append(request.url))
    page.on("websocket", lambda socket: watched.asked.append(socket.url))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: watched.complaints.append(line.text) if line.type == "error" else None,
    )
    yield watched
    page.evaluate("localStorage.clear()")
    page.close()
