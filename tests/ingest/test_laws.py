"""Laws read from files: one made for the purpose, in every form, and the official ones."""

import json
import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from reportlab.pdfgen.canvas import Canvas

from graph.errors import InputError
from graph.store import open_store
from graph.things import describe
from ingest.law.citations import Laws
from ingest.law.facts import read_facts
from ingest.law.ingesting import ingest_law, known_laws
from ingest.law.reading import LawReading, read_law
from qa.answer import Answerer
from qa.retrieve import Retriever
from tests.knowledge.official import FILES

MADE = Path(__file__).parent / "laws" / "made.txt"
NAMES = (
    ("พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล", "pdpa-2562"),
    ("พระราชบัญญัติข้อมูลข่าวสารของราชการ", "oia-2540"),
)
LAWS = Laws("มาตรา", 50)


def _written(folder: Path, form: str) -> Path:
    text = MADE.read_text(encoding="utf-8")
    path = folder / f"made.{form}"
    if form == "html":
        rows = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
        path.write_text(f"<html><head><title>x</title></head><body>{rows}</body></html>")
    elif form == "docx":
        from docx import Document

        document = Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(str(path))
    elif form == "cp874":
        path = folder / "made-874.txt"
        path.write_bytes(text.replace("\u200b", "").encode("cp874"))
    elif form == "bom":
        path = folder / "made-bom.txt"
        path.write_text(text, encoding="utf-8-sig")
    else:
        path = folder / "made-copy.txt"
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["txt", "html", "docx", "cp874", "bom"])
def test_the_made_law_comes_out_whole_from_every_form(tmp_path: Path, form: str) -> None:
    reading = read_law(_written(tmp_path, form), NAMES)
    parts = reading.parts
    assert parts.title == "พระราชบัญญัติ สวนกลางเมืองสมมุติ พ.ศ. 2560"
    assert [s.number for s in parts.sections] == ["1", "2", "3", "4", "4/1", "5", "6", "7"]
    assert parts.divisions == ["หมวด 1 การดูแลสวน", "หมวด 2 บทกำหนดโทษ", "บทเฉพาะกาล"]
    assert [s.division for s in parts.sections][2:6] == [
        *["หมวด 1 การดูแลสวน"] * 3,
        "หมวด 2 บทกำหนดโทษ",
    ]
    assert reading.gazette is not None
    assert reading.gazette.published == date(2017, 1, 15)
    assert reading.in_force == date(2017, 3, 16)
    assert parts.remarks == ["หมายเหตุ :- เหตุผลในการประกาศใช้คือการทดสอบ"]
    assert parts.closing[0].startswith("ผู้รับสนอง")
    assert [i.number for i in parts.sections[3].items] == ["1", "2", "2)(ก", "2)(ข"]
    assert "อำนาจ" in parts.preamble[1]
    assert reading.mended == 2


def test_a_pdf_with_a_text_layer_is_read(tmp_path: Path, thai_font: str) -> None:
    path = tmp_path / "made.pdf"
    canvas = Canvas(str(path))
    canvas.setFont(thai_font, 12)
    for index, line in enumerate(MADE.read_text(encoding="utf-8").splitlines()):
        canvas.drawString(40, 800 - 18 * index, line)
    canvas.save()
    reading = read_law(path, NAMES)
    assert [s.number for s in reading.parts.sections] == ["1", "2", "3", "4", "4/1", "5", "6", "7"]


def _made() -> LawReading:
    return read_law(MADE, NAMES)


def test_what_the_made_law_says_is_read() -> None:
    facts = _made().facts
    assert facts["3"].definitions == ["สวน", "นายสวน"]
    assert {t.value for t in facts["4"].times} == {"P3D", "P15D"}
    assert facts["4"].amounts == [20.0]
    assert facts["4"].rates == [2.5]
    assert [c.ref("x") for c in facts["4/1"].citations] == [
        "x/4(1)",
        "x/4(2)",
        "x/7",
        "pdpa-2562/73",
    ]
    assert [p.values() for p in facts["5"].penalties] == [
        {"imprisonment_max": "P3M", "fine_max": 5000.0, "daily_fine_max": 100.0}
    ]
    assert facts["5"].times == []


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("ตามมาตรา 24 (1) (2) หรือ (3)", ["x/24(1)", "x/24(2)", "x/24(3)"]),
        ("ตามมาตรา 26 (5) (ก) หรือ (ข)", ["x/26(5)(ก)", "x/26(5)(ข)"]),
        ("มาตรา 5 ถึงมาตรา 8", ["x/5", "x/6", "x/7", "x/8"]),
        ("มาตรา 3 (1) ถึง (3)", ["x/3(1)", "x/3(2)", "x/3(3)"]),
        ("มาตรา 22 หรือมาตรา 24 แห่งประมวลกฎหมายแพ่งและพาณิชย์", ["other:22", "other:24"]),
        ("มาตรา 41 วรรคสอง และมาตรา 42", ["x/41", "x/42"]),
        ("มาตรา 9 แห่งพระราชบัญญัตินี้", ["x/9"]),
    ],
)
def test_citations_are_read_as_precisely_as_they_are_written(text: str, cited: list[str]) -> None:
    assert [c.ref("x") for c in read_facts(text, LAWS, "1").citations] == cited


@pytest.mark.parametrize(
    "text",
    ["ผู้เยาว์อายุไม่เกินสิบปี", "จำคุกไม่เกินหกเดือน", "เศษของเดือนให้นับเป็นหนึ่งเดือน", "ภายในวันที่ 15 ของเดือนถัดไป"],
)
def test_what_is_no_time_limit_is_not_read_as_one(text: str) -> None:
    assert read_facts(text, LAWS, "1").times == []


