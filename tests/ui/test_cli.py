"""The command, as typed: exit codes, one clear line, start-up budget."""

import gzip
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import ui.cli
from qa.service import Service
from ui.cli import main


@pytest.fixture(autouse=True)
def _one_service(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    """Commands share the built service; each would otherwise load its own."""
    monkeypatch.setattr(ui.cli, "_service", lambda: service)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin)


def test_ask_answers_with_a_citation() -> None:
    result = run("ask", "มสพร. 7 คืออะไร")
    assert result.exit_code == 0
    assert "https://w3id.org/mattra/id/mspr-7-2565" in result.stdout


def test_ask_for_a_thai_day_with_its_sources_to_paste() -> None:
    for day in ("2566-01-01", "1 มกราคม 2566", "2023-01-01"):
        shown = run("ask", "มสพร. 6-5 คืออะไร", "--as-of", day, "--cite").stdout
        assert shown.startswith("คำถาม: มสพร. 6-5 คืออะไร")
        assert "https://w3id.org/mattra/id/mspr-6-5-2567" in shown
        assert "ณ 1 มกราคม 2566 โดย mattra" in shown


def test_ask_json_is_the_contract() -> None:
    data = json.loads(run("ask", "มสพร. 7 คืออะไร", "--json").stdout)
    names = {"question", "language", "answer", "abstained", "confidence", "citations", "facts",
             "sparql", "as_of", "took_ms"}  # fmt: skip
    assert names <= set(data)


