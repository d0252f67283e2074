"""What building and searching the index costs, on this graph and on ones many times as large."""

import gc
import os
import resource
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table
from tqdm import tqdm

from graph.things import Thing
from qa.encoder import load_encoder
from qa.evaluate import read_questions
from qa.index import Index
from qa.layout import Scores
from qa.lexical import WordIndex, tokens
from qa.passages import Passage
from qa.retrieve import Retriever
from qa.service import shared_store
from qa.text import normalize

TIMES: Final = (1, 10, 100)
ASKED: Final = 100
"""Questions of the tuning split, taken evenly."""
SEED: Final = 5
_NOISE: Final = 0.4
"""Length of what is added to a copied unit vector: two views of one thing differ about as much."""
_OTHER: Final = 0.3
"""Share of a copied text's words that become words of the copy alone, such as its law's name."""


@dataclass(frozen=True, kw_only=True)
class Grown(Index):
    """An index of copies of everything, each under a law of its own and worded a little apart.

    Encoding a million texts would take half a day here and is no part of what is measured.
    """

    base: Index
    times: int

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The things, and copies of them."""
        its = self.base.things
        return {
            ref if not n else _copied(ref, n): thing
            if not n
            else replace(thing, ref=_copied(ref, n))
            for n in range(self.times)
            for ref, thing in its.items()
        }

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages, then those of the copies, then those of topics outside."""
        its = self.base.passages
        ours = [p for p in its if p.ref in self.base.things]
        copies = [
            replace(p, ref=_copied(p.ref, n)) if n else p for n in range(self.times) for p in ours
        ]
        return [*copies, *(p for p in its if p.ref not in self.base.things)]

    @cached_property
    def vectors(self) -> Scores:
        """The vectors, and for each copy ones a little apart."""
        its = self.base.vectors
        own = len([p for p in self.base.passages if p.ref in self.base.things])
        grown = np.empty((len(self.passages), its.shape[1]), np.float32)
        random = np.random.default_rng(SEED)
        for n in range(self.times):
            part = its[:own]
            if n:
                noise = random.standard_normal(part.shape, dtype=np.float32)
                part = part + noise * np.float32(_NOISE / np.sqrt(its.shape[1]))
                part /= np.linalg.norm(part, axis=1, keepdims=True)
            grown[n * own : (n + 1) * own] = part
        grown[self.times * own :] = its[own:]
        return grown

    @cached_property
    def words(self) -> WordIndex:
        """The word index over the copies' words."""
        texts = self.base.words.texts
        own = len([p for p in self.base.passages if p.ref in self.base.things])
        return _Words(texts, own, self.times)


class _Words(WordIndex):
    def __init__(self, texts: Sequence[str], own: int, times: int) -> None:
        super().__init__(texts)
        self._own, self._times = own, times

    @cached_property
    def _built(self) -> tuple[Any, list[list[str]]]:
        import bm25s

        first = [tokens(normalize(text)) for text in self.texts]
        number: dict[str, int] = {}
        coded = [np.array([number.setdefault(t, len(number)) for t in its]) for its in first]
        random = np.random.default_rng(SEED)
        known = len(number)
        codes = {code: code for code in range(known)}
        documents: list[Any] = []
        for n in tqdm(range(self._times), desc="copies", file=sys.stderr):
            for its in coded[: self._own]:
                changed = random.random(len(its)) < (_OTHER if n else 0)
                own = np.where(changed, known + its + n * known, its).tolist()
                documents.append(array("i", [codes.setdefault(c, len(codes)) for c in own]))
        documents += [array("i", its.tolist()) for its in coded[self._own :]]
        names = list(number)
        vocabulary = {names[c] if c < known else f"~{c}": place for c, place in codes.items()}
        index = bm25s.BM25()
        index.index((documents, vocabulary), show_progress=False)
        words = [[t for t in its if not t.startswith("#")] for its in first]
        self.texts = [""] * len(documents)
        return index, [*words[: self._own] * self._times, *words[self._own :]]


def run(console: Console) -> None:
    """Print a table; each size in a process of its own, so that memory is its own.

    Of a search, the medians of its largest parts: reading the question, and comparing it with
    every passage by meaning and by words.
    """
    shown = Table(
        "times", "things", "passages", "build s", "MB", "p50 ms", "p95 ms",
        "encoder", "vectors", "words",
        title=f"growth of the index: {ASKED} questions, {os.cpu_count()} cores",
    )  # fmt: skip
    for times in TIMES:
        shown.add_row(*_apart(times))
    console.print(shown)


def _apart(times: int) -> list[str]:
    import multiprocessing as mp

    context = mp.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_measure, args=(times, there))
    worker.start()
    there.close()
    try:
        return list(here.recv())
    except EOFError:
        return [f"{times}", *["out of memory"] * 9]
    finally:
        worker.join()


def _measure(times: int, pipe: Any) -> None:
    base = Index(shared_store(), load_encoder())
    _ = base.vectors, base.words.words
    retriever = Retriever(base.store)
    started = perf_counter()
    index = Grown(base.store, base.encoder, base=base, times=times)
    retriever.__dict__["index"] = index
    retriever.search("มาตรฐาน")
    built = perf_counter() - started
    gc.collect()
    gc.freeze()
    folder = Path(__file__).parent.parent / "tests" / "questions"
    asked = [q.question for q in read_questions(folder / "tuning.jsonl")]
    asked = asked[:: max(1, len(asked) // ASKED)][:ASKED]
    spans: dict[str, list[float]] = {}

    def timed(what: str, run: Callable[[], Any]) -> Any:
        start = perf_counter()
        found = run()
        spans.setdefault(what, []).append((perf_counter() - start) * 1_000)
        return found

    for text in asked:
        timed("whole", partial(retriever.search, text, 10))
        (query,) = timed("encoder", partial(base.encoder.encode_query, [text]))
        timed("vectors", partial(np.einsum, "ij,j->i", index.vectors, query))
        timed("words", partial(index.words.shares, text))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send([
        f"{times}", f"{len(index.things):,}", f"{len(index.passages):,}", f"{built:.1f}",
        f"{peak:,.0f}", f"{np.median(spans['whole']):.0f}",
        f"{np.quantile(spans['whole'], 0.95):.0f}",
        *(f"{np.median(spans[what]):.0f}" for what in ("encoder", "vectors", "words")),
    ])  # fmt: skip


def _copied(ref: str, n: int) -> str:
    stem, slash, rest = ref.partition("/")
    return f"{stem}~{n}{slash}{rest}"
