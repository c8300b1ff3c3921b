"""How marks are spread, for a picture."""

from collections.abc import Iterable

MOST_BINS = 100


def histogram(marks: Iterable[float], out_of: float, bins: int = 10) -> tuple[int, ...]:
    """How many of the finite marks are in each of so many equal parts of 0 to ``out_of``.

    A mark on a border counts above it, the greatest mark in the last part; so do those beyond,
    and those below 0 in the first (certainty has both). All are in the first where ``out_of`` is
    not above 0. ``bins`` is taken as 1 to 100.
    """
    count = min(max(bins, 1), MOST_BINS)
    counts = [0] * count
    for mark in marks:
        place = mark / out_of * count if out_of > 0 else 0.0
        # A share that is a border but for rounding, as 0.29 · 100, is on it.
        counts[int(min(max(place + 1e-9, 0.0), count - 1.0))] += 1
    return tuple(counts)
