"""Fits the confidence model on the tuning questions, and shows how honest the one in use is.

Newton's method on the logistic loss with a small ridge; the held-out questions are not read.
"""

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.answers import QUESTIONS
from qa.confidence import THRESHOLD, WEIGHTS, signs
from qa.coverage import Coverage
from qa.evaluate import read_questions
from qa.retrieve import Retriever
from qa.service import shared_store

RIDGE = 0.5


def run(console: Console) -> None:
    """Print the fitted weights beside those in use, and how honest they are."""
    store = shared_store()
    retriever, coverage = Retriever(store), Coverage(store)
    rows, right = [], []
    for question in read_questions(QUESTIONS / "tuning.jsonl"):
        found = retriever.search(question.question)
        rows.append(list(signs(found, coverage.outside(found.question)).values()))
        right.append(any(hit.ref in question.gold for hit in found.hits[:1]))
    features, target = np.array(rows), np.array(right, dtype=float)
    weights = _fit(features, target)
    table = Table("sign", "in use", "fitted", title=f"confidence, {len(rows)} tuning questions")
    for name, fitted in zip(WEIGHTS, weights, strict=True):
        table.add_row(name, f"{WEIGHTS[name]:g}", f"{fitted:.2f}")
    console.print(table)
    in_use = np.array(list(WEIGHTS.values()))
    _reliability(console, 1 / (1 + np.exp(-features @ in_use)), target)


def _fit(features: np.ndarray, target: np.ndarray) -> np.ndarray:
    weights = np.zeros(features.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    for _ in range(50):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (chance - target) + ridge @ weights
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def _reliability(console: Console, chance: np.ndarray, target: np.ndarray) -> None:
    table = Table("confidence", "questions", "right", title=f"reliability (threshold {THRESHOLD})")
    for low in np.arange(0, 1, 0.2):
        inside = (chance >= low) & (chance < low + 0.2 + 1e-9)
        share = f"{target[inside].mean():.2f}" if inside.any() else "–"
        table.add_row(f"{low:.1f}–{low + 0.2:.1f}", str(int(inside.sum())), share)
    console.print(table)
