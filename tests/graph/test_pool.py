"""Workers: whole answers, reload under a running query, stores that cannot be opened."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from graph.answers import Job, whole
from graph.forms import RESULTS
from graph.gate import Gate
from graph.limits import LimitError, QueryLimits
from graph.meter import Meter
from graph.pool import Pool
from graph.store import built_store, fingerprint


def _store(folder: Path, word: str) -> Path:
    store = Store(str(folder))
    store.load(
        f"<urn:a> <urn:p> '{word}' .".encode(), RdfFormat.TURTLE, to_graph=NamedNode("urn:g")
    )
    many = "".join(f"<urn:n{n}> <urn:q> {n} .\n" for n in range(2000))
    store.load(many.encode(), RdfFormat.TURTLE, to_graph=NamedNode("urn:g"))
    store.flush()
    return folder


pytestmark = pytest.mark.slow
WORD = Job("SELECT ?o { <urn:a> <urn:p> ?o }", "csv")
LONG = Job("SELECT * { ?a <urn:q> ?b . ?c <urn:q> ?d } LIMIT 200000", "csv")


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    folder = _store(tmp_path / "one", "หนึ่ง")
    each = Pool(lambda: folder, QueryLimits(timeout=20, workers=2, wait=0.2, queue=1))
    yield each
    each.close()


def test_nothing_starts_before_the_first_query(pool: Pool) -> None:
    assert pool.pids() == []
    assert whole(pool.ask(WORD)).split() == [b"o", "หนึ่ง".encode()]
    assert len(pool.pids()) == 1


def test_an_answer_of_many_frames_is_whole(pool: Pool) -> None:
    answer = pool.ask(LONG)
    assert not answer.whole
    assert len(whole(answer).splitlines()) == 200_001
    assert pool.gate.running == 0


def test_reload_drops_no_running_query(tmp_path: Path) -> None:
    folders = [_store(tmp_path / "one", "one"), _store(tmp_path / "two", "two")]
    now = [folders[0]]
    pool = Pool(lambda: now[0], QueryLimits(workers=2))
    running = pool.ask(LONG)
    assert whole(pool.ask(WORD)).split()[1] == b"one"
    now[0] = folders[1]
    pool.reload()
    assert whole(pool.ask(WORD)).split()[1] == b"two"
    assert len(whole(running).splitlines()) == 200_001
    assert whole(pool.ask(WORD)).split()[1] == b"two"
    pool.close()


def test_a_change_of_the_graph_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.pool._LOOK_FOR_CHANGE", 0.1)
    folders = [_store(tmp_path / "one", "one"), _store(tmp_path / "two", "two")]
    version = [0]
    pool = Pool(lambda: folders[version[0]], QueryLimits(workers=1), stamp=lambda: version[0])
    assert whole(pool.ask(WORD)).split()[1] == b"one"
    version[0] = 1
    until = time.monotonic() + 10
    while whole(pool.ask(WORD)).split()[1] != b"two":
        assert time.monotonic() < until
        time.sleep(0.1)
    pool.close()


def test_a_closed_pool_refuses_and_leaves_no_process(pool: Pool) -> None:
    whole(pool.ask(WORD))
    running = pool.ask(LONG)
    pids = pool.pids()
    pool.close()
    with pytest.raises(LimitError):
        whole(running)
    with pytest.raises(LimitError) as refused:
        pool.ask(WORD)
    assert refused.value.status == 503
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_folder_that_is_no_store_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no store")
    for folder in (tmp_path / "x", tmp_path / "absent"):
        pool = Pool(lambda folder=folder: folder, QueryLimits(workers=1))  # type: ignore[misc]
        for _ in range(2):
            with pytest.raises(LimitError, match="cannot be opened") as error:
                pool.ask(WORD)
            assert error.value.status == 503
        assert pool.gate.running == 0
        pool.close()


def test_no_room_to_build_is_said_clearly() -> None:
    pool = Pool(lambda: built_store(Path("/proc/none")), QueryLimits(workers=1))
    with pytest.raises(LimitError, match="MATTRA_STORE"):
        pool.ask(WORD)


def test_a_broken_or_older_store_is_built_again(tmp_path: Path) -> None:
    built = built_store(tmp_path)
    older = tmp_path / "0123456789abcdef"
    shutil.copytree(built, older)
    for path in built.iterdir():
        path.write_bytes(b"\0garbage")
    again = built_store(tmp_path)
    assert again == built == tmp_path / fingerprint()
    assert len(Store.read_only(str(again))) > 10_000
    assert list(tmp_path.glob(".broken-*"))
    assert older.exists()


def test_a_store_that_another_process_writes_can_be_read(tmp_path: Path) -> None:
    folder = _store(tmp_path / "one", "one")
    locked = Store(str(folder))
    pool = Pool(lambda: folder, QueryLimits(workers=1))
    assert whole(pool.ask(WORD)).split()[1] == b"one"
    pool.close()
    del locked


def test_a_worker_has_no_way_to_open_a_socket(tmp_path: Path) -> None:
    """The second line of defence: the check of queries is passed by here."""
    folder = _store(tmp_path / "one", "one")
    pool = Pool(lambda: folder, QueryLimits(workers=1))
    with pytest.raises(Exception, match=r"(?i)permission|denied|not allowed"):
        whole(pool.ask(Job("ASK { SERVICE <http://127.0.0.1:8/> { ?s ?p ?o } }", "json")))
    silent = Job("ASK { SERVICE SILENT <http://127.0.0.1:65000/> { ?s ?p ?o } }", "json")
    assert whole(pool.ask(silent))
    pool.close()


def test_the_gate_counts_and_waits() -> None:
    gate = Gate(QueryLimits(workers=1, queue=1, per_client=2, wait=0.3))
    first = gate.enter("a")
    waiter: list[object] = []
    thread = threading.Thread(target=lambda: waiter.append(gate.enter("b")))
    thread.start()
    time.sleep(0.1)
    with pytest.raises(LimitError) as full:
        gate.enter("c")
    assert (full.value.status, full.value.retry_after) == (503, 5)
    first.leave()
    first.leave()
    thread.join()
    assert gate.running == len(waiter) == 1
    with pytest.raises(LimitError) as late:
        gate.enter("a")
    assert late.value.status == 503
    other = Gate(QueryLimits(workers=5, per_client=2))
    held = [other.enter("a"), other.enter("a")]
    with pytest.raises(LimitError) as many:
        other.enter("a")
    assert many.value.status == 429
    held[0].leave()
    other.enter("a")
    other.enter("b")


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_however_the_bytes_come(form: str, size: int) -> None:
    store = Store()
    nasty = ["a\nb", '"},{"x":1', "<result>", 'say "hi"\n', "},{", "\t", "a,b"]
    query = (
        "SELECT ?x ?y { VALUES ?x { "
        + " ".join(_literal(n) for n in nasty)
        + " } OPTIONAL { VALUES ?y { 1 } } }"
    )
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    data = rows.serialize(format=RESULTS[form]) or b""
    meter = Meter(form)
    for start in range(0, len(data), size):
        meter.add(data[start : start + size])
    assert meter.rows == len(nasty)
    assert meter.bytes == len(data)


def _literal(text: str) -> str:
    return (
        '"'
        + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        + '"'
    )


def test_a_worker_killed_from_outside_is_replaced(pool: Pool) -> None:
    whole(pool.ask(WORD))
    os.kill(pool.pids()[0], 9)
    time.sleep(0.2)
    assert whole(pool.ask(WORD))
