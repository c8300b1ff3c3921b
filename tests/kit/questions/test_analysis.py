"""Item analysis: worked examples, and what holds for any marks."""

import math
import statistics
from dataclasses import astuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from preau.kit.questions.analysis import (
    Attempt,
    Item,
    Quiz,
    analyse,
    distractors,
    histogram,
    totals_of,
)


def attempts_of(*rows):
    return [Attempt(row) for row in rows]


# Four people, three questions, each easier than the next: 3, 2, 1 and 0 marks.
STAIRS = attempts_of((1, 1, 1), (1, 1, 0), (1, 0, 0), (0, 0, 0))


def test_the_quiz_by_hand():
    quiz = analyse([1, 1, 1], STAIRS).quiz
    assert (quiz.count, quiz.out_of) == (4, 3)
    assert quiz.mean == quiz.median == 1.5
    # 1.5² + 0.5² + 0.5² + 1.5² = 5, over 4 - 1
    assert quiz.standard_deviation == pytest.approx(math.sqrt(5 / 3))
    assert quiz.skewness == pytest.approx(0)
    # m2 = 5/4, m4 = (2 · 1.5⁴ + 2 · 0.5⁴) / 4 = 2.5625,
    # k4 = 4² (5 · 2.5625 - 3 · 3 · 1.25²) / (3 · 2 · 1) = -10/3, over (5/3)²
    assert quiz.kurtosis == pytest.approx(-1.2)
    # The slots' variances: 0.75/3, 1/3, 0.75/3, together 5/6; 3/2 (1 - (5/6) / (5/3))
    assert quiz.alpha == pytest.approx(0.75)
    assert quiz.error_ratio == pytest.approx(0.5)
    assert quiz.standard_error == pytest.approx(0.5 * math.sqrt(5 / 3))


def test_the_slots_by_hand():
    first, second, third = analyse([1, 1, 1], STAIRS).slots
    # First: marks less their mean 0.25 0.25 0.25 -0.75, squares together 0.75. The rest, 2 1 0 0,
    # less its mean 1.25 0.25 -0.75 -0.75, squares together 2.75; products together
    # 0.3125 + 0.0625 - 0.1875 + 0.5625 = 0.75, and no order of the same values has more.
    assert first.facility == 0.75
    assert first.standard_deviation == pytest.approx(math.sqrt(0.75 / 3))
    assert first.discrimination == pytest.approx(0.75 / math.sqrt(0.75 * 2.75))
    assert first.efficiency == pytest.approx(1)
    # Second: 0.5 0.5 -0.5 -0.5 with the rest 2 1 1 0 less 1: products 0.5 + 0 + 0 + 0.5.
    assert second.discrimination == pytest.approx(1 / math.sqrt(1 * 2))
    assert (third.facility, third.discrimination) == (0.25, first.discrimination)
    # Covariances with the quiz: (0.75 + 0.75)/3, (1 + 1)/3, (0.75 + 0.75)/3.
    roots = [math.sqrt(1 / 2), math.sqrt(2 / 3), math.sqrt(1 / 2)]
    assert [it.effective_weight for it in (first, second, third)] == pytest.approx(
        [root / sum(roots) for root in roots]
    )
    assert first.intended_weight == pytest.approx(1 / 3)


def test_efficiency_is_the_part_of_what_the_same_marks_could_show():
    # Less their means: 0.5 -0.5 0.5 -0.5 and 1.25 0.25 -0.75 -0.75: products 0.5; both in order
    # -0.5 -0.5 0.5 0.5 and -0.75 -0.75 0.25 1.25: products 1.5.
    first, _second = analyse([1, 2], attempts_of((1, 2), (0, 1), (1, 0), (0, 0))).slots
    assert first.efficiency == pytest.approx(1 / 3)
    assert first.discrimination == pytest.approx(0.5 / math.sqrt(1 * 2.75))


