"""The kept findings of a check: paged, filtered, in other forms, marked in the file, and gone."""

import io
import json
import time
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient

from ingest.records.sample import generate
from ingest.records.writing import write_to
from qa.service import Service
from ui.models import Findings, Job, Problem, Report
from ui.server import create_app
from ui.settings import ServerSettings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    app = create_app(service, ServerSettings(job_workers=1))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def _sample(form: str, rows: int = 300) -> bytes:
    buffer = io.BytesIO()
    write_to(generate("assessment", rows, 1, 0.3), "assessment", form, buffer)
    return buffer.getvalue()


def _send(client: TestClient, data: bytes, name: str, **more: Any) -> str:
    sent = {"dataset": "assessment", "keep": "true", **more}
    answer = client.post("/api/validate", files={"file": (name, data)}, data=sent)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["location"])


@pytest.fixture(scope="module")
def csv(client: TestClient) -> str:
    return _send(client, _sample("csv"), "ภาษี 2569.csv")


def _findings(client: TestClient, job: str, **filters: Any) -> Findings:
    answer = client.get(f"{job}/findings", params=filters)
    assert answer.status_code == 200, answer.text
    return Findings.model_validate(answer.json())


def test_pages_are_the_report_cut_into_pieces(client: TestClient, csv: str) -> None:
    whole = Report.model_validate(client.get(f"{csv}/report").json())
    assert len(whole.findings) > 60
    pages = [_findings(client, csv, offset=offset, limit=25) for offset in range(0, 200, 25)]
    assert [f for page in pages for f in page.findings] == whole.findings
    first = pages[0]
    assert first.total == len(whole.findings) == sum(first.counts.model_dump().values())
    assert sum(r.count for r in first.by_rule) == sum(c.count for c in first.by_column)
    assert {row.row for row in first.rows} == {f.row for f in first.findings}
    cells = {row.row: row.cells for row in first.rows}
    for finding in first.findings:
        if finding.column:
            assert (cells[finding.row][finding.column] or "") == finding.value


def test_filters_give_what_they_say(client: TestClient, csv: str) -> None:
    every = _findings(client, csv, limit=500)
    rule = every.by_rule[0]
    of_rule = _findings(client, csv, rule=rule.rule)
    assert of_rule.total == rule.count == len(of_rule.findings)
    assert {f.rule for f in of_rule.findings} == {rule.rule}
    warnings = _findings(client, csv, severity="warning", limit=500)
    assert warnings.total == every.counts.warning
    column = every.by_column[0]
    assert _findings(client, csv, column=column.column).total == column.count
    assert _findings(client, csv, rule=rule.rule, severity="info").total == 0
    for wrong in ({"rule": "LBT-'"}, {"column": "<b>"}):
        assert client.get(f"{csv}/findings", params=wrong).status_code == 400
    assert client.get(f"{csv}/findings", params={"severity": "x"}).status_code == 422


def test_other_forms_are_the_command_lines(client: TestClient, csv: str) -> None:
    kinds = {"csv": "text/csv", "html": "text/html", "ttl": "text/turtle", "text": "text/plain"}
    for form, media in kinds.items():
        answer = client.get(f"{csv}/report", params={"format": form})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media)
    total = _findings(client, csv).total
    table = client.get(f"{csv}/report", params={"format": "csv"}).content
    assert pl.read_csv(table, infer_schema=False).height == total


def test_the_file_comes_back_marked(client: TestClient, csv: str) -> None:
    marked = client.get(f"{csv}/annotated")
    assert "filename*=utf-8''checked-%E0%B8%A0" in marked.headers["content-disposition"]
    assert len(marked.text.splitlines()) == 301
    assert "LBT-" in marked.text
    book = _send(client, _sample("xlsx", 40), "a.xlsx")
    assert client.get(f"{book}/annotated").content[:2] == b"PK"
    tree = _send(client, _sample("json", 40), "a.json")
    refused = client.get(f"{tree}/annotated")
    assert (refused.status_code, "CSV" in Problem.model_validate(refused.json()).detail_en) == (400, True)  # fmt: skip
    assert _findings(client, tree).rows


def test_what_was_not_kept_or_is_deleted_is_said(client: TestClient) -> None:
    data = _sample("csv", 20)
    sent = {"dataset": "assessment"}
    job = client.post(
        "/api/validate?wait=0", files={"file": ("a.csv", data)}, data=sent
    ).headers["location"]  # fmt: skip
    for _ in range(200):
        if client.get(job).json()["state"] == "done":
            break
        time.sleep(0.05)
    assert client.get(f"{job}/report").status_code == 200
    for path in ("findings", "annotated", "report?format=html"):
        answer = client.get(f"{job}/{path}")
        assert (answer.status_code, "keep=true" in answer.json()["detail"]) == (409, True)
    kept = _send(client, data, "a.csv")
    assert set(Job.model_validate(client.get(kept).json()).links) == {
        "self", "report", "findings", "annotated",
    }  # fmt: skip
    assert client.delete(kept).status_code == 204
    for path in ("findings", "annotated", "report?format=html"):
        assert client.get(f"{kept}/{path}").status_code == 404


def test_a_kept_file_is_deleted_in_time(service: Service) -> None:
    app = create_app(service, ServerSettings(job_workers=1, result_seconds=0.5))
    with TestClient(app, raise_server_exceptions=False) as client:
        job = _send(client, _sample("csv", 20), "a.csv")
        folder = app.state.jobs.folder / job.rpartition("/")[2]
        assert (folder / "upload" / "a.csv").is_file()
        for _ in range(100):
            if not folder.exists():
                break
            time.sleep(0.05)
        assert not folder.exists()
        assert client.get(f"{job}/findings").status_code == 404


def test_a_template_and_a_sample_can_be_checked(client: TestClient) -> None:
    for form, path in (("xlsx", "/api/templates/payment"), ("json", "/api/samples/payment")):
        file = client.get(path, params={"format": form, "rows": 5})
        assert file.status_code == 200
        assert file.headers["content-disposition"] == f'attachment; filename="payment.{form}"'
        sent = {"dataset": "payment"}
        report = client.post(
            "/api/validate", files={"file": (f"a.{form}", file.content)}, data=sent
        )
        assert report.json()["conforms"] is True
    assert client.get("/api/templates/x").status_code == 404
    assert client.get("/api/samples/payment?rows=100001").status_code == 422


def test_the_tax_is_the_commands(client: TestClient) -> None:
    answer = client.get("/api/tax", params={"use": "other", "value": "5,000,000", "year": "2569"})
    assert json.loads(answer.text)["tax"] == "15000.00"
    late: dict[str, Any] = {
        "use": "other",
        "value": "5000000",
        "year": "2569",
        "late": "after-warning",
        "months": 2,
    }
    assert float(client.get("/api/tax", params=late).json()["total"]) > 15_000
    for wrong in ({"use": "x"}, {"year": "2580"}, {"value": "x"}, {"value": "1e99"}, {"land": "1"},
                  {"value": "-1"}, {"use": "other", "vacant_years": 3}):  # fmt: skip
        case: dict[str, Any] = {"use": "other", "value": "1", "year": "2569", **wrong}
        refused = client.get("/api/tax", params=case)
        assert Problem.model_validate(refused.json()).status == 400, wrong
