"""Whether memory stays flat: an hour's worth of requests to the whole service, as fast as it goes.

``MATTRA_BENCH_REQUESTS`` says how many (36000, which is ten a second for an hour). They are of
every kind that users send: questions, look-ups, searches, pages, SPARQL, small files to check.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import linear_regression
from typing import Final

import httpx
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.serving import Server, whole
from graph.examples import examples
from ingest.records.template import template
from qa.evaluate import read_questions

CLIENTS: Final = 4
PARTS: Final = 12
QUESTIONS: Final = Path("tests/questions/tuning.jsonl")
UNLIMITED: Final = {
    f"MATTRA_SERVER_{kind}_PER_MINUTE": "0" for kind in ("REQUESTS", "QUESTIONS", "UPLOADS")
}
Call = Callable[[httpx.Client], httpx.Response]


def run(console: Console) -> None:
    """Print the memory of server and workers after each part of the requests, and its slope."""
    requests = int(os.environ.get("MATTRA_BENCH_REQUESTS", "36000"))
    table = Table(
        "requests", "s", "requests/s", "MB", "answers by status",
        title=f"{requests:,} requests of every kind, {CLIENTS} clients",
    )  # fmt: skip
    sizes: list[float] = []
    with whole(**UNLIMITED) as server, Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("requests", total=requests)
        table.add_row("0", "", "", f"{server.memory():.0f}", "")
        for part in range(PARTS):
            start = time.perf_counter()
            statuses = _part(server, requests // PARTS, part, lambda: progress.advance(task))
            spent = time.perf_counter() - start
            sizes.append(server.memory())
            table.add_row(
                f"{requests // PARTS * (part + 1):,}", f"{spent:.0f}",
                f"{requests / PARTS / spent:.0f}", f"{sizes[-1]:.0f}",
                ", ".join(f"{code}: {number:,}" for code, number in sorted(statuses.items())),
            )  # fmt: skip
    console.print(table)
    # The first half fills caches that have a limit.
    half = sizes[PARTS // 2 :]
    slope = linear_regression(range(len(half)), half).slope * PARTS / requests * 10_000
    console.print(
        f"over the second half {half[-1] - half[0]:+.0f} MB, {slope:+.1f} MB for 10,000 requests"
    )


def _part(server: Server, number: int, seed: int, done: Callable[[], None]) -> Counter[int]:
    """Send so many requests; returns how many answers had each status."""
    statuses: Counter[int] = Counter()
    lock, left = threading.Lock(), count()

    def work(client: int) -> None:
        calls = _calls(random.Random(100 * seed + client))  # noqa: S311
        with httpx.Client(base_url=server.address, timeout=120) as session:
            while next(left) < number:
                status = next(calls)(session).status_code
                with lock:
                    statuses[status] += 1
                    done()

    threads = [threading.Thread(target=work, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def _calls(pick: random.Random) -> Iterator[Call]:
    """Yield requests at random: of five, two are SPARQL, one a question, the rest look-ups."""
    questions = [each.question for each in read_questions(QUESTIONS)]
    queries = [each.query for each in examples()]
    refs = [
        "pdpa-2562",
        "pdpa-2562/37",
        "lbt-2562/42",
        "mspr-7-2565",
        "concept/activity",
        "mspr-99",
    ]
    row = template("assessment", "csv")
    kinds: list[Callable[[], Call]] = [
        lambda: _sparql(pick.choice(queries)),
        lambda: _sparql(pick.choice(queries)),
        lambda: _ask(pick.choice(questions)),
        lambda: pick.choice((_page, _data, _look))(pick.choice(refs)),
        lambda: _search(pick.choice(questions)),
    ]
    for turn in count():
        yield _check(row) if turn % 100 == 99 else pick.choice(kinds)()


def _sparql(query: str) -> Call:
    return lambda client: client.post("/sparql", data={"query": query})


def _ask(question: str) -> Call:
    return lambda client: client.post("/api/ask", json={"question": question})


def _search(question: str) -> Call:
    return lambda client: client.get("/api/search", params={"q": question})


def _page(ref: str) -> Call:
    return lambda client: client.get(f"/id/{ref}", headers={"Accept": "text/html"})


def _data(ref: str) -> Call:
    return lambda client: client.get(f"/id/{ref}", headers={"Accept": "text/turtle"})


def _look(ref: str) -> Call:
    return lambda client: client.get(f"/api/refs/{ref}")


def _check(row: bytes) -> Call:
    return lambda client: client.post(
        "/api/validate", files={"file": ("a.csv", row)}, data={"dataset": "assessment"}
    )
