"""What form a file of records has, by what it holds first and by its name then."""

import re
import stat
from pathlib import Path
from typing import Final

from graph.errors import InputError
from ingest.records.decoding import opened
from ingest.records.limits import Limits

SUFFIXES: Final = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".json": "json",
    ".ndjson": "ndjson", ".jsonl": "ndjson", ".xml": "xml", ".parquet": "parquet", ".ttl": "ttl",
    ".nt": "nt", ".rdf": "rdf", ".owl": "rdf", ".jsonld": "jsonld", ".nq": "nq", ".trig": "trig",
}  # fmt: skip
FORMATS: Final = tuple(dict.fromkeys(SUFFIXES.values()))
RDF: Final = ("ttl", "nt", "rdf", "jsonld", "nq", "trig")
_ALIASES: Final = {"jsonl": "ndjson", "turtle": "ttl", "excel": "xlsx"}
_TABLES: Final = ("csv", "tsv")
_HEAD: Final = 2**16
_REFUSED: Final = (
    (b"%PDF", "PDF", "ส่งออกตารางเป็น CSV หรือ XLSX ก่อน", "export the table as CSV or XLSX first"),
    (b"\x1f\x8b", "gzip", "คลายไฟล์ก่อน", "unpack it first"),
    (b"BZh", "bzip2", "คลายไฟล์ก่อน", "unpack it first"),
    (b"7z\xbc\xaf", "7-Zip", "คลายไฟล์ก่อน", "unpack it first"),
    (b"Rar!", "RAR", "คลายไฟล์ก่อน", "unpack it first"),
    (b"SQLite format 3", "SQLite", "ส่งออกตารางเป็น CSV ก่อน", "export the table as CSV first"),
    (
        b"\xd0\xcf\x11\xe0",
        "XLS/XLSX",
        "ไฟล์มีรหัสผ่านหรือเป็น .xls รุ่นเก่า บันทึกใหม่เป็น .xlsx ที่ไม่มีรหัสผ่าน",
        "it has a password or is an old .xls; save it as .xlsx without a password",
    ),
)
_TURTLE: Final = re.compile(
    r"\s*(?:#.*\n\s*)*(?:@prefix|@base|PREFIX\s|BASE\s|<\w+:[^<>\s]*>\s)", re.I
)
_XML: Final = re.compile(r"\s*<(?:\?xml|!--|[^\s<>:]+[\s>/:])")
_RDF_XML: Final = re.compile(r"<(?:\w+:)?RDF[\s>]")
_HTML: Final = re.compile(r"\s*<(?:!doctype\s+)?html[\s>]", re.I)
_JSON: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{\]])')
_JSON_LD: Final = re.compile(r'"@(?:context|graph|id)"\s*:')
_TWO_LINES: Final = re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def check(path: Path, limits: Limits) -> int:
    """Return the size of a file that can be read.

    :raises InputError: missing, no file, not readable, empty or too large.
    """
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise InputError(f"{path} เป็นโฟลเดอร์ ให้ระบุไฟล์", f"{path} is a folder; name a file")
        if not stat.S_ISREG(about.st_mode):
            raise InputError(f"{path} ไม่ใช่ไฟล์ธรรมดา", f"{path} is no regular file")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise InputError(f"ไม่พบไฟล์ {path}", f"there is no file {path}") from error
    except (OSError, ValueError) as error:
        raise InputError(
            f"เปิดไฟล์ {path} ไม่ได้ ตรวจชื่อและสิทธิ์การอ่าน",
            f"cannot open {path}; check its name and your right to read it",
        ) from error
    size = about.st_size
    if not size:
        raise InputError(
            f"ไฟล์ {path.name} ว่างเปล่า ต้องมีแถวหัวคอลัมน์",
            f"{path.name} is empty; it needs a row of headers",
        )
    if size > limits.max_bytes:
        most = f"{limits.max_bytes:,}"
        raise InputError(
            f"{path.name} ใหญ่เกิน {most} ไบต์ แบ่งไฟล์ หรือตั้ง MATTRA_RECORDS_MAX_BYTES ให้มากขึ้น",
            f"{path.name} is larger than {most} bytes; split it or raise MATTRA_RECORDS_MAX_BYTES",
        )
    return size


def sniff(path: Path, limits: Limits) -> str:
    """Return the form of a file, one of :data:`FORMATS`.

    :raises InputError: it is of a form that cannot be read.
    """
    named = SUFFIXES.get(path.suffix.lower())
    with path.open("rb") as file:
        start = file.read(_HEAD)
    for magic, kind, thai, english in _REFUSED:
        if start.startswith(magic):
            raise InputError(
                f"{path.name} เป็นไฟล์ {kind} {thai}", f"{path.name} is {kind}; {english}"
            )
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(b"PAR1"):
        return "parquet"
    packed = named if named in ("xlsx", "parquet") else None
    # What cannot be text is refused with the reason that its reader gives.
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return packed or "csv"
    try:
        with opened(path) as source:
            text = source.read(min(_HEAD, limits.max_line_bytes)).decode(errors="replace")
    except InputError:
        if packed:
            return packed
        raise
    return _text_form(text, named, path.name)


def _text_form(text: str, named: str | None, name: str) -> str:
    if _HTML.match(text):
        raise InputError(
            f"{name} เป็นหน้าเว็บ (HTML) เปิดด้วย Excel แล้วบันทึกเป็น .xlsx",
            f"{name} is a web page (HTML); open it in Excel and save it as .xlsx",
        )
    if _JSON.match(text):
        if named == "ndjson":
            return named
        if _JSON_LD.search(text):
            return "jsonld"
        return "ndjson" if _TWO_LINES.match(text) else "json"
    if named in ("ttl", "nt", "nq", "trig", "jsonld"):
        return named
    if _TURTLE.match(text):
        return "ttl"
    if _XML.match(text):
        return "rdf" if _RDF_XML.search(text) or named == "rdf" else "xml"
    if named in ("json", "ndjson", "xml", "rdf"):
        return named
    return named if named in _TABLES else "csv"


def named_format(fmt: str) -> str:
    """Return the form that a name stands for.

    :raises InputError: no such form.
    """
    form = _ALIASES.get(fmt.lower(), fmt.lower())
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"ไม่มีรูปแบบ {fmt} เลือกได้: {known}", f"no form {fmt}; one of {known}")
    return form
