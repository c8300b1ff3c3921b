"""Types with several parts: gaps, embedded answers, markers on an image, formulas."""

import ast
import math
from statistics import fmean
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.questions import formula
from preau.kit.questions.types.calculated import (
    Calculated,
    Formula,
    Variable,
    filled,
    significant,
)
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.cloze import Cloze, Part
from preau.kit.questions.types.gaps import Gaps, Word
from preau.kit.questions.types.markers import Marker, Markers, Zone
from preau.kit.questions.types.numerical import Numerical, Value
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from tests.kit.questions.strategies import calculateds, gaps

WORDS = (Word("hertz"), Word("second"), Word("high", 2), Word("low", 2), Word("hertz"))
GAPS = Gaps("<p>[[1]] is 1 over a [[2]]; a [[3]] tone.</p>", WORDS)


@pytest.mark.parametrize(
    ("given_", "share"),
    [
        (("1", "2", "3"), 1.0),
        (("5", "2", "3"), 1.0),  # the same word
        (("2", "1", "3"), 1 / 3),
        (("3", "2", "3"), 2 / 3),  # a word of another group is no answer
        (("", "", ""), 0.0),
        (("99", "x", "-1"), 0.0),
    ],
)
def test_gaps(given_, share):
    answer = {f"gap-{gap}": [value] for gap, value in enumerate(given_, 1)}
    assert GAPS.mark(answer).share == pytest.approx(share)


def test_a_gap_offers_the_words_of_its_group():
    assert GAPS.fields() == {
        "gap-1": frozenset("125"),
        "gap-2": frozenset("125"),
        "gap-3": frozenset("34"),
    }


@given(gaps(), st.integers(1, 9))
def test_every_gap_is_as_it_would_be_alone(body, other):
    body = Gaps(f"{body.text} [[{other}]] [[1]]", body.words, body.drag)
    alone = [Gaps(f"[[{number}]]", body.words, body.drag) for number in body.gaps]
    assert body.fields() == {f"gap-{gap}": it.fields()["gap-1"] for gap, it in enumerate(alone, 1)}
    assert body.choices_of_gaps() == [it.choices(1) for it in alone]
    assert [body.choices(gap) for gap in range(1, len(alone) + 1)] == body.choices_of_gaps()
    assert body.guess() == pytest.approx(fmean(it.guess() for it in alone))


def test_a_text_of_very_many_gaps_is_searched_once():
    """Once for each gap, this would take minutes."""
    body = Gaps("[[1]] [[3]] [[999]]" * 5_000, WORDS * 199, drag=True)
    fields = body.fields()
    assert len(fields) == 15_000
    assert body.guess() == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert body.mark({"gap-1": ["5"], "gap-14999": ["3"]}).share == 2 / 15_000
    assert body.summary({"gap-2": ["4"]}) == "2: low"
    assert len(body.solution()) == 10_000
    assert body.problems() == [
        "The gap [[999]] has no word: there are 995.",
        "The word 1 belongs in several gaps, but may be used once.",
        "The word 3 belongs in several gaps, but may be used once.",
    ]


BITS = Cloze(
    "<p>A byte has {#1} bits, a {#2} has four; is it much? {#3}</p>",
    (
        Part(numerical=Numerical((Value(8),)), weight=2.0),
        Part(short_answer=ShortAnswer((Pattern("nibble"),))),
        Part(choice=Choice((Option("yes", -1.0), Option("no", 1.0)))),
    ),
)


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ({"part-1-number": ["8"], "part-2-text": ["Nibble"], "part-3-choice": ["1"]}, 1.0),
        ({"part-1-number": ["8"]}, 0.5),
        ({"part-1-number": ["7"], "part-2-text": ["nibble"]}, 0.25),
        ({"part-1-number": ["8"], "part-3-choice": ["0"]}, 0.5),  # nothing below 0 for a part
        ({"part-9-number": ["8"], "number": ["8"]}, 0.0),
    ],
)
def test_embedded_answers(answer, share):
    assert BITS.mark(answer).share == pytest.approx(share)


MAP = Markers(
    "map.png",
    (Marker("antenna", 2), Marker("sea"), Marker("moon", 0)),
    (
        Zone(1, "circle", (10, 10, 5)),
        Zone(1, "rectangle", (100, 100, 50, 20)),
        Zone(2, "polygon", (0, 200, 100, 200, 50, 300)),
    ),
)


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ({"marker-1": ["10,14", "150,120"], "marker-2": ["50,250"]}, 1.0),
        ({"marker-1": ["10,14", "11,11"]}, 1 / 3),  # a zone is hit once
        ({"marker-1": ["10,15.01"]}, 0.0),
        ({"marker-2": ["10,10"]}, 0.0),
        ({"marker-2": ["0,200"]}, 1 / 3),  # the edge belongs to it
        ({"marker-2": ["300,300", "50,250"]}, 0.0),  # one is allowed, the first counts
        ({"marker-1": ["nonsense", "1e9,1", "10,14"]}, 1 / 3),
        ({"marker-3": ["10,10"]}, 0.0),
    ],
)
def test_markers_on_an_image(answer, share):
    assert MAP.mark(answer).share == pytest.approx(share)


