"""Numbers drawn by chance, each a function of the seed, its purpose and a record's number.

Records of different data sets, and chunks of one, so agree about the same thing without keeping it.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
"""The finaliser of SplitMix64: a shift and a factor each."""


@dataclass(frozen=True)
class Draws:
    """Draws of one seed; ``purpose`` keeps the draws of one record apart."""

    seed: int

    def share(self, purpose: str, numbers: Integers) -> NDArray[np.float64]:
        """Return a share from 0 up to, not with, 1 for each number."""
        return cast(
            "NDArray[np.float64]", (self._bits(purpose, numbers) >> np.uint64(11)) * 2.0**-53
        )

    def below(self, purpose: str, numbers: Integers, most: int | Integers) -> Integers:
        """Return an integer from 0 up to, not with, ``most`` for each number."""
        return cast("Integers", (self.share(purpose, numbers) * most).astype(np.int64))

    def chance(self, purpose: str, numbers: Integers, likelihood: float) -> Flags:
        """Return true in the given share of cases."""
        return self.share(purpose, numbers) < likelihood

    def spread(self, purpose: str, numbers: Integers, low: Any, high: Any) -> Integers:
        """Return an integer between two, small ones as likely as ten times larger ones."""
        value = low * (high / low) ** self.share(purpose, numbers)
        return cast("Integers", value.astype(np.int64))

    def pick(self, purpose: str, numbers: Integers, weights: Any) -> Integers:
        """Return the place of one of the weights, heavier ones more often.

        :param weights: one list for all, or a row of weights for each number.
        """
        steps = np.cumsum(np.asarray(weights, float), axis=-1)
        share = self.share(purpose, numbers)[:, None] * steps[..., -1:]
        return cast("Integers", (share >= steps).sum(axis=1).astype(np.int64))

    def _bits(self, purpose: str, numbers: Integers) -> NDArray[np.uint64]:
        start = hashlib.blake2b(f"{self.seed}/{purpose}".encode(), digest_size=8).digest()
        bits = numbers.astype(np.uint64) * _GOLDEN + np.frombuffer(start, np.uint64)
        for shift, factor in _MIX:
            bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
        return bits
