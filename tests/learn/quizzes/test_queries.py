"""How many queries the pages of a quiz make, and that the number does not grow."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.learn.enrolments.actions import place_in_run
from preau.learn.quizzes.bank import import_questions
from tests.learn.quizzes.quiz_course import QUIZ, begin, hand_in
from tests.learn.quizzes.taking import ABOUT, ESSAY, MARKS, choice, done, fill, run_of
from tests.people import RUN, ada, claire, person, signed_in

pytestmark = pytest.mark.django_db


def cost(browser, path, again=True):
    """The queries of a page, on its second visit unless told otherwise."""
    if again:
        browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path)
        assert b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, path
    return [it["sql"] for it in captured.captured_queries]


def questions(count):
    return [choice(f"Question {number}") for number in range(count)]


@pytest.fixture
def taking(tmp_path):
    """Builds a quiz of so many questions; its run, the learner's browser, an open attempt."""

    def make(count):
        run = run_of(tmp_path / "course", *questions(count))
        browser = signed_in(ada(run))
        return run, browser, begin(browser)

    return make


@pytest.mark.parametrize("count", [2, 30])
def test_a_page_of_an_attempt_costs_the_same_for_2_and_for_30_questions(taking, count):
    _run, browser, address = taking(count)
    fill(browser, address, q1_choice="0", q2_choice="1")
    found = cost(browser, address)
    assert len(found) == 4, "\n".join(found)  # session, place, attempt, answers
    assert not [sql for sql in found if not sql.startswith("SELECT")]


@pytest.mark.parametrize("count", [2, 30])
def test_saving_costs_the_same_for_2_and_for_30_questions(taking, count):
    _run, browser, address = taking(count)

    def save(value, base):
        body = {"answers": [{"slot": 1, "answer": {"choice": [value]}, "base": base}]}
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(
                f"{address}answers/", json.dumps(body), content_type="application/json"
            )
        assert answer.status_code == 200
        return answer.json()["saved"]["1"], [it["sql"] for it in captured.captured_queries]

    key, _first = save("0", "")
    _key, found = save("1", key)
    kept = [sql for sql in found if "SAVEPOINT" not in sql]
    # Session, place, attempt, the answer that stands, the attempt's lock, the change.
    assert len(kept) <= 6, "\n".join(kept)


def test_the_page_of_a_quiz_costs_the_same_for_1_and_for_6_attempts(taking):
    _run, browser, address = taking(2)
    few = len(cost(browser, QUIZ))
    hand_in(browser, address)
    for _attempt in range(5):
        done(browser, q1_choice="0")
    assert len(cost(browser, QUIZ)) == few
    assert few <= 4


def test_a_review_and_a_summary_cost_a_few(taking):
    _run, browser, address = taking(20)
    assert len(cost(browser, f"{address}summary/")) <= 4
    hand_in(browser, address)
    assert len(cost(browser, address)) <= 4


TEACHING = ("", "attempts/", "marking/", "regrade/", "rules/", "questions/1/", "answers.csv")


@pytest.mark.parametrize("path", [*(f"{ABOUT}{it}" for it in TEACHING), MARKS,
                                  f"{MARKS}everybody/", f"{MARKS}marks.csv"])  # fmt: skip
def test_what_teachers_see_costs_the_same_for_2_and_for_10_learners(tmp_path, path):
    run = run_of(tmp_path / "course", *questions(2), ESSAY)
    teacher = signed_in(claire(run))

    def join(names):
        for name in names:
            who = person(name)
            place_in_run(who, run)
            done(signed_in(who), q1_choice="0", q2_choice="1", q3_text=f"I am {name}.")

    join(["One", "Two"])
    teacher.get(path)
    few = cost(teacher, path, again=False)
    join([f"L{number}" for number in range(8)])
    found = cost(teacher, path, again=False)
    # A report is computed anew for the new attempts; a page that was kept costs less.
    assert len(found) <= len(few) + 4, "\n".join(found)
    assert len(cost(teacher, path)) <= len(few), path


def test_the_bank_costs_the_same_for_3_and_for_40_questions(tmp_path):
    run = run_of(tmp_path / "course", *questions(1))
    teacher = signed_in(claire(run))
    few = len(cost(teacher, f"/runs/{RUN}/questions/"))
    import_questions(run.course, questions(40))
    assert len(cost(teacher, f"/runs/{RUN}/questions/")) == few
