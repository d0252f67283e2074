"""The tab that lets one look around, in a real browser, as policy staff do."""

import re

import pytest
from playwright.sync_api import Page

from tests.ui.page.conftest import Watched

pytestmark = pytest.mark.slow


def _shown(page: Page, selector: str = ".b-card") -> Page:
    page.locator(f"#browse-result {selector}").first.wait_for()
    return page


def test_from_everything_to_a_standard_by_filters_and_back(watched: Watched) -> None:
    page = watched.open()
    page.get_by_role("tab", name="สำรวจ").click()
    _shown(page).get_by_role("link", name="มาตรฐาน", exact=True).click()
    page.locator(".b-crumb", has_text="มาตรฐาน").wait_for()
    page.get_by_role("link", name="ยังเป็นร่าง").click()
    page.locator(".b-crumb", has_text="ยังเป็นร่าง").wait_for()
    assert "kind=standard" in page.url
    assert "status=draft" in page.url
    for badges in page.locator(".b-badges").all_inner_texts():
        assert "ยังเป็นร่าง" in badges
    page.locator(".b-name", has_text="ข้อมูลนิรนาม").click()
    page.locator(".b-thing .b-title", has_text="นิรนาม").wait_for()
    assert "ref=draft-anonymization-2567" in page.url
    page.go_back()
    page.locator(".b-crumb", has_text="ยังเป็นร่าง").wait_for()
    page.get_by_role("link", name="เอาตัวกรองออกทั้งหมด").click()
    page.locator(".m-lead", has_text=re.compile("พบ 1,[0-9]{3} รายการ")).wait_for()
    page.get_by_role("tab", name="ถาม", exact=True).click()
    page.wait_for_url("**/?tab=ask")
    assert watched.outside == []
    assert watched.complaints == []


def test_a_name_is_suggested_and_chosen_by_keyboard(watched: Watched) -> None:
    page = _shown(watched.open("/?tab=browse"))
    page.locator("#browse-text").press_sequentially("มสพร 6-2")
    page.locator("#browse-names [role='option']", has_text="มสพร. 6-2").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("#browse-text").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    page.locator(".b-title", has_text="มสพร. 6-2").wait_for()
    assert page.locator("#browse-names").is_hidden()
    page.locator(".b-time", has_text="มสพร. 6 2565").wait_for()
    page.locator("#browse-text").fill("ลายมือชื่อ")
    page.keyboard.press("Enter")
    page.locator(".m-lead", has_text="«ลายมือชื่อ»").wait_for()


def test_a_section_is_shown_with_what_is_around_it(watched: Watched) -> None:
    page = _shown(watched.open("/en/?tab=browse&ref=PDPA มาตรา 37"), ".b-thing")
    assert "72 ชั่วโมง" in page.locator(".b-part").inner_text()
    picture = page.locator("#browse-around svg")
    assert picture.locator(".d-center").count() == 1
    picture.locator("a", has_text="Section 24").first.click()
    page.locator(".b-title", has_text="มาตรา 24").wait_for()
    page.locator(".b-crumb [data-ref='pdpa-2562']").click()
    page.locator(".b-title", has_text="พ.ศ. 2562").wait_for()
    page.locator(".b-part a[href='/id/pdpa-2562/5']").first.click()
    page.locator(".b-title", has_text="มาตรา 5").wait_for()
    page.locator("a[data-permanent]").click()
    page.wait_for_url("**/id/pdpa-2562/5")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/en/?tab=browse&kind=nothing", "no value"),
        ("/?tab=browse&q=<img src=x onerror='window.hacked=1'>%0A%0A# x", "onerror"),
        ('/?tab=browse&ref="><script>window.hacked=1</script>', "ไม่"),
    ],
)
def test_what_is_not_there_is_said_and_hostile_text_stays_text(
    watched: Watched, path: str, said: str
) -> None:
    page = watched.open(path)
    page.locator("#browse-result", has_text=said).wait_for()
    assert page.locator("#browse-result :is(img, script)").count() == 0
    assert page.evaluate("window.hacked") is None
    assert watched.complaints == []


def test_data_sets_and_concepts_open_too(watched: Watched) -> None:
    page = _shown(watched.open("/?tab=browse&ref=tax/Assessment"), ".b-thing")
    assert "ชุดข้อมูล" in page.locator(".b-part").inner_text()
    page = _shown(watched.open("/?tab=browse&ref=concept/activity/e-signature"), ".b-thing")
    assert "มสพร. 7" in page.locator(".b-part").inner_text()


def test_a_standard_is_set_beside_the_one_it_replaced(watched: Watched) -> None:
    page = _shown(watched.open("/?tab=browse&ref=มสพร. 11-2566"), ".b-thing")
    page.get_by_role("link", name="เทียบกับฉบับก่อน").click()
    page.locator(".b-versions ins", has_text="เวอร์ชัน 3.0").first.wait_for()
    assert "before=website-standard-2-2560" in page.url
    assert "ไม่ใช่ตัวบท" in page.locator(".b-versions").inner_text()
    page.go_back()
    page.get_by_label("ชื่อหรือ ref ของฉบับก่อน").fill("<b>มาตรฐานที่ไม่มี</b>")
    page.get_by_role("button", name="เทียบ", exact=True).click()
    page.locator("#browse-result [role='alert']", has_text="ไม่รู้จักชื่อ").wait_for()
    assert page.locator("#browse-result [role='alert'] b", has_text="มาตรฐานที่ไม่มี").count() == 0
    assert watched.complaints == []
