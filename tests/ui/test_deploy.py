"""The files for running the service are what they say."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_passes_the_linter() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    found = subprocess.run(
        [linter, DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (0, "")


def test_the_image_runs_as_nobody_in_particular_and_is_watched() -> None:
    user = re.search(r"^USER (\d+):", DOCKERFILE, re.M)
    assert user
    assert int(user[1]) >= 1000
    assert "/health/ready" in DOCKERFILE
    assert "-c constraints.txt" in DOCKERFILE
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M):
        for name in source.split():
            assert (ROOT / name).exists(), name


def test_the_unit_is_understood() -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("no systemd-analyze: apt-get install systemd")
    found = subprocess.run(
        [tool, "verify", DEPLOY / "mattra.service"], capture_output=True, text=True, check=False
    )
    # The program is not where the unit has it, on this machine.
    assert [line for line in found.stderr.splitlines() if "is not executable" not in line] == []


def test_the_proxy_lets_no_more_through_than_the_server_takes() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "X-Forwarded-For $remote_addr" in text
    assert text.count("{") == text.count("}")
    assert re.search(r"location = /metrics \{\s*deny all;", text)
    assert "client_max_body_size 201m" in text
