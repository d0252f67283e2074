"""How well questions are answered, beside words alone and meaning alone, on both splits."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from qa.answer import Answerer
from qa.evaluate import COLUMNS, evaluate, read_questions, table
from qa.retrieve import Retriever
from qa.service import shared_store

QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"
SYSTEMS = {"hybrid (ours)": 0.5, "BM25 alone": 0.0, "e5 alone": 1.0}


def run(console: Console) -> None:
    """Print a table for each split."""
    store = shared_store()
    systems = {name: Answerer(Retriever(store, dense_share=s)) for name, s in SYSTEMS.items()}
    for split in ("tuning", "held_out"):
        questions = read_questions(QUESTIONS / f"{split}.jsonl")
        shown = Table("system", *COLUMNS, title=f"answers, {split} split")
        for name, answerer in systems.items():
            row = table(evaluate(answerer, questions))["all"]
            shown.add_row(name, *("–" if row[c] is None else f"{row[c]:g}" for c in COLUMNS))
        console.print(shown)
