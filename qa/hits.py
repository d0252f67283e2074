"""What a search gives back."""

from dataclasses import dataclass, field

from qa.coverage import Outside
from qa.passages import Passage
from qa.refs import Mention


@dataclass(frozen=True)
class Hit:
    """A thing found, with why.

    :param chance: 0 to 1, that it answers the question.
    :param dense: how near its nearest view is in meaning, in standard deviations from the mean.
    :param lexical: share of the best possible BM25 score that its nearest view has.
    :param passage: the view that is nearest in meaning.
    :param fits: how well its norms, its events and, by its own ref, its summary fit the question.
    :param reasons: the signs that speak for it most, against an average thing, and how much.
    """

    ref: str
    chance: float
    dense: float
    lexical: float
    passage: Passage
    reasons: list[tuple[str, float]] = field(default_factory=list)
    fits: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search gives: hits, best first, and the doubt whether they answer at all.

    :param nothing: chance, 0 to 1, that nothing in the graph answers the question.
    :param outside: the topic outside the graph that the question is most likely about.
    :param cosine: of the nearest passage, as the encoder gives it.
    """

    question: str
    hits: list[Hit]
    mentions: list[Mention]
    nothing: float = 1.0
    outside: Outside | None = None
    cosine: float = 0.0

    @property
    def sure(self) -> float:
        """The chance that the first hit answers the question."""
        return self.hits[0].chance if self.hits else 0.0
