"""What users think of answers: kept here, masked, limited, exported; over HTTP and as typed."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from qa.service import Service
from ui import feedback
from ui.cli import main
from ui.server import create_app
from ui.settings import ServerSettings

MOST = 2_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATTRA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    settings = replace(ServerSettings(), max_feedback_bytes=MOST)
    return TestClient(create_app(service, settings), raise_server_exceptions=False)


def test_it_is_kept_without_personal_data(client: TestClient, home: Path) -> None:
    body = {"question": "ของ a.b@example.go.th ไหม", "verdict": "down",
            "note": "เลข 1101400123456\nโทร 081-234-5678", "refs": ["pdpa-2562/37"]}  # fmt: skip
    answer = client.post("/api/feedback", json=body)
    assert answer.status_code == 200
    (line,) = (home / "feedback.jsonl").read_text().splitlines()
    kept = json.loads(line)
    assert kept == answer.json()
    assert kept["question"] == "ของ [e-mail] ไหม"
    assert kept["note"] == "เลข [id]\nโทร [phone]"
    assert (kept["verdict"], kept["refs"]) == ("down", ["pdpa-2562/37"])
    assert set(kept) == set(feedback.FIELDS)
    assert (home / "feedback.jsonl").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "body",
    [
        {"question": "x", "verdict": "perhaps"},
        {"question": "", "verdict": "up"},
        {"question": "x", "verdict": "up", "note": "ก" * 1_001},
        {"question": "x", "verdict": "up", "refs": ["x"] * 21},
        {"verdict": "up"},
    ],
)
def test_what_is_no_feedback_is_refused(
    client: TestClient, home: Path, body: dict[str, object]
) -> None:
    answer = client.post("/api/feedback", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert not (home / "feedback.jsonl").exists()


def test_a_form_of_another_site_cannot_send_it(client: TestClient, home: Path) -> None:
    text = json.dumps({"question": "x", "verdict": "up"})
    answer = client.post("/api/feedback", content=text, headers={"content-type": "text/plain"})
    assert answer.status_code == 415
    assert not (home / "feedback.jsonl").exists()


def test_a_full_file_takes_no_more_and_says_so(client: TestClient, home: Path) -> None:
    body = {"question": "ถาม", "verdict": "up", "note": "ก" * 300}
    answers = [client.post("/api/feedback", json=body) for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 507, 507, 507]
    assert "mattra feedback" in answers[-1].json()["detail_th"]
    assert (home / "feedback.jsonl").stat().st_size <= MOST
    assert len(list(feedback.lines())) == 1


def test_lines_of_many_at_once_never_mix(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: feedback.keep(f"ถาม {n} " + "ก" * 900, "up", "", [], 10**6), range(80)
            )
        )
    assert {line["question"].split()[1] for line in feedback.lines()} == {str(n) for n in range(80)}


def test_export_as_typed(home: Path) -> None:
    assert CliRunner().invoke(main, ["feedback"]).output == ""
    feedback.keep("ถาม, «ก»", "up", "=HYPERLINK(1)", ["mspr-7-2565", "eta-2544/9"], 10**6)
    with (home / "feedback.jsonl").open("a") as file:
        file.write('{"half": \n[]\n')
    shown = CliRunner().invoke(main, ["feedback"])
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["note"] == "=HYPERLINK(1)"
    table = CliRunner().invoke(main, ["feedback", "--format", "csv"]).stdout
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["note"] == "'=HYPERLINK(1)"
    assert row["refs"] == "mspr-7-2565 eta-2544/9"
