"""The tab where questions are asked, in a real browser, as a policy officer uses it."""

import json
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page

from qa.text import MAX_QUESTION
from tests.ui.page.conftest import Watched
from ui import feedback

pytestmark = pytest.mark.slow
STANDARD = "จะทำระบบลงลายมือชื่ออิเล็กทรอนิกส์ให้เจ้าหน้าที่ ต้องใช้มาตรฐานไหน"
BREACH = "ข้อมูลรั่วต้องแจ้ง สคส. ภายในกี่ชั่วโมง"


@pytest.fixture
def page(watched: Watched) -> Page:
    page = watched.open()
    page.locator("#ask-q textarea").wait_for()
    page.set_default_timeout(8_000)
    return page


def _ask(page: Page, question: str) -> None:
    page.locator("#ask-q textarea").fill(question)
    page.get_by_role("button", name="ถาม", exact=True).click()


def _answered(page: Page, count: int = 1) -> Locator:
    """Wait for so many whole answers; the last."""
    turn = page.locator(f"#turn-{count}[data-state='whole']")
    turn.wait_for()
    assert page.locator(".m-asked").count() == count
    return turn


def _link(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_main_job(page: Page) -> None:
    _ask(page, STANDARD)
    turn = _answered(page)
    assert "มสพร. 7-2565" in turn.locator(".m-lead").inner_text()
    first = turn.locator(".m-citations > li").first
    assert "ประกาศใช้แล้ว" in first.locator(".m-badge").first.inner_text()
    assert "สรุปของเรา ไม่ใช่ถ้อยคำของกฎหมาย" in first.inner_text()
    assert "2565" in first.locator(".m-dates").inner_text()
    assert first.locator("mark").count() > 0
    third = turn.locator("#cite-1-3")
    assert not third.locator("blockquote").is_visible()
    turn.locator(".m-said .cite", has_text="[3]").click()
    third.locator("blockquote").wait_for()
    assert page.url.endswith("#cite-1-3")
    third.locator("summary:focus").wait_for()
    box, beside = turn.locator(".m-said").bounding_box(), third.bounding_box()
    assert box
    assert beside
    assert beside["x"] > box["x"] + box["width"] - 1
    page.set_viewport_size({"width": 360, "height": 740})
    box, below = turn.locator(".m-said").bounding_box(), third.bounding_box()
    assert box
    assert below
    assert below["y"] > box["y"] + box["height"] - 1
    page.set_viewport_size({"width": 1280, "height": 800})
    first.get_by_role("link").click()
    page.wait_for_url("**/id/mspr-7-2565")
    assert "มสพร. 7-2565" in page.locator("h1").inner_text()


def test_facts_and_the_path_are_shown(page: Page) -> None:
    _ask(page, BREACH)
    turn = _answered(page)
    row = turn.locator(".m-found tbody tr", has_text="กำหนดเวลา")
    assert "ภายใน 72 ชั่วโมง" in row.inner_text()
    assert row.get_by_role("link").get_attribute("href") == "/id/pdpa-2562/37(4)"
    picture = turn.locator("svg.m-paths")
    assert "รับมือและแจ้งเหตุละเมิดข้อมูลส่วนบุคคล" in (picture.text_content() or "")
    assert picture.locator('a[href="/id/pdpa-2562"]').count() >= 1
    assert turn.locator(".m-related a").count() >= 3


def test_a_comparison_and_a_calculation_are_set_out(page: Page) -> None:
    _ask(page, "เปรียบเทียบ มสพร. 6-5 กับ มสพร. 7")
    table = _answered(page).locator(".m-compare")
    assert table.locator("thead th").count() == 2
    assert "7 มิถุนายน 2567" in table.locator("tr", has_text="การประกาศ").inner_text()
    _ask(page, "บ้านหลังหลักมูลค่า 60 ล้านบาท ปี 2569 ต้องเสียภาษีที่ดินเท่าไร")
    turn = _answered(page, 2)
    assert "3,000.00" in turn.locator(".m-lead").inner_text()
    steps = turn.locator("ol.m-steps > li")
    assert steps.count() == 4
    assert steps.nth(1).locator(".cite").count() == 1


def test_a_conversation_goes_on_is_reopened_by_its_link_and_begun_again(watched: Watched) -> None:
    page = watched.open()
    page.locator("#ask-q textarea").wait_for()
    assert not page.get_by_role("button", name="เริ่มใหม่").is_visible()
    _ask(page, "มสพร. 6-5 คืออะไร")
    _answered(page)
    _ask(page, "แล้วประกาศเมื่อไหร่")
    turn = _answered(page, 2)
    assert "7 มิถุนายน 2567" in turn.locator(".m-lead").inner_text()
    assert "มสพร. 6-5" in turn.locator(".m-follows").inner_text()
    page.wait_for_timeout(100)
    top = turn.bounding_box()
    assert top
    assert -5 < top["y"] < 400
    assert _link(page)["after"] == ["มสพร. 6-5 คืออะไร"]
    watched.open("/?" + urlsplit(page.url).query)
    turn = _answered(page, 2)
    assert "7 มิถุนายน 2567" in turn.locator(".m-lead").inner_text()
    assert _link(page)["after"] == ["มสพร. 6-5 คืออะไร"]
    page.get_by_role("button", name="เริ่มใหม่").click()
    page.locator(".m-asked").first.wait_for(state="detached")
    assert page.locator("#ask-q textarea").input_value() == ""
    assert not {"q", "after", "as-of"} & set(_link(page))


def test_another_day_is_asked_for_in_the_same_place(page: Page) -> None:
    _ask(page, "มสพร. 6-5 คืออะไร")
    _answered(page).get_by_role("link", name="ถามตามวันอื่น").click()
    day = page.locator("#ask-day :is(textarea, input)")
    assert day.evaluate("each => each === document.activeElement")
    day.fill("1 มกราคม 2566")
    day.press("Enter")
    page.locator(".m-as-of", has_text="1 มกราคม 2566").wait_for()
    turn = _answered(page)
    assert "ยังไม่มีผล ณ วันที่ถาม" in turn.locator(".m-citations > li").first.inner_text()
    assert _link(page) == {"tab": ["ask"], "q": ["มสพร. 6-5 คืออะไร"], "as-of": ["1 มกราคม 2566"]}
    day.fill("วันไหนก็ได้")
    day.press("Enter")
    page.locator("#ask-result [role='alert']", has_text="ไม่รู้ว่า «วันไหนก็ได้» คือวันใด").wait_for()
    assert day.input_value() == "วันไหนก็ได้"
    assert page.locator(".m-asked").count() == 1


def test_abstaining_helps(page: Page) -> None:
    _ask(page, "พรุ่งนี้ฝนจะตกไหม")
    turn = _answered(page)
    assert "กรมอุตุนิยมวิทยา" in turn.locator(".m-lead").inner_text()
    assert "มาตรฐานรัฐบาลดิจิทัล" in turn.locator(".m-said").inner_text()
    assert turn.locator(".m-near a[href^='/id/']").count() == 3
    assert page.locator("#ask-result [role='alert']").count() == 0
    assert page.locator("#ask-samples a").first.is_visible()


def test_a_sample_is_asked_and_the_samples_fold(page: Page) -> None:
    assert page.locator("#ask-samples h2").count() == 4
    page.get_by_role("link", name="มสพร. 6-5 ประกาศเมื่อไหร่").click()
    page.locator("#ask-result .m-lead", has_text="มสพร. 6-5").wait_for()
    assert "มสพร. 6-5 ประกาศเมื่อไหร่" in page.locator("#ask-q textarea").input_value()
    page.locator("#ask-samples a").first.wait_for(state="hidden")
    asked = _answered(page).locator(".m-related a").first
    text = asked.inner_text()
    asked.click()
    assert _answered(page, 2).locator(".m-question").inner_text().endswith(text)


def test_an_answer_is_copied_with_its_sources_and_as_a_link(page: Page, watched: Watched) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _ask(page, STANDARD)
    tools = _answered(page).locator(".m-tools")
    tools.get_by_role("button", name="คัดลอกคำตอบ").click()
    tools.get_by_text("คัดลอกแล้ว").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"คำถาม: {STANDARD}")
    assert "[1] มสพร. 7-2565" in copied
    assert "https://w3id.org/mattra/id/mspr-7-2565" in copied
    assert copied.endswith("โดย mattra")
    tools.get_by_role("button", name="คัดลอกลิงก์").click()
    page.wait_for_timeout(100)
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(watched.address + "/?tab=ask&q=")
    assert "as-of=" in link
    page.emulate_media(media="print")
    assert not tools.is_visible()
    assert page.locator(".m-citations").is_visible()