@pytest.mark.parametrize("ref", FILES)
def test_no_official_file_loses_a_section(shared: Path, ref: str, tmp_path: Path) -> None:
    source = shared / "law" / f"{FILES[ref]}.json"
    numbers = [s["number"] for s in json.loads(source.read_text(encoding="utf-8"))["sections"]]
    assert [s.number for s in read_law(source).parts.sections] == numbers
    # The same law as plain text, its headings and sections on lines of their own.
    data = json.loads(source.read_text(encoding="utf-8"))
    lines = [data["title_th"], *data.get("preamble", [])]
    chapter = None
    for section in data["sections"]:
        if section.get("chapter") and section["chapter"] != chapter:
            chapter = section["chapter"]
            lines.append(chapter)
        label = "มาตรา" if section["label"].startswith("มาตรา") else "ข้อ"
        lines.append(
            f"{label} {section['number']} {section.get('text_repaired') or section['text']}"
        )
    plain = tmp_path / "law.txt"
    plain.write_text(
        "\n".join([*lines, *data.get("closing", []), *data.get("remarks", [])]), "utf-8"
    )
    assert [s.number for s in read_law(plain).parts.sections] == numbers


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("no-sections.txt", "ประกาศรับสมัครงาน".encode()),
        ("broken.docx", b"PK\x03\x04 nothing"),
        ("broken.json", b'{"sections": [{"text": 1}]}'),
        ("list.json", b"[1, 2]"),
        ("image.bin", bytes(range(256)) * 10),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_law(path)
    assert error.value.th
    assert error.value.en
    assert "\n" not in error.value.th


def test_a_document_with_broken_insides_is_refused(tmp_path: Path) -> None:
    whole, broken = _written(tmp_path, "docx"), tmp_path / "broken.docx"
    with ZipFile(whole) as source, ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name.endswith("document.xml") else data)
    with pytest.raises(InputError, match="DOCX"):
        read_law(broken)


def test_a_document_that_unpacks_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 201_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(InputError, match="200 MB"):
        read_law(path)


@pytest.mark.slow
def test_an_ingested_law_is_found_quoted_and_ingested_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))
    report = ingest_law(MADE, "suan-2560", open_store())
    assert report["changed"]
    assert report["sections"] == 8
    assert not ingest_law(MADE, "suan-2560", open_store())["changed"]
    store = open_store()
    section = describe(store, "suan-2560/4-1")
    assert section.label == "พ.ร.บ. สวนกลางเมืองสมมุติ พ.ศ. 2560 มาตรา 4/1"
    assert "ปิดสวน" in section.official_text
    assert describe(store, "suan-2560").in_force_from == "2017-03-16"
    assert "suan-2560/4" in {link.ref for link in section.cites}
    answer = Answerer(Retriever(store)).ask("พ.ร.บ.สวนกลางเมืองสมมุติ เด็ดดอกไม้มีโทษอะไร")
    assert answer.citations[0].ref == "suan-2560/5"
    assert answer.citations[0].excerpt_kind == "official-text"
    assert "ปรับไม่เกินห้าพันบาท" in answer.answer


def test_the_text_of_a_shipped_law_stands_beside_our_summary(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))
    source = shared / "law" / "pdpa_2562.json"
    report = ingest_law(source, "pdpa-2562", open_store())
    assert (report["missing"], report["unexpected"], report["new"]) == ([], [], False)
    store = open_store()
    thing = describe(store, "pdpa-2562/37")
    assert thing.summary
    assert "เจ็ดสิบสองชั่วโมง" in thing.official_text
    assert len(describe(store, "pdpa-2562").parts) == 96
    assert describe(store, "pdpa-2562").in_force_from == "2019-05-28"


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 4_096])
def test_a_full_disk_leaves_the_graph_as_it_was(tmp_path: Path, room: int) -> None:
    """The kernel refuses what is above the limit, as it does where a disk is full."""
    home = tmp_path / "home"
    environment = os.environ | {"MATTRA_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    changed = tmp_path / "changed.txt"
    changed.write_text(MADE.read_text(encoding="utf-8").replace("ยี่สิบบาท", "สามสิบบาท"), "utf-8")

    def ingest(file: Path, limit: int | None) -> "subprocess.CompletedProcess[str]":
        def full() -> None:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        command = [
            sys.executable,
            "-B",
            "-m",
            "ui",
            "ingest",
            "law",
            str(file),
            "--ref",
            "suan-2560",
        ]
        return subprocess.run(
            command, env=environment, preexec_fn=full, capture_output=True, text=True, check=False
        )

    assert ingest(MADE, None).returncode == 0
    kept = {p.name: p.read_bytes() for p in (home / "graphs").iterdir()}
    refused = ingest(changed, room)
    assert refused.returncode == 2
    assert "ตรวจพื้นที่ว่าง" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert {p.name: p.read_bytes() for p in (home / "graphs").iterdir()} == kept
    assert ingest(changed, None).returncode == 0


def test_a_ref_of_a_wrong_form_is_refused() -> None:
    with pytest.raises(InputError):
        ingest_law(MADE, "../../etc", open_store())


def test_the_text_of_another_law_is_refused() -> None:
    with pytest.raises(InputError, match="คือ"):
        ingest_law(MADE, "pdpa-2562", open_store())


def test_names_of_laws_are_those_of_the_graph() -> None:
    assert ("พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล", "pdpa-2562") in known_laws(open_store())
