"""The text of a file that somebody saved, whatever its form and encoding."""

import re
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from selectolax.lexbor import LexborHTMLParser

from graph.errors import InputError

MAX_BYTES: Final = 50_000_000
MAX_UNPACKED: Final = 200_000_000
"""Bytes that a packed document may hold: a small file can unpack to fill the memory."""
_BLOCKS: Final = "p,div,li,tr,h1,h2,h3,h4,h5,h6,br,section,article,table,ul,ol,header,footer"


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a ``.txt``, ``.html``, ``.pdf`` or ``.docx`` file, its lines kept.

    Plain text may be UTF-8 (with or without BOM), UTF-16 or cp874.

    :param max_bytes: a larger file is refused.
    :raises InputError: missing, a folder, empty, too large, not text, or a PDF without text.
    """
    data = read_bytes(path, max_bytes)
    suffix = path.suffix.lower()
    if suffix == ".pdf" or data.startswith(b"%PDF"):
        text = _pdf(path)
    elif suffix == ".docx":
        text = _docx(path)
    elif suffix in (".html", ".htm", ".xhtml"):
        text = _html(_decode(data, path))
    else:
        text = _decode(data, path)
    if not text.strip():
        raise InputError(
            f"{path.name} ไม่มีข้อความให้อ่าน ถ้าเป็นภาพสแกนต้องแปลงเป็นข้อความ (OCR) ก่อน",
            f"{path.name} holds no text; a scanned image must go through OCR first",
        )
    return text


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return a file's bytes.

    :raises InputError: missing, a folder, empty or larger than ``max_bytes``.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(f"{path} เป็นโฟลเดอร์ ให้ระบุไฟล์", f"{path} is a folder; name a file")
        if size > max_bytes:
            raise InputError(
                f"{path.name} ใหญ่เกิน {max_bytes:,} ไบต์ แบ่งไฟล์แล้วนำเข้าใหม่",
                f"{path.name} is larger than {max_bytes:,} bytes; split it",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"อ่านไฟล์ {path} ไม่ได้ ตรวจชื่อและสิทธิ์", f"cannot read {path}: {error.strerror}"
        ) from error
    if not data.strip():
        raise InputError(f"ไฟล์ {path.name} ว่างเปล่า", f"{path.name} is empty")
    return data


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise InputError(
        f"{path.name} ไม่ใช่ข้อความ หรือเข้ารหัสแบบที่ไม่รู้จัก บันทึกใหม่เป็น UTF-8",
        f"{path.name} is not text in UTF-8, UTF-16 or cp874; save it as UTF-8",
    )


def _is_text(text: str) -> bool:
    control = sum(c < " " and c not in "\n\r\t\f" for c in text)
    return control <= len(text) // 1000


def _html(text: str) -> str:
    tree = LexborHTMLParser(text)
    for node in tree.css("script,style,noscript,template,svg"):
        node.decompose()
    for cell in tree.css("td,th"):
        cell.insert_after(" ")
    for block in tree.css(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    body = tree.body.text() if tree.body else tree.text()
    return re.sub(r"\n{3,}", "\n\n", body)


def _docx(path: Path) -> str:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        with ZipFile(path) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > MAX_UNPACKED:
            raise InputError(
                f"{path.name} คลายแล้วใหญ่เกิน {MAX_UNPACKED // 1_000_000} MB บันทึกใหม่โดยไม่มีรูปภาพ",
                f"{path.name} unpacks to over {MAX_UNPACKED // 1_000_000} MB; drop its pictures",
            )
        blocks = list(Document(str(path)).iter_inner_content())
    except (OpcError, ValueError, KeyError, SyntaxError, BadZipFile, OSError) as error:
        raise InputError(
            f"อ่าน DOCX {path.name} ไม่ได้ ไฟล์อาจเสีย ลองบันทึกใหม่จากโปรแกรมเอกสาร",
            f"cannot read the DOCX {path.name}: {error}; it may be damaged",
        ) from error
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += [" ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _pdf(path: Path) -> str:
    try:
        reader = PdfReader(path)
        return "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise InputError(
            f"อ่าน PDF {path.name} ไม่ได้ ไฟล์อาจเสียหรือเข้ารหัส ลองบันทึกใหม่",
            f"cannot read the PDF {path.name}: {error}; it may be damaged or encrypted",
        ) from error
