"""Old states of a store on disk go when nobody reads them, and not before."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.states import hold, tidy
from graph.store import built_store, fingerprint

READER = """
import sys, time
from pathlib import Path
from graph.states import hold
hold(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def _state(folder: Path, name: str, hours: float = 2) -> Path:
    state = folder / name
    state.mkdir()
    (state / "CURRENT").write_text("x", encoding="utf-8")
    _age(state, hours)
    return state


def _age(state: Path, hours: float) -> None:
    then = time.time() - 3600 * hours
    os.utime(state, (then, then))


def test_what_nobody_reads_goes_and_the_rest_stays(tmp_path: Path) -> None:
    kept, old = _state(tmp_path, "kept"), _state(tmp_path, "old")
    aside, half = _state(tmp_path, ".broken-x"), _state(tmp_path, ".building-y")
    young, own = _state(tmp_path, "young", hours=0.5), _state(tmp_path, "own")
    hold(own)
    hold(own)
    assert sorted(tidy(tmp_path, kept)) == [".broken-x", ".building-y", "old"]
    assert not any(path.exists() for path in (old, aside, half))
    assert all((path / "CURRENT").exists() for path in (kept, young, own))


def test_a_state_that_another_process_reads_goes_when_it_ends(tmp_path: Path) -> None:
    kept, read = _state(tmp_path, "kept"), _state(tmp_path, "read")
    command = [sys.executable, "-c", READER, str(read)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "held\n"
        assert tidy(tmp_path, kept) == []
        reader.kill()
        reader.wait()
    assert tidy(tmp_path, kept) == ["read"]


@pytest.mark.slow
def test_building_a_new_state_deletes_the_one_before(tmp_path: Path) -> None:
    before = _state(tmp_path, "0123456789abcdef")
    built = built_store(tmp_path)
    assert built.name == fingerprint()
    assert not before.exists()
    _age(built, 2)
    _state(tmp_path, "later")
    assert tidy(tmp_path, tmp_path / "later") == []
