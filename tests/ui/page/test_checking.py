"""The tab that checks files, in the browser, as a developer of a local government uses it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from ingest.records.sample import generate
from ingest.records.writing import write
from tests.ui.page.conftest import Watched

pytestmark = pytest.mark.slow
HOSTILE = "<img src=x onerror=window.hacked=1>"


@pytest.fixture
def page(watched: Watched) -> Iterator[Page]:
    page = watched.open("/?tab=check")
    page.locator("#check-form").wait_for()
    page.set_default_timeout(15_000)
    yield page
    assert page.evaluate("window.hacked") is None


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "ภาษี 2569.csv"
    write(generate("assessment", 3_000, 1, 0.03), "assessment", "csv", path)
    return path


def _send(page: Page, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator("#check-file").set_input_files(files=[file])
    page.get_by_role("button", name="ตรวจ", exact=True).click()


def test_a_file_is_checked_filtered_paged_downloaded_and_deleted(page: Page, wrong: Path) -> None:
    page.locator("#check-file").set_input_files(wrong)
    assert page.locator("#check-chosen strong").inner_text() == "ภาษี 2569.csv"
    page.locator("#check-send").click()
    report = page.locator("#check-result article")
    report.wait_for()
    assert report.get_by_role("heading", level=2).inner_text().startswith("ไม่ผ่าน")
    assert "3,000 แถว" in report.inner_text()
    assert report.locator("svg[role=img] title").all_text_contents() == [
        "จำนวนตามความร้ายแรง", "จำนวนตามกฎ", "จำนวนตามคอลัมน์",
    ]  # fmt: skip
    assert report.locator(".m-why li").count() == 50
    cell = report.locator("td.m-bad").first
    message = page.locator(f"#{(cell.get_attribute('aria-describedby') or '').split()[0]}")
    assert message.inner_text()
    report.get_by_role("link", name="ถัดไป").click()
    page.locator("#check-result .m-quiet", has_text="แสดงจุดที่ 51").wait_for()
    assert "offset=50" in page.url
    page.reload()
    page.locator("#check-result .m-quiet", has_text="แสดงจุดที่ 51").wait_for()
    report.get_by_role("combobox", name="ความร้ายแรง").select_option("warning")
    page.get_by_role("button", name="กรอง").click()
    page.wait_for_url("**severity=warning*")
    page.locator("#check-result .m-quiet", has_text="แสดงจุดที่ 1 ").wait_for()
    assert set(report.locator(".m-why .m-badge").all_inner_texts()) == {"คำเตือน"}
    law = report.locator(".m-why a[href^='/shapes#LBT-']").first.get_attribute("href")
    assert page.request.get(page.url.split("/?")[0] + str(law)).ok
    with page.expect_download() as held:
        report.get_by_role("link", name="ไฟล์เดิมที่ทำเครื่องหมาย").click()
    assert held.value.suggested_filename == "checked-ภาษี 2569.csv"
    assert len(held.value.path().read_text().splitlines()) == 3_001
    report.get_by_role("button", name="ลบไฟล์และผลตรวจ").click()
    page.locator("#check-status", has_text="ลบไฟล์และผลตรวจออกจาก").wait_for()
    assert report.count() == 0
    assert "job=" not in page.url


def test_pasted_text_and_another_data_set(page: Page) -> None:
    page.get_by_label("ชุดข้อมูล").select_option("payment")
    page.locator("#check-fields summary").click()
    page.locator("#check-fields td").first.wait_for()
    link = page.get_by_role("link", name="XML", exact=True)
    assert link.get_attribute("href") == "/api/templates/payment?format=xml"
    made = page.request.get(page.url.split("/?")[0] + "/api/samples/payment?rows=3")
    page.locator("#check-paste summary").click()
    page.get_by_label("ข้อความ CSV").fill(made.text())
    page.get_by_label("ข้อความ CSV").press("Tab")
    page.locator("#check-send").press("Enter")
    page.locator("#check-result h2", has_text="ผ่าน ไม่พบ").wait_for()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("ว่าง.csv", b" ", "ว่าง"),
        ("a.csv", "ก,ข\n1,2\n".encode(), "คอลัมน์"),
        ("a.bin", b"\x00\x01\x02", "a.bin"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_file_stays_chosen(
    page: Page, name: str, data: bytes, said: str
) -> None:
    _send(page, name, data)
    page.locator("#check-error", has_text=said).wait_for()
    assert page.locator("#check-chosen strong").inner_text() == name
    assert page.locator("#check-send").is_enabled()


def test_nothing_chosen_too_large_busy_lost_and_unreachable(page: Page) -> None:
    error = page.locator("#check-error")
    page.locator("#check-send").click()
    error.get_by_text("ยังไม่ได้เลือกไฟล์").wait_for()
    page.locator("#check-form").evaluate("form => { form.dataset.most = '2' }")
    _send(page, "a.csv", b"abc")
    error.get_by_text("ไฟล์ใหญ่เกิน").wait_for()
    page.locator("#check-form").evaluate("form => { form.dataset.most = '2000' }")

    def busy(route: Route) -> None:
        text = "มีไฟล์รอตรวจเต็มแล้ว รอ 5 วินาทีแล้วส่งใหม่"
        route.fulfill(status=503, json={"detail_th": text, "detail_en": "busy"})

    page.route("**/api/validate*", busy)
    page.locator("#check-send").click()
    error.get_by_text("รอ 5 วินาที").wait_for()
    page.unroute("**/api/validate*")
    page.route("**/api/validate*", lambda route: route.abort())
    page.locator("#check-send").click()
    error.get_by_text("ติดต่อเซิร์ฟเวอร์ไม่ได้").wait_for()
    page.unroute("**/api/validate*")
    page.goto(re.sub(r"\?.*", "", page.url) + f"?tab=check&job={'x' * 32}")
    error.get_by_text("ไม่พบงานตรวจนี้").wait_for()


def test_a_check_is_cancelled(page: Page) -> None:
    started: list[str] = []

    def slow(route: Route) -> None:
        if route.request.method == "DELETE":
            started.append(route.request.url)
            route.continue_()
            return
        answer = route.fetch()
        body = answer.json() | {"state": "checking", "rows": 12_345, "rows_per_second": 6_789.0}
        route.fulfill(response=answer, json=body)

    page.route("**/api/jobs/*", slow)
    _send(page, "a.csv", b"assessmentId\n1\n")
    page.locator("#check-progress", has_text="12,345 แถว · 6,789 แถวต่อวินาที").wait_for()
    page.get_by_role("button", name="ยกเลิก").click()
    page.locator("#check-status", has_text="ยกเลิกแล้ว").wait_for()
    assert len(started) == 1
    assert page.locator("#check-progress").is_hidden()
    page.unroute("**/api/jobs/*")


def test_text_of_a_file_is_never_html(page: Page, watched: Watched) -> None:
    cell = f'"{HOSTILE}"'
    data = f"assessmentId,taxYear,{cell}\n{cell},{cell},{cell}\n".encode("cp874")
    _send(page, f"{HOSTILE[:40]}.csv", data)
    report = page.locator("#check-result article")
    report.wait_for()
    assert HOSTILE in report.inner_text()
    assert "onerror" in page.locator("#check-chosen").inner_text()
    assert page.locator("#check-form img, #check-result img").count() == 0
    page.goto(page.url + "&rule=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E")
    page.locator("#check-error p").wait_for()
    assert page.locator("#check-error img").count() == 0
    assert [line for line in watched.complaints if "400" not in line] == []


def test_the_sample_reads_in_english(watched: Watched) -> None:
    page = watched.open("/en/?tab=check")
    page.get_by_role("link", name="Try it with made-up data").click()
    page.locator("#check-result h2", has_text="Not passed").wait_for()
    page.get_by_role("tab", name="Work out the tax").click()
    page.wait_for_url("**/en/?tab=tax")
