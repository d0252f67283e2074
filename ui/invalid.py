"""What is wrong with the fields of a request, in Thai and English."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fastapi.exceptions import RequestValidationError

_THAI: Final = {
    "missing": "ต้องมีค่านี้",
    "string_type": "ต้องเป็นข้อความ",
    "string_too_long": "ยาวเกิน {max_length} อักขระ",
    "string_too_short": "ต้องมีอย่างน้อย {min_length} อักขระ",
    "string_pattern_mismatch": "รูปแบบต้องเป็น {pattern}",
    "string_unicode": "ต้องเป็นข้อความ Unicode ที่สมบูรณ์",
    "int_type": "ต้องเป็นจำนวนเต็ม",
    "int_parsing": "ต้องเป็นจำนวนเต็ม",
    "int_from_float": "ต้องเป็นจำนวนเต็ม",
    "int_parsing_size": "จำนวนใหญ่เกินไป",
    "float_type": "ต้องเป็นตัวเลข",
    "float_parsing": "ต้องเป็นตัวเลข",
    "finite_number": "ต้องเป็นตัวเลขที่ไม่ใช่อนันต์",
    "bool_parsing": "ต้องเป็น true หรือ false",
    "greater_than_equal": "ต้องไม่น้อยกว่า {ge}",
    "less_than_equal": "ต้องไม่เกิน {le}",
    "greater_than": "ต้องมากกว่า {gt}",
    "less_than": "ต้องน้อยกว่า {lt}",
    "literal_error": "ต้องเป็นหนึ่งใน {expected}",
    "enum": "ต้องเป็นหนึ่งใน {expected}",
    "json_invalid": "ไม่ใช่ JSON ที่ถูกต้อง",
    "list_type": "ต้องเป็นรายการ",
    "too_long": "มีได้ไม่เกิน {max_length} รายการ",
    "dict_type": "ต้องเป็นออบเจกต์ JSON",
    "model_type": "ต้องเป็นออบเจกต์ JSON",
    "model_attributes_type": "ต้องเป็นออบเจกต์ JSON",
    "extra_forbidden": "ไม่มีช่องชื่อนี้",
    "date_type": "ต้องเป็นวันที่แบบ YYYY-MM-DD",
    "date_parsing": "ต้องเป็นวันที่แบบ YYYY-MM-DD",
    "date_from_datetime_parsing": "ต้องเป็นวันที่แบบ YYYY-MM-DD",
    "date_from_datetime_inexact": "ต้องเป็นวันที่แบบ YYYY-MM-DD",
    "value_error": "ใช้ค่านี้ไม่ได้",
}
MOST: Final = 20
"""Wrong fields that are named."""


def field_errors(error: RequestValidationError) -> list[dict[str, str]]:
    """Return the wrong fields: where (``in`` and an RFC 6901 ``pointer``), what, in two languages.

    What was sent is never repeated: it may be personal data.
    """
    return list(_each(error))


def _each(error: RequestValidationError) -> Iterator[dict[str, str]]:
    for each in list(error.errors())[:MOST]:
        place, *path = each["loc"]
        kind = str(each["type"])
        # The place of a syntax error is a number of characters, not a name.
        steps = [] if kind == "json_invalid" else path
        yield {
            "in": str(place),
            "pointer": "#" + "".join(f"/{_escaped(str(step))}" for step in steps),
            "kind": kind,
            "detail_th": _filled(_THAI.get(kind, "ใช้ค่านี้ไม่ได้"), each.get("ctx") or {}),
            "detail_en": str(each["msg"]),
        }


def _filled(text: str, context: Mapping[str, Any]) -> str:
    return text.format(**context) if "{" in text and context else text


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
