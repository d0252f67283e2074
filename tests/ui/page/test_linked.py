"""Pages of things in a real browser: wide and narrow, without scripts, nothing from elsewhere."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
PAGES = (
    "/id/pdpa-2562/37", "/id/website-standard-2-2560?as-of=2569-01-01", "/id/lbt-2562/94",
    "/concept/activity/e-signature", "/ns", "/dump", "/id/nothing",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_fit_the_screen_and_need_no_script(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.lang") == "th"
        assert (
            page.evaluate("document.scripts.length")
            == page.locator('script[type="application/ld+json"]').count()
        )
    page.close()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_a_day_is_asked_for_by_a_form(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/id/pdpa-2562/37")
    page.get_by_label("ดูสถานะ ณ วันที่").fill("2019-12-31")
    page.get_by_role("button", name="ดู", exact=True).click()
    page.wait_for_url("**/id/pdpa-2562/37?as-of=2019-12-31")
    assert "ยังไม่มีผลใช้บังคับ" in page.locator(".m-notice").inner_text()
    context.close()


def test_an_anchor_leads_to_its_term(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/ns#Section")
    assert page.locator(".m-term:target h3").inner_text().startswith("มาตรา")
    page.locator("svg a").first.click()
    assert "#" in page.url
    page.close()
