"""Every form of a report: none, many and hostile findings, and that the forms agree."""

import csv
import io
import json
import re
import shutil
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import sync_playwright
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SH

from shapes.report import SCHEMA, Finding, RecordReport, Rule, record_iri
from shapes.reports import FORMS, writer
from shapes.reports.wording import width

TAX = "https://w3id.org/mattra/ns/tax#"
M = Namespace("https://w3id.org/mattra/ns#")
SHAPE = Namespace("https://w3id.org/mattra/shapes#")
KEYS = [
    "rule", "severity", "file", "row", "column", "value", "message_th", "message_en", "source",
    "focus", "path",
]  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>", "=cmd|'/C calc'!A0", "@SUM(A1)", "one\ntwo\r\n\tthree",
    "abc\u202edcba\u200f", "nul\x00\x01\x0b\ufffe\uffff", "ก" * 10_000, "]]>&amp;\"'",
    "โฉนด\u200b12", "{{ 7*7 }}", "\\u0041 \\", "-500.00", "\ufeff", "x" * 300, "  =1", "\U0001f3e0",
]  # fmt: skip


def rule(number: int, severity: str, column: str, th: str, en: str, **more: str) -> Rule:
    name = f"LBT-{number:03}"
    return Rule(
        name, severity, TAX + column, column, f"ข้อ {number}", f"rule {number}",
        f"{name} {th}", f"{name} {en}", "lbt-2562/42", **more,
    )  # fmt: skip


RULES = {
    r.id: r
    for r in (
        rule(5, "violation", "ownerId", "แก้เลข 13 หลัก", "mend the number"),
        rule(142, "violation", "taxDue", "ต้องเป็น {?expected} บาท", "must be {?expected} baht"),
        rule(150, "warning", "dueDate", "ภายใน {?lastDay}", "by {?lastDay}", component="SPARQLConstraintComponent"),
        rule(180, "info", "priorTax", "ไม่มี {?value}", "no {?value}"),
        rule(199, "violation", "taxDue", "ไม่มีใครผิด", "nobody breaks this"),
    )
}  # fmt: skip


def report(rows: list[tuple[Any, ...]], **more: Any) -> RecordReport:
    settings: dict[str, Any] = {"files": ["a.csv"], "records": 10} | more
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return RecordReport("assessment", rules=RULES, frame=frame, **settings)