def test_abstaining_exits_with_1_and_says_so() -> None:
    result = run("ask", "วันนี้อากาศเป็นอย่างไร")
    assert result.exit_code == 1
    assert "ไม่ตอบ" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "  "),
        ("compare", "mspr-7-2565"),
        ("compare", "mspr-7-2565", "--before", "pdpa-2562/37"),
        ("show", "xyz"),
        ("query", "SELEC"),
        ("query", "@/no/such/file"),
        ("eval", "/no/such/file"),
        ("ask", "--batch", "/no/such/file"),
        ("ingest", "pages", "/no/such/file"),
        ("ask", "x", "--as-of", "yesterday"),
        ("tax", "--use", "home", "--value", "5", "--year", "2569"),
        ("tax", "--use", "other", "--value", "five", "--year", "2569"),
        ("tax", "--use", "other", "--value", "5", "--year", "2561"),
        ("tax", "--use", "other", "--year", "2569"),
        ("dump", "--out", "/no/such/folder/graph.nq"),
        ("dump", "--out", "graph.zip"),
        ("dump", "--format", "hdt"),
        ("nonsense",),
    ],
)
def test_what_cannot_run_exits_with_2_and_one_line(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_batch_passes_other_keys_through(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('\ufeff{"question": "มสพร. 7 คืออะไร", "id": "a1"}\n', encoding="utf-8")
    lines = run("ask", "--batch", str(file)).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a1"]


@pytest.mark.parametrize("content", ["", "[1]\n", '{"q": 1}\n', "{\n"])
def test_a_bad_batch_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(content, encoding="utf-8")
    assert run("ask", "--batch", str(file)).exit_code == 2


def test_show_in_each_form() -> None:
    assert "หน่วยงานของรัฐต้อง" in run("show", "พ.ร.บ.รัฐบาลดิจิทัล ม.๑๒").stdout
    assert (
        json.loads(run("show", "dgov-2562/12", "--format", "json").stdout)["ref"] == "dgov-2562/12"
    )
    assert "m:Section" in run("show", "dgov-2562/12", "--format", "ttl").stdout


def test_applies_gives_the_path() -> None:
    result = run("applies", "จะรับชำระค่าธรรมเนียมออนไลน์")
    assert result.exit_code == 0
    assert "mspr-6-6-2567" in result.stdout
    assert "dgov-2562/12" in result.stdout
    assert "→" in result.stdout


def test_what_binds_only_its_issuer_is_not_said_to_bind_others() -> None:
    """The DGA must follow its own standard; other agencies should."""
    data = json.loads(run("applies", "รับคำร้องทางไลน์และอีเมล", "--json").stdout)
    levels = {thing["ref"]: thing["level"] for thing in data["things"]}
    assert levels["mspr-6-3-2566"] == "should"


def test_applies_to_nothing_known() -> None:
    assert run("applies", "ปลูกทุเรียนบนดาวอังคาร").exit_code == 1


def test_query_from_standard_input() -> None:
    result = run("query", "-", "--format", "csv", stdin="ASK { id:dgov-2562 a m:Act }")
    assert "true" in result.stdout


@pytest.mark.slow
def test_a_runaway_query_is_stopped_and_a_form_that_it_has_not_is_said() -> None:
    cross = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    start = time.monotonic()
    stopped = run("query", cross, "--timeout", "1")
    assert time.monotonic() - start < 20
    assert stopped.exit_code == 2
    assert "took more than 1 s" in stopped.stderr
    assert stopped.stdout == ""
    wrong = run("query", "ASK {}", "--format", "ttl")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "no form ttl" in wrong.stderr


@pytest.mark.slow
def test_a_query_may_have_more_rows_than_the_endpoint_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MATTRA_SPARQL_ROWS", "5")
    result = run("query", "SELECT ?s { ?s a m:Section }", "--format", "csv")
    assert result.stdout.count("\n") > 500


def test_dump_to_a_file_and_to_standard_output(tmp_path: Path, service: Service) -> None:
    target = tmp_path / "graph.nt.gz"
    assert run("dump", "--out", str(target)).exit_code == 0
    text = gzip.decompress(target.read_bytes()).decode()
    assert "<https://w3id.org/mattra/id/pdpa-2562/37>" in text
    assert run("dump").stdout.count("\n") == len(service.store)


def test_every_command_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    for name in main.commands:
        assert f"mattra {name}" in text, name


@pytest.mark.slow
def test_help_stays_within_its_start_up_budget() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [Path(sys.executable).parent / "mattra", "--help"], check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 0.5


@pytest.mark.slow
def test_nothing_on_the_commands_path_imports_torch_or_gradio() -> None:
    code = (
        "import sys; from ui.cli import main\n"
        "try: main(['ask', 'มสพร. 7 คืออะไร'])\n"
        "except SystemExit: pass\n"
        "print({'torch', 'gradio', 'sentence_transformers'} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "set()"


def test_tax_prints_the_steps_and_the_section_behind_each() -> None:
    result = run("tax", "--use", "residential-own", "--value", "๑๒๐,๐๐๐,๐๐๐", "--year", "2569")
    assert result.exit_code == 0
    assert "ภาษีที่ต้องชำระ 40,000.00 บาท" in result.stdout
    assert "มาตรา 41" in result.stdout
    assert "จากแหล่งรอง" in result.stdout
    assert "ข้อสมมติ: เจ้าของเป็นบุคคลธรรมดา" in result.stdout
    data = json.loads(
        run("tax", "--use", "other", "--value", "1", "--year", "2026", "--json").stdout
    )
    assert data["property"]["year"] == 2569
    assert {"ref", "formula", "amount", "certainty"} <= set(data["steps"][0])


@pytest.mark.parametrize(
    ("facet", "near"),
    [("act", "pdpa-2562"), ("kind", "section"), ("status", "in-force"), ("concept", "concept/")],
)
def test_a_facet_that_nothing_has_is_refused_with_what_there_is(facet: str, near: str) -> None:
    given = {"act": "pdpa", "kind": "sections", "status": "inforce", "concept": "consent"}[facet]
    result = run("search", "ภาษี", f"--{facet}", given)
    assert result.exit_code == 2
    assert near in result.stderr


def test_compare_marks_what_is_gone_and_what_is_new() -> None:
    shown = run("compare", "pdpc-dpo-state-2568/2", "--before", "pdpc-dpo-state-2566/2")
    assert shown.exit_code == 0
    assert "[-90-]{+60+} วัน" in shown.stdout
    assert "ไม่ใช่ตัวบท" in shown.stdout
    assert "อาจยังใช้บังคับอยู่" in shown.stdout
    assert json.loads(run("compare", "มสพร. 11-2566", "--json").stdout)["relation"] == "superseded"


def test_guide_writes_a_document_and_says_what_cannot_be_used(tmp_path: Path) -> None:
    asked = ["guide", "--agency", "local", "--activity", "e-payment", "--day", "31 ม.ค. 2569"]
    result = run(*asked)
    assert result.exit_code == 0
    assert "ต้องทำ" in result.stdout
    assert "agency=local&activity=e-payment&day=2026-01-31" in result.stdout
    out = tmp_path / "รายการ.docx"
    assert run(*asked, "--out", str(out)).exit_code == 0
    from docx import Document

    text = "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert "31 มกราคม 2569" in text
    assert "e-payment" in run("guide", "--choices").stdout
    for wrong, said in (
        (["guide"], "ยังไม่ได้เลือกงาน"),
        ([*asked, "--out", "x.pdf"], ".docx"),
        ([*asked, "--out", str(tmp_path / "no" / "x.html")], "เขียน"),
        (["guide", "--activity", "nosuch"], "nosuch"),
    ):
        failed = run(*wrong)
        assert failed.exit_code == 2
        assert said in failed.stderr
