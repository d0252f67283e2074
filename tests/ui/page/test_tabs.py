"""The frame in a real browser: each tab in both languages, by keyboard, on a phone, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.ui.page.conftest import FILLED, LANGUAGES, Watched
from ui.page.frame import TABS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("tab", "language"),
    # What differs in English is words; the tabs with most of them are looked at in both.
    [*((tab, "th") for tab in FILLED), ("ask", "en"), ("guide", "en"), ("browse", "en")],
)
def test_a_tab_suits_everyone_keeps_the_policy_and_asks_nobody_else(
    watched: Watched, tab: str, language: str
) -> None:
    page = watched.fill(tab, LANGUAGES[language])
    assert page.evaluate("document.documentElement.lang") == language
    # Colours are the same in both languages: the dark ones are looked at in Thai alone.
    for scheme in ("light", "dark") if language == "th" else ("light",):
        page.emulate_media(color_scheme=scheme)
        page.locator("body.dark" if scheme == "dark" else "body:not(.dark)").wait_for()
        page.wait_for_timeout(200)
        found = Axe().run(page).response["violations"]
        grave = [
            (each["id"], [node["html"][:200] for node in each["nodes"]][:3])
            for each in found if each["impact"] in ("serious", "critical")
        ]  # fmt: skip
        assert grave == [], (tab, language, scheme)
    for width, size in ((360, 1), (360, 3), (1280, 3)):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator(f".m-sizes [data-size='{size}']").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)
    assert watched.outside == []
    assert watched.complaints == []


def test_other_pages_keep_the_policy(watched: Watched) -> None:
    for path in ("/docs", "/id/pdpa-2562/37", "/ns", "/sparql"):
        watched.page.goto(watched.address + path, wait_until="networkidle")
    watched.page.goto(watched.address + "/docs")
    watched.page.get_by_text("/api/ask").first.wait_for()
    assert watched.outside == []
    assert watched.complaints == []


def test_a_script_that_is_not_the_pages_own_does_not_run(watched: Watched) -> None:
    page = watched.open()
    page.evaluate(
        """() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';
        document.body.append(s); }"""
    )
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in line for line in watched.complaints)
    assert (
        page.evaluate("fetch('https://example.org').then(() => 'sent', () => 'stopped')")
        == "stopped"
    )


def test_the_address_follows_the_tab_and_the_switch_keeps_both(watched: Watched) -> None:
    page = watched.open()
    page.get_by_role("tab", name="มาตรฐานที่ต้องใช้").click()
    page.wait_for_url("**/?tab=guide")
    page.get_by_label("งานที่กำลังจะทำ").fill("รับชำระค่าธรรมเนียมออนไลน์")
    page.get_by_label("งานที่กำลังจะทำ").press("Enter")
    page.locator("#guide-result .m-lead").wait_for()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/?tab=guide&activity=e-payment*")
    chosen = page.locator('input[name="activity"][value="e-payment"]')
    page.locator("#guide-result .m-lead").wait_for()
    assert chosen.is_checked()
    page.get_by_role("link", name="ภาษาไทย").click()
    page.wait_for_url("**/?tab=guide&activity=e-payment*")
    page.locator("#guide-result .m-lead").wait_for()
    assert chosen.is_checked()


def test_by_keyboard_alone(watched: Watched) -> None:
    page = watched.open("/?tab=ask")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "m-skip"
    page.keyboard.press("Enter")
    page.locator("#content:focus").wait_for()
    assert "tab=ask" in page.url
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "tab-ask-button"
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    for key, tab in (
        ("ArrowRight", TABS[1].name),
        ("ArrowLeft", "ask"),
        ("ArrowLeft", TABS[-1].name),
    ):
        page.keyboard.press(key)
        page.locator(f"#tab-{tab}-button[aria-selected='true']:focus").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("#ask-q textarea").focus()
    page.keyboard.type("มสพร. 7 คืออะไร")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("?")
    assert page.locator("#ask-q textarea").input_value() == "มสพร. 7 คืออะไร\n?"
    page.keyboard.press("Enter")
    page.locator("#ask-result .m-lead", has_text="มสพร. 7").wait_for()


def test_a_text_size_is_kept(watched: Watched) -> None:
    page = watched.open()
    page.locator("textarea").first.wait_for()
    small = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('textarea')).fontSize)"
    )
    page.get_by_role("button", name="ตัวอักษรขนาดใหญ่มาก").click()
    watched.open("/en/")
    page.locator("textarea").first.wait_for()
    assert page.get_by_role("button", name="Largest text").get_attribute("aria-pressed") == "true"
    large = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('textarea')).fontSize)"
    )
    assert large > small * 1.3


def test_only_the_result_is_printed(watched: Watched) -> None:
    page = watched.fill("ask")
    page.emulate_media(media="print")
    assert page.locator("#ask-result .m-lead").is_visible()
    for hidden in ("header.m-top", "footer.m-foot", ".m-intro", "#ask-q", "#ask-go", ".m-samples",
                   '[role="tablist"]'):  # fmt: skip
        assert not page.locator(f"{hidden} >> visible=true").count(), hidden


def test_the_font_is_ours_and_breaks_thai(watched: Watched) -> None:
    page = watched.open()
    page.locator("textarea").first.wait_for()
    assert page.evaluate("document.fonts.ready.then(f => [...f].some(x => x.status == 'loaded'))")
    assert "Sarabun" in page.evaluate(
        "getComputedStyle(document.querySelector('textarea')).fontFamily"
    )
