"""Reading a request by the SPARQL 1.1 Protocol, section 2.1."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from graph.limits import LimitError, QueryLimits, too_long

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
METHODS: Final = "GET, HEAD, POST, OPTIONS"
_MALFORMED: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ABSOLUTE: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]*')
_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_FIELDS: Final = 200


@dataclass(frozen=True)
class Asked:
    """What a request asks for; a request without a query asks for the description."""

    query: str | None
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    format: str | None = None
    seconds: float | None = None


async def read_request(request: Request, limits: QueryLimits) -> Asked:
    """Return what a request asks for.

    :raises LimitError: 400 malformed; 405, 413 or 415 where method, length or content type is not
        of the protocol.
    """
    check_host(request)
    if request.method not in ("GET", "HEAD", "POST"):
        raise LimitError(
            405,
            f"ใช้ {request.method} กับ SPARQL ไม่ได้ ใช้ {METHODS}",
            f"{request.method} is not of the SPARQL protocol; use {METHODS}",
        )
    if len(request.scope["query_string"]) > 3 * limits.length + 10_000:
        raise too_long(limits.length)
    pairs = _pairs(request.scope["query_string"])
    if request.method != "POST":
        return _asked(pairs, limits, bare=True)
    kind = _content_type(request)
    body = await _body(request, limits)
    if kind == FORM:
        return _asked([*pairs, *_pairs(body)], limits)
    if any(name == "query" for name, _ in pairs):
        raise _bad("คำสั่งอยู่ทั้งในที่อยู่และในเนื้อหา", "a query is in the address and in the body")
    return _asked([*pairs, ("query", _text(body))], limits)


def check_host(request: Request) -> None:
    """Raise unless the ``Host`` of a request is a host, once.

    :raises LimitError: 400.
    """
    hosts = request.headers.getlist("host")
    if len(hosts) > 1 or (hosts and not _HOST.fullmatch(hosts[0])):
        raise _bad("ส่วนหัว Host ไม่ถูกต้อง", "the Host header is not a host")


def _asked(pairs: list[tuple[str, str]], limits: QueryLimits, bare: bool = False) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _bad("กราฟนี้อ่านได้อย่างเดียว ไม่รับ update", "this graph is read-only: no update")
    if bare and values.keys() <= {"format"}:
        return Asked(None, format=_once(values, "format"))
    query = _once(values, "query")
    if query is None:
        raise _bad("ไม่มีพารามิเตอร์ query", "the parameter query is missing")
    if len(query.encode("utf-8", "surrogatepass")) > limits.length:
        raise too_long(limits.length)
    default, named = values.get("default-graph-uri", []), values.get("named-graph-uri", [])
    for iri in (*default, *named):
        if not _ABSOLUTE.fullmatch(iri):
            raise _bad(f"ชื่อกราฟต้องเป็น IRI เต็ม ไม่ใช่ {iri!r}", f"{iri!r} is no absolute IRI")
    return Asked(query, default, named, _once(values, "format"), _seconds(values))


def _once(values: dict[str, list[str]], name: str) -> str | None:
    given = values.get(name, [])
    if len(given) > 1:
        raise _bad(f"พารามิเตอร์ {name} มีได้ครั้งเดียว", f"the parameter {name} is there twice")
    return given[0] if given else None


def _seconds(values: dict[str, list[str]]) -> float | None:
    text = _once(values, "timeout")
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise _bad(
            f"timeout ต้องเป็นจำนวนวินาทีที่มากกว่า 0 ไม่ใช่ {text!r}",
            f"timeout must be a number of seconds above 0, not {text!r}",
        )
    return seconds


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    text = _text(encoded)
    if _MALFORMED.search(text):
        raise _bad("รหัส % ในคำขอไม่ครบ", "a percent sign is not followed by two hex digits")
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise _bad("รหัส % ในคำขอไม่ใช่ UTF-8", "the percent-encoding is not UTF-8") from error
    except ValueError as error:
        raise _bad("พารามิเตอร์มากเกินไป", f"more than {_FIELDS} parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad("คำสั่งไม่ใช่ UTF-8", f"the request is not UTF-8: {error}") from error


def _content_type(request: Request) -> str:
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = re.search(r'charset\s*=\s*"?([\w-]+)', parameters)
    coding = request.headers.get("content-encoding", "identity").lower()
    known = charset is None or charset[1] in ("utf-8", "utf8", "us-ascii")
    if known and coding == "identity" and kind.strip() in (FORM, DIRECT):
        return kind.strip()
    raise LimitError(
        415,
        f"POST ต้องเป็น {FORM} หรือ {DIRECT} ใน UTF-8 ไม่บีบอัด",
        f"POST takes {FORM} or {DIRECT}, in UTF-8, not compressed",
    )


async def _body(request: Request, limits: QueryLimits) -> bytes:
    room = 3 * limits.length + 10_000
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > room:
        raise too_long(limits.length)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.timeout):
            async for part in request.stream():
                body += part
                if len(body) > room:
                    raise too_long(limits.length)
    except TimeoutError as error:
        raise LimitError(408, "ส่งคำสั่งมาช้าเกินไป", "the request took too long to arrive") from error
    return bytes(body)


def _bad(th: str, en: str) -> LimitError:
    return LimitError(400, th, en)