def test_a_question_against_all_others_by_hand():
    # First slot, out of 2: 1 0 -1 less its mean; the rest -2/3 1/3 1/3: products -1, squares 2
    # and 2/3; both in order 2/3 + 0 + 1/3 = 1.
    found = analyse([2, 1], attempts_of((2, 0), (1, 1), (0, 1)))
    first, second = found.slots
    assert first.facility == 0.5
    assert first.standard_deviation == pytest.approx(0.5)  # 1 mark of 2
    assert first.discrimination == second.discrimination == pytest.approx(-1 / math.sqrt(4 / 3))
    assert first.efficiency == pytest.approx(-1)
    assert (first.intended_weight, second.intended_weight) == pytest.approx((2 / 3, 1 / 3))
    # With the quiz: (2 - 1)/2 and (2/3 - 1)/2, which is below 0 and has no root.
    assert (first.effective_weight, second.effective_weight) == (1.0, None)
    # Totals 2 2 1: variance 1/3. 2 (1 - (1 + 1/3) / (1/3)) = -6
    assert found.quiz.alpha == pytest.approx(-6)
    assert found.quiz.error_ratio == pytest.approx(math.sqrt(7))
    # k3 = 3 (1/27 + 1/27 - 8/27) / 2 = -1/3, over (1/3)^1.5
    assert found.quiz.skewness == pytest.approx(-math.sqrt(3))
    assert found.quiz.kurtosis is None, "three attempts have none"


def test_a_mark_that_is_not_there_is_left_out_of_its_slot_and_0_in_the_quiz():
    found = analyse([1, 1], attempts_of((1, 1), (0, 0), (None, 1), (1, 0)))
    first, second = found.slots
    assert (first.count, second.count) == (3, 4)
    assert first.facility == pytest.approx(2 / 3)
    # 1/3 -2/3 1/3 with the rest 1 0 0 less 1/3: products 2/9 + 2/9 - 1/9, squares 2/3 and 2/3
    assert first.discrimination == pytest.approx((1 / 3) / (2 / 3))
    assert found.quiz.mean == 1.0
    # As if it were 0: variances 1/3 and 1/3, that of the totals 2 0 1 1 is 2/3.
    assert found.quiz.alpha == pytest.approx(0)


def test_what_is_not_marked_at_all_is_no_part_of_the_quiz():
    with_text = [Attempt((*it.marks, 0)) for it in STAIRS]
    found = analyse([1, 1, 1, 0], with_text)
    assert found.quiz == analyse([1, 1, 1], STAIRS).quiz
    assert found.slots[3] == Item(4, intended_weight=0.0, effective_weight=0.0)


def test_slots_that_draw_tell_of_each_question():
    attempts = [
        Attempt((1, 2), ("easy", "same")),
        Attempt((0, 0), ("hard", "same")),
        Attempt((1, 0), ("easy", "same")),
        Attempt((None, 2), ("hard", "same")),
        Attempt((0, 2), ("hard", "same")),
    ]
    found = analyse([1, 2], attempts, {"easy": 0.5, "hard": 0.25, "same": None})
    assert sorted(found.questions) == ["easy", "hard"]
    easy, hard = found.questions["easy"], found.questions["hard"]
    assert (easy.count, easy.facility, easy.guess) == (2, 1.0, 0.5)
    assert (hard.count, hard.facility, hard.standard_deviation) == (2, 0.0, 0.0)
    assert easy.discrimination is hard.discrimination is None, "their marks never differ"
    first, second = found.slots
    assert first.guess == pytest.approx((2 * 0.5 + 3 * 0.25) / 5)
    assert second.guess is None
    assert analyse([1, 2], attempts, {"easy": 0.5}).slots[0].guess is None, "one is not known"