def test_a_verdict_is_kept_here_with_its_note_masked(page: Page) -> None:
    feedback.path().unlink(missing_ok=True)
    _ask(page, BREACH)
    form = _answered(page).locator(".m-feedback")
    assert "เก็บไว้ในเซิร์ฟเวอร์นี้เท่านั้น" in form.inner_text()
    form.get_by_role("button", name="ยังไม่ได้").click()
    form.get_by_text("บันทึกแล้ว").wait_for()
    form.get_by_label("บอกเพิ่มเติม").fill("โทร 081 234 5678 <img src=x onerror=alert(1)>")
    form.get_by_role("button", name="บันทึกความเห็น").click()
    form.get_by_label("บอกเพิ่มเติม").wait_for(state="hidden")
    kept = list(feedback.lines())
    assert [line["verdict"] for line in kept] == ["down", "down"]
    assert kept[1]["note"] == "โทร [phone] <img src=x onerror=alert(1)>"
    assert kept[1]["question"] == BREACH
    assert kept[1]["refs"][0] == "pdpa-2562/37"
    feedback.path().unlink()


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
    assert page.locator("#ask-q textarea").input_value() == typed


def test_hostile_text_stays_text(watched: Watched) -> None:
    hostile = "<img src=x onerror='window.hacked=1'>\n\n# $x$ </textarea><script>window.hacked=1</script> มสพร. 7 คืออะไร"
    after = '"><svg onload=window.hacked=1> มสพร. 6-5'
    page = watched.open(
        f"/?tab=ask&q={quote(hostile)}&after={quote(after)}&after=x&as-of=2569-01-31"
    )
    page.locator("#turn-3[data-state='whole']").wait_for()
    assert (
        page.locator("#ask-result :is(img, script, svg:not(.m-paths, .m-feedback svg))").count()
        == 0
    )
    assert page.evaluate("window.hacked") is None
    assert after in page.locator("#turn-1 .m-question").inner_text()
    assert json.loads(page.locator("#ask-before textarea").input_value())[0] == after
    assert watched.complaints == []


def test_an_unknown_tab_opens_the_first(watched: Watched) -> None:
    page = watched.open("/?tab=%22%5D,*&q=x")
    assert page.locator("#tab-ask-button").get_attribute("aria-selected") == "true"
    assert watched.complaints == []
