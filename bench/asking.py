"""Clients that ask: one at a time for latency, many at once for throughput; and rdflib."""

import json
import multiprocessing as mp
import os
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import rdflib

from bench.serving import Server

ACCEPT: Final = "application/sparql-results+json, application/n-triples;q=0.9"


@dataclass
class Times:
    """Seconds of each request, and how many failed."""

    spent: list[float] = field(default_factory=list)
    errors: int = 0

    def quantile(self, share: float) -> float:
        """Return the milliseconds that this share of the requests took at most."""
        ranked = sorted(self.spent)
        place = min(len(ranked) - 1, int(share * len(ranked)))
        return 1000 * ranked[place] if ranked else float("nan")


class Client:
    """One connection to a server, kept open."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, query: str) -> bytes | None:
        """Return the whole answer, or None where it is an error."""
        body = urlencode({"query": query})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": ACCEPT}
        try:
            self.connection.request("POST", self.server.path, body, headers)
            response = self.connection.getresponse()
            answer = response.read()
        except (OSError, HTTPException):
            self.connection.close()
            return None
        return answer if response.status == 200 else None


def rows_in(answer: bytes) -> int:
    """Return how many rows or triples an answer has; a truth value counts as one."""
    if not answer.startswith(b"{"):
        return len(set(answer.splitlines()))
    data = json.loads(answer)
    return 1 if "boolean" in data else len(data["results"]["bindings"])


def latency(server: Server, query: str, times: int) -> tuple[Times, int]:
    """Ask one query again and again; return the times and the rows of the answer."""
    client, found, rows = Client(server), Times(), -1
    for turn in range(times + 1):
        start = time.perf_counter()
        answer = client.ask(query)
        spent = time.perf_counter() - start
        if answer is None:
            found.errors += 1
        elif turn:
            found.spent.append(spent)
        else:
            rows = rows_in(answer)
    return found, rows


def throughput(server: Server, queries: list[str], clients: int, seconds: float) -> Times:
    """Let clients ask all queries in turns, each in an order of its own, for some seconds."""
    every = [Times() for _ in range(clients)]
    until = time.perf_counter() + seconds

    def work(number: int) -> None:
        client, found = Client(server), every[number]
        order = random.Random(number).sample(queries, len(queries))  # noqa: S311
        turn = 0
        while (start := time.perf_counter()) < until:
            answer = client.ask(order[turn % len(order)])
            turn += 1
            if answer is None:
                found.errors += 1
            else:
                found.spent.append(time.perf_counter() - start)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Times([t for times in every for t in times.spent], sum(t.errors for t in every))


class Rdflib:
    """rdflib with the data in its own memory; each query in a fork that can be stopped."""

    def __init__(self, file: Path, patience: float) -> None:
        context = mp.get_context("spawn")
        self.pipe, there = context.Pipe()
        self.process = context.Process(target=_answer, args=(there, file, patience))
        self.process.start()
        self.pipe.recv()

    def ask(self, query: str, times: int = 3) -> tuple[Times, int]:
        """Return the times and the rows; nothing where it had to be stopped or failed."""
        found, rows = Times(), -1
        for _ in range(times):
            self.pipe.send(query)
            spent, rows = self.pipe.recv()
            if spent is None:
                return Times(errors=1), -1
            found.spent.append(spent)
        return found, rows

    def close(self) -> None:
        """Stop the process."""
        self.process.kill()
        self.process.join()


def _answer(pipe: Connection, file: Path, patience: float) -> None:
    data = rdflib.Dataset(default_union=True)
    data.parse(file, format="nquads")
    pipe.send("ready")
    context = mp.get_context("fork")
    while True:
        query = pipe.recv()
        here, there = context.Pipe(duplex=False)
        child = context.Process(target=_answer_one, args=(there, data, query))
        child.start()
        there.close()
        try:
            pipe.send(here.recv() if here.poll(patience) else (None, -1))
        except EOFError:
            pipe.send((None, -1))
        child.kill()
        child.join()


def _answer_one(pipe: Connection, data: rdflib.Dataset, query: str) -> None:
    # What rdflib cannot run is one of its results; its traceback is none.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    start = time.perf_counter()
    result = data.query(query)
    rows = 1 if result.askAnswer is not None else len(list(result))
    pipe.send((time.perf_counter() - start, rows))
