"""What the OpenAPI document says of ``/sparql``, which is a route of its own kind."""

from typing import Any, Final

from ui.documented import answers
from ui.sparql.accept import ROWS, TRIPLES, offered
from ui.sparql.protocol import DIRECT, FORM

_QUERY: Final = "SELECT ?act ?title { ?act a m:Act ; dcterms:title ?title } LIMIT 1"
_ROWS: Final = {
    "head": {"vars": ["act", "title"]},
    "results": {
        "bindings": [
            {
                "act": {"type": "uri", "value": "https://w3id.org/mattra/id/pdpa-2562"},
                "title": {
                    "type": "literal",
                    "value": "พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562",
                    "xml:lang": "th",
                },
            }
        ]
    },
}
_ERRORS: Final = (
    "query-refused", 405, 406, 408, "too-large", 415, 429, "store-unreachable", 503, 504
)  # fmt: skip


def _parameter(name: str, about: str, example: Any, many: bool = False) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "number" if name == "timeout" else "string"}
    return {
        "name": name, "in": "query", "required": False, "description": about,
        "schema": {"type": "array", "items": text} if many else text,
        "example": [example] if many else example,
    }  # fmt: skip


_PARAMETERS: Final = [
    _parameter("query", "คำสั่ง SPARQL 1.1 ที่อ่านอย่างเดียว (a query that only reads)", _QUERY),
    _parameter("format", "รูปแบบของผล แทนส่วนหัว Accept (instead of Accept)", "json"),
    _parameter("timeout", "วินาที ไม่เกินของเซิร์ฟเวอร์ (seconds, the server's at most)", 5),
    _parameter(
        "default-graph-uri", "กราฟที่ถาม (a graph asked)",
        "https://w3id.org/mattra/graph/catalog", many=True,
    ),
    _parameter(
        "named-graph-uri", "กราฟที่ GRAPH เรียกได้ (a graph that GRAPH may name)",
        "https://w3id.org/mattra/graph/catalog", many=True,
    ),
]  # fmt: skip


def operations() -> dict[str, Any]:
    """Return the path item of ``/sparql``: GET, and POST in both forms of the protocol."""
    form = {
        "type": "object", "required": ["query"],
        "properties": {each["name"]: each["schema"] for each in _PARAMETERS},
    }  # fmt: skip
    body = {
        "required": True,
        "content": {
            FORM: {"schema": form, "example": {"query": _QUERY}},
            DIRECT: {"schema": {"type": "string"}, "example": _QUERY},
        },
    }
    return {
        "get": _operation("get", _PARAMETERS),
        "post": _operation("post", _PARAMETERS[1:]) | {"requestBody": body},
    }


def _operation(method: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    media = [form.media for form in (*offered(ROWS), *offered(TRIPLES))]
    found = answers(_ROWS, None, *_ERRORS, media=media)
    return {
        "tags": ["sparql"],
        "summary": "SPARQL 1.1 Protocol",
        "description": "ถามกราฟด้วย SPARQL อ่านอย่างเดียว ไม่ใส่ query ได้คำอธิบายบริการ "
        "(query the graph, read-only; without a query the service is described)",
        "operationId": f"sparql_{method}",
        "parameters": parameters,
        "responses": {str(status): answer for status, answer in found.items()},
    }
