"""The real dump as a careful reader reads it; invented pages; noise."""

import re
from pathlib import Path

import pytest
from rdflib.compare import isomorphic

from graph.errors import InputError
from graph.store import fingerprint, ingested_files, open_store
from graph.things import describe
from ingest.page_graph import to_graph
from ingest.pages import PageReading, read_pages
from qa.service import Service
from shapes.check import check, knowledge_shapes
from ui.ingesting import ingest_pages, known_standards, report_text

HEARINGS = {
    "draft-tax-semantics-2567": ("2024-07-07", "2024-08-07", "2024-07-24", ("13:30", "15:30")),
    "draft-anonymization-2567": ("2024-06-12", "2024-07-12", "2024-06-28", ("13:30", "16:00")),
    "mspr-6-6-2567": ("2024-05-21", "2024-06-21", "2024-06-06", ("13:30", "15:30")),
    "mrd-8-2567": ("2024-03-08", "2024-04-08", "2024-03-28", ("13:30", "16:00")),
    "mspr-6-5-2567": ("2024-02-15", "2024-03-15", "2024-02-29", ("13:30", "15:30")),
}
ANNOUNCED = {
    **{f"mspr-6-{n}-2566": ("2023-08-22", "ม 3/2566") for n in (1, 2, 3, 4)},
    "mspr-6-5-2567": ("2024-06-07", "ม 2/2567"),
    "mspr-7-2565": ("", "18/2565"),
}
DOCUMENTS = {
    "draft-tax-semantics-2567": 8, "draft-anonymization-2567": 9, "mspr-6": 2, "mspr-6-1-2566": 1,
    "mspr-6-2-2566": 1, "mspr-6-3-2566": 1, "mspr-6-4-2566": 1, "mspr-6-5-2567": 13,
    "mspr-6-6-2567": 9, "mrd-8-2567": 9, "mspr-7-2565": 2,
}  # fmt: skip
PAGE = """เมนู | หน้าแรก | ติดต่อเรา
ความเป็นมาและวัตถุประสงค์
สพร. ได้จัดทำ (ร่าง) มสพร. X-256X มาตรฐานสำนักงานพัฒนารัฐบาลดิจิทัล ว่าด้วยแนวทางการใช้ปัญญาประดิษฐ์ภาครัฐ เวอร์ชัน 1.0 โดยเสนอหลักการ
จึงขอเชิญแสดงความคิดเห็น ในระหว่างวันที่ ๑ – ๓๐ เมษายน ๒๕๖๘ และจัดงานประชุมรับฟังความคิดเห็น ในวันศุกร์ที่ 18 เมษายน 2568 เวลา 9.00 – 12.00 น.
เอกสารและลิงก์ที่เกี่ยวข้อง
รายการวันที่นำเข้าลิงก์ /ดาวน์โหลด
1. (ร่าง) แนวทาง เวอร์ชัน 1.01/4/2568
2. แบบสำรวจ31/02/2568

ยอมรับคุกกี้ทั้งหมด
"""


@pytest.fixture(scope="module")
def reading(shared: Path) -> PageReading:
    return read_pages(shared / "standards" / "dga_standard_pages.txt")


@pytest.fixture(scope="module")
def report(shared: Path, service: Service) -> dict[str, object]:
    found = ingest_pages(shared / "standards" / "dga_standard_pages.txt", service.store)
    for path in ingested_files():
        path.unlink()
    fingerprint.cache_clear()
    return found


def _standards(report: dict[str, object]) -> dict[str, dict[str, list[dict[str, object]]]]:
    return {s["ref"]: s for s in report["standards"]}  # type: ignore[attr-defined]


def test_every_standard_of_the_dump_and_no_other(report: dict[str, object]) -> None:
    assert set(_standards(report)) == set(DOCUMENTS)


def test_every_hearing(report: dict[str, object]) -> None:
    found: dict[str, tuple[object, ...]] = {
        ref: (e["start"], e["end"], e["meeting"], tuple(e["times"]))  # type: ignore[arg-type]
        for ref, s in _standards(report).items()
        for e in s["events"]
        if e["kind"] == "hearing"
    }
    assert found == HEARINGS


def test_every_announcement(report: dict[str, object]) -> None:
    found = {
        ref: (e["start"], e["number"])
        for ref, s in _standards(report).items()
        for e in s["events"]
        if e["kind"] == "announcement"
    }
    assert found == ANNOUNCED


def test_every_listed_document(report: dict[str, object]) -> None:
    assert {ref: len(s["documents"]) for ref, s in _standards(report).items()} == DOCUMENTS
    dated = [d for s in _standards(report).values() for d in s["documents"]]
    assert all(d["uploaded"] for d in dated)


def test_both_dated_approvals(report: dict[str, object]) -> None:
    found = {
        (ref, e["start"])
        for ref, s in _standards(report).items()
        for e in s["events"]
        if e["kind"] == "approval"
    }
    assert found == {("draft-tax-semantics-2567", "2024-05-08"), ("mspr-6", "2023-05-09")}


def test_typing_errors_are_mended_and_told(reading: PageReading) -> None:
    mended = {(m.line, m.after[-10:]) for m in reading.mended}
    assert (16, "11/06/2567") in mended
    assert any("กระการ" in m.before and "กระบวนการ" in m.after for m in reading.mended)


