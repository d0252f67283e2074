"""Several workers over one graph, and a new graph without a dropped request."""

import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from graph.errors import InputError
from tests.ui.serving_process import served
from ui.running import bind

pytestmark = pytest.mark.slow
PATIENCE = 60.0
"""Seconds: on a busy machine a worker that reads the graph anew answers late."""


class Asking(threading.Thread):
    """A client that keeps its connection and asks on until told to stop."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.stop, self.statuses = url, threading.Event(), list[int]()
        self.faults: list[str] = []

    def run(self) -> None:
        with httpx.Client(base_url=self.url, timeout=PATIENCE) as client:
            while not self.stop.is_set():
                try:
                    answer = client.get("/api/refs/mspr-7-2565")
                    self.statuses.append(answer.status_code)
                except httpx.HTTPError as error:
                    self.faults.append(repr(error))
                time.sleep(0.05)


def _told(log: Path, event: str) -> int:
    return log.read_text(encoding="utf-8").count(f'"event": "{event}"')


def _wait(log: Path, event: str, times: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while _told(log, event) < times and time.monotonic() < end:
        time.sleep(0.1)
    return _told(log, event) >= times


def test_workers_share_jobs_and_figures_and_reload_without_a_dropped_request(
    tmp_path: Path,
) -> None:
    with served(tmp_path, "--workers", "2", MATTRA_STORE=str(tmp_path / "store")) as server:
        askers = [Asking(server.url) for _ in range(2)]
        for asker in askers:
            asker.start()
        # Only a worker that has started is told.
        assert _wait(server.log, "started", 2, 120)
        reloaded = False
        for _ in range(5):
            server.process.send_signal(signal.SIGHUP)
            if reloaded := _wait(server.log, "reload", 2, 30):
                break
        for asker in askers:
            asker.stop.set()
            asker.join()
        assert reloaded
        assert [fault for asker in askers for fault in asker.faults] == []
        statuses = [status for asker in askers for status in asker.statuses]
        assert len(statuses) > 50
        assert set(statuses) == {200}
        # Each request comes on a new connection, so that either worker may answer.
        sent = {"file": ("a.csv", b"\x00")}
        address = httpx.post(
            f"{server.url}/api/validate?wait=0", files=sent, data={"dataset": "assessment"},
            timeout=PATIENCE,
        ).headers["location"]  # fmt: skip
        job = server.url + address
        assert {httpx.get(job, timeout=PATIENCE).status_code for _ in range(20)} == {200}
        assert httpx.delete(job, timeout=PATIENCE).status_code == 204
        counted = httpx.get(f"{server.url}/metrics", timeout=PATIENCE).text
        assert 'route="/api/refs/{ref:path}"' in counted
        assert len(list((tmp_path / "store").iterdir())) == 1
        assert server.stop() == 0
    assert server.spools() == []


def test_an_address_in_use_is_said() -> None:
    with bind("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(InputError, match="--port"):
            bind("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(InputError):
        bind("no.such.host.invalid", 0)
