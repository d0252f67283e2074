"""The guided path in a real browser, as an officer who needs a checklist for a memo walks it."""

import pytest

from tests.ui.page.conftest import Watched

pytestmark = pytest.mark.slow
LINK = "?tab=guide&agency=court&activity=e-signature&day=2022-01-01"


def test_five_steps_give_a_checklist_that_its_link_opens_again(watched: Watched) -> None:
    page = watched.open("/?tab=guide")
    page.locator("#ready", has_text="ready").wait_for(state="attached")
    page.get_by_label("ราชการส่วนท้องถิ่น (เทศบาล อบต. กทม. เมืองพัทยา)").check()
    fold = page.locator("#guide-form summary", has_text="ให้บริการประชาชนทางดิจิทัล")
    fold.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("รับและจ่ายเงินทางอิเล็กทรอนิกส์")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("เว็บไซต์ของหน่วยงาน").check()
    page.get_by_label("5. ต้องการรู้").fill("31 ม.ค. 2569")
    page.keyboard.press("Enter")
    result = page.locator("#guide-result [data-query]")
    result.locator(".m-lead", has_text="ณ วันที่ 31 มกราคม 2569").wait_for()
    page.wait_for_url("**agency=local&activity=e-payment&channel=website&day=2026-01-31")
    assert result.locator(".g-in-must .g-item").count() > 3
    assert result.locator("svg.g-timeline title").first.text_content()
    tick = result.locator("input[data-tick='dgov-2562/12']")
    tick.check()
    lead = result.locator(".m-lead").inner_text()
    with page.expect_download() as waiting:
        result.get_by_role("link", name="Word").click()
    assert waiting.value.suggested_filename == "checklist-2026-01-31.docx"
    page.reload()
    result.locator(".m-lead", has_text=lead).wait_for()
    assert tick.is_checked()
    assert box.is_checked()
    assert page.get_by_label("5. ต้องการรู้").input_value() == "31 มกราคม 2569"
    assert watched.complaints == []


def test_a_description_fills_the_steps(watched: Watched) -> None:
    page = watched.fill("guide")
    page.locator("#guide-result [data-query]").wait_for()
    assert page.get_by_label("รับและจ่ายเงินทางอิเล็กทรอนิกส์").is_checked()
    page.wait_for_url("**activity=e-payment**")


def test_what_is_wrong_is_said_and_what_was_typed_stays(watched: Watched) -> None:
    page = watched.open("/?tab=guide")
    page.locator("#ready", has_text="ready").wait_for(state="attached")
    page.get_by_role("button", name="ทำรายการตรวจสอบ").click()
    alert = page.locator("#guide-result [role='alert']")
    alert.filter(has_text="ยังไม่ได้เลือกงาน").wait_for()
    page.get_by_label("เว็บไซต์ของหน่วยงาน").check()
    page.get_by_label("5. ต้องการรู้").fill("31 ก.พ. 2569")
    page.get_by_role("button", name="ทำรายการตรวจสอบ").click()
    alert.filter(has_text="ไม่ใช่วันที่").wait_for()
    assert page.get_by_label("5. ต้องการรู้").input_value() == "31 ก.พ. 2569"
    assert page.get_by_label("เว็บไซต์ของหน่วยงาน").is_checked()


def test_a_link_with_an_unknown_or_hostile_choice_says_so(watched: Watched) -> None:
    page = watched.open("/en/?tab=guide&activity=%3Cimg src=x onerror='window.hacked=1'%3E")
    page.locator("#guide-result [role='alert']", has_text="there is no activity").wait_for()
    assert page.locator("#guide-result img").count() == 0
    assert page.evaluate("window.hacked") is None
    assert watched.complaints == []


def test_what_the_graph_cannot_tell_stands_apart(watched: Watched) -> None:
    page = watched.open("/en/" + LINK)
    check = page.locator("#guide-result .g-in-check")
    check.get_by_text("binds this kind of agency in part").first.wait_for()
    assert page.locator("#guide-result .g-in-not-now .g-item").count() > 0
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
