"""The commands on tax records: check, describe, make up, convert."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from graph.errors import InputError

if TYPE_CHECKING:
    from ingest.records.meter import Progress

_DATASETS: Final = (
    "assessment", "parcel", "building", "condominium", "owner", "payment", "title-document",
    "local-government",
)  # fmt: skip
_AS: Final = click.option(
    "--as", "dataset", required=True, type=click.Choice(_DATASETS), help="ชุดข้อมูล (data set)"
)
_OUT: Final = click.option(
    "--out", type=click.Path(path_type=Path), help="เขียนลงไฟล์ (write to a file)"
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_AS
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "csv", "ttl", "html", "junit"]),
    help="รูปแบบรายงาน (form of the report)",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="เขียนลงไฟล์ หรือโฟลเดอร์ถ้าใช้ spark (write to a file; with spark, to a folder)",
)
@click.option(
    "--engine",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "shacl", "pyshacl", "spark"]),
    help="เครื่องมือตรวจ (what checks)",
)
@click.option("--master", help="ที่ที่ Spark ทำงาน เช่น local[2] (where Spark runs)")
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="ไฟล์ SHACL เพิ่มเติม (more shapes)",
)
@click.option(
    "--with",
    "linked",
    multiple=True,
    metavar="DATASET=FILE",
    help="ชุดข้อมูลที่อ้างถึง (records linked to)",
)
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    help="สำเนาไฟล์ที่ทำเครื่องหมายจุดผิด (the file with marks)",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="วันที่ใช้ตรวจ (the day of the check)")
@click.option("--all", "everything", is_flag=True, help="แสดงทุกจุด ไม่ใช่ตัวอย่าง (all findings)")
def validate(
    files: tuple[Path, ...],
    dataset: str,
    form: str,
    out: Path | None,
    engine: str,
    master: str | None,
    shapes: tuple[Path, ...],
    linked: tuple[str, ...],
    annotate: Path | None,
    today: Any,
    everything: bool,
) -> None:
    """ตรวจระเบียนภาษีที่ดินกับกฎทุกข้อ บอกช่องที่ผิดและเหตุผล (check tax records)."""
    from shapes.reports import FORMS, writer

    if annotate and (len(files) > 1 or engine == "spark"):
        raise InputError(
            "--annotate ใช้กับไฟล์เดียว และไม่ใช้กับ spark", "--annotate goes with one file, without spark"
        )
    if engine == "spark":
        from ingest.records.spark import validate_spark

        if out is None:
            raise InputError(
                "--engine spark ต้องมี --out โฟลเดอร์", "--engine spark needs --out FOLDER"
            )
        with _tasks() as progress:
            report = validate_spark(
                files, dataset, out, linked=_linked(linked), shapes=shapes,
                today=today and today.date(), master=master, progress=progress,
            )  # fmt: skip
        out /= f"report.{FORMS[form]}"
    else:
        from ingest.records.checking import validate as check

        with _progress() as progress:
            report = check(
                files, dataset, linked=_linked(linked), shapes=shapes, engine=engine,
                today=today and today.date(), progress=progress,
            )  # fmt: skip
    with _output(out) as handle:
        writer(form)(report, handle, all=everything, labels=_labels())
    if annotate:
        _annotate(files[0], dataset, report, annotate)
    sys.exit(0 if report.conforms else 1)


@click.command()
@click.argument("dataset", required=False, type=click.Choice(_DATASETS))
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON (print JSON)")
def fields(dataset: str | None, as_json: bool) -> None:
    """คอลัมน์ของชุดข้อมูล ชนิด รายการรหัส และกฎ (the columns of a data set)."""
    from ingest.records.fields import fields as describe
    from ui.tables import dataset_table, fields_table

    if dataset is None:
        from ontology.tax import datasets

        known = [
            {"dataset": d.slug, "class": d.iri, "label_th": d.label_th, "label_en": d.label_en,
             "form": d.form, "columns": len(d.columns)}
            for d in datasets().values()
        ]  # fmt: skip
        click.echo(json.dumps(known, ensure_ascii=False, indent=2)) if as_json else dataset_table(
            known
        )
        return
    columns = describe(dataset)
    if as_json:
        click.echo(json.dumps(columns, ensure_ascii=False, indent=2))
    else:
        fields_table(columns)


@click.command()
@click.argument("dataset", type=click.Choice(_DATASETS))
@click.option(
    "--format",
    "form",
    default="csv",
    show_default=True,
    type=click.Choice(["csv", "xlsx", "json", "xml"]),
)
@_OUT
def template(dataset: str, form: str, out: Path | None) -> None:
    """ไฟล์เปล่าที่มีหัวคอลัมน์ถูกต้องและตัวอย่างหนึ่งแถว (a file with the right headers)."""
    from ingest.records.template import template as make

    if form == "xlsx" and out is None and sys.stdout.isatty():
        raise InputError("ไฟล์ xlsx ต้องมี --out ไฟล์.xlsx", "an xlsx file needs --out FILE.xlsx")
    with _output(out) as handle:
        handle.write(make(dataset, form))


@click.command()
@click.argument("dataset", type=click.Choice(_DATASETS))
@click.option("--rows", required=True, type=click.IntRange(1), help="จำนวนแถว (records)")
@click.option(
    "--defects", default="0%", show_default=True, help="สัดส่วนแถวที่ผิด เช่น 1% (share with a defect)"
)
@click.option("--seed", default=1, show_default=True, help="เมล็ดสุ่ม (random seed)")
@click.option(
    "--format",
    "form",
    default="csv",
    show_default=True,
    type=click.Choice(["csv", "tsv", "xlsx", "json", "ndjson", "xml", "parquet"]),
)
@click.option(
    "--truth",
    type=click.Path(path_type=Path),
    help="รายการจุดที่จงใจให้ผิด JSON Lines (what was planted)",
)
@_OUT
def sample(
    dataset: str,
    rows: int,
    defects: str,
    seed: int,
    form: str,
    truth: Path | None,
    out: Path | None,
) -> None:
    """ข้อมูลสมมุติสำหรับทดสอบ ไม่มีบุคคลจริง (generated records, no real people)."""
    from dataclasses import asdict

    from tqdm import tqdm

    from ingest.records.sample import Planted, generate
    from ingest.records.writing import write, write_to

    planted: list[Planted] = []
    frames = generate(dataset, rows, seed, _share(defects), planted)

    def counted() -> Iterator[Any]:
        with tqdm(total=rows, desc="สร้าง", unit="แถว", delay=1) as bar:
            for frame in frames:
                yield frame
                bar.update(frame.height)

    if out is None:
        write_to(counted(), dataset, form, sys.stdout.buffer)
    else:
        write(counted(), dataset, form, out)
    if truth is not None:
        lines = [json.dumps(asdict(each), ensure_ascii=False) for each in planted]
        truth.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_AS
@click.option(
    "--to",
    "form",
    required=True,
    type=click.Choice(["ttl", "nt", "jsonld", "parquet"]),
    help="รูปแบบ (form)",
)
@_OUT
def convert(file: Path, dataset: str, form: str, out: Path | None) -> None:
    """แปลงระเบียนเป็น RDF หรือ Parquet (records to RDF or Parquet)."""
    from ingest.records.convert import convert as run
    from ingest.records.reading import open_records
    from ontology.tax import datasets

    reading = open_records(file, datasets()[dataset])
    for finding in reading.header_findings:
        click.echo(f"{finding.th} ({finding.en})", err=True)
    with _output(out) as handle:
        run(reading, form, handle)


COMMANDS: Final = (validate, fields, template, sample, convert)


def _share(text: str) -> float:
    try:
        return float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)
    except ValueError:
        raise InputError(
            f"--defects ต้องเป็นร้อยละ เช่น 1% ไม่ใช่ {text}",
            f"--defects is a percentage such as 1%, not {text}",
        ) from None


def _linked(given: tuple[str, ...]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for text in given:
        slug, equals, path = text.partition("=")
        if not equals or slug not in _DATASETS or not path:
            raise InputError(
                f"--with ต้องเป็น ชุดข้อมูล=ไฟล์ เช่น parcel=parcels.csv ไม่ใช่ {text}",
                f"--with is DATASET=FILE such as parcel=parcels.csv, not {text}",
            )
        found.setdefault(slug, []).append(Path(path))
    return found


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Show bytes, time left and records a second on standard error, once it takes a second."""
    from tqdm import tqdm

    with tqdm(total=0, desc="ตรวจ", unit="B", unit_scale=True, delay=1) as bar:

        def tell(done: int, total: int, records: int) -> None:
            bar.total = total
            elapsed = bar.format_dict["elapsed"] or 1e-9
            bar.set_postfix_str(f"{records:,} ระเบียน {records / elapsed:,.0f}/วินาที", refresh=False)
            bar.update(done - bar.n)

        yield tell


