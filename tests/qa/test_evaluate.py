"""The evaluation itself, and the floor that the held-out questions must keep."""

from pathlib import Path

import pytest

from qa.answer import Answerer
from qa.evaluate import Outcome, Question, evaluate, normalize_fact, read_questions, table
from qa.service import Service

QUESTIONS = Path(__file__).parents[1] / "questions"


def _outcome(gold: list[str], rank: int, abstained: bool, facts: float | None = None) -> Outcome:
    return Outcome(Question("1", "q", gold, [], "k"), rank, facts, abstained, 0.5, 10.0, [])


def test_figures_by_hand() -> None:
    rows = table([
        _outcome(["a"], 1, False, 1.0),
        _outcome(["a"], 4, False, 0.0),
        _outcome(["a"], 0, True),
        _outcome([], 0, True),
        _outcome([], 0, False),
    ])["all"]  # fmt: skip
    assert rows == {
        "n": 5, "hit@1": 0.333, "hit@3": 0.333, "hit@10": 0.667, "mrr@10": 0.417, "facts": 0.5,
        "abstain_in": 0.333, "abstain_out": 0.5, "p50_ms": 10.0, "p95_ms": 10.0,
    }  # fmt: skip


def test_facts_are_compared_in_one_spelling() -> None:
    assert normalize_fact("๙๐ วัน") in normalize_fact("ภายใน 90วัน นับแต่")


def test_the_sets_are_large_distinct_and_split() -> None:
    tuning, held_out = (read_questions(QUESTIONS / f"{n}.jsonl") for n in ("tuning", "held_out"))
    assert len(tuning) >= 80
    assert len(held_out) >= 40
    assert not {q.question for q in tuning} & {q.question for q in held_out}


def test_every_gold_ref_is_in_the_graph(service: Service) -> None:
    for name in ("tuning", "held_out"):
        for question in read_questions(QUESTIONS / f"{name}.jsonl"):
            for ref in question.gold:
                assert service.retriever.refs.known(ref), (question.id, ref)


@pytest.mark.slow
def test_answers_keep_their_quality(service: Service) -> None:
    """The floors lie a little below what was measured; see docs/evaluation.md."""
    rows = table(
        evaluate(Answerer(service.retriever), read_questions(QUESTIONS / "held_out.jsonl"))
    )["all"]
    assert (rows["hit@1"] or 0) >= 0.75
    assert (rows["hit@3"] or 0) >= 0.85
    assert (rows["facts"] or 0) >= 0.65
    assert (rows["abstain_in"] or 0) <= 0.12
    assert (rows["abstain_out"] or 0) >= 0.8
