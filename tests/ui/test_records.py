"""The commands and routes on tax records, as their users call them."""

import json
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from ontology.tax import datasets
from qa.service import Service
from ui.cli import main
from ui.server import create_app

REPORT = {"conforms", "dataset", "files", "records", "counts", "findings", "took_ms"}
FINDING = {
    "rule", "severity", "file", "row", "column", "value", "message_th", "message_en", "source",
    "focus", "path",
}  # fmt: skip


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    assert run("template", "assessment", "--out", path).exit_code == 0
    return path


def spoil(path: Path, **cells: str) -> Path:
    header, row = path.read_text(encoding="utf-8-sig").splitlines()
    values = dict(zip(header.split(","), row.split(","), strict=True)) | cells
    path.write_text(f"{header}\n{','.join(values.values())}\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dataset", "form"),
    zip(sorted(datasets()), cycle(["csv", "xlsx", "json", "xml"]), strict=False),
)
def test_every_template_conforms(tmp_path: Path, dataset: str, form: str) -> None:
    path = tmp_path / f"t.{form}"
    assert run("template", dataset, "--format", form, "--out", path).exit_code == 0
    checked = run("validate", path, "--as", dataset, "--format", "json")
    report = json.loads(checked.stdout)
    assert (checked.exit_code, report["findings"], report["records"]) == (0, [], 1)


def test_the_wrong_cell_is_named(template: Path) -> None:
    checked = run(
        "validate", spoil(template, taxDue="41000.00"), "--as", "assessment", "--format", "json"
    )
    assert checked.exit_code == 1
    report: dict[str, Any] = json.loads(checked.stdout)
    assert report.keys() >= REPORT
    (finding,) = report["findings"]
    assert finding.keys() >= FINDING
    assert (finding["row"], finding["column"], finding["value"]) == (2, "taxDue", "41000.00")
    assert finding["source"].startswith("lbt-2562/")
    assert "1,225.45" in finding["message_th"]
    assert finding["path"] == "https://w3id.org/mattra/ns/tax#taxDue"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "csv", "ttl", "html", "junit"])
def test_every_form_names_the_rule(template: Path, form: str) -> None:
    spoil(template, taxYear="2026")
    checked = run("validate", template, "--as", "assessment", "--format", form)
    assert checked.exit_code == 1
    assert "LBT-00" in checked.output


def test_missing_and_unknown_columns_come_first(template: Path) -> None:
    text = template.read_text(encoding="utf-8-sig")
    template.write_text(text.replace("taxDue", "taxDeu"), encoding="utf-8")
    report = json.loads(run("validate", template, "--as", "assessment", "--format", "json").stdout)
    assert [(f["rule"], f["row"]) for f in report["findings"]] == [("READ-001", 1), ("READ-002", 1)]
    assert "taxDue" in report["findings"][1]["message_th"]


def test_an_unusable_file_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for path in (empty, tmp_path / "none.csv", tmp_path):
        checked = run("validate", path, "--as", "assessment")
        assert checked.exit_code == 2
        assert checked.stderr.count("\n") <= 3
        assert "Traceback" not in checked.stderr


def test_shapes_of_ones_own_are_checked_too_and_linted(template: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix t: <https://w3id.org/mattra/ns/tax#> . @prefix : <https://example.org/> ."
    own.write_text(
        prefixes + ":S a sh:NodeShape ; sh:targetClass t:Assessment ; sh:property :few ."
        ' :few a sh:PropertyShape ; sh:path t:taxDue ; sh:maxInclusive 10.0 ; sh:message "few"@en .',
        encoding="utf-8",
    )
    found = run("validate", template, "--as", "assessment", "--shapes", own, "--format", "json")
    assert [f["rule"] for f in json.loads(found.stdout)["findings"]] == ["https://example.org/few"]
    own.write_text(
        own.read_text(encoding="utf-8").replace("maxInclusive", "maxinclusive"), encoding="utf-8"
    )
    refused = run("validate", template, "--as", "assessment", "--shapes", own)
    assert refused.exit_code == 2
    assert "maxinclusive" in refused.stderr


def test_the_file_itself_is_marked(template: Path, tmp_path: Path) -> None:
    marked = tmp_path / "marked.csv"
    run("validate", spoil(template, taxDue=""), "--as", "assessment", "--annotate", marked)
    assert "LBT-" in marked.read_text(encoding="utf-8-sig")


def test_fields_say_what_is_personal(tmp_path: Path) -> None:
    columns = {c["name"]: c for c in json.loads(run("fields", "owner", "--json").stdout)}
    assert columns["ownerId"]["personal_data"] == "pd:OfficialID"
    assert columns["ownerId"]["rules"]
    assert "ownerId" in run("fields", "owner").stdout


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "parquet"])
def test_records_are_converted(template: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    assert run("convert", template, "--as", "assessment", "--to", form, "--out", out).exit_code == 0
    back = run("validate", out, "--as", "assessment", "--format", "json")
    assert json.loads(back.stdout)["findings"] == []


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def test_an_upload_is_checked(client: TestClient, template: Path) -> None:
    spoil(template, taxDue="1")
    files = {"file": ("../../x/a.csv", template.read_bytes())}
    answer = client.post("/api/validate", files=files, data={"dataset": "assessment"})
    assert answer.status_code == 200
    report = answer.json()
    assert report["files"] == ["a.csv"]
    assert {f["column"] for f in report["findings"]} == {"taxDue"}
    page = client.post(
        "/api/validate", files=files, data={"dataset": "assessment", "format": "html"}
    )
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("data", "content", "status"),
    [
        ({"dataset": "nothing"}, b"a,b\n1,2\n", 400),
        ({"dataset": "assessment"}, b"", 400),
        ({"dataset": "assessment"}, b"\x00\x01\x02", 400),
        ({"dataset": "assessment", "format": "pdf"}, b"x", 422),
        ({}, b"x", 422),
    ],
)
def test_bad_uploads_are_problem_documents(
    client: TestClient, data: dict[str, str], content: bytes, status: int
) -> None:
    answer = client.post("/api/validate", files={"file": ("a.csv", content)}, data=data)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_fields_over_http(client: TestClient) -> None:
    assert client.get("/api/fields/parcel").json()[0]["name"] == "parcelId"
    assert client.get("/api/fields/none").status_code == 404
