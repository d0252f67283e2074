"""What the OpenAPI document says of linked data: forms, examples, redirects, errors."""

from collections.abc import Sequence
from typing import Any, Final

from ui.documented import answers
from ui.linked.negotiation import MEDIA

_NEGOTIATED: Final = (MEDIA["ttl"], *(media for form, media in MEDIA.items() if form != "ttl"))
_PREFIXES: Final = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix m: <https://w3id.org/mattra/ns#> .
"""
THING: Final = f"""{_PREFIXES}<https://w3id.org/mattra/id/pdpa-2562/37> a m:Section ;
    dcterms:isPartOf <https://w3id.org/mattra/id/pdpa-2562> .
"""
VOCABULARY: Final = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://w3id.org/mattra/ns> a owl:Ontology .
"""
SHAPES: Final = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://w3id.org/mattra/shapes#LBT-101> a sh:NodeShape .
"""
DUMPS: Final = """@prefix void: <http://rdfs.org/ns/void#> .
<https://w3id.org/mattra/dump> a void:Dataset .
"""
CONTEXT: Final[dict[str, Any]] = {"@context": {"m": "https://w3id.org/mattra/ns#", "@version": 1.1}}


def documents(
    example: Any,
    *errors: int | str,
    media: Sequence[str] = _NEGOTIATED,
    moved: bool = False,
) -> dict[str, Any]:
    """Return what describes a route of linked data, for the route's decorator.

    :param example: the answer in the first of the media types.
    :param media: those that it may answer in; by default those that ``Accept`` chooses among.
    :param moved: whether it may lead elsewhere (303, 308).
    """
    found = answers(example, None, *errors, *([406] * (media is _NEGOTIATED)), media=media)
    if moved:
        to = {"Location": {"description": "ไปที่ (leads to)", "schema": {"type": "string"}}}
        for status, about in ((303, "ดูเอกสารที่ (see)"), (308, "ย้ายไปที่ (moved to)")):
            found[status] = {"description": about, "headers": to}
    return {"tags": ["linked data"], "responses": found}
