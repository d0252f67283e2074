"""A second opinion on the first things found: the CrossEncoder that ``MATTRA_RERANKER`` names."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from graph.errors import InputError
from qa.encoder import load_model
from qa.hits import Hit

SETTING: Final = "MATTRA_RERANKER"
DEPTH: Final = 10
"""How many things are read again; each costs one run of the model."""
_LEAST: Final = 1e-4
"""No opinion of a model trained elsewhere may rule a thing out."""


@dataclass(frozen=True)
class Reranker:
    """Weighs things by what a CrossEncoder says of the question beside their nearest view.

    :param model: a ``sentence_transformers.CrossEncoder`` of one label.
    """

    model: Any

    def weigh(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the hits with the first :data:`DEPTH` weighed anew, best first.

        The model's probability is taken as evidence beside ours: each chance is multiplied by it.
        Their sum stays as it was, so that whether to abstain is not the model's to say.
        """
        first = list(hits[:DEPTH])
        if len(first) < 2:
            return list(hits)
        pairs = [(question, hit.passage.text) for hit in first]
        said = np.asarray(self._probabilities(pairs), np.float64)
        weighed = np.array([hit.chance for hit in first]) * np.clip(said, _LEAST, 1.0)
        weighed *= sum(hit.chance for hit in first) / (float(weighed.sum()) or 1.0)
        order = np.argsort(-weighed, kind="stable")
        again = [replace(first[n], chance=round(float(weighed[n]), 4)) for n in order]
        return [*again, *hits[DEPTH:]]

    def _probabilities(self, pairs: list[tuple[str, str]]) -> Any:
        from torch.nn import Sigmoid

        return self.model.predict(pairs, activation_fn=Sigmoid(), show_progress_bar=False)


def load_reranker(name: str | None = None) -> Reranker | None:
    """Return the reranker of this name or of ``MATTRA_RERANKER``; None where neither is set.

    :raises InputError: the model cannot be loaded, or gives more than one number a pair.
    """
    wanted = name or os.environ.get(SETTING, "").strip()
    if not wanted:
        return None
    model = load_model("CrossEncoder", wanted, SETTING)
    if model.num_labels != 1:
        raise InputError(
            f"แบบจำลอง {wanted} ให้ผล {model.num_labels} ค่าต่อคู่ ใช้แบบจำลองที่ให้คะแนนเดียว",
            f"the reranker {wanted} has {model.num_labels} labels; use one that gives one score",
        )
    return Reranker(model)
