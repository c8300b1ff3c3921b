"""Which parts of a video were seen."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from preau.learn.enrolments.watched import (
    GAP,
    MOST_PARTS,
    merged,
    read_intervals,
    read_seconds,
    seconds,
    share,
)

SECONDS = st.floats(0, 86_400)
INTERVALS = st.lists(st.tuples(SECONDS, SECONDS).map(sorted).map(tuple), max_size=40)
CLOSE = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 8)).map(lambda it: (it[0], it[0] + it[1])),
    max_size=40,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
)


def test_parts_that_touch_overlap_or_nearly_touch_are_one():
    assert merged([(5, 9), (0, 5)]) == [(0, 9)]
    assert merged([(0, 6), (4, 9), (5, 6)]) == [(0, 9)]
    assert merged([(0, 4), (4 + GAP, 9)]) == [(0, 9)]
    assert merged([(0, 4), (4.1 + GAP, 9)]) == [(0, 4), (4.1 + GAP, 9)]
    assert merged([]) == []


@given(INTERVALS | CLOSE)
def test_merging_again_changes_nothing(intervals):
    assert merged(merged(intervals)) == merged(intervals)


@given(INTERVALS | CLOSE, st.randoms())
def test_the_order_of_reports_does_not_matter(intervals, random):
    shuffled = random.sample(intervals, len(intervals))
    assert merged(shuffled) == merged(intervals)


@given(CLOSE, CLOSE)
def test_two_devices_one_after_the_other_are_as_both_at_once(one, other):
    together = merged([*one, *other])
    assert seconds(merged([*merged(one), *other])) >= seconds(merged(one))
    assert all(covered(part, together) for part in [*one, *other])


def covered(part, parts):
    return any(start <= part[0] and part[1] <= end for start, end in parts)


@given(INTERVALS | CLOSE)
def test_what_was_seen_stays_seen(intervals):
    result = merged(intervals)
    assert all(covered(part, result) for part in intervals)


@given(INTERVALS | CLOSE)
def test_merged_parts_lie_apart_and_in_order(intervals):
    result = merged(intervals)
    assert all(one[1] + GAP < other[0] for one, other in pairwise(result))
    assert {it[0] for it in result} <= {it[0] for it in intervals}
    assert {it[1] for it in result} <= {it[1] for it in intervals}


@pytest.mark.parametrize("skips", [0, 1, 499, 500, 900])
def test_who_skips_through_a_long_video_loses_nothing_seen_after(skips):
    """An arrow key held down leaves a part every five seconds; then the rest is watched."""
    skipped = [(5.0 * number, 5.0 * number + 0.2) for number in range(skips)]
    rest = (5.0 * skips + 10, 7200.0)
    assert covered(rest, merged([*skipped, rest]))


@given(INTERVALS | CLOSE, st.floats(0, 86_400))
def test_a_share_lies_between_0_and_100(intervals, duration):
    assert 0 <= share(merged(intervals), duration) <= 100


def test_a_share_is_what_was_seen_of_the_whole():
    assert share([(0, 5), (10, 15)], 20) == 50
    assert share([(0, 20)], 20) == 100
    assert share([], 20) == 0
    assert share([(0, 5)], 0) == 0


@given(CLOSE, CLOSE)
def test_seeing_more_never_lowers_the_share(one, more):
    assert share(merged([*one, *more]), 60) >= share(merged(one), 60)


@given(JSON, st.floats(0, 86_400))
@example([[0, 10**400]], 20.0)
@example([[0, True]], 20.0)
def test_anything_at_all_is_refused_or_becomes_parts_of_the_video(value, duration):
    try:
        found = read_intervals(value, duration)
    except ValueError:
        return
    # Times are kept in hundredths of a second.
    assert all(0 <= start <= end <= duration + 0.005 for start, end in found)


def test_no_part_ends_after_the_video():
    assert read_intervals([[0, 20.006]], 20.006)[0][1] <= 20.006


@given(
    st.lists(st.tuples(SECONDS, SECONDS).map(list), max_size=20),
    st.integers(1, 86_400),
)
def test_pairs_of_seconds_become_parts_of_the_video(pairs, duration):
    found = read_intervals(pairs, float(duration))
    assert all(0 <= start <= end <= duration for start, end in found)
    expected = [
        pair
        for pair in pairs
        if round(pair[0], 2) < min(round(min(pair[1], duration), 2), duration)
    ]
    assert len(found) == len(expected)
    assert all(
        abs(start - pair[0]) <= 0.01 and abs(end - min(pair[1], duration)) <= 0.01
        for (start, end), pair in zip(found, expected, strict=True)
    )


def test_a_list_too_long_is_refused():
    assert len(read_intervals([[0, 1]] * MOST_PARTS, 20)) == MOST_PARTS
    with pytest.raises(ValueError, match="at most 500 pairs"):
        read_intervals([[0, 1]] * (MOST_PARTS + 1), 20)


@given(JSON)
@example(10**400)
@example(-(10**400))
def test_a_time_is_a_number_of_seconds_in_a_day_or_refused(value):
    try:
        found = read_seconds(value)
    except ValueError:
        return
    assert 0 <= found <= 86_400
    assert found == value
    assert isinstance(found, float)
    assert not isinstance(value, bool)
