"""Files checked over HTTP: at once, as a job, stopped, refused, and nothing left behind."""

import io
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from ingest.records.sample import generate
from ingest.records.template import template
from ingest.records.writing import write
from qa.service import Service
from tests.ui.serving_process import Served, served
from ui.jobs.files import JobFiles
from ui.jobs.spool import Spool
from ui.models import Job, Problem, Report
from ui.server import create_app
from ui.settings import ServerSettings

pytestmark = pytest.mark.slow
SMALL = template("assessment", "csv")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "large.csv"
    write(generate("assessment", 150_000, 1, 0.01, []), "assessment", "csv", path)
    return path


def _post(client: Any, data: bytes, **more: Any) -> Any:
    files = {"file": ("a.csv", io.BytesIO(data))}
    return client.post("/api/validate", files=files, data={"dataset": "assessment"}, **more)


def _until(client: httpx.Client, address: str, *states: str) -> dict[str, Any]:
    for _ in range(600):
        job: dict[str, Any] = client.get(address).json()
        if job["state"] in states:
            return job
        time.sleep(0.1)
    raise AssertionError(job)


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def _kept(server: Served) -> list[str]:
    (spool,) = server.spools()
    return [str(p.relative_to(spool)) for p in spool.rglob("*") if p.is_file() and p.name[0] != "."]


def test_a_report_given_at_once_leaves_nothing(client: httpx.Client, server: Served) -> None:
    answer = _post(client, SMALL)
    assert answer.status_code == 200
    assert Report.model_validate(answer.json()).records == 1
    for _ in range(50):
        if not _kept(server):
            break
        time.sleep(0.05)
    assert _kept(server) == []


def test_a_long_check_tells_how_far_it_is_and_goes_in_time(
    client: httpx.Client, server: Served, large: Path
) -> None:
    taken = _post(client, large.read_bytes(), headers={"Prefer": "respond-async"})
    assert taken.status_code == 202
    assert taken.headers["preference-applied"] == "respond-async"
    address = taken.headers["location"]
    assert Job.model_validate(taken.json()).state in ("waiting", "checking")
    early = client.get(f"{address}/report")
    assert early.status_code == 409
    # Others are answered meanwhile.
    start = time.perf_counter()
    assert client.post("/api/ask", json={"question": "มสพร. 7 คืออะไร"}).status_code == 200
    assert time.perf_counter() - start < 2
    job = Job.model_validate(_until(client, address, "done"))
    assert job.rows == 150_000
    assert job.rows_per_second > 1_000
    assert [name.partition("/")[2] for name in _kept(server)] == ["report", "state.json"] or [
        name.partition("/")[2] for name in _kept(server)
    ] == ["state.json", "report"]
    report = Report.model_validate(client.get(job.links["report"]).json())
    assert report.records == 150_000
    time.sleep(6)
    assert client.get(address).status_code == 404
    assert _kept(server) == []


def test_a_check_that_is_stopped_ends_its_process(
    client: httpx.Client, server: Served, large: Path
) -> None:
    address = _post(client, large.read_bytes(), params={"wait": 0}).headers["location"]
    _until(client, address, "checking")
    before = _children(server)
    start = time.perf_counter()
    assert client.delete(address).status_code == 204
    assert time.perf_counter() - start < 2
    assert client.get(address).status_code == 404
    assert _kept(server) == []
    assert len(set(before) - set(_children(server))) == 1


def _children(server: Served) -> list[str]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(server.process.pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.split()


def test_a_bad_file_fails_the_same_at_once_and_as_a_job(client: httpx.Client) -> None:
    at_once = _post(client, b"\x00\x01")
    assert at_once.status_code == 400
    job = _until(
        client, _post(client, b"\x00\x01", params={"wait": 0}).headers["location"], "failed"
    )
    assert job["problem"]["detail"] == at_once.json()["detail"]
    later = client.get(job["links"]["self"] + "/report")
    assert (later.status_code, later.json()["detail"]) == (400, at_once.json()["detail"])


def test_a_full_disk_is_said_and_a_killed_server_is_tidied_after(
    tmp_path: Path, large: Path
) -> None:
    with served(tmp_path, largest_file=6_000_000) as server:
        with httpx.Client(base_url=server.url, timeout=60) as client:
            answer = _post(client, large.read_bytes()[:12_000_000])
            assert answer.status_code == 507
            assert "พื้นที่" in Problem.model_validate(answer.json()).detail_th
            assert all(not _kept(server) for _ in server.spools())
            assert client.get("/health").status_code == 200
            _post(client, large.read_bytes()[:5_000_000], params={"wait": 0})
        server.stop(signal.SIGKILL)
    assert any(path.name == "a.csv" for path in server.spools()[0].rglob("*"))
    # What every server does first.
    Spool(tmp_path).close()
    assert server.spools() == []


def test_too_many_files_are_refused_until_one_is_done(service: Service) -> None:
    app = create_app(service, ServerSettings(job_workers=1, job_queue=1))
    client = TestClient(app, raise_server_exceptions=False)
    with client:
        answers = [_post(client, SMALL, params={"wait": 0}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 503]
        assert int(answers[2].headers["retry-after"]) > 0
        assert Problem.model_validate(answers[2].json()).title == "service busy"
        waiting = answers[1].headers["location"]
        assert client.delete(waiting).status_code == 204
        assert client.get(waiting).status_code == 404


def test_a_check_that_takes_too_long_is_stopped(service: Service) -> None:
    app = create_app(service, ServerSettings(job_workers=1, job_seconds=0.01))
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = _post(client, SMALL)
    assert answer.status_code == 504
    assert Problem.model_validate(answer.json()).title == "took too long"


@pytest.fixture(scope="module")
def local(service: Service) -> TestClient:
    app = create_app(service, ServerSettings(job_workers=1))
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("name", ["..", "../../etc/passwd", "a" * 300, "ก.csv", "", "x\x00y"])
def test_any_file_name_is_answered_and_none_leads_out(local: TestClient, name: str) -> None:
    answer = local.post(
        "/api/validate", files={"file": (name, SMALL)}, data={"dataset": "assessment"}
    )
    assert answer.status_code in (200, 400, 422)
    if answer.status_code == 200:
        assert "/" not in answer.json()["files"][0]


@pytest.mark.parametrize("id_", ["..", "%2e%2e", "a" * 32, "../../etc", "state.json", ".lock"])
def test_an_id_leads_to_no_other_file(local: TestClient, id_: str) -> None:
    for address in (f"/api/jobs/{id_}", f"/api/jobs/{id_}/report"):
        assert local.get(address).status_code == 404


def test_ids_cannot_be_guessed_and_files_are_for_their_owner(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    made = [JobFiles.create(spool.folder) for _ in range(50)]
    assert len({each.id for each in made}) == 50
    assert all(len(each.id) == 32 for each in made)
    assert spool.folder.stat().st_mode & 0o077 == 0
    other = Spool(tmp_path)
    assert spool.folder.exists()
    spool.close()
    other.close()
    assert list(tmp_path.iterdir()) == []