def test_a_question_drawn_by_two_slots_is_one_in_shares():
    attempts = [
        Attempt((1, 2), ("a", "b")),
        Attempt((1, 3), ("b", "a")),
        Attempt((0, 4), ("b", "a")),
    ]
    found = analyse([1, 4], attempts).questions
    # a: 1/1, 3/4, 4/4 with the rest 2, 1, 0
    assert found["a"].count == 3
    assert found["a"].facility == pytest.approx(11 / 12)
    assert found["a"].discrimination == pytest.approx(
        statistics.correlation([1, 0.75, 1], [2, 1, 0])
    )


@pytest.mark.parametrize(
    ("out_of", "rows", "quiz"),
    [
        ([], [], Quiz(0, 0)),
        ([], [(), ()], Quiz(2, 0, 0, 0, 0)),
        ([1, 1], [], Quiz(0, 2)),
        ([1, 1], [(1, 0.5)], Quiz(1, 2, 1.5, 1.5)),
        ([1, 1], [(1, 0), (0, 1)], Quiz(2, 2, 1, 1, 0)),
        ([2], [(1,), (2,)], Quiz(2, 2, 1.5, 1.5, math.sqrt(0.5))),  # one slot has no alpha
        ([0], [(0,), (0,)], Quiz(2, 0, 0, 0, 0)),
    ],
)
def test_what_is_not_defined_is_none(out_of, rows, quiz):
    found = analyse(out_of, attempts_of(*rows))
    assert found.quiz == quiz
    for item in found.slots:
        assert item.count == len(rows)
        assert item.standard_deviation is None or len(rows) > 1


def test_a_slot_that_never_differs_tells_nobody_apart():
    # 0.1 and 0.2 have no exact sum: what rounding leaves is no difference.
    found = analyse([1, 1, 1], attempts_of(*[(0.1, 0.2, 0.7)] * 3, (0.2, 0.1, 0.7)))
    assert [it.discrimination for it in found.slots] == [pytest.approx(-1)] * 2 + [None]
    assert found.slots[2].efficiency is None
    assert found.slots[2].standard_deviation == 0
    assert found.quiz.standard_deviation == 0
    assert found.quiz.skewness is found.quiz.kurtosis is found.quiz.alpha is None


def test_what_rounding_leaves_of_the_rest_is_no_difference():
    # 0.3 - 0.2 is below 0.1 in floats, 0.2 - 0.1 is not.
    first, _second = analyse([1, 1], attempts_of((0.2, 0.1), (0.1, 0.1), (0.7, 0.1))).slots
    assert (first.discrimination, first.efficiency, first.effective_weight) == (None, None, 1)


@pytest.mark.parametrize(
    "attempts",
    [
        [Attempt((1,))],
        [Attempt(())],
        [Attempt((1, 1, 1))],
        [Attempt((1, 1), ("a",))],
        [Attempt((1, 1), ("a", "b"), (("x",),))],
        [Attempt((1, math.nan))],
        [Attempt((1, math.inf))],
        [Attempt((-math.inf, math.inf))],
    ],
)
def test_marks_that_do_not_fit_are_refused(attempts):
    with pytest.raises(ValueError, match=r"slots|fsum|finite|has 2"):
        analyse([1, 1], attempts)
    with pytest.raises(ValueError, match=r"slots|fsum|finite|has 2"):
        distractors(2, attempts)


def test_a_weight_of_0_is_none_that_rounding_made_negative():
    # The second slot takes back what the first gives, in units without an exact float.
    rows = [(it * 0.1, it * -0.1, other) for it, other in ((1, 0.1), (3, 0.1), (2, 0.7), (2, 0))]
    first, second, third = analyse([1, 1, 1], attempts_of(*rows)).slots
    assert (first.effective_weight, second.effective_weight) == (0, 0)
    assert third.effective_weight == 1


