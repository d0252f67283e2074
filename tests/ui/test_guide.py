"""The checklist over HTTP, as a picture and as documents."""

import io
import re
from xml.etree import ElementTree

import pytest
from docx import Document
from fastapi.testclient import TestClient

from qa.guide import Asked
from qa.guide.model import Span
from qa.service import Service
from ui.guide.html import document_html
from ui.guide.timeline import timeline
from ui.server import create_app

CHOSEN = {"agency": "court", "activity": ["e-signature", "anonymization"], "day": "2022-01-01"}


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    return TestClient(create_app(service))


def test_the_link_of_a_checklist_gives_it_again(client: TestClient) -> None:
    body = {"agency": "court", "activities": CHOSEN["activity"], "day": "1 มกราคม 2565"}
    first = client.post("/api/guide", json=body).json()
    assert (
        first["query"] == "agency=court&activity=anonymization&activity=e-signature&day=2022-01-01"
    )
    page = client.get("/api/guide.html?" + first["query"])
    for item in first["items"]:
        assert item["iri"] in page.text


@pytest.mark.parametrize("language", ["th", "en"])
def test_documents_carry_choices_day_sources_links_and_version(
    client: TestClient, service: Service, language: str
) -> None:
    found = service.guide(Asked("court", CHOSEN["activity"], day="2022-01-01"))
    page = client.get("/api/guide.html", params={**CHOSEN, "lang": language})
    assert page.headers["content-disposition"].endswith('.html"')
    assert not re.search(r'(?:src|href)="(?!https://w3id.org/mattra/)', page.text)
    word = client.get("/api/guide.docx", params={**CHOSEN, "lang": language})
    assert word.headers["content-type"].endswith("wordprocessingml.document")
    document = Document(io.BytesIO(word.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    links = {
        relation.target_ref for relation in document.part.rels.values() if relation.is_external
    }
    day = "1 มกราคม 2565" if language == "th" else "1 January 2022"
    assert found.agency is not None
    agency = found.agency.label if language == "th" else found.agency.label_en
    for shown in (page.text, text):
        for expected in (day, agency, found.graph, *(item.label for item in found.items)):
            assert expected in shown, expected
    assert links == {item.iri for item in found.items}


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 400, "ยังไม่ได้เลือกงาน"),
        ("activity=nosuch", 400, "nosuch"),
        ("activity=e-payment&day=2026-13-45", 400, "ไม่ใช่วันที่"),
        ("activity=e-payment&lang=fr", 422, "lang"),
        ("activity=" + "ก" * 90, 400, "ให้เลือก"),
    ],
)
@pytest.mark.parametrize("ending", ["html", "docx"])
def test_wrong_choices_are_problems(
    client: TestClient, ending: str, query: str, status: int, said: str
) -> None:
    answer = client.get(f"/api/guide.{ending}?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.text


def test_a_timeline_tells_states_apart_and_escapes() -> None:
    spans = [
        Span("a", "<b>ก & ข</b>", "in-force", "2020-05-27", "", 3),
        Span("b", "ร่าง", "draft", "2024-06-12", "2024-07-12", 0),
        Span("c", "เก่า", "superseded", "2017", "2023", 0),
        Span("d", "ไม่มีวัน", "published", "", "", 0),
    ]
    drawn = timeline(spans, "2024-01-01", "th")
    root = ElementTree.fromstring(drawn)  # noqa: S314 - what was drawn just above
    space = "{http://www.w3.org/2000/svg}"
    looks = [rect.get("class") for rect in root.iter(f"{space}rect")]
    assert looks == ["g-solid", "g-draft", "g-hollow"]
    assert "<b>" not in drawn
    assert "วันที่เลือก 1 มกราคม 2567" in "".join(root.itertext())
    assert root.find(f"{space}title") is not None
    assert timeline(spans, "2024-01-01", "th") == drawn
    assert timeline(spans[3:], "2024-01-01", "th") == ""
    for rect in root.iter(f"{space}rect"):
        assert 0 <= float(rect.get("x", "-1")) <= 760
        assert float(rect.get("x", "0")) + float(rect.get("width", "999")) <= 760


def test_what_a_label_holds_is_no_markup_in_a_document(service: Service) -> None:
    found = service.guide(Asked(activities=["e-payment"], description="<script>alert(1)</script>"))
    assert "<script" not in document_html(found, "th")
