"""The page in a real browser: the main job, as a policy officer does it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from qa.service import Service
from tests.ui.serving_process import in_thread
from ui.server import create_app

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    service.warm_up()
    with in_thread(create_app(service)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale="th-TH")
    page = context.new_page()
    page.goto(address)
    page.get_by_label("คำถาม").wait_for()
    yield page
    context.close()


def _ask(page: Page, question: str) -> None:
    page.get_by_label("คำถาม").fill(question)
    page.get_by_role("button", name="ถาม", exact=True).click()


def test_the_main_job(page: Page) -> None:
    _ask(page, "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน")
    page.locator(".m-lead", has_text="มสพร. 7-2565").wait_for()
    first = page.locator(".m-citations li").first
    assert "มสพร. 7-2565" in first.inner_text()
    assert "ประกาศใช้แล้ว" in first.locator(".m-badge").inner_text()
    first.get_by_role("link").click()
    page.wait_for_url("**/id/mspr-7-2565")
    assert "มสพร. 7-2565" in page.locator("h1").inner_text()


def test_abstaining_is_said_in_words(page: Page) -> None:
    _ask(page, "พรุ่งนี้ฝนจะตกไหม")
    page.locator(".m-abstained").wait_for()
    assert "ไม่ตอบ" in page.locator(".m-abstained").inner_text()


def test_a_sample_fills_the_box(page: Page) -> None:
    page.get_by_text("มสพร. 6-5 ประกาศเมื่อไหร่").first.click()
    page.wait_for_function(
        "document.querySelector('textarea').value.includes('มสพร. 6-5 ประกาศเมื่อไหร่')"
    )


def test_what_applies_tab(page: Page) -> None:
    page.get_by_role("tab", name="มาตรฐานที่ต้องใช้").click()
    page.get_by_label("งานที่กำลังจะทำ").fill("รับชำระค่าธรรมเนียมออนไลน์")
    page.get_by_role("button", name="ดูว่าใช้อะไร").click()
    page.locator(".m-citations", has_text="มสพร. 6-6").wait_for()


def test_hostile_text_stays_text(page: Page) -> None:
    page.evaluate("window.hacked = false")
    _ask(page, "<img src=x onerror='window.hacked=true'> มสพร. 7 คืออะไร")
    page.locator(".m-answer").wait_for()
    assert page.evaluate("window.hacked") is False


def test_no_request_leaves_the_machine(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_label("คำถาม").wait_for()
    _ask(page, "มสพร. 7 คืออะไร")
    page.locator(".m-lead").wait_for()
    page.goto(f"{address}/id/mspr-7-2565")
    fonts = page.evaluate("document.fonts.ready.then(f => [...f].some(x => x.status == 'loaded'))")
    page.close()
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert outside == []
    assert fonts