@st.composite
def quizzes(draw, least=0, none=True, overshoot=False):
    """Greatest marks, and attempts at them in quarters of each."""
    out_of = draw(st.lists(st.sampled_from([1.0, 2.0, 0.5, 10.0, 3.0]), min_size=1, max_size=5))
    quarters = st.integers(-8, 8) if overshoot else st.integers(0, 4)
    marks = [
        st.one_of(st.none(), quarters.map(lambda it, top=top: it * top / 4))
        if none
        else quarters.map(lambda it, top=top: it * top / 4)
        for top in out_of
    ]
    keys = st.tuples(*(st.sampled_from(["q", f"q{slot}", "r"]) for slot in range(len(out_of))))
    rows = st.lists(st.builds(Attempt, st.tuples(*marks), keys), min_size=least, max_size=8)
    return out_of, draw(rows)


def indices_of(found):
    """Every number of an analysis."""
    items = [*found.slots, *found.questions.values()]
    return [*astuple(found.quiz), *(value for item in items for value in astuple(item))]


@given(quizzes(overshoot=True))
def test_no_index_is_out_of_its_range(quiz):
    found = analyse(*quiz)
    assert all(value is None or math.isfinite(value) for value in indices_of(found))
    for item in (*found.slots, *found.questions.values()):
        assert item.discrimination is None or -1 <= item.discrimination <= 1
        assert item.efficiency is None or item.efficiency <= 1
        assert item.standard_deviation is None or item.standard_deviation >= 0
    assert found.quiz.alpha is None or found.quiz.alpha <= 1
    weights = [it.effective_weight for it in found.slots if it.effective_weight is not None]
    assert not weights or math.fsum(weights) == pytest.approx(1)
    assert math.fsum(it.intended_weight for it in found.slots) == pytest.approx(1)


@given(quizzes())
def test_facility_is_from_0_to_1_where_marks_are(quiz):
    for item in analyse(*quiz).slots:
        assert item.facility is None or -1e-12 <= item.facility <= 1 + 1e-12


@given(quizzes(overshoot=True), st.randoms())
def test_the_order_of_the_attempts_does_not_matter(quiz, random):
    out_of, attempts = quiz
    other = random.sample(attempts, len(attempts))
    assert analyse(out_of, other) == analyse(out_of, attempts)


@given(quizzes(overshoot=True), st.sampled_from([0.001, 1 / 3, 7.0, 1e9]))
def test_other_units_of_marks_leave_the_indices_alone(quiz, factor):
    out_of, attempts = quiz
    scaled = [
        Attempt([None if it is None else it * factor for it in one.marks], one.questions)
        for one in attempts
    ]
    before, after = analyse(out_of, attempts), analyse([it * factor for it in out_of], scaled)
    for was, is_ in zip(before.slots, after.slots, strict=True):
        assert astuple(is_) == pytest.approx(astuple(was), abs=1e-9)
    for name in ("skewness", "kurtosis", "alpha", "error_ratio"):
        assert getattr(after.quiz, name) == pytest.approx(getattr(before.quiz, name), abs=1e-6)
    for name in ("mean", "median", "standard_deviation", "standard_error"):
        value = getattr(before.quiz, name)
        expected = None if value is None else pytest.approx(value * factor, abs=1e-6 * factor)
        assert getattr(after.quiz, name) == expected


@given(quizzes(least=2, none=False, overshoot=True))
def test_deviations_and_correlations_are_those_of_the_textbook(quiz):
    out_of, attempts = quiz
    found, totals = analyse(out_of, attempts), totals_of(attempts)
    assert found.quiz.standard_deviation == pytest.approx(statistics.stdev(totals))
    for slot, item in enumerate(found.slots):
        marks = [it.marks[slot] for it in attempts]
        rests = [total - mark for total, mark in zip(totals, marks, strict=True)]
        assert item.standard_deviation == pytest.approx(statistics.stdev(marks) / out_of[slot])
        if len(set(marks)) == 1 or len(set(rests)) == 1:
            assert item.discrimination is None
        else:
            assert item.discrimination == pytest.approx(
                statistics.correlation(marks, rests), abs=1e-9
            )


