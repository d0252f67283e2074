"""The command ``mattra``. Results on standard output, progress and messages on standard error.

Exit codes: 0 done, 1 abstained, 2 could not run. Heavy modules are imported inside commands,
so that ``--help`` answers at once.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import InputError, MattraError
from ui.comparing import compare
from ui.dumping import dump, feedback
from ui.guiding import guide
from ui.records import COMMANDS

if TYPE_CHECKING:
    from qa.model import Answer
    from qa.service import Service

_JSON = click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON (print JSON)")


class _Group(click.Group):
    """Prints the project's own errors as one line and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MattraError as error:
            click.echo(f"mattra: {error.th}\n        {error.en}", err=True)
            sys.exit(2)
        except BrokenPipeError:
            # The reader has seen enough: `mattra show … | head`.
            sys.stderr.close()
            sys.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("mattra"), prog_name="mattra")
def main() -> None:
    """มาตรฐานและกฎหมายรัฐบาลดิจิทัลไทย: ถามเป็นภาษาไทย ได้คำตอบพร้อมแหล่งอ้างอิง.

    Thai digital-government standards and laws: questions answered with citations.
    """


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=7860, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="จำนวนโปรเซส ใช้กราฟบนดิสก์ร่วมกัน (processes that share one graph on disk)",
)
def serve(host: str, port: int, workers: int) -> None:
    """เปิดหน้าเว็บและ API (page and API)."""
    from ui.running import run

    run(host, port, workers)


@main.command("mcp")
def mcp_() -> None:
    """เครื่องมือสำหรับผู้ช่วย AI ผ่าน stdio (tools for assistants over standard input and output)."""
    from ui.jobs.pool import Jobs
    from ui.mcp_server import tools_of
    from ui.records_api import labels
    from ui.settings import ServerSettings
    from ui.sparql_functions import endpoint_over

    service, settings = _service(), ServerSettings.from_environment()
    jobs, endpoint = Jobs(settings, labels(service)), endpoint_over(service, settings)
    try:
        tools_of(service, jobs, endpoint).run("stdio")
    finally:
        jobs.close()
        endpoint.close()


@main.command()
@click.argument("question", required=False)
@click.option(
    "--as-of", metavar="DAY", help="ตอบตามที่มีผล ณ วันนี้ เช่น 2569-01-31 (the day to answer for)"
)
@click.option(
    "--after", multiple=True, help="คำถามก่อนหน้าในบทสนทนาเดียวกัน (earlier questions, oldest first)"
)
@click.option("--batch", type=click.Path(path_type=Path), help="ไฟล์ JSON Lines ที่มี question")
@click.option(
    "--cite", is_flag=True, help="พิมพ์พร้อมคำถาม แหล่งอ้างอิง และวันที่ สำหรับคัดลอก (to paste, with sources)"
)
@_JSON
def ask(
    question: str | None,
    as_of: str | None,
    after: tuple[str, ...],
    batch: Path | None,
    cite: bool,
    as_json: bool,
) -> None:
    """ถามหนึ่งคำถาม หรือทั้งไฟล์ (one question, or a file of them)."""
    from ui.days import day_in

    day = day_in(as_of) if as_of else None
    if batch is not None:
        for line in _batch(batch, day):
            click.echo(json.dumps(line, ensure_ascii=False))
        return
    if not question or not question.strip():
        raise InputError("กรุณาใส่คำถาม เช่น mattra ask 'มสพร. 7 คืออะไร'", "give a question")
    answer = _service().ask(question, day, after)
    if as_json:
        click.echo(_dump(answer.to_dict()))
    else:
        click.echo(_cited_text(answer) if cite else _answer_text(answer))
    sys.exit(1 if answer.abstained else 0)


@main.command()
@click.argument("description")
@_JSON
def applies(description: str, as_json: bool) -> None:
    """มาตรฐานและมาตราใดใช้กับงานนี้ (what applies to this work, and why)."""
    from qa.words import LEVEL, name_of, status_of

    found = _service().applies(description)
    if as_json:
        click.echo(_dump(found.to_dict()))
    elif not found.things:
        click.echo("ไม่พบกิจกรรมที่ตรงกับคำอธิบายนี้ ลองบรรยายงานให้เจาะจงขึ้น เช่น «ลงลายมือชื่ออิเล็กทรอนิกส์»")
    else:
        click.echo(f"กิจกรรม: {', '.join(found.activities)}")
        for thing in found.things:
            tags = [status_of(thing.status, thing.kind), name_of(LEVEL, thing.level)]
            click.echo(
                f"\n{thing.label}\n  {thing.ref} · " + " · ".join(tag for tag in tags if tag)
            )
            for step in thing.path:
                derived = " (อนุมานตามกฎ)" if step.derived else ""
                click.echo(f"  {step.subject} —{step.relation}→ {step.object}{derived}")
    sys.exit(0 if found.things else 1)