@contextmanager
def _tasks() -> "Iterator[Progress]":
    """Show the tasks that are done on standard error."""
    from tqdm import tqdm

    with tqdm(total=0, desc="ตรวจ", unit="งาน", delay=1) as bar:

        def tell(done: int, total: int, _: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


@contextmanager
def _output(path: Path | None) -> Iterator[BinaryIO]:
    """Give standard output, or a file that appears whole or not at all."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    scratch = path.with_name(f".{path.name}.part")
    try:
        with scratch.open("wb") as handle:
            yield handle
        scratch.replace(path)
    except OSError as error:
        raise InputError(
            f"เขียนไฟล์ {path} ไม่ได้ ตรวจโฟลเดอร์และสิทธิ์", f"cannot write {path}: {error.strerror}"
        ) from error
    finally:
        scratch.unlink(missing_ok=True)


def _labels() -> Callable[[str], str]:
    """Return what names the source of a rule in Thai."""
    from functools import cache

    @cache
    def label(ref: str) -> str:
        from pyoxigraph import NamedNode

        import ontology
        from graph.view import View
        from qa.service import shared_store

        return View(shared_store()).label(NamedNode(ontology.iri(ref))) or ref

    return label


def _annotate(file: Path, dataset: str, report: Any, target: Path) -> None:
    from ingest.records.annotate import annotate
    from ingest.records.reading import open_records
    from ontology.tax import datasets

    reading = open_records(file, datasets()[dataset])
    headers = {name: header for header, name in reading.columns.items()}
    marked = annotate(file, report, target, headers, encoding=reading.encoding or "")
    click.echo(
        f"ทำเครื่องหมาย {marked.rows:,} แถวใน {target} (marked {marked.rows:,} rows)", err=True
    )
