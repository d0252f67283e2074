"""Fits the ranking's weights on the tuning questions; the held-out ones are not read.

A conditional logit (McFadden 1974) with a ridge: the weights make the right candidates as likely
as they can be, where a question out of scope has every outside topic, and «none», as right ones.
The questions of outside topics take part with a small weight, each as if its own topic were not
known, so that topics nobody listed are refused too. Five-fold cross-validation on the tuning
questions says what to expect, and what each threshold of doubt would do.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from tqdm import tqdm

import qa
from bench.answers import QUESTIONS
from qa.evaluate import read_questions
from qa.layout import Scores
from qa.ranking import FILE, Ranking, chances
from qa.retrieve import Retriever
from qa.service import shared_store
from qa.signs import NAMES

TUNING = ("tuning", "people")
RIDGE = 5e-3
TOPIC_WEIGHT = 0.1
DOUBTS = (0.3, 0.4, 0.45, 0.5, 0.6, 0.7)
DOUBT = 0.45
FOLDS = 5
STEPS = 200


@dataclass(frozen=True)
class Case:
    """One question's rows, which of them are right, and how much it counts."""

    rows: Scores
    right: np.ndarray
    weight: float
    inside: bool


def run(console: Console) -> None:
    """Print what cross-validation expects, and write the weights fitted to all cases."""
    retriever = Retriever(shared_store())
    tuning = _tuning(retriever)
    topics = _topics(retriever)
    folds = np.random.default_rng(0).integers(0, FOLDS, len(tuning))
    chosen: list[tuple[Case, Scores]] = []
    for fold in range(FOLDS):
        kept = [case for case, n in zip(tuning, folds, strict=True) if n != fold]
        ranking = fit([*kept, *topics])
        unseen = [case for case, n in zip(tuning, folds, strict=True) if n == fold]
        chosen += [(case, chances(ranking.scores(case.rows))) for case in unseen]
    console.print(_expected(chosen, len(retriever.things)))
    ranking = fit([*tuning, *topics])
    table = Table("sign", "weight", title=f"ranking, {len(tuning)} tuning questions")
    for name, weight in ranking.weights.items():
        table.add_row(name, f"{weight:.3f}")
    console.print(table)
    path = Path(qa.__file__).parent / "shipped" / FILE
    path.write_text(
        json.dumps({"doubt": DOUBT, "weights": dict(ranking.weights)}, indent=1) + "\n",
        encoding="utf-8",
    )
    console.print(f"written: {FILE}")


def fit(cases: Sequence[Case]) -> Ranking:
    """Return the ranking whose weights make the right rows of the cases likeliest."""
    rows = torch.tensor(np.stack([case.rows for case in cases]))
    right = torch.tensor(np.stack([case.right for case in cases]))
    counted = torch.tensor([case.weight for case in cases])
    # Signs of unlike size are brought to one, so that the ridge bears on all alike.
    spread = rows.reshape(-1, rows.shape[-1]).std(0)
    spread[spread < 1e-5] = 1.0
    rows = rows / spread
    weights = torch.zeros(rows.shape[-1], requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=0.03)
    for _ in range(STEPS):
        logs = torch.log_softmax(rows @ weights, 1).masked_fill(~right, -1e9)
        missed = -(torch.logsumexp(logs, 1) * counted).sum() / counted.sum()
        loss = missed + RIDGE * (weights**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    fitted = (weights.detach() / spread).tolist()
    return Ranking({name: round(w, 4) for name, w in zip(NAMES, fitted, strict=True)}, DOUBT)


def _tuning(retriever: Retriever) -> list[Case]:
    index = retriever.index
    cases = []
    questions = [q for name in TUNING for q in read_questions(QUESTIONS / f"{name}.jsonl")]
    for question in tqdm(questions, desc="tuning", delay=1):
        places = {index.layout.place.get(ref.partition("(")[0], -1) for ref in question.gold} - {-1}
        rows = _rows(retriever, question.question, None)
        cases.append(Case(rows, _marked(retriever, places), 1.0, bool(places)))
    return cases


def _topics(retriever: Retriever) -> list[Case]:
    layout, first = retriever.index.layout, len(retriever.things)
    cases = []
    for place, passage in enumerate(tqdm(layout.passages, desc="outside topics", delay=1)):
        if layout.owner[place] < first or not passage.view.startswith("question"):
            continue
        own = layout.owner == layout.owner[place]
        rows = _rows(retriever, passage.text, own)
        cases.append(Case(rows, _marked(retriever, set()), TOPIC_WEIGHT, False))
    return cases


def _rows(retriever: Retriever, question: str, hidden: np.ndarray | None) -> Scores:
    meant = retriever.read(question)
    gathered = retriever.gatherer.gather(meant.text, meant.asked, date.today())
    evidence = gathered.evidence
    if hidden is not None:
        evidence = replace(
            evidence,
            dense=np.where(hidden, evidence.dense.min(), evidence.dense),
            lexical=np.where(hidden, np.float32(0), evidence.lexical),
            outside=np.zeros_like(evidence.outside),
        )
    return retriever.index.signs.rows(evidence)


def _marked(retriever: Retriever, places: set[int]) -> np.ndarray:
    right = np.zeros(len(retriever.index.refs) + 1, bool)
    if places:
        right[sorted(places)] = True
    else:
        right[len(retriever.things) :] = True
    return right


def _expected(chosen: Sequence[tuple[Case, Scores]], things: int) -> Table:
    inside = [(case, shares) for case, shares in chosen if case.inside]
    ranks = [
        1 + min(np.flatnonzero(case.right[np.argsort(-shares[:things])])) for case, shares in inside
    ]
    title = (
        f"cross-validation: hit@1 {np.mean([r == 1 for r in ranks]):.3f}, "
        f"hit@3 {np.mean([r <= 3 for r in ranks]):.3f}"
    )
    table = Table("doubt", "abstains in scope", "abstains out of scope", title=title)
    nothing = np.array([float(shares[things:].sum()) for _, shares in chosen])
    is_inside = np.array([case.inside for case, _ in chosen])
    for doubt in DOUBTS:
        rates = [(nothing[mask] >= doubt).mean() for mask in (is_inside, ~is_inside)]
        table.add_row(f"{doubt:g}", *(f"{rate:.3f}" for rate in rates))
    return table