def written(given: RecordReport, form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    writer(form)(given, out, **more)
    assert not out.closed
    return out.getvalue()


SOME = [
    ("LBT-142", 1, 9, "taxDue", "41,000.00", None, '{"expected": "1240000.5"}'),
    ("LBT-005", 0, 17, "ownerId", "123", None, None),
    ("LBT-142", 0, 17, "taxDue", "41,000.00", None, '{"expected": "40000.00"}'),
    ("LBT-150", 0, 3, "dueDate", "30/4/2569", None, '{"lastDay": "2026-06-30"}'),
    ("LBT-180", 0, 4, "priorTax", None, "http://example.org/r4", None),
]


def hinted(column: str, value: str) -> tuple[str, str] | None:
    return ("ขาดศูนย์นำหน้า", "a leading zero is missing") if column == "ownerId" else None


@pytest.fixture
def some() -> RecordReport:
    return report(
        SOME, files=["b.csv", "a.csv"], hinter=hinted, notes=[("อ่านเลขไทย 3 ช่อง", "3 Thai numbers")],
        headings={"ownerId": "เลขประจำตัว"},
    )  # fmt: skip


@pytest.fixture
def hostile() -> RecordReport:
    rows = [
        (name, number % 2, number + 2, RULES[name].column, value, None, json.dumps({"lastDay": value}))
        for name in ("LBT-005", "LBT-150", "LBT-180")
        for number, value in enumerate(HOSTILE)
    ]  # fmt: skip
    return report(rows, files=["<b>\x01.csv", "=x \udcff.csv"], notes=[("<i>\x00", "n")])


@pytest.fixture(scope="module")
def many() -> RecordReport:
    total = 100_000
    rules = list(RULES)[:4]
    numbers = pl.int_range(total, eager=True)
    frame = pl.DataFrame(
        {
            "rule": [rules[n % 4] for n in range(total)],
            "file": numbers * 0,
            "row": numbers // 2 + 2,
            "column": [RULES[rules[n % 4]].column for n in range(total)],
            "value": [f"{n}.25" for n in range(total)],
            "focus": [None] * total,
            "detail": [f'{{"expected": "{n}.00", "lastDay": "2026-06-30"}}' for n in range(total)],
        },
        schema_overrides=SCHEMA,
    )
    return RecordReport("assessment", ["a.csv"], total, RULES, frame)


def test_findings_come_sorted_with_their_messages_filled(some: RecordReport) -> None:
    found = list(some.findings())
    assert [(f.file, f.row, f.rule) for f in found] == [
        ("a.csv", 9, "LBT-142"), ("b.csv", 3, "LBT-150"), ("b.csv", 4, "LBT-180"),
        ("b.csv", 17, "LBT-005"), ("b.csv", 17, "LBT-142"),
    ]  # fmt: skip
    assert found[0].message_th == "LBT-142 ต้องเป็น 1,240,000.50 บาท"
    assert found[1].message_th == "LBT-150 ภายใน 30 มิ.ย. 2569"
    assert found[1].message_en == "LBT-150 by 2026-06-30"
    assert found[2].message_en == "LBT-180 no –"
    assert found[2].focus == "http://example.org/r4"
    assert found[0].focus == record_iri("assessment", "a.csv", 9)
    assert some.counts == {"violation": 3, "warning": 1, "info": 1}
    assert some.by_rule() == {"LBT-005": 1, "LBT-142": 2, "LBT-150": 1, "LBT-180": 1}
    assert some.by_column() == {"taxDue": 2, "dueDate": 1, "ownerId": 1, "priorTax": 1}
    assert not some.conforms


def test_findings_can_be_chosen(some: RecordReport) -> None:
    assert [f.row for f in some.findings(rule="LBT-142")] == [9, 17]
    assert [f.row for f in some.findings(severity="violation", limit=2)] == [9, 17]
    assert list(some.findings(rule="LBT-142", severity="warning")) == []
    assert list(some.findings(rule="LBT-199")) == []
    assert [f.row for f in some.of_file(1)] == [9]


def test_a_finding_has_the_keys_of_the_contract(some: RecordReport) -> None:
    plain, hint = (next(some.findings(rule=name)).to_dict() for name in ("LBT-142", "LBT-005"))
    assert list(plain) == KEYS
    assert list(hint) == [*KEYS, "hint_th", "hint_en"]


def test_warnings_alone_conform() -> None:
    given = report([SOME[3]])
    assert given.conforms
    assert "ผลตรวจ: ผ่าน (conforms)" in written(given, "text").decode()
    graph = Graph().parse(data=written(given, "ttl"), format="turtle")
    assert (None, SH.conforms, Literal(True)) in graph
    assert (None, URIRef(str(SH) + "conformanceDisallows"), SH.Violation) in graph
    suite = ET.fromstring(written(given, "junit"))  # noqa: S314 - our own
    assert suite.get("failures") == "0"


@pytest.mark.parametrize("files", [[], ["a.csv"]])
def test_no_findings(files: list[str]) -> None:
    given = report([], files=files)
    forms = {form: written(given, form) for form in FORMS}
    assert given.conforms
    assert json.loads(forms["json"])["findings"] == []
    assert forms["csv"].count(b"\r\n") == 1
    assert "ผิด 0 จุด" in forms["text"].decode()
    assert "ไม่พบข้อที่ต้องแก้" in forms["html"].decode()
    assert len(Graph().parse(data=forms["ttl"], format="turtle")) == 3
    assert len(ET.fromstring(forms["junit"]).findall(".//testcase")) == len(RULES)  # noqa: S314


def test_text_reads_well(some: RecordReport) -> None:
    text = written(some, "text", labels=lambda ref: "พ.ร.บ. ภาษี มาตรา 42").decode()
    assert text.startswith("ผลตรวจ: ไม่ผ่าน (does not conform)\n")
    assert "ผิด 3 จุด · คำเตือน 1 จุด · ข้อสังเกต 1 จุด" in text
    assert "b.csv:17  ownerId = 123  → ขาดศูนย์นำหน้า" in text
    assert "ที่มา พ.ร.บ. ภาษี มาตรา 42 (lbt-2562/42)" in text
    assert "priorTax = (ว่าง)" in text
    assert text.index("LBT-005 ข้อ") < text.index("LBT-142 ข้อ") < text.index("LBT-150 ข้อ")
    assert "\x1b" not in text


def test_text_shows_ten_of_each_unless_all(many: RecordReport) -> None:
    text = written(many, "text").decode()
    assert text.count(" ownerId = ") == 10
    assert "… อีก 24,990 จุด" in text
    assert "--all" in text


def test_all_shows_all(some: RecordReport) -> None:
    rows = [("LBT-005", 0, n, "ownerId", str(n), None, None) for n in range(2, 302)]
    given = report(rows)
    assert written(given, "text", all=True).decode().count(" ownerId = ") == 300
    assert written(given, "html").decode().count('class="item"') == 100
    assert written(given, "html", all=True).decode().count('class="item"') == 300
    assert written(given, "junit", all=True).decode().count(" ownerId = ") == 300


def test_json_is_the_contract(some: RecordReport) -> None:
    answer = json.loads(written(some, "json"))
    assert answer["files"] == ["b.csv", "a.csv"]
    assert answer["counts"] == some.counts
    assert answer["notes"] == [{"th": "อ่านเลขไทย 3 ช่อง", "en": "3 Thai numbers"}]
    assert answer["findings"] == [finding.to_dict() for finding in some.findings()]
    assert {"conforms", "dataset", "records", "took_ms", "engine"} <= set(answer)


def test_csv_holds_one_finding_a_line(hostile: RecordReport) -> None:
    data = written(hostile, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    total = hostile.frame.height
    assert data.count(b"\n") == total + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == total
    assert list(rows[0]) == list(Finding._fields)
    for cell in (cell for row in rows for cell in row.values()):
        assert not re.match(r"\s*[=@]|\s*[+-](?![\d.,]+$)", cell), cell
        assert len(cell) <= 1001


def test_turtle_agrees_in_two_parsers(some: RecordReport) -> None:
    data = written(some, "ttl")
    graph = Graph().parse(data=data, format="turtle")
    assert len(list(parse(data, format=RdfFormat.TURTLE))) == len(graph)
    assert len(set(graph.objects(None, SH.result))) == 5
    node = graph.value(predicate=SH.sourceShape, object=SHAPE["LBT-150"])
    assert graph.value(node, RDF.type) == SH.ValidationResult
    assert graph.value(node, SH.resultSeverity) == SH.Warning
    assert graph.value(node, SH.resultPath) == URIRef(TAX + "dueDate")
    assert graph.value(node, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent
    assert graph.value(node, SH.value) == Literal("30/4/2569")
    assert graph.value(node, M.row) == Literal(3)
    assert graph.value(node, M.file) == Literal("b.csv")
    assert graph.value(node, M.column) == Literal("dueDate")
    assert {m.language for m in graph.objects(node, SH.resultMessage) if isinstance(m, Literal)} == {"th", "en"}  # fmt: skip


def test_turtle_keeps_hostile_values_whole(hostile: RecordReport) -> None:
    graph = Graph().parse(data=written(hostile, "ttl"), format="turtle")
    values = {str(value) for value in graph.objects(None, SH.value)}
    assert values == set(HOSTILE)
    assert len(set(graph.objects(None, SH.result))) == hostile.frame.height


def test_turtle_names_strange_nodes() -> None:
    given = report(
        [("LBT-005", 0, 1, "ownerId", "1", node, None) for node in ("_:b 0", 'http://e.x/a b"<>')]
    )
    graph = Graph().parse(data=written(given, "ttl"), format="turtle")
    focus = {str(node) for node in graph.objects(None, SH.focusNode)}
    assert "http://e.x/a%20b%22%3C%3E" in focus
    assert len(focus) == 2


@pytest.mark.parametrize("form", ["text", "html", "junit", "csv"])
def test_forms_for_people_show_nothing_unseen_and_nothing_endless(
    hostile: RecordReport, form: str
) -> None:
    text = written(hostile, form, all=True).decode("utf-8-sig")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b-\u200f\u202a-\u202e\ufffe\uffff]", text)
    assert "โฉนด<U+200B>12" in text.replace("&lt;", "<").replace("&gt;", ">")
    assert "ก" * 1001 not in text
    if form == "text":
        assert max(width(line) for line in text.splitlines()) <= 110


def test_junit_has_a_case_for_each_rule(some: RecordReport, hostile: RecordReport) -> None:
    suite = ET.fromstring(written(some, "junit"))  # noqa: S314 - our own
    cases = {str(case.get("name")).split()[0]: case for case in suite.iter("testcase")}
    assert set(cases) == set(RULES)
    assert suite.get("failures") == "2"
    failure = cases["LBT-142"].find("failure")
    assert failure is not None
    assert "b.csv:17 taxDue = 41,000.00" in str(failure.text)
    assert cases["LBT-150"].find("failure") is None
    assert "คำเตือน 1 จุด" in str(cases["LBT-150"].findtext("system-out"))
    assert len(cases["LBT-199"]) == 0
    assert ET.fromstring(written(hostile, "junit")).get("failures") == "1"  # noqa: S314


def test_html_escapes_and_asks_nothing_outside(hostile: RecordReport) -> None:
    page = written(hostile, "html").decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>" not in page.replace("<b>ไม่ผ่าน", "").partition("<main>")[0]
    assert "{{ 7*7 }}" in page
    assert "default-src 'none'" in page
    assert not re.search(r'(src|href)="(?!#)|url\(|@import|style="| on\w+="', page)


def test_html_tells_how_many_more(many: RecordReport) -> None:
    page = written(many, "html").decode()
    assert page.count('class="item"') == 400
    assert "และอีก 24,900 จุด" in page


def test_a_report_that_holds_only_some_says_so() -> None:
    given = report([SOME[1]], truncated=True)
    for form in ("text", "html"):
        assert "อย่างน้อย 1" in written(given, form).decode()
    assert json.loads(written(given, "json"))["truncated"] is True


def test_findings_about_a_whole_row_or_a_header() -> None:
    whole = Rule(
        "READ-004", "violation", "", "", "แถวผิดรูป", "row", "READ-004: {?th}", "READ-004: {?en}", ""
    )
    rows = [
        ("READ-004", 0, 5, "", None, None, '{"th": "มี 3 เซลล์", "en": "3 cells"}'),
        ("READ-004", 0, 1, "TaxDu", "TaxDu", None, '{"th": "ไม่รู้จัก", "en": "unknown"}'),
    ]
    given = RecordReport(
        "assessment",
        ["a.csv"],
        9,
        {whole.id: whole},
        pl.DataFrame(rows, schema=SCHEMA, orient="row"),
    )
    text = written(given, "text").decode()
    assert "a.csv:1  TaxDu\n" in text
    assert "a.csv:5  (ทั้งแถว)\n        มี 3 เซลล์\n" in text
    assert "คอลัมน์" not in text
    page = written(given, "html").decode()
    assert "(ทั้งแถว)" in page
    assert "คอลัมน์  <code></code>" not in page
    graph = Graph().parse(data=written(given, "ttl"), format="turtle")
    assert (None, SH.resultPath, None) not in graph
    assert "assessment.file" in written(given, "junit").decode()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "csv", "html", "json", "ttl", "junit"])
def test_a_hundred_thousand_findings_are_quick(many: RecordReport, form: str) -> None:
    start = time.process_time()
    written(many, form)
    # The aim is 2 s on a quiet machine; a busy one gets twice that.
    assert time.process_time() - start < 4 * (1 if form in ("text", "csv", "html") else 2)


def test_unknown_form() -> None:
    with pytest.raises(KeyError):
        writer("docx")


@pytest.mark.slow
def test_html_filters_in_a_browser(hostile: RecordReport, tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium: apt-get install chromium")
    path = tmp_path / "report.html"
    path.write_bytes(written(hostile, "html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 400, "height": 800})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        assert page.locator(".rule:visible").count() == 3
        page.locator("input[value=violation]").uncheck()
        assert page.locator(".rule:visible").count() == 2
        page.get_by_label("ค้นหา").fill("โฉนด")
        assert page.locator(".rule:visible .item:visible").count() == 2
        page.get_by_role("button", name="ล้าง").click()
        page.locator(".rule:visible").nth(2).wait_for()
        assert said == []
        browser.close()
