"""Which parts of a video were seen: intervals that merge."""

from collections.abc import Iterable

Interval = tuple[float, float]

GAP = 1.0  # seconds between two parts that still count as one: players report in steps
MOST_PARTS = 500


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals in order, those that overlap or lie within ``GAP`` joined.

    Of more than ``MOST_PARTS`` the closest are joined too, so that nothing seen is forgotten.
    """
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1] + GAP:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    while len(result) > MOST_PARTS:
        at = min(range(1, len(result)), key=lambda index: result[index][0] - result[index - 1][1])
        result[at - 1 : at + 1] = [(result[at - 1][0], result[at][1])]
    return result


def seconds(intervals: Iterable[Interval]) -> float:
    """How much the merged intervals cover."""
    return sum(end - start for start, end in intervals)


def share(intervals: Iterable[Interval], duration: float) -> float:
    """The part of the video that was seen, in per cent (0 to 100)."""
    return min(100.0, 100 * seconds(intervals) / duration) if duration > 0 else 0.0


def read_intervals(value: object, duration: float) -> list[Interval]:
    """Intervals from a browser; raises ``ValueError`` for anything but ``[[from, to], …]``."""
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        raise ValueError("seen must be a list of at most 500 pairs of seconds")
    found = []
    for item in value:
        if not isinstance(item, list) or len(item) != 2:
            raise ValueError("seen must hold pairs of seconds")
        start, end = (read_seconds(number) for number in item)
        start, end = max(0.0, start), min(end, duration)
        start, end = round(start, 2), min(round(end, 2), duration)
        if start < end:
            found.append((start, end))
    return found


def read_seconds(value: object) -> float:
    """A finite number of seconds; raises ``ValueError``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a time must be a number of seconds")  # noqa: TRY004  (one error for all)
    if not 0 <= value <= 86_400:  # NaN is not
        raise ValueError("a time must lie between 0 and 86400 seconds")
    return float(value)
