"""Variances and covariances that rounding does not spoil.

Sums are exact (``math.fsum``) and means are taken off first, so that neither the order of the
attempts nor a large mean changes a result.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from statistics import fmean

_NOISE = 1e-10  # of the greatest mark: what rounding may leave of a difference


@dataclass(frozen=True)
class Spread:
    """How two series vary together: the variance of each, their covariance, and the greatest.

    The greatest covariance is that of the same values when both are in order. All are divided
    by n - 1.
    """

    one: float
    other: float
    both: float
    greatest: float

    def correlation(self) -> float | None:
        """Pearson's, from -1 to 1; None where one of the series never differs."""
        whole = math.sqrt(self.one) * math.sqrt(self.other)
        return max(-1.0, min(1.0, self.both / whole)) if whole > 0 else None

    def part_of_greatest(self) -> float | None:
        """At most 1, may be below -1; None where one of the series never differs."""
        return min(1.0, self.both / self.greatest) if self.greatest > 0 else None

    def with_sum(self) -> float:
        """The covariance of the one with both together; 0 where rounding alone is left of it."""
        found = self.one + self.both
        return found if abs(found) > _NOISE * (self.one + abs(self.both)) else 0.0


def spread_of(
    one: Sequence[float], other: Sequence[float], one_scale: float, other_scale: float
) -> Spread:
    """Of two series of the same length, 2 or more; for the scales see ``centred``."""
    one, other = centred(one, one_scale), centred(other, other_scale)
    return Spread(
        covariance(one, one),
        covariance(other, other),
        covariance(one, other),
        covariance(sorted(one), sorted(other)),
    )


def centred(values: Sequence[float], scale: float) -> list[float]:
    """Values, one or more, less their mean; all 0 where they differ by rounding alone.

    ``scale``: how large the marks are that these were computed from.
    """
    if max(values) - min(values) <= _NOISE * scale:
        return [0.0] * len(values)
    mean = fmean(values)
    return [value - mean for value in values]


def covariance(one: Sequence[float], other: Sequence[float]) -> float:
    """Of two centred series of the same length, 2 or more; divided by n - 1."""
    return math.fsum(map(mul, one, other)) / (len(one) - 1)