def test_the_cookie_notice_is_left_out_and_told(reading: PageReading) -> None:
    assert [u.line for u in reading.unplaced] == [203]


def test_each_fact_has_its_lines(reading: PageReading, shared: Path) -> None:
    text = (shared / "standards" / "dga_standard_pages.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    for standard in reading.standards:
        for document in standard.documents:
            first, last = document.lines
            source = " ".join(lines[first - 1 : last])
            assert document.title[:20] in re.sub(r"\s+", " ", source)


def test_the_same_again_is_the_same_graph(reading: PageReading, service: Service) -> None:
    known = known_standards(service.store)
    graph = to_graph(reading, known)
    assert len(graph) > 300
    assert isomorphic(graph, to_graph(reading, known))


def test_a_second_run_changes_nothing_and_answers_gain_no_repeats(
    shared: Path, service: Service
) -> None:
    path = shared / "standards" / "dga_standard_pages.txt"
    try:
        assert ingest_pages(path, service.store)["changed"]
        before = [f.read_bytes() for f in ingested_files()]
        assert not ingest_pages(path, service.store)["changed"]
        assert before == [f.read_bytes() for f in ingested_files()]
        store = open_store()
        for ref in ("mspr-6-5-2567", "mspr-7-2565", "draft-anonymization-2567"):
            assert len(describe(store, ref).events) == len(describe(service.store, ref).events)
    finally:
        for file in ingested_files():
            file.unlink()
        fingerprint.cache_clear()


def test_an_invented_page(tmp_path: Path, service: Service) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(b"\xef\xbb\xbf" + PAGE.encode())
    found = read_pages(file)
    (standard,) = found.standards
    assert standard.draft
    (hearing,) = standard.events
    assert (hearing.start, hearing.end, hearing.meeting) == (
        "2025-04-01",
        "2025-04-30",
        "2025-04-18",
    )
    assert hearing.times == ("09:00", "12:00")
    assert [d.uploaded for d in standard.documents] == ["2025-04-01", ""]
    assert any("31/02/2568" in u.text for u in found.unplaced)
    graph = to_graph(found, known_standards(service.store))
    names = {str(s).rpartition("/")[2] for s in graph.subjects() if "draft-" in str(s)}
    assert any(re.fullmatch(r"draft-[0-9a-f]{8}-2568", name) for name in names)
    hearing_rules = {"KG-029", "KG-031", "KG-035"}
    assert not {f.rule for f in check(graph, knowledge_shapes()).findings} & hearing_rules


def test_the_same_page_in_cp874_and_html(tmp_path: Path) -> None:
    plain = tmp_path / "page.txt"
    plain.write_text(PAGE, encoding="utf-8")
    old = tmp_path / "old.txt"
    old.write_bytes(PAGE.replace("–", "-").encode("cp874"))
    web = tmp_path / "page.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in PAGE.splitlines()[:6])
    rows = "<tr><td>1. (ร่าง) แนวทาง เวอร์ชัน 1.0</td><td>1/4/2568</td></tr>"
    web.write_text(
        f"<html><script>ว่าด้วย</script><body>{paragraphs}<table>{rows}</table></body></html>",
        encoding="utf-8",
    )
    expected = read_pages(plain).standards[0]
    for file in (old, web):
        (standard,) = read_pages(file).standards
        assert standard.title == expected.title
        assert standard.events[0].start == "2025-04-01"
        assert standard.documents[0].uploaded == "2025-04-01"


def test_a_pdf_of_such_a_page(tmp_path: Path, thai_font: str) -> None:
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "page.pdf"
    canvas = Canvas(str(file), pagesize=(3000, 600))
    canvas.setFont(thai_font, 12)
    for n, line in enumerate(PAGE.splitlines()):
        canvas.drawString(20, 560 - 30 * n, line)
    canvas.save()
    (standard,) = read_pages(file).standards
    assert standard.events[0].start == "2025-04-01"
    assert standard.documents[0].uploaded == "2025-04-01"


@pytest.mark.parametrize(
    "noise",
    [
        "ข่าวกีฬา ทีมชาติไทยชนะ 2-1 เมื่อวันที่ 7 มิถุนายน 2567 ที่สนามราชมังคลา",
        "สูตรแกงเขียวหวาน ใส่กะทิ 2 ถ้วย ส่วนที่ 1 เรื่อง เครื่องแกง",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
        "เมนู\nหน้าแรก\nเกี่ยวกับเรา\nยอมรับคุกกี้",
        "รับฟังความคิดเห็นระหว่างวันที่ 1 – 5 มีนาคม 2567 เรื่องสวนสาธารณะ",
    ],
)
def test_noise_yields_nothing(tmp_path: Path, service: Service, noise: str) -> None:
    file = tmp_path / "noise.txt"
    file.write_text(noise, encoding="utf-8")
    report = ingest_pages(file, service.store)
    assert report["standards"] == []
    assert not ingested_files()
    assert "ไม่พบมาตรฐาน" in report_text(report)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", b""), ("a.txt", b"  \n"), ("a.txt", bytes(range(256)) * 40), ("a.pdf", b"%PDF-1.4 broken"),
     ("a.html", b"<html><body></body></html>")],
)  # fmt: skip
def test_bad_input_is_one_clear_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_pages(file)
    assert re.search("[ก-๙]", error.value.th)
    assert error.value.en.isascii()
    with pytest.raises(InputError):
        read_pages(tmp_path)
