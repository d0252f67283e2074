"""How likely the first thing found is a right one, from signs that the search leaves.

A logistic model. Its weights are set by hand: a ref that the question names and a topic that the
graph lists as outside weigh more than so few questions can show. ``python -m bench calibrate``
prints them beside those fitted to the tuning questions, and how often each confidence is right.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from qa.coverage import Outside
from qa.retrieve import Found

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "bias": -2.0,
        "cosine": 1.5,
        "coverage": 3.0,
        "known_words": 2.0,
        "agreement": 1.0,
        "margin": 1.0,
        "mentioned": 3.0,
        "outside": -4.0,
    }
)
THRESHOLD: Final = 0.5


def signs(found: Found, outside: Outside | None) -> dict[str, float]:
    """Return the model's inputs, each about 0 to 1."""
    margin = found.hits[0].score - found.hits[1].score if len(found.hits) > 1 else 0.0
    return {
        "bias": 1.0,
        "cosine": (found.cosine - 0.87) * 20,
        "coverage": found.coverage,
        "known_words": found.known_words,
        "agreement": float(found.agreement),
        "margin": min(margin, 1.0),
        "mentioned": float(any(m.known for m in found.mentions)),
        "outside": float(outside is not None),
    }


def confidence(found: Found, outside: Outside | None) -> float:
    """Return the estimated chance, 0 to 1; 0 where nothing was found."""
    if not found.hits:
        return 0.0
    total = sum(WEIGHTS[name] * value for name, value in signs(found, outside).items())
    return 1 / (1 + math.exp(-max(min(total, 50.0), -50.0)))


def abstains(sure: float) -> bool:
    """Tell whether a confidence is too low to answer."""
    return sure < THRESHOLD