@given(st.floats(-50, 350), st.floats(-50, 350))
def test_a_polygon_that_is_a_rectangle_is_a_rectangle(x, y):
    corners = Zone(1, "polygon", (0, 0, 300, 0, 300, 200, 0, 200))
    inside = Zone(1, "rectangle", (0, 0, 300, 200))
    edge = min(abs(x), abs(x - 300), abs(y), abs(y - 200))
    if edge > 1e-6:
        assert corners.has(x, y) is inside.has(x, y)


OHM = Calculated(
    (Formula("{u} / {i}", 0.01, digits=3, significant=True),),
    (Variable("u", 1, 12, 1), Variable("i", 0, 2, 1)),
)


def test_an_attempt_has_values_of_its_own_and_keeps_them():
    drawn = [OHM.draw(seed) for seed in range(30)]
    assert drawn == [OHM.draw(seed) for seed in range(30)]
    assert len({str(values) for values in drawn}) > 20
    for values in drawn:
        assert 1 <= values["u"] <= 12
        assert 0 < values["i"] <= 2, "a draw by which nothing can be divided is drawn again"
        assert values["u"] == round(values["u"], 1)


@given(st.integers(0, 2**31))
def test_the_right_value_is_taken_and_another_is_not(seed):
    values = OHM.draw(seed)
    asked = OHM.asked(seed)
    right = values["u"] / values["i"]
    assert asked.mark({"number": [f"{right:.3g}"]}).share == 1.0
    assert asked.mark({"number": [f"{right:.3g}".replace(".", ",")]}).share == 1.0
    assert asked.mark({"number": [f"{right * 1.1}"]}).share == 0.0


@given(calculateds(), st.integers(0, 1000))
def test_every_draw_has_a_finite_answer(body, seed):
    (value, *_others) = body.asked(seed).values
    assert math.isfinite(value.value)


def test_a_formula_is_parsed_once_however_often_values_are_drawn(monkeypatch):
    parsed = []

    def parse(text, **how):
        parsed.append(text)
        return ast.parse(text, **how)

    monkeypatch.setattr(formula, "ast", SimpleNamespace(**{**vars(ast), "parse": parse}))
    formulas = ("{a} * 41 - 1", "1 / ({a} - 1)", "{a} * 41 /")
    for last in range(1, 4):
        body = Calculated(tuple(map(Formula, formulas[:last])), (Variable("a", 0, 2, 0),))
        assert bool(body.problems()) is (last > 2)
    assert len(parsed) == len(set(parsed)) == 3


def test_the_stem_shows_the_values():
    assert filled("{u} V over {i} A {x}", {"u": 5.0, "i": 0.1}) == "5 V over 0.1 A {x}"


@pytest.mark.parametrize(
    ("value", "figures", "rounded"),
    [(1234.5, 2, 1200.0), (0.012345, 3, 0.0123), (0.0, 3, 0.0), (-9.99, 1, -10.0), (5, 0, 5.0)],
)
def test_significant_figures(value, figures, rounded):
    assert significant(value, figures) == pytest.approx(rounded)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (Gaps("none", WORDS), "no gap"),
        (Gaps("[[9]]", WORDS), "[[9]] has no word"),
        (Gaps("[[1]] [[1]]", (Word("a"),), drag=True), "may be used once"),
        (Gaps("[[1]]", (Word(" "),)), "empty"),
        (Cloze("no place", BITS.parts), "one place"),
        (Cloze("{#1} {#1}", BITS.parts[:1]), "one place"),
        (Cloze("", ()), "nothing to answer"),
        (Cloze("{#1}", (Part(),)), "not one question"),
        (Cloze("{#1}", (Part(numerical=Numerical(())),)), "Part 1: No answer"),
        (Cloze("{#1}", (Part(numerical=Numerical((Value(1),)), weight=0),)), "weights"),
        (Cloze("{#1}", (Part(numerical=Numerical((Value(1),)), layout="x"),)), "layout"),
        (Markers("", MAP.markers, MAP.zones), "no image"),
        (Markers("a", MAP.markers, ()), "no zone"),
        (Markers("a", MAP.markers, (Zone(9, "circle", (1, 1, 1)),)), "no marker"),
        (Markers("a", MAP.markers, (Zone(1, "star", ()),)), "no shape"),
        (Markers("a", MAP.markers, (Zone(1, "circle", (1, 1)),)), "3 coordinates"),
        (Markers("a", MAP.markers, (Zone(1, "polygon", (1,) * 7),)), "6 coordinates"),
        (Markers("a", (Marker(" "),), MAP.zones[:1]), "no text"),
        (Calculated((Formula("{a} / 0"),), (Variable("a", 1, 2),)), "divides by zero"),
        (Calculated((Formula("{a} + {b}"),), (Variable("a", 1, 2),)), "needs a value “b”"),
        (Calculated((Formula("{a}", share=0.5),), (Variable("a", 1, 2),)), "whole mark"),
        (Calculated((Formula("{a}"),), (Variable("a", 2, 1),)), "not in order"),
        (Calculated((Formula("{a}"),), (Variable("a", 1, math.inf),)), "not in order"),
        (Calculated((Formula("1"),), (Variable("a b", 1, 2),)), "no name"),
        (Calculated((Formula("{a}"),), (Variable("a", 1, 2, 99),)), "decimals"),
        (Calculated((Formula("exec('1')"),), ()), "not allowed"),
    ],
)
def test_what_nobody_could_answer_is_said(body, problem):
    assert problem in " ".join(body.problems())
