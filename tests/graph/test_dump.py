"""Dumps: whole, the same in every syntax, and in flat memory."""

import gzip
import threading
import time
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from graph.dump import DUMPS, save_dump, stream
from graph.errors import InputError

FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE,
           "nt": RdfFormat.N_TRIPLES}  # fmt: skip


def _store(size: int) -> Store:
    store = Store()
    store.bulk_extend(
        Quad(NamedNode(f"urn:s:{n % 977}"), NamedNode("urn:p"), Literal("ก" * 40 + str(n)),
             NamedNode(f"urn:g:{n % 3}"))
        for n in range(size)
    )  # fmt: skip
    store.add(
        Quad(NamedNode("urn:s:0"), NamedNode("urn:p"), Literal("twice"), NamedNode("urn:g:0"))
    )
    store.add(
        Quad(NamedNode("urn:s:0"), NamedNode("urn:p"), Literal("twice"), NamedNode("urn:g:1"))
    )
    store.add(Quad(NamedNode("urn:s:0"), NamedNode("urn:p"), Literal("no graph")))
    return store


@pytest.mark.parametrize("form", DUMPS)
def test_a_dump_holds_everything(form: str) -> None:
    store = _store(2_000)
    read = list(parse(b"".join(stream(store, form)), format=FORMATS[form]))
    if form in ("nq", "trig"):
        assert set(read) == set(store)
        assert len(read) == 2_003
    else:
        assert {quad.triple for quad in read} == {quad.triple for quad in store}
        assert max(Counter(quad.triple for quad in read).values()) == 1
    packed = b"".join(stream(store, form, packed=True))
    assert len(list(parse(gzip.decompress(packed), format=FORMATS[form]))) == len(read)


def test_whoever_stops_reading_stops_the_writing() -> None:
    blocks = stream(_store(30_000), "nq")
    assert next(blocks)
    assert any(thread.name == "dump" for thread in threading.enumerate())
    blocks.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 10
    while any(thread.name == "dump" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_memory_stays_flat() -> None:
    store = _store(50_000)
    tracemalloc.start()
    size = sum(len(block) for block in stream(store, "nq"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 5_000_000
    assert most < 1_000_000


def test_a_dump_that_breaks_off_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_store: Store, _form: str, output: object) -> None:
        output.write(b"<urn:a> <urn:b> ")  # type: ignore[attr-defined]
        raise OSError("gone")

    monkeypatch.setattr("graph.dump.write_dump", half)
    with pytest.raises(OSError, match="broke off"):
        list(stream(Store(), "nq"))


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.nq.gz"
    assert save_dump(_store(500), "nq", target) == target.stat().st_size
    before = target.read_bytes()

    def half(_store: Store, _form: str, output: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("graph.dump.write_dump", half)
    with pytest.raises(InputError, match="cannot write"):
        save_dump(_store(500), "nq", target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq.gz"]
