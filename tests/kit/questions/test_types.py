"""Each type of question: what is right, what is wrong, and what nobody may send."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.kit.questions.question import Question, question_from
from preau.kit.questions.types import TYPES
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.essay import Essay
from preau.kit.questions.types.matching import Matching, Pair
from preau.kit.questions.types.numerical import Numerical, Unit, Value, read_number
from preau.kit.questions.types.ordering import Ordering
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer, fits
from preau.kit.questions.types.true_false import TrueFalse
from tests.kit.questions.strategies import every_body, questions

ONE = Choice((Option("right", 1.0, "Yes."), Option("near", 0.5), Option("wrong", -0.5)))
SEVERAL = Choice((Option("a", 0.5), Option("b", 0.5), Option("c", -1.0)), several=True)


@given(questions())
def test_a_question_survives_being_written_as_data(question):
    assert question_from(question.to_data(), question.files) == question


@given(every_body)
def test_what_people_write_has_no_problems(body):
    assert body.problems() == []
    assert TYPES[body.TYPE] is type(body)


@given(
    every_body,
    st.dictionaries(
        st.sampled_from(["choice", "text", "number", "pair-0", "place-0", "place-9", "other"]),
        st.lists(st.one_of(st.text(), st.sampled_from(["0", "1", "99", "-1", "true"]))),
    ),
)
def test_whatever_is_sent_earns_a_share_or_waits_for_a_person(body, answer):
    share = body.mark(answer).share
    assert share is None or (math.isfinite(share) and -1 <= share <= 1)


@given(every_body)
def test_no_answer_earns_nothing(body):
    marked = body.mark({})
    assert (marked.share, dict(marked.right)) == (0.0, {})


@pytest.mark.parametrize(
    ("body", "answer", "share"),
    [
        (ONE, {"choice": ["0"]}, 1.0),
        (ONE, {"choice": ["1"]}, 0.5),
        (ONE, {"choice": ["2"]}, -0.5),
        (ONE, {"choice": ["0", "2"]}, 1.0),  # a second value of a single choice is not heard
        (ONE, {"choice": ["7"]}, 0.0),
        (ONE, {"choice": ["-1"]}, 0.0),
        (ONE, {"choice": ["٠"]}, 0.0),  # a digit, but none of ours
        (SEVERAL, {"choice": ["0", "1"]}, 1.0),
        (SEVERAL, {"choice": ["0"]}, 0.5),
        (SEVERAL, {"choice": ["0", "0"]}, 0.5),
        (SEVERAL, {"choice": ["0", "2"]}, 0.0),
        (TrueFalse(right=False), {"choice": ["false"]}, 1.0),
        (TrueFalse(right=False), {"choice": ["true"]}, 0.0),
        (TrueFalse(right=False), {"choice": ["1"]}, 0.0),
        (Ordering(("a", "b", "c")), {"place-0": ["1"], "place-1": ["2"], "place-2": ["3"]}, 1.0),
        (Ordering(("a", "b", "c")), {"place-0": ["1"], "place-1": ["3"], "place-2": ["2"]}, 1 / 3),
        (
            Ordering(("a", "b", "c"), "neighbour"),
            {"place-0": ["2"], "place-1": ["3"], "place-2": ["1"]},
            0.5,
        ),
        (Ordering(("a", "b"), "all-or-nothing"), {"place-0": ["2"], "place-1": ["1"]}, 0.0),
        (Essay(), {"text": ["My view."]}, None),
        (Essay(), {"text": ["  "]}, 0.0),
    ],
)
def test_answers_and_their_shares(body, answer, share):
    assert body.mark(answer).share == pytest.approx(share) if share is not None else True
    if share is None:
        assert body.mark(answer).share is None


def test_feedback_is_that_of_the_choice_taken():
    assert ONE.mark({"choice": ["0"]}).feedback == ("Yes.",)
    assert ONE.mark({"choice": ["2"]}).feedback == ()


def test_the_same_answer_of_two_phrases_is_right_for_both():
    pairs = (Pair("2+2", "4"), Pair("2·2", "4"), Pair("3", "three"), Pair("", "five"))
    body = Matching(pairs)
    assert body.mark({"pair-0": ["0"], "pair-1": ["0"], "pair-2": ["2"]}).share == 1.0
    assert body.mark({"pair-0": ["3"], "pair-1": ["1"], "pair-2": ["2"]}).share == (
        pytest.approx(1 / 3)
    )
    assert body.fields()["pair-1"] == frozenset({"0", "2", "3"})
    assert "pair-3" not in body.fields(), "an answer without a phrase is a false lead"


@pytest.mark.parametrize(
    ("pattern", "text", "yes"),
    [
        ("Fourier", "Fourier", True),
        ("*ourier*", "Joseph Fourier, 1822", True),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("*", "", True),
        ("a*a", "a", False),
        (r"2\*3", "2*3", True),
        (r"2\*3", "2x3", False),
        ("*" * 30 + "b", "a" * 5000, False),  # takes no time
    ],
)
def test_patterns(pattern, text, yes):
    assert fits(pattern, text) is yes


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_patterns_are_those_of_the_shell(pattern, text):
    from fnmatch import fnmatchcase

    assert fits(pattern, text) is fnmatchcase(text, pattern)


@pytest.mark.parametrize(
    ("heed_case", "heed_accents", "given_", "share"),
    [
        (False, True, "  élève ", 1.0),
        (False, True, "ÉLÈVE", 1.0),
        (True, True, "Élève", 0.0),
        (False, True, "eleve", 0.0),
        (False, False, "ELEVE", 1.0),
        (False, True, "e\u0301le\u0300ve", 1.0),  # the same letters, written apart
    ],
)
def test_case_and_accents(heed_case, heed_accents, given_, share):
    body = ShortAnswer((Pattern("élève"),), heed_case, heed_accents)
    assert body.mark({"text": [given_]}).share == share


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3.14", (3.14, "")),
        ("3,14", (3.14, "")),
        ("-3,14e-2", (-0.0314, "")),
        ("−5", (-5.0, "")),
        ("1 234,5", (1234.5, "")),
        ("1\u202f234", (1234.0, "")),
        ("6.02 × 10^23", (6.02e23, "")),
        ("6,02*10^23", (6.02e23, "")),
        (".5", (0.5, "")),
        ("12 km", (12.0, "km")),
        ("12km/h", (12.0, "km/h")),
        ("1,000,000", None),
        ("1.2.3", None),
        ("", None),
        ("about three", None),
        ("1e9999", None),
        ("nan", None),
        ("inf", None),
        ("__import__('os')", None),
    ],
)
def test_numbers_as_people_write_them(text, read):
    assert read_number(text) == (pytest.approx(read[0]), read[1]) if read else True
    if read is None:
        assert read_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_every_number_is_read_as_python_writes_it_and_as_the_french_do(number):
    for text in (repr(number), repr(number).replace(".", ",")):
        assert read_number(text) == (number, "")


@given(st.text())
def test_whatever_is_typed_is_a_number_or_not(text):
    read = read_number(text)
    assert read is None or math.isfinite(read[0])


VOLT = Numerical((Value(5.0, 0.1),), (Unit("V"), Unit("mV", 1000.0)), unit_penalty=0.5)


@pytest.mark.parametrize(
    ("body", "text", "share"),
    [
        (Numerical((Value(0.3),)), "0,1 + 0,2", 0.0),
        (Numerical((Value(0.3),)), "0.30000000000000004", 1.0),
        (Numerical((Value(10, 1),)), "11", 1.0),
        (Numerical((Value(10, 1),)), "11.01", 0.0),
        (Numerical((Value(-10, 0.1, relative=True),)), "-9", 1.0),
        (Numerical((Value(-10, 0.1, relative=True),)), "-8.9", 0.0),
        (Numerical((Value(10), Value(None, 0, 0.25))), "77", 0.25),
        (Numerical((Value(5.0),)), "5 V", 0.0),
        (VOLT, "5 V", 1.0),
        (VOLT, "5000 mV", 1.0),
        (VOLT, "5", 0.5),
        (VOLT, "5 A", 0.5),
        (VOLT, "6 V", 0.0),
    ],
)
def test_tolerances_and_units(body, text, share):
    assert body.mark({"number": [text]}).share == pytest.approx(share)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (Choice((Option("a", 1.0),)), "two choices"),
        (Choice((Option("a", 0.5), Option("b"))), "whole mark"),
        (Choice((Option("a", 0.5), Option("b", 0.2)), several=True), "70%"),
        (Choice((Option("a", 1.0), Option(" "))), "no text"),
        (Choice((Option("a", 1.0), Option("b")), numbering="x"), "numbering"),
        (ShortAnswer((Pattern(" "),)), "empty"),
        (ShortAnswer(()), "whole mark"),
        (Numerical((Value(math.nan),)), "finite"),
        (Numerical((Value(1, -1),)), "below 0"),
        (Numerical((Value(1),), (Unit("m", 0),)), "factor"),
        (Matching((Pair("a", "b"),)), "two phrases"),
        (Matching((Pair("a", "x"), Pair("b", "x"))), "different"),
        (Ordering(("a",)), "two items"),
        (Ordering(("a", "b"), "luck"), "grading"),
        (Essay(format="none"), "neither"),
        (Essay(attachments_required=1), "More files"),
        (Essay(words=(9, 3)), "fewer"),
    ],
)
def test_what_nobody_could_answer_is_said(body, problem):
    assert problem in " ".join(body.problems())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"type": "riddle"},
        {"type": "choice", "name": "a", "stem": "b", "body": {"options": 3}},
        {"type": "choice", "name": "a", "stem": "b", "body": {"options": [], "surprise": 1}},
        {"type": "choice", "name": "a"},
        {"type": "choice", "name": "a", "stem": "b", "body": {"options": []}, "surprise": 1},
    ],
)
def test_data_of_no_question_is_refused_in_a_sentence(data):
    with pytest.raises(PreauError):
        question_from(data)


def test_a_question_needs_a_name_and_a_fair_penalty():
    bad = Question(" ", "?", TrueFalse(right=True), mark=-1, penalty=2)
    assert len(bad.problems()) == 3
