"""The main jobs in a real browser, as a policy officer does them."""

import pytest
from playwright.sync_api import Page

from qa.text import MAX_QUESTION
from tests.ui.page.conftest import Watched

pytestmark = pytest.mark.slow


@pytest.fixture
def page(watched: Watched) -> Page:
    page = watched.open()
    page.get_by_label("คำถาม").wait_for()
    return page


def _ask(page: Page, question: str) -> None:
    page.get_by_label("คำถาม").fill(question)
    page.get_by_role("button", name="ถาม", exact=True).click()


def test_the_main_job(page: Page) -> None:
    _ask(page, "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน")
    page.locator(".m-lead", has_text="มสพร. 7-2565").wait_for()
    first = page.locator(".m-citations li").first
    assert "มสพร. 7-2565" in first.inner_text()
    assert "ประกาศใช้แล้ว" in first.locator(".m-badge").inner_text()
    page.locator(".m-answer .cite").first.click()
    assert page.url.endswith("#cite-1")
    assert "q=" in page.url
    first.get_by_role("link").click()
    page.wait_for_url("**/id/mspr-7-2565")
    assert "มสพร. 7-2565" in page.locator("h1").inner_text()


def test_abstaining_is_said_in_words(page: Page) -> None:
    _ask(page, "พรุ่งนี้ฝนจะตกไหม")
    page.locator(".m-abstained").wait_for()
    assert "ไม่ตอบ" in page.locator(".m-abstained").inner_text()


def test_a_sample_is_asked(page: Page) -> None:
    page.get_by_role("link", name="มสพร. 6-5 ประกาศเมื่อไหร่").click()
    page.locator("#ask-result .m-lead", has_text="มสพร. 6-5").wait_for()
    assert "มสพร. 6-5 ประกาศเมื่อไหร่" in page.get_by_label("คำถาม").input_value()


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("/", " ", "ยังไม่ได้พิมพ์อะไร"),
        ("/en/", " ", "Nothing was typed"),
        ("/", "ก" * (MAX_QUESTION + 1), "ยาวเกิน"),
    ],
)
def test_what_cannot_be_asked_is_said_in_the_pages_language(
    watched: Watched, path: str, typed: str, said: str
) -> None:
    page = watched.open(path)
    page.locator("#ask-q textarea").fill(typed)
    page.locator("#ask-go").click()
    page.locator("#ask-result [role='alert']", has_text=said).wait_for()


def test_hostile_text_stays_text(watched: Watched) -> None:
    page = watched.open(
        "/?tab=ask&q=%3Cimg src=x onerror='window.hacked=1'%3E%0A%0A# $x$ มสพร. 7 คืออะไร"
    )
    page.locator("#ask-result .m-answer").wait_for()
    assert page.locator("#ask-result img").count() == 0
    assert page.evaluate("window.hacked") is None
    assert watched.complaints == []


def test_an_unknown_tab_opens_the_first(watched: Watched) -> None:
    page = watched.open("/?tab=%22%5D,*&q=x")
    assert page.locator("#tab-ask-button").get_attribute("aria-selected") == "true"
    assert watched.complaints == []
