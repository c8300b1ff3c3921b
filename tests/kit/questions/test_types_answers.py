"""What each type says of answers: one that is right, the words of any, what guessing earns."""

from itertools import permutations, product
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.description import Description
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions.strategies import (
    calculateds,
    every_body,
    gaps,
    matchings,
    orderings,
    single_choices,
    true_false,
)


def can_be_solved(body):
    """Nobody solves an essay, nor a marker with more zones than it may be set."""
    if isinstance(body, Markers):
        wanted = [zone.marker for zone in body.zones]
        return all(
            marker.times in (0, *range(wanted.count(number), 9))
            for number, marker in enumerate(body.markers, 1)
        )
    return not isinstance(body, Essay | Description)


@given(every_body)
def test_the_solution_earns_the_whole_mark(body):
    assume(can_be_solved(body))
    assert body.mark(body.solution()).share == pytest.approx(1.0, abs=1e-6)


@given(every_body)
def test_a_solution_is_what_the_form_could_send(body):
    fields = body.fields()
    for field, values in body.solution().items():
        allowed = fields[field]
        assert allowed is None or set(values) <= allowed


@given(calculateds(), st.integers(0, 10_000))
def test_each_attempt_has_a_solution_of_its_own(body, seed):
    asked = body.asked(seed)
    assert asked.mark(asked.solution()).share == pytest.approx(1.0)


@given(every_body)
def test_a_solution_has_words_and_no_answer_has_none(body):
    assert body.summary({}) == ""
    assert bool(body.summary(body.solution())) is bool(body.solution())


some_values = st.lists(
    st.one_of(st.text(), st.sampled_from(["0", "1", "2", "99", "-1", "true", "٠", "5,5", "8,9"])),
    max_size=4,
)


@given(every_body, st.data())
def test_whatever_is_sent_has_a_summary(body, data):
    fields = [*body.fields(), "choice", "pair-x", "part-1-", "other"]
    answer = data.draw(st.dictionaries(st.sampled_from(fields), some_values))
    assert isinstance(body.summary(answer), str)


@given(every_body, st.dictionaries(st.sampled_from(["other", "pair-99", "gap-0"]), some_values))
def test_fields_that_are_not_its_own_say_nothing(body, answer):
    assert body.summary(answer) == ""


ONE = Choice((Option("<p>5&nbsp;V\n &amp; up</p>", 1.0), Option("<img src='a.png'>"), Option("c")))
SEVERAL = Choice((Option("a", 0.5), Option("b", -1.0), Option("c", 0.5)), several=True)
PAIRS = Matching((Pair("<b>2</b>+2", "4"), Pair("3", "three"), Pair("", "five")))
WORDS = Gaps("[[1]] a [[3]]", (Word("hertz"), Word("volt"), Word("low  er", 2)))
MAP = Markers(
    "map.png",
    (Marker("antenna", 2), Marker("sea")),
    (Zone(1, "circle", (10, 10, 5)), Zone(2, "polygon", (0, 0, 90, 0, 90, 30))),
)
BITS = Cloze(
    "{#1} {#2} {#3}",
    (
        Part(numerical=Numerical((Value(8),)), weight=2.0),
        Part(short_answer=ShortAnswer((Pattern("nibble"),))),
        Part(choice=Choice((Option("<i>yes</i>", -1.0), Option("no", 1.0)))),
    ),
)


@pytest.mark.parametrize(
    ("body", "answer", "words"),
    [
        (ONE, {"choice": ["0"]}, "5 V & up"),
        (ONE, {"choice": ["1"]}, "<img src='a.png'>"),  # without words it is itself
        (ONE, {"choice": ["2", "0"]}, "c"),
        (ONE, {"choice": ["7"]}, ""),
        (SEVERAL, {"choice": ["2", "0", "2", "x"]}, "a; c"),
        (TrueFalse(right=False), {"choice": ["true"]}, "true"),
        (TrueFalse(right=False), {"choice": ["maybe"]}, ""),
        (ShortAnswer((Pattern("x"),)), {"text": ["  a <b>\t c "]}, "a <b> c"),
        (Numerical((Value(1),)), {"number": [" 1,5   V"]}, "1,5 V"),
        (PAIRS, {"pair-0": ["2"], "pair-1": ["9"]}, "2+2 → five"),
        (PAIRS, {"pair-1": ["1"], "pair-0": ["0"]}, "2+2 → 4; 3 → three"),
        (Ordering(("a", "<p>b</p>", "c")), {"place-1": ["1"], "place-0": ["3"]}, "b; a"),
        (WORDS, {"gap-2": ["3"], "gap-1": ["3"]}, "2: low er"),
        (WORDS, {"gap-2": ["3"], "gap-1": ["2"]}, "1: volt; 2: low er"),
        (MAP, {"marker-1": ["5.50,3", "no", "1,2", "7,7"]}, "antenna → 5.5,3 1,2"),
        (MAP, {"marker-2": ["1,2"], "marker-1": ["0,0"]}, "antenna → 0,0; sea → 1,2"),
        (BITS, {"part-3-choice": ["0"], "part-1-number": ["7"]}, "1: 7; 3: yes"),
        (Essay(), {"text": ["<p>My&nbsp;view.</p><p>Yours.</p>"]}, "My view. Yours."),
        (Essay("plain"), {"text": [" a < b\nc "]}, "a < b\nc"),
        (Essay("none"), {"text": ["a"]}, ""),
        (Description(), {"text": ["a"]}, ""),
    ],
)
def test_summaries(body, answer, words):
    assert body.summary(answer) == words