@given(quizzes(least=2, none=False))
def test_a_question_asked_twice_is_consistent_with_itself(quiz):
    out_of, attempts = quiz
    assume(len(set(totals_of(attempts))) > 1)
    twice = [Attempt([sum(it.marks)] * 2) for it in attempts]
    found = analyse([sum(out_of)] * 2, twice)
    assert found.quiz.alpha == pytest.approx(1)
    assert found.slots[0].discrimination == pytest.approx(1)
    assert found.slots[0].efficiency == pytest.approx(1)


def test_a_large_mean_does_not_drown_small_differences():
    found = analyse([1e6, 1e6], attempts_of(*((1e6 - it, 1e6 - it) for it in (0, 0.1, 0.2))))
    assert found.slots[0].discrimination == pytest.approx(1)
    assert found.quiz.standard_deviation == pytest.approx(0.2)


def test_answers_and_who_gave_them():
    attempts = [
        Attempt((1, 1), ("q", "r"), (("a",), ("x", "y"))),
        Attempt((1, 0), ("q", "r"), (("a",), ("y", "y"))),
        Attempt((0, 0), ("q", "r"), (("b",), ())),
        Attempt((0, None), ("q", "s"), ((), ())),
    ]
    first, second = distractors(2, attempts)
    assert [astuple(it) for it in first] == [
        ("q", "a", 2, 2 / 4, (2 + 1) / 2),
        ("q", "b", 1, 1 / 4, 0),
    ]
    # Of the three who were asked r: two took y, one of them x as well.
    assert [astuple(it) for it in second] == [
        ("r", "y", 2, 2 / 3, (2 + 1) / 2),
        ("r", "x", 1, 1 / 3, 2),
    ]


def test_an_answer_that_nobody_has_marked_yet_counts():
    (slot,) = distractors(1, [Attempt((None,), (), (("my view",),)), Attempt((None,))])
    assert [astuple(it) for it in slot] == [("", "my view", 1, 1.0, 0.0)]


def test_only_the_most_frequent_answers_are_told():
    attempts = [Attempt((0,), (), ((text,),)) for text in "cccbba"]
    (slot,) = distractors(1, attempts, most=2)
    assert [(it.answer, it.count) for it in slot] == [("c", 3), ("b", 2)]


@given(quizzes(), st.data())
def test_answers_are_shares_of_those_who_were_asked(quiz, data):
    out_of, attempts = quiz
    texts = st.lists(st.sampled_from("abc"), max_size=3).map(tuple)
    rows = st.tuples(*[texts] * len(out_of))
    answered = [Attempt(it.marks, it.questions, data.draw(rows)) for it in attempts]
    totals = totals_of(attempts)
    for slot in distractors(len(out_of), answered):
        for chosen in slot:
            assert 0 < chosen.share <= 1
            assert min(totals) - 1e-9 <= chosen.mean <= max(totals) + 1e-9


@pytest.mark.parametrize(
    ("marks", "out_of", "bins", "counts"),
    [
        ([], 10, 3, (0, 0, 0)),
        ([0, 1, 4.9, 5, 10], 10, 2, (3, 2)),
        ([0.29, 0.28, 0.57], 1, 100, {28: 1, 29: 1, 57: 1}),  # 0.29 · 100 is below 29 in floats
        ([-3, 13], 10, 2, (1, 1)),
        ([0, 0], 0, 2, (2, 0)),
        ([1], 2, 0, (1,)),
        ([1], 1, 10**9, {99: 1}),
    ],
)
def test_histograms(marks, out_of, bins, counts):
    if isinstance(counts, dict):
        counts = tuple(counts.get(it, 0) for it in range(100))
    assert histogram(marks, out_of, bins) == counts


@given(st.lists(st.floats(-20, 20)), st.floats(-1, 10), st.integers(-5, 300))
def test_every_mark_is_in_one_bin(marks, out_of, bins):
    counts = histogram(marks, out_of, bins)
    assert sum(counts) == len(marks)
    assert 1 <= len(counts) <= 100
