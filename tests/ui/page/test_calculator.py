"""The tab that works out the tax, in the browser; and its sentences without one."""

import pytest
from playwright.sync_api import Page

from qa.service import Service
from tax.parameters import Parameters
from tests.ui.page.conftest import Watched
from ui.drawing import Bar, tallies
from ui.page.calculator import in_words


@pytest.fixture
def page(watched: Watched) -> Page:
    page = watched.open("/?tab=tax")
    page.locator("#tax-form").wait_for()
    return page


@pytest.mark.slow
def test_a_tax_with_its_steps_and_a_link_that_opens_it_again(page: Page) -> None:
    page.get_by_label("การใช้ประโยชน์").select_option("other")
    page.get_by_label("ปีภาษี").fill("๒๕๖๙")
    page.get_by_label("มูลค่ารวม").fill("5,000,000")
    page.get_by_label("มูลค่ารวม").press("Enter")
    lead = page.locator("#tax-result h2", has_text="15,000.00 บาท")
    lead.wait_for()
    result = page.locator("#tax-result article")
    assert "มิถุนายน 2569" in result.inner_text()
    assert "ท้องถิ่นไม่ได้ออกข้อบัญญัติ" in result.inner_text()
    assert result.locator("tbody tr").count() >= 3
    again = result.get_by_role("link", name="ลิงก์ที่เปิดผลนี้อีกครั้ง").get_attribute("href")
    page.goto(page.url.split("?")[0] + str(again))
    lead.wait_for()
    assert page.get_by_label("ปีภาษี").input_value() == "๒๕๖๙"
    page.get_by_role("link", name="English").click()
    page.locator("#tax-result h2", has_text="The tax is 15,000.00 baht").wait_for()
    assert "30 June 2026" in page.locator("#tax-result").inner_text()
    section = page.locator("#tax-result td a").first
    section.click()
    page.wait_for_url("**/id/lbt-2562/35")


@pytest.mark.slow
def test_what_is_wrong_or_unknown_is_said_in_the_forms_words(page: Page, watched: Watched) -> None:
    error = page.locator("#tax-error p")
    hostile = "<img src=x onerror=alert(1)>"
    for value, year, said in (
        ("", "2569", "«มูลค่ารวมของที่ดินและสิ่งปลูกสร้าง»"),
        (hostile, "2569", hostile),
        ("100", "2599", "ยังไม่รู้อัตรา"),
        ("100", "2560", "เริ่มเก็บ"),
    ):
        page.get_by_label("มูลค่ารวม").fill(value)
        page.get_by_label("ปีภาษี").fill(year)
        page.locator("#tax-send").click()
        error.filter(has_text=said).wait_for()
        assert "--" not in error.inner_text()
        assert page.get_by_label("มูลค่ารวม").input_value() == value
    page.locator("#tax-clear").click()
    assert page.get_by_label("มูลค่ารวม").input_value() == ""
    assert error.count() == 0
    page.get_by_role("link", name="ที่ดินทิ้งว่าง 7 ปี").click()
    page.locator("#tax-result td", has_text="+0.6 %").wait_for()
    assert page.get_by_label("ทิ้งว่างติดต่อกัน").input_value() == "7"
    assert [line for line in watched.complaints if "400" not in line] == []


def test_options_are_said_as_the_form_calls_them(service: Service) -> None:
    parameters = Parameters(service.store)
    assert (
        in_words("เจ้าของ (ถ้าเป็นนิติบุคคลใส่ --owner juristic)", "th", parameters)
        == "เจ้าของ (ถ้าเป็นนิติบุคคลใส่ «เจ้าของ» = «นิติบุคคล»)"
    )
    said = in_words("--vacant-years goes with --use vacant only", "en", parameters)
    assert said.startswith("«Years left vacant in a row» goes with «Use» = «")
    assert "residential-other" not in in_words("ใช้ residential-other", "th", parameters)


def test_bars_escape_their_labels_and_say_every_count() -> None:
    drawn = tallies("<b>", [Bar("<script>", 3, '"x'), Bar("ก", 0)], "n")
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert 'class="m-bar-"' not in drawn
    assert "&lt;script&gt;: 3; ก: 0" in drawn
    assert drawn == tallies("<b>", [Bar("<script>", 3, '"x'), Bar("ก", 0)], "n")
