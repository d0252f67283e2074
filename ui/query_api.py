"""What an editor of SPARQL queries needs: what a query may name, and queries to start from."""

from dataclasses import asdict
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from graph.examples import AUDIENCES, examples
from graph.vocabulary import Vocabulary, vocabulary
from ui.api import service_of
from ui.documented import answers

router = APIRouter(tags=["sparql"])
_KEPT: Final = "max-age=300"
_TERM: Final = {"curie": "m:Section", "iri": "https://w3id.org/mattra/ns#Section", "th": "มาตรา",
                "en": "section", "count": 536}  # fmt: skip
_VOCABULARY: Final = {
    "prefixes": {"m": "https://w3id.org/mattra/ns#"}, "classes": [_TERM],
    "properties": [_TERM | {"curie": "m:deadline", "iri": "https://w3id.org/mattra/ns#deadline",
                            "th": "กำหนดเวลา", "en": "deadline"}],
}  # fmt: skip


class ExampleQuery(BaseModel):
    """A query to start from."""

    name: str
    title_th: str
    title_en: str
    audience: str
    audience_th: str
    answers: str
    query: str


@router.get(
    "/api/vocabulary", operation_id="vocabulary", response_model=None,
    responses=answers(_VOCABULARY, Vocabulary),
)  # fmt: skip
def terms(request: Request, response: Response) -> dict[str, Any]:
    """คำนำหน้า ชนิด และคุณสมบัติที่กราฟใช้ (prefixes, classes and properties of the graph)."""
    response.headers["Cache-Control"] = _KEPT
    return vocabulary(service_of(request).store).to_dict()


@router.get(
    "/api/queries", operation_id="queries", response_model=None,
    responses=answers(
        [
            ExampleQuery(
                **asdict(examples()[0]), audience_th=AUDIENCES[examples()[0].audience]
            ).model_dump()
        ],
        list[ExampleQuery],
    ),
)  # fmt: skip
def queries(response: Response) -> list[dict[str, Any]]:
    """คำสั่ง SPARQL ตัวอย่างพร้อมเรื่องที่ตอบ (example queries, and what each answers)."""
    response.headers["Cache-Control"] = _KEPT
    return [asdict(each) | {"audience_th": AUDIENCES[each.audience]} for each in examples()]