@main.command()
@click.argument("name", metavar="REF")
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text")
def show(name: str, form: str) -> None:
    """แสดงหนึ่งสิ่งพร้อมข้อเท็จจริง สิ่งที่อ้างถึงและถูกอ้าง (one thing, with its facts)."""
    from ui.show import thing_text

    service = _service()
    if form == "ttl":
        click.echo(service.export(name).decode(), nl=False)
    else:
        thing = service.show(name)
        click.echo(_dump(thing.to_dict()) if form == "json" else thing_text(thing))


@main.command()
@click.argument("text", metavar="QUERY")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--act", multiple=True, help="เฉพาะกฎหมายนี้ เช่น pdpa-2562 (of these laws)")
@click.option("--kind", multiple=True, help="section, standard, act หรือ instrument")
@click.option("--status", multiple=True, help="in-force, draft, superseded …")
@click.option("--concept", multiple=True, help="เรื่อง เช่น concept/subject/consent (subjects)")
@_JSON
def search(text: str, limit: int, as_json: bool, **facets: tuple[str, ...]) -> None:
    """ค้นอย่างเดียว บอกเหตุผลของทุกอันดับ (retrieval alone, with the reason for each rank)."""
    from qa.facets import Facets
    from ui.show import search_text

    result = _service().search(text, limit, Facets(**facets))
    click.echo(_dump(result.to_dict()) if as_json else search_text(result))
    sys.exit(0 if result.hits else 1)


@main.command()
@click.argument("text", metavar="[QUERY]", required=False, default="")
@click.option("--kind", multiple=True, help="ประเภท เช่น act standard section concept record")
@click.option("--status", multiple=True, help="สถานะ เช่น in-force draft")
@click.option("--year", multiple=True, help="ปี พ.ศ. (Buddhist year)")
@click.option("--act", multiple=True, help="ref ของกฎหมายหรือชุดมาตรฐาน (of a law or family)")
@click.option("--certainty", multiple=True, help="ความแน่นอน เช่น stated inferred")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@_JSON
def browse(text: str, limit: int, as_json: bool, **facets: tuple[str, ...]) -> None:
    """ดูรายการทั้งหมดตามตัวกรอง หรือที่คำค้นพบ (list all there is, by facets or a text)."""
    from ui.show import listing_text

    wanted = {name: values for name, values in facets.items() if values}
    found = _service().browse(text, wanted, 0, limit)
    click.echo(_dump(found.to_dict()) if as_json else listing_text(found))
    sys.exit(0 if found.entries else 1)


@main.command()
@click.argument("sparql", metavar="QUERY|@FILE|example:NAME|-", required=False)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(["table", "json", "xml", "csv", "tsv", "ttl", "nt", "jsonld"]),
)
@click.option("--timeout", default=30.0, show_default=True, help="วินาที (seconds)")
@click.option("--examples", is_flag=True, help="รายชื่อคำสั่งตัวอย่าง (list the example queries)")
@click.option(
    "--standard",
    is_flag=True,
    help="พิมพ์คำสั่งเป็น SPARQL 1.1 มาตรฐานโดยไม่ถาม (print the query without our functions)",
)
def query(sparql: str | None, form: str, timeout: float, examples: bool, standard: bool) -> None:
    """ถามกราฟด้วย SPARQL 1.1 (query the graph)."""
    from ui.querying import answer_to, examples_text, query_text

    if examples:
        click.echo(examples_text())
        return
    text = query_text(sparql)
    from graph.query import with_prefixes
    from ui.show import rows_table
    from ui.sparql_functions import expander

    text = expander(_service())(text)
    if standard:
        click.echo(with_prefixes(text), nl=not text.endswith("\n"))
        return
    result, sent = answer_to(text, form, timeout)
    if (form, sent) == ("table", "json"):
        rows_table(result)
    else:
        click.echo(result, nl=not result.endswith(b"\n"))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--per-question", type=click.Path(path_type=Path), help="เขียนผลรายคำถามเป็น JSON Lines"
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="ผลรายคำถามครั้งก่อน บอกว่าข้อใดดีขึ้นหรือแย่ลง (an earlier --per-question file)",
)
@click.option(
    "--encoder", help="แบบจำลองภาษาที่จะวัด แทน MATTRA_ENCODER (a sentence-transformers model)"
)
@_JSON
def evaluate(
    file: Path,
    per_question: Path | None,
    against: Path | None,
    encoder: str | None,
    as_json: bool,
) -> None:
    """วัดคุณภาพคำตอบจากคำถามที่รู้เฉลย (measure on questions with gold refs)."""
    from qa.encoder import load_encoder
    from qa.evaluate import evaluate as run
    from qa.evaluate import read_questions
    from qa.figures import (
        changes,
        intervals,
        read_outcomes,
        reliability,
        table,
        write_outcomes,
    )
    from qa.service import Service
    from ui.show import changes_table, figures_table, reliability_table

    questions = read_questions(file)
    earlier = read_outcomes(against) if against else None
    outcomes = run(Service(encoder=load_encoder(encoder)), questions)
    changed = changes(outcomes, earlier) if earlier else []
    if per_question:
        write_outcomes(outcomes, per_question)
    if as_json:
        click.echo(_dump(table(outcomes)))
        return
    figures_table(table(outcomes), intervals(outcomes))
    reliability_table(reliability(outcomes))
    if earlier is not None:
        changes_table(changed)


