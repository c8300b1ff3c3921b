"""How one question did, or one slot of the quiz."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from preau.kit.questions.analysis.moments import Spread


@dataclass(frozen=True)
class Item:
    """The indices of a question over the attempts that were asked it.

    ``facility``: the mean mark as a share of the greatest one [Moodle].
    ``standard_deviation``: of the marks, divided by n - 1, as a share of the greatest one.
    ``discrimination``: the correlation of its marks with those of the rest of the quiz, -1 to 1
    ([Moodle], discrimination index; J. Kehoe, “Basic item analysis for multiple-choice tests”,
    Practical Assessment, Research & Evaluation 4(10), 1995).
    ``efficiency``: their covariance over the greatest that the same marks could have, at most 1
    ([Moodle], discriminative efficiency).
    ``guess``: what guessing earns, as given.

    Of slots alone: ``intended_weight``, the greatest mark over the sum of them, and
    ``effective_weight``, the root of the covariance with the quiz's mark over the sum of these
    roots; a slot whose covariance is below 0 has none and is left out of the sum [Moodle].
    """

    count: int
    facility: float | None = None
    standard_deviation: float | None = None
    discrimination: float | None = None
    efficiency: float | None = None
    guess: float | None = None
    intended_weight: float | None = None
    effective_weight: float | None = None


def item_of(marks: Sequence[float], out_of: float, spread: Spread | None) -> Item:
    """The indices without guess and weights.

    ``spread``: of the marks and of those of the rest of the quiz; None for fewer than 2.
    """
    count = len(marks)
    if not count or out_of <= 0:
        return Item(count)
    facility = fmean(marks) / out_of
    if spread is None:
        return Item(count, facility)
    deviation = math.sqrt(spread.one) / out_of
    return Item(count, facility, deviation, spread.correlation(), spread.part_of_greatest())
