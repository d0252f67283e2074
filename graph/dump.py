"""The whole graph as one stream of RDF, of any size, in flat memory."""

import os
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from pyoxigraph import DefaultGraph, RdfFormat, Store, Triple, serialize

import ontology
from graph.errors import InputError

DUMPS: Final = {
    "nq": (RdfFormat.N_QUADS, "application/n-quads"),
    "trig": (RdfFormat.TRIG, "application/trig"),
    "ttl": (RdfFormat.TURTLE, "text/turtle"),
    "nt": (RdfFormat.N_TRIPLES, "application/n-triples"),
}
"""Syntaxes of a dump: those of quads name each triple's graph, the others hold their union."""
_BLOCK: Final = 1 << 16


def write_dump(store: Store, form: str, output: BinaryIO) -> None:
    """Write all named graphs, or their union, to a binary file.

    In Turtle and N-Triples a triple that several graphs hold is written once.

    :raises OSError: the file cannot be written.
    """
    syntax, _ = DUMPS[form]
    if form in ("nq", "trig"):
        store.dump(output, format=syntax, prefixes=ontology.PREFIXES)
    else:
        serialize(_union(store), output, format=syntax, prefixes=ontology.PREFIXES)


def _union(store: Store) -> Iterator[Triple]:
    graphs = [DefaultGraph(), *sorted(store.named_graphs(), key=str)]
    order = {graph: place for place, graph in enumerate(graphs)}
    for graph, place in order.items():
        for quad in store.quads_for_pattern(None, None, None, graph):
            triple = quad.triple
            held = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            if min(order[other.graph_name] for other in held) == place:
                yield triple


def stream(store: Store, form: str, packed: bool = False) -> Iterator[bytes]:
    """Yield a dump in blocks while it is written; what was yielded is not kept.

    Whoever stops reading stops the writing too.

    :raises OSError: the dump broke off; what was yielded is not whole.
    """
    blocks = _piped(lambda sink: write_dump(store, form, sink))
    return zipped(blocks) if packed else blocks


def _piped(write: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    reading, writing = os.pipe()
    whole = threading.Event()

    def work() -> None:
        # The reader gone is no fault; any other end shows as a stream that is not whole.
        with suppress(OSError, ValueError), os.fdopen(writing, "wb", _BLOCK) as sink:
            write(sink)
            whole.set()

    worker = threading.Thread(target=work, daemon=True, name="dump")
    worker.start()
    with os.fdopen(reading, "rb", 0) as source:
        while block := source.read(_BLOCK):
            yield block
    worker.join()
    if not whole.is_set():
        raise OSError("the dump broke off before its end")


def zipped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what gzip makes of the blocks."""
    # No time of writing in the header: the same graph gives the same bytes.
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for block in blocks:
        if part := packer.compress(block):
            yield part
    yield packer.flush()


def save_dump(store: Store, form: str, target: Path) -> int:
    """Write a dump to a file, whole or not at all, and return its size in bytes.

    A name that ends in ``.gz`` is compressed.

    :raises InputError: the file cannot be written.
    """
    scratch = target.with_name(f".{target.name}.part")
    try:
        with scratch.open("wb") as file:
            for block in stream(store, form, target.suffix == ".gz"):
                file.write(block)
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise InputError(
            f"เขียน {target} ไม่ได้ ตรวจโฟลเดอร์ พื้นที่ว่าง และสิทธิ์",
            f"cannot write {target}: {error}; check the folder, free space and rights",
        ) from error
    return target.stat().st_size
