"""The process that runs queries: ``python -m graph.worker FOLDER MEMORY_MIB``.

It holds a built store, read-only, takes one job after another from its input and sends each
answer in frames while it is made, so that it can be killed at any time and never holds a whole
answer. It imports little, to start fast and stay small.
"""

import json
import os
import queue
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from graph.frames import DATA, DONE, ERROR, JOB, READY, read_frame, write_frame
from graph.meter import Meter
from graph.sandbox import limit_memory, refuse_sockets, stay_polite

RESULTS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
_FIRST: Final = 1 << 12
_FRAME: Final = 1 << 16
_STACK: Final = 64 << 20
"""The engine takes queries apart by recursion; untouched stack costs no memory."""


class LargeError(Exception):
    """The answer is larger than allowed; the argument says by what, ``rows`` or ``bytes``."""


class _Outlet:
    """A file that the engine writes to: the first bytes go at once, later ones in larger frames."""

    def __init__(self, pipe: BinaryIO, meter: Meter, job: dict[str, Any]) -> None:
        self._pipe = pipe
        self._meter = meter
        self._job = job
        self._held = bytearray()
        self._frame = _FIRST

    def write(self, data: bytes) -> int:
        self._meter.add(data)
        if self._meter.bytes > self._job["bytes"]:
            raise LargeError("bytes")
        if self._meter.rows > self._job["rows"]:
            raise LargeError("rows")
        self._held += data
        if len(self._held) >= self._frame:
            write_frame(self._pipe, DATA, self.take())
            self._frame = _FRAME
        return len(data)

    def flush(self) -> None:
        """Do nothing: frames have their own size."""

    def take(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


def answer(store: Store, job: dict[str, Any], pipe: BinaryIO) -> None:
    """Run one job and send its answer, then that it is done or why it is not.

    :param job: ``text``, ``format``, ``prefixes``, ``base``, ``union``, ``default`` and ``named``
        (lists of IRIs, or null), ``rows`` and ``bytes`` (limits).
    :raises OSError: the parent is gone.
    """
    meter = Meter(job["format"])
    outlet = _Outlet(pipe, meter, job)
    try:
        result = store.query(
            job["text"],
            prefixes=job["prefixes"],
            base_iri=job["base"],
            use_default_graph_as_union=job["union"],
            default_graph=_nodes(job["default"]),
            named_graphs=_nodes(job["named"]),
        )
        if isinstance(result, QuerySolutions | QueryBoolean):
            result.serialize(outlet, RESULTS[job["format"]])  # type: ignore[arg-type]
        else:
            counted = _counted(result, job["rows"])
            form = GRAPHS[job["format"]]
            serialize(counted, outlet, form, prefixes=job["prefixes"])  # type: ignore[arg-type]
    except LargeError as error:
        write_frame(pipe, ERROR, _said("large", str(error)))
    except MemoryError:
        write_frame(pipe, ERROR, _said("memory", ""))
    except (SyntaxError, ValueError, RuntimeError) as error:
        broken = str(error).startswith(("Corruption", "IO error"))
        write_frame(pipe, ERROR, _said("store" if broken else "query", str(error)))
    except OSError as error:
        write_frame(pipe, ERROR, _said("store", str(error)))
    else:
        write_frame(pipe, DONE, outlet.take())


def _nodes(iris: list[str] | None) -> list[Any] | None:
    return None if iris is None else [NamedNode(iri) for iri in iris]


def _counted(triples: Iterable[Triple], limit: int) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number >= limit:
            raise LargeError("rows")
        yield triple


def _said(kind: str, text: str) -> bytes:
    return json.dumps({"kind": kind, "text": text}).encode()


def _serve(folder: str, jobs: "queue.SimpleQueue[dict[str, Any]]", pipe: BinaryIO) -> None:
    try:
        store = Store.read_only(folder)
        len(store)
    except (OSError, ValueError, RuntimeError) as error:
        write_frame(pipe, ERROR, _said("store", str(error)))
        os._exit(1)
    refuse_sockets()
    write_frame(pipe, READY)
    while True:
        answer(store, jobs.get(), pipe)


def main(folder: str, memory: int) -> None:
    """Take jobs until the parent is gone, even in the middle of a query."""
    pipe = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    limit_memory(memory)
    stay_polite()
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.stack_size(_STACK)
    threading.Thread(target=_serve, args=(folder, jobs, pipe), daemon=True).start()
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        if frame[0] == JOB:
            jobs.put(json.loads(frame[1]))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