@pytest.mark.parametrize(
    ("body", "solution"),
    [
        (ONE, {"choice": ["0"]}),
        (SEVERAL, {"choice": ["0", "2"]}),
        (ShortAnswer((Pattern("half", 0.5), Pattern(r"*2\*3*"))), {"text": ["2*3"]}),
        (ShortAnswer((Pattern("*"),)), {"text": ["*"]}),  # anything is right
        (ShortAnswer((Pattern("a * b"),)), {"text": ["a * b"]}),  # “a b” does not fit
        (ShortAnswer((Pattern("a*", 0.5), Pattern("ab"), Pattern("c"))), {"text": ["c"]}),
        (ShortAnswer(()), {}),
        (Numerical((Value(9, 5, 0.5), Value(0.1))), {"number": ["0.1"]}),
        (Numerical((Value(None),)), {"number": ["0"]}),
        (Numerical((Value(5),), (Unit("mV", 1000), Unit("V"))), {"number": ["5 V"]}),
        (Numerical((Value(5),), (Unit("mV", 1000),), 1.0), {"number": ["5000 mV"]}),
        (Numerical((Value(float("nan")),)), {}),
        (
            Calculated((Formula("{a} / 3", digits=2),), (Variable("a", 1, 1),)),
            {"number": ["0.33"]},
        ),
        (PAIRS, {"pair-0": ["0"], "pair-1": ["1"]}),
        (WORDS, {"gap-1": ["1"], "gap-2": ["3"]}),
        (Ordering(("a", "b")), {"place-0": ["1"], "place-1": ["2"]}),
        (MAP, {"marker-1": ["10,10"], "marker-2": ["60,10"]}),
        (BITS, {"part-1-number": ["8"], "part-2-text": ["nibble"], "part-3-choice": ["1"]}),
        (Essay(), {}),
        (Description(), {}),
    ],
)
def test_solutions(body, solution):
    assert body.solution() == solution


def test_a_marker_is_set_no_more_often_than_it_may():
    zones = (Zone(1, "rectangle", (0, 0, 10, 20)), Zone(1, "circle", (50, 50, 5)))
    assert Markers("a", (Marker("sea", 1),), zones).solution() == {"marker-1": ["5,10"]}


@pytest.mark.parametrize(
    "corners",
    [
        (0, 0, 100, 0, 100, 100, 90, 100, 90, 10, 10, 10, 10, 100, 0, 100),  # a U: empty middle
        (0, 0, 100, 100, 100, 0, 0, 100),  # crosses itself in the middle
        (0, 0, 1, 0, 1, 1),
    ],
)
def test_the_point_in_a_polygon_is_in_it(corners):
    zone = Zone(1, "polygon", corners)
    assert zone.has(*zone.middle())


def every_answer(body):
    """All that can be sent where each field takes one of a few values."""
    fields = body.fields()
    if isinstance(body, Ordering):
        return [
            {field: [place] for field, place in zip(fields, order, strict=True)}
            for order in permutations(sorted(fields["place-0"]))
        ]
    return [
        {field: [value] for field, value in zip(fields, values, strict=True)}
        for values in product(*map(sorted, fields.values()))
    ]


cloze_of_choices = st.lists(
    st.builds(Part, choice=single_choices(), weight=st.sampled_from([1.0, 2.0])),
    min_size=1,
    max_size=3,
).map(lambda parts: Cloze("", tuple(parts)))


@given(
    st.one_of(single_choices(), true_false, matchings(), gaps(), orderings, cloze_of_choices),
)
def test_guessing_earns_the_mean_of_all_answers(body):
    shares = [body.mark(answer).share for answer in every_answer(body)]
    assert body.guess() == pytest.approx(fmean(shares))


@given(every_body)
def test_guessing_earns_a_share_or_nobody_knows(body):
    share = body.guess()
    assert share is None or -1 <= share <= 1


@pytest.mark.parametrize(
    ("body", "share"),
    [
        (SEVERAL, None),
        (Choice(()), None),
        (ShortAnswer((Pattern("a"), Pattern(" * ", 0.25))), 0.25),
        (ShortAnswer((Pattern("a"),)), 0.0),
        (Numerical((Value(1), Value(None, share=0.5))), 0.5),
        (Numerical((Value(1),)), 0.0),
        (Calculated((Formula("1"),), ()), 0.0),
        (Matching(()), None),
        (Ordering(("a",)), None),
        (Ordering(tuple("abcd"), "all-or-nothing"), 1 / 24),
        (Ordering(("a",) * 5000, "all-or-nothing"), 0.0),
        (Gaps("", ()), None),
        (Gaps("[[9]]", ()), 0.0),
        (MAP, None),
        (BITS, 0.125),  # (0 · 2 + 0 · 1 + 1/2 · 1) / 4
        (Cloze("", (Part(choice=SEVERAL),)), None),
        (Cloze("", (Part(),)), None),
        (Cloze("", ()), None),
        (Essay(), None),
        (Description(), None),
    ],
)
def test_what_guessing_earns(body, share):
    assert body.guess() == (None if share is None else pytest.approx(share))