main.add_command(evaluate, "eval")
del main.commands["evaluate"]


@main.command("tax")
@click.option("--use", required=True, help="การใช้ประโยชน์ เช่น residential-own (the use)")
@click.option("--value", help="มูลค่าฐานภาษีรวม บาท (value of land and building, baht)")
@click.option("--land", help="ราคาประเมินที่ดิน บาท (appraised value of the land)")
@click.option("--building", help="ราคาประเมินสิ่งปลูกสร้างก่อนหักค่าเสื่อม บาท (of the building, new)")
@click.option("--structure", help="masonry, half หรือ wood (structure, for depreciation)")
@click.option("--age", type=int, help="อายุสิ่งปลูกสร้าง ปี (age of the building)")
@click.option("--year", required=True, help="ปีภาษี พ.ศ. (tax year, B.E.)")
@click.option("--owner", type=click.Choice(["natural", "juristic"]), help="ผู้เป็นเจ้าของ (the owner)")
@click.option("--vacant-years", type=int, default=0, help="ทิ้งว่างมาแล้วกี่ปีติดต่อกัน (years left vacant)")
@click.option(
    "--special-reduction", type=click.Choice(["50", "90"]), help="ทรัพย์สินที่ลดตาม พ.ร.ฎ. 2563"
)
@click.option("--old-tax", help="ภาษีเดิมของปี 2562 บาท (the old tax, for the relief of 2563 to 2565)")
@click.option("--late", help="before-warning, within-warning หรือ after-warning (paid late)")
@click.option("--months", type=int, default=0, help="ล่าช้ากี่เดือน เศษนับเป็นหนึ่ง (months late)")
@click.option("--extended", is_flag=True, help="ได้รับอนุมัติขยายเวลาชำระ (an extension was granted)")
@_JSON
def tax_(as_json: bool, **case: Any) -> None:
    """คำนวณภาษีที่ดินและสิ่งปลูกสร้าง พร้อมขั้นตอนและมาตรา (the land tax, step by step)."""
    from qa.service import shared_store
    from qa.taxing import reckon, reckoning_text

    reckoning = reckon(case, shared_store())
    click.echo(_dump(reckoning) if as_json else reckoning_text(reckoning))


for _command in (*COMMANDS, compare, dump, feedback, guide):
    main.add_command(_command)


@main.group()
def ingest() -> None:
    """นำเอกสารภายนอกเข้ากราฟ (outside documents into the graph)."""


@ingest.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_JSON
def pages(files: tuple[Path, ...], as_json: bool) -> None:
    """หน้าเว็บมาตรฐานที่บันทึกไว้: .txt .html .pdf (saved standards pages)."""
    from ui.ingesting import ingest_pages, report_text

    reports = [ingest_pages(path, _service().store) for path in files]
    click.echo(_dump(reports) if as_json else "\n\n".join(report_text(r) for r in reports))


@ingest.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--ref", required=True, help="ref ของกฎหมาย เช่น pdpa-2562 (the law's ref)")
@_JSON
def law(file: Path, ref: str, as_json: bool) -> None:
    """ตัวบทกฎหมายทั้งฉบับ: .txt .html .pdf .docx .json (the official text of a law)."""
    from ingest.law.ingesting import ingest_law
    from qa.service import shared_store
    from ui.ingesting import law_report_text

    report = ingest_law(file, ref, shared_store())
    click.echo(_dump(report) if as_json else law_report_text(report))


def _batch(path: Path, day: date | None) -> Iterator[dict[str, Any]]:
    from tqdm import tqdm

    from qa.evaluate import read_records

    records = list(read_records(path))
    service = _service()
    for _, record in tqdm(records, desc="ตอบ", unit="คำถาม", delay=1):
        yield record | service.ask(record["question"], day).to_dict()


def _service() -> "Service":
    from qa.service import Service

    return Service()


def _answer_text(answer: "Answer") -> str:
    lines = [answer.answer, ""]
    lines += [f"[{c.n}] {c.label}  <{c.iri}>" for c in answer.citations]
    return "\n".join(lines).strip()


def _cited_text(answer: "Answer") -> str:
    from qa.citing import cited_text

    return cited_text(answer)


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
