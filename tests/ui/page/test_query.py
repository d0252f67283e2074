"""The tab of SPARQL in a real browser, as an integrator uses it."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.ui.page.conftest import Watched

pytestmark = pytest.mark.slow


def _editor(page: Page) -> Page:
    page.locator("#sparql-yasqe .CodeMirror").wait_for()
    return page


def _write(page: Page, query: str) -> None:
    page.locator("#sparql-yasqe textarea").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)


def test_an_example_fills_the_editor_and_its_result_is_seen_in_each_way(watched: Watched) -> None:
    page = watched.open()
    before = len([url for url in watched.asked if "yasgui" in url])
    page.get_by_role("tab", name="SPARQL").click()
    _editor(page)
    assert before == 0
    assert len([url for url in watched.asked if "yasgui" in url]) == 2
    page.get_by_text("คำสั่งตัวอย่าง (36)").click()
    page.get_by_role("link", name="จำนวนมาตราและบทกำหนดของกฎหมายแต่ละฉบับ").click()
    page.locator(".q-result .m-lead", has_text=re.compile(r"พบ \d+ แถว")).wait_for(timeout=60_000)
    assert "GROUP BY ?law" in page.locator("#sparql-yasqe .CodeMirror-code").inner_text()
    assert page.locator("#sparql-yasqe .parseErrorIcon").count() == 0
    page.get_by_role("button", name="แผนภูมิ").click()
    assert page.locator("[data-shown='chart'] svg rect").count() > 20
    assert not page.locator("[data-shown='table']").is_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="CSV").click()
    assert begun.value.suggested_filename == "mattra.csv"
    assert begun.value.path().read_text().startswith("law,sections,duties,rights")
    assert "query=" in page.url
    assert watched.outside == []
    assert watched.complaints == []


def test_a_link_opens_a_picture_of_triples_in_english(watched: Watched) -> None:
    page = watched.open("/en/?tab=sparql&example=28-citation-graph")
    page.locator("[data-shown='graph'] svg a").first.wait_for()
    assert "Personal Data Protection" in page.locator("[data-shown='graph']").inner_text()
    page.get_by_role("button", name="Copy a link").click()
    page.locator("#sparql-said:not(:empty)").wait_for()
    page.get_by_role("link", name="ภาษาไทย").click()
    page.get_by_text("ทริปเปิล").wait_for()
    page.get_by_role("tab", name="ถาม", exact=True).click()
    page.wait_for_url(lambda url: "query" not in url)


def test_names_are_completed_from_the_graph_and_the_keyboard_leaves_again(watched: Watched) -> None:
    page = _editor(watched.open("/?tab=sparql"))
    _write(page, "SELECT ?x WHERE { ?x a m:Sect")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint", has_text="m:Section  มาตรา").click()
    page.keyboard.insert_text(" } LIMIT 1")
    page.keyboard.press("Control+Enter")
    page.locator(".q-rows td a").wait_for()
    page.locator("#sparql-yasqe textarea").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.CodeMirror')")
    page.locator("#sparql-yasqe textarea").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('[id]').id") == "sparql-run"


@pytest.mark.parametrize(
    ("start", "cases"),
    [
        ("/", {"SELECT ?x WHERE {": "ผิดไวยากรณ์ที่บรรทัด 1", "DROP ALL": "อ่าน"}),
        ("/en/", {" ": "no query yet", "SELECT ?x WHERE {": "wrong at line 1"}),
    ],
)
def test_a_refused_query_stays_and_is_explained(
    watched: Watched, start: str, cases: dict[str, str]
) -> None:
    page = _editor(watched.open(f"{start}?tab=sparql"))
    for query, said in cases.items():
        _write(page, query)
        page.locator("#sparql-run").click()
        page.locator("#sparql-result [role='alert']", has_text=said).wait_for()
        assert query.strip() in page.locator("#sparql-yasqe .CodeMirror-code").inner_text()


def test_hostile_text_stays_text(watched: Watched) -> None:
    evil = "<img src=x onerror='window.hacked=1'></div><script>window.hacked=1</script>\\n\\n# x"
    query = (
        f'SELECT ?a ?b ?n {{ VALUES (?a ?b ?n) {{ ("{evil}" <javascript:window.hacked=1> 2) '
        f'("x" <http://x/"onload="window.hacked=1> 1) }} }}'
    ).replace('"onload="', "%22onload=")
    page = watched.open("/?tab=sparql&query=" + quote(query))
    page.locator(".q-rows td").first.wait_for()
    page.get_by_role("button", name="แผนภูมิ").click()
    assert page.locator("#sparql-result img, #sparql-result script").count() == 0
    assert page.locator("#sparql-result a[href^='javascript']").count() == 0
    assert page.evaluate("window.hacked") is None
    assert watched.complaints == []
