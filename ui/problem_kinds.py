"""The kinds of errors over HTTP: what each is called and what a caller can do about it."""

from typing import Final, NamedTuple


class Kind(NamedTuple):
    """One kind of error; its page is at ``/problems/<slug>``."""

    status: int
    title: str
    title_th: str
    help_th: str
    help_en: str


KINDS: Final[dict[str, Kind]] = {
    "unusable-input": Kind(
        400, "unusable input", "ใช้ข้อมูลที่ส่งมาไม่ได้",
        "อ่าน detail ซึ่งบอกว่าส่วนใดใช้ไม่ได้และแก้อย่างไร แล้วส่งใหม่",
        "Read detail: it names the part that cannot be used and how to mend it.",
    ),
    "query-refused": Kind(
        400, "query refused", "ไม่รับคำสั่ง SPARQL",
        "กราฟนี้อ่านได้อย่างเดียว ตรวจไวยากรณ์ตามที่ detail บอก หรือจำกัดผลด้วย LIMIT",
        "The graph is read-only. Mend the syntax that detail names, or add LIMIT.",
    ),
    "forbidden": Kind(
        403, "forbidden", "ไม่อนุญาต",
        "หน้านี้เปิดให้เฉพาะเครือข่ายที่ผู้ดูแลกำหนด",
        "Only networks that the operator has named may read this.",
    ),
    "not-found": Kind(
        404, "not found", "ไม่พบหน้านี้",
        "ตรวจที่อยู่ เส้นทางทั้งหมดอยู่ที่ /docs งานตรวจไฟล์และผลถูกลบเมื่อครบเวลา",
        "Check the address; every route is at /docs. Jobs and their reports are deleted in time.",
    ),
    "unknown-ref": Kind(
        404, "unknown ref", "ไม่รู้จักชื่อนี้ในกราฟ",
        "ค้นชื่อที่ถูกต้องด้วย /api/search แล้วใช้ค่า ref ที่ได้",
        "Search with /api/search and use the ref it gives.",
    ),
    "method-not-allowed": Kind(
        405, "method not allowed", "ใช้วิธีนี้กับที่อยู่นี้ไม่ได้",
        "ใช้วิธีที่ส่วนหัว Allow บอก",
        "Use one of the methods in the Allow header.",
    ),
    "not-acceptable": Kind(
        406, "not acceptable", "ไม่มีรูปแบบที่ขอ",
        "เปลี่ยนส่วนหัว Accept เป็นรูปแบบที่ detail บอก",
        "Ask for one of the media types that detail names.",
    ),
    "request-timeout": Kind(
        408, "request timeout", "ส่งคำขอช้าเกินไป",
        "ส่งเนื้อหาให้ครบโดยไม่เว้นนาน หรือแบ่งไฟล์",
        "Send the whole body without long pauses, or a smaller file.",
    ),
    "conflict": Kind(
        409, "conflict", "ยังทำไม่ได้ในตอนนี้",
        "งานยังไม่เสร็จหรือถูกยกเลิกแล้ว ดูสถานะที่ /api/jobs/{id}",
        "The job is not done, or has failed; see its state at /api/jobs/{id}.",
    ),
    "too-large": Kind(
        413, "content too large", "คำขอใหญ่เกินไป",
        "แบ่งไฟล์ หรือใช้คำสั่ง mattra validate ในเครื่อง ขีดจำกัดอยู่ใน detail",
        "Split the file, or use the command mattra validate; detail names the limit.",
    ),
    "unsupported-media-type": Kind(
        415, "unsupported media type", "ไม่รับเนื้อหาชนิดนี้",
        "กำหนด Content-Type ตามที่ detail บอก",
        "Set the Content-Type that detail names.",
    ),
    "host-not-allowed": Kind(
        421, "host not allowed", "ไม่รับชื่อโฮสต์นี้",
        "ผู้ดูแลต้องเพิ่มชื่อโดเมนใน MATTRA_SERVER_ALLOWED_HOSTS",
        "The operator has to add the domain name to MATTRA_SERVER_ALLOWED_HOSTS.",
    ),
    "invalid-request": Kind(
        422, "invalid request", "คำขอไม่ครบหรือไม่ถูกต้อง",
        "แก้ทุกช่องใน errors แล้วส่งใหม่ ตัวอย่างคำขออยู่ที่ /docs",
        "Mend each field listed in errors; examples of requests are at /docs.",
    ),
    "too-many-requests": Kind(
        429, "too many requests", "เรียกถี่เกินไป",
        "รอตามจำนวนวินาทีในส่วนหัว Retry-After แล้วเรียกใหม่",
        "Wait for the seconds in the Retry-After header, then call again.",
    ),
    "internal-error": Kind(
        500, "internal error", "ระบบขัดข้อง",
        "ลองใหม่ ถ้ายังเป็นอยู่ให้แจ้งผู้ดูแลพร้อม request_id",
        "Try again; if it persists, tell the operator the request_id.",
    ),
    "store-unreachable": Kind(
        502, "store unreachable", "ที่เก็บกราฟไม่ตอบ",
        "ผู้ดูแลต้องตรวจที่เก็บที่ MATTRA_SPARQL_URL ชี้ไป",
        "The operator has to look after the store that MATTRA_SPARQL_URL names.",
    ),
    "busy": Kind(
        503, "service busy", "ระบบไม่ว่าง",
        "รอตามจำนวนวินาทีในส่วนหัว Retry-After แล้วเรียกใหม่",
        "Wait for the seconds in the Retry-After header, then call again.",
    ),
    "took-too-long": Kind(
        504, "took too long", "ใช้เวลานานเกินกำหนด",
        "จำกัดผลด้วย LIMIT หรือแบ่งไฟล์",
        "Add LIMIT to the query, or split the file.",
    ),
    "no-space": Kind(
        507, "insufficient storage", "พื้นที่เก็บไม่พอ",
        "ผู้ดูแลต้องเพิ่มพื้นที่ว่าง ไม่มีอะไรถูกเก็บไว้ครึ่ง ๆ กลาง ๆ ส่งใหม่ภายหลังได้",
        "The operator has to free space. Nothing was kept by halves; send it again later.",
    ),
}  # fmt: skip
_BY_STATUS: Final = {
    400: "unusable-input", 403: "forbidden", 404: "not-found", 405: "method-not-allowed",
    406: "not-acceptable", 408: "request-timeout", 409: "conflict", 413: "too-large",
    415: "unsupported-media-type", 421: "host-not-allowed", 422: "invalid-request",
    429: "too-many-requests", 502: "store-unreachable", 503: "busy", 504: "took-too-long",
    507: "no-space",
}  # fmt: skip


def slug_of(status: int, title: str = "") -> str:
    """Return the kind of an error: that of its title, else the usual one of its status.

    >>> slug_of(404, "unknown ref"), slug_of(404), slug_of(418), slug_of(500)
    ('unknown-ref', 'not-found', 'unusable-input', 'internal-error')
    """
    named = title.replace(" ", "-")
    if named in KINDS and KINDS[named].status == status:
        return named
    return _BY_STATUS.get(status, "unusable-input" if status < 500 else "internal-error")
