"""The rules of a quiz, each through the pages that it changes."""

import pytest

from preau.learn.grades.models import Grade
from preau.learn.quizzes.models import Attempt
from tests.learn.quizzes.quiz_course import QUIZ, START, begin, hand_in, quiz_run, send
from tests.learn.quizzes.taking import (
    MARKS,
    attempt_at,
    choice,
    done,
    fill,
    questions_on,
    read,
    run_of,
    said,
    see,
)
from tests.people import ada, signed_in

pytestmark = pytest.mark.django_db
MANY = [choice(f"Question {number}") for number in range(1, 13)]


@pytest.fixture
def taker(tmp_path, clock):
    """Builds a quiz by those rules; its learner's browser."""

    def make(*questions, **more):
        return signed_in(ada(run_of(tmp_path / "course", *questions, **more)))

    return make


def refused(browser):
    answer = browser.post(START, follow=True)
    assert answer.redirect_chain[-1][0] == QUIZ, "an attempt began"
    return said(answer)


# When


def test_a_quiz_opens_and_closes_as_runs_yaml_says(taker, clock):
    browser = taker(choice("One"), dates="{opens: '2027-01-12T08:00', closes: 2027-01-13}")
    assert "This quiz opens on Jan. 12, 2027, 8 a.m." in refused(browser)
    assert ">Begin<" not in see(browser, QUIZ).split("<div hidden")[0]
    clock.set("2027-01-12T08:00")
    address = begin(browser)
    clock.set("2027-01-13T23:59")
    assert fill(browser, address, q1_choice="0").status_code == 302
    clock.set("2027-01-14T00:02")
    assert read(browser, address).count("by the server, for the time was over") == 1
    assert attempt_at(address).mark == 1
    assert "This quiz is closed." in refused(browser)


def test_time_is_over_when_the_quiz_closes_though_the_limit_is_later(taker, clock):
    browser = taker(choice("One"), rules="time_limit: 60", dates="{closes: '2027-01-11T10:20'}")
    address = begin(browser)
    assert "To be handed in by 10:20 a.m." in read(browser, address)
    clock.later(minutes=21, seconds=1)
    assert send(browser, address, (1, {"choice": ["0"]}, "")).status_code == 409


def test_the_server_counts_the_time_from_the_start(taker, clock):
    browser = taker(choice("One"), rules="time_limit: 0.5\ngrace: 0")
    address = begin(browser)
    clock.later(seconds=30)
    assert send(browser, address, (1, {"choice": ["0"]}, "")).status_code == 200
    clock.later(seconds=1)
    assert browser.post(f"{address}hand-in/").status_code == 302
    attempt = attempt_at(address)
    assert attempt.by_server
    assert attempt.mark == 1


def test_opening_the_quiz_again_does_not_give_more_time(taker, clock):
    browser = taker(choice("One"), rules="time_limit: 30")
    address = begin(browser)
    due = attempt_at(address).due_at
    clock.later(minutes=10)
    assert begin(browser) == address
    assert attempt_at(address).due_at == due


# How often, and which counts


def test_attempts_are_used_up(taker):
    browser = taker(choice("One"), rules="attempts: 2")
    done(browser)
    assert "1 attempt left" in read(browser, QUIZ)
    done(browser)
    assert "You have used all your attempts." in refused(browser)
    assert Attempt.objects.count() == 2


def test_between_attempts_one_waits(taker, clock):
    browser = taker(choice("One"), rules="delay: 15")
    done(browser)
    clock.later(minutes=14)
    assert "You can begin the next attempt on Jan. 11, 2027, 10:15 a.m." in refused(browser)
    clock.later(minutes=1)
    begin(browser)


@pytest.mark.parametrize(
    ("counts", "mark"), [("best", 3), ("average", 2), ("first", 1), ("last", 2)]
)
def test_of_several_attempts_one_mark_counts(taker, counts, mark):
    questions = [choice(f"Question {number}") for number in range(4)]
    browser = taker(*questions, rules=f"counts: {counts}\nout_of: 40")
    for right in (1, 3, 2):
        done(browser, **{f"q{slot}_choice": "0" for slot in range(1, right + 1)})
    grade = Grade.objects.get()
    assert (grade.mark, grade.out_of) == (pytest.approx(10 * mark), 40)
    for page in (QUIZ, MARKS):
        assert f"{10 * mark} / 40" in read(browser, page), page


# The way through


@pytest.fixture
def sequential(taker):
    browser = taker(*MANY[:6], rules="per_page: 2\nnavigation: sequential")
    return browser, begin(browser)


def test_sequential_there_is_no_way_back(sequential):
    browser, address = sequential
    fill(browser, address, "next", q1_choice="0")
    second = questions_on(see(browser, f"{address}?page=2"))
    assert "Question 3?" in second
    for page in ("1", "2", "0", "-1"):
        assert questions_on(see(browser, f"{address}?page={page}")) == second
    assert "Previous page" not in see(browser, address)
    assert f"{address}?page=1" not in see(browser, address)


def test_sequential_no_page_is_left_out(sequential):
    browser, address = sequential
    assert "Question 1?" in questions_on(see(browser, f"{address}?page=3"))


def test_sequential_a_forged_form_changes_no_earlier_page(sequential):
    browser, address = sequential
    see(browser, f"{address}?page=2")
    for page in ("1", "2"):
        browser.post(address, {"page": page, "go": "save", "q1-base": "", "q1-choice": "0"})
    assert hand_in(browser, address).mark == 0


def test_sequential_the_json_address_changes_this_page_only(sequential):
    browser, address = sequential
    see(browser, f"{address}?page=2")
    for slot in (1, 2, 5):
        answer = send(browser, address, (3, {"choice": ["0"]}, ""), (slot, {"choice": ["0"]}, ""))
        assert answer.status_code == 400
        assert answer.json()["error"] == (
            "In this quiz only the questions of the page you are on can change."
        )
    assert send(browser, address, (3, {"choice": ["0"]}, "")).status_code == 200
    assert hand_in(browser, address).mark == 1


def test_sequential_a_forged_form_does_not_show_the_next_page_early(sequential):
    browser, address = sequential
    sent = {"page": "2", "go": "save", "q3-base": "", "q3-choice": "nine"}
    answer = browser.post(address, sent)
    assert "Question 3?" not in answer.content.decode()
    browser.post(address, {**sent, "q3-choice": "0"})
    fill(browser, address, q1_choice="0")
    assert hand_in(browser, address).mark == 1


# Language


def test_an_attempt_stays_in_the_language_it_was_begun_in(tmp_path):
    who = ada(quiz_run(tmp_path / "course"))
    french = signed_in(who, "fr")
    address = begin(french)
    english = signed_in(who, "en")
    for browser in (french, english):
        assert "Quelle est la capitale de la France" in see(browser, address)
    assert "Attempt 1" in read(english, address)
    hand_in(english, address)
    assert "Quelle est la capitale" in see(english, address)
    assert "What is the capital" in see(english, begin(english))
