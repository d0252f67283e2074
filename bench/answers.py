"""How well questions are answered, beside words alone, meaning alone and their rank fusion."""

import os
from pathlib import Path
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from qa.answer import Answerer
from qa.evaluate import evaluate, read_questions
from qa.figures import COLUMNS, reliability, table
from qa.layout import Scores
from qa.ranking import Ranking
from qa.retrieve import Retriever
from qa.service import shared_store
from qa.signs import NAMES
from ui.show import reliability_table

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"
NEVER = 2.0
"""A doubt that no chance reaches: the peers never abstain."""
K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""


class RankFusion(Ranking):
    """Reciprocal rank fusion of words and meaning."""

    def scores(self, rows: Scores) -> Scores:
        """Return the sum of the reciprocal ranks by BM25 and by cosine."""
        fused = np.zeros(len(rows), np.float32)
        for sign in ("lexical", "dense"):
            order = np.argsort(-rows[:, NAMES.index(sign)], kind="stable")
            fused[order] += 1 / (K + 1 + np.arange(len(rows), dtype=np.float32))
        return fused * 1_000


SYSTEMS: dict[str, Ranking | None] = {
    "mattra": None,
    "BM25 alone": Ranking({"lexical": 10.0}, NEVER),
    "e5 alone": Ranking({"dense": 1.0}, NEVER),
    "rank fusion": RankFusion({}, NEVER),
}


def run(console: Console) -> None:
    """Print a table for each split, and what a question costs beside the bare encoder."""
    store = shared_store()
    systems = {name: Answerer(Retriever(store, ranking=its)) for name, its in SYSTEMS.items()}
    for split in ("tuning", "held_out"):
        questions = read_questions(QUESTIONS / f"{split}.jsonl")
        shown = Table("system", *COLUMNS, title=f"answers, {split} split")
        for name, answerer in systems.items():
            outcomes = evaluate(answerer, questions)
            row = table(outcomes)["all"]
            shown.add_row(name, *("–" if row[c] is None else f"{row[c]:g}" for c in COLUMNS))
            if name == "mattra":
                bands = reliability(outcomes)
        console.print(shown)
        reliability_table(bands, console)
    _cost(console, systems["mattra"])


def _cost(console: Console, answerer: Answerer) -> None:
    texts = [q.question for q in read_questions(QUESTIONS / "tuning.jsonl")]
    encoder = answerer.retriever.index.encoder
    for text in texts:
        # What several questions share, such as broken-up words, is not what one costs.
        answerer.ask(text)
    started = process_time()
    for text in texts:
        encoder.encode_query([text])
    bare = (process_time() - started) / len(texts) * 1_000
    started = process_time()
    for text in texts:
        answerer.ask(text)
    whole = (process_time() - started) / len(texts) * 1_000
    shown = Table(
        "", "CPU ms a question", title=f"cost, {len(texts)} questions, {os.cpu_count()} cores"
    )
    shown.add_row("encoder alone", f"{bare:.1f}")
    shown.add_row("whole answer", f"{whole:.1f}")
    shown.add_row("above the encoder", f"{whole - bare:.1f}")
    console.print(shown)
