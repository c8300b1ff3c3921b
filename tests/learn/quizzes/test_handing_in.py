"""Handing in: what it completes, by its learner, by the server, after a regrade."""

import pytest

from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Completion
from preau.learn.grades.models import Grade
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.tasks import hand_in_what_is_late
from tests.learn.quizzes.quiz_course import QUIZ, START, begin, hand_in, send
from tests.learn.quizzes.taking import MARKS, attempt_at, choice, done, read, run_of, see
from tests.people import ada, claire, person, signed_in

pytestmark = pytest.mark.django_db
MANY = [choice(f"Question {number}") for number in range(1, 13)]


@pytest.fixture
def run(tmp_path, clock):
    """Builds a quiz by those rules; its run."""
    return lambda *questions, **more: run_of(tmp_path / "course", *questions, **more)


@pytest.fixture
def taker(run):
    """The same; its learner's browser."""
    return lambda *questions, **more: signed_in(ada(run(*questions, **more)))


@pytest.fixture
def completed():
    return lambda: list(Completion.objects.values_list("how", flat=True))


def test_passing_completes_and_a_worse_attempt_takes_nothing_away(taker, completed):
    browser = taker(*MANY[:4], rules="pass: 75", completion="passed")
    assert "Passed with 75 %" in read(browser, QUIZ)
    done(browser, q1_choice="0", q2_choice="0")
    assert completed() == []
    assert "not passed yet" in read(browser, QUIZ)
    done(browser, q1_choice="0", q2_choice="0", q3_choice="0")
    assert completed() == ["mark"]
    done(browser)
    assert completed() == ["mark"]


def test_a_mark_of_so_much_completes(taker, completed):
    browser = taker(*MANY[:5], completion="{mark: 60}")
    done(browser, q1_choice="0", q2_choice="0")
    assert completed() == []
    done(browser, q1_choice="0", q2_choice="0", q3_choice="0")
    assert completed() == ["mark"]


def test_where_the_last_counts_a_worse_attempt_takes_the_completion_back(taker, completed):
    browser = taker(choice("One"), rules="counts: last", completion="passed")
    done(browser, q1_choice="0")
    assert completed() == ["mark"]
    done(browser, q1_choice="1")
    assert completed() == []


def test_time_that_ran_out_completes_what_asks_for_handing_in(taker, clock, completed):
    browser = taker(choice("One"), rules="time_limit: 5", completion="handed-in")
    begin(browser)
    clock.later(minutes=7)
    see(browser, QUIZ)
    assert completed() == ["handed-in"]


# By the server, when nobody looks


def sweep():
    return hand_in_what_is_late.func()


def test_the_scheduler_hands_in_what_is_late_with_what_was_acknowledged(run, clock):
    own = run(choice("One"), choice("Two"), rules="time_limit: 5\ngrace: 30")
    browser = signed_in(ada(own))
    address = begin(browser)
    send(browser, address, (1, {"choice": ["0"]}, ""))
    clock.later(minutes=5, seconds=30)
    assert sweep() == 0
    assert attempt_at(address).is_open
    clock.later(seconds=1)
    assert sweep() == 1
    attempt = attempt_at(address)
    assert (attempt.mark, attempt.by_server, attempt.submitted_at) == (1, True, clock.now)
    assert Grade.objects.get().mark == 1
    assert Completion.objects.get().how == "handed-in"
    assert sweep() == 0


def test_the_scheduler_leaves_what_has_no_end_and_what_is_handed_in(run, clock):
    browser = signed_in(ada(run(choice("One"))))
    done(browser)
    begin(browser)
    clock.later(days=400)
    assert sweep() == 0
    assert Attempt.objects.filter(submitted_at=None).count() == 1


def test_the_scheduler_hands_in_for_many_learners(run, clock):
    own = run(choice("One"), rules="time_limit: 5")
    for number in range(4):
        who = person(f"Learner{number}")
        place_in_run(who, own)
        begin(signed_in(who))
    clock.later(minutes=7)
    assert sweep() == 4


def test_an_end_that_runs_yaml_sets_later_is_found_by_the_scheduler(
    run, clock, django_capture_on_commit_callbacks
):
    browser = signed_in(ada(run(choice("One"))))
    address = begin(browser)
    with django_capture_on_commit_callbacks(execute=True):
        run(choice("One"), dates="{closes: '2027-01-11T11:00'}")
    clock.later(hours=1, minutes=2)
    assert sweep() == 1
    assert attempt_at(address).by_server


# Attempts of those who teach


def test_a_teachers_attempt_counts_for_nothing(run):
    own = run(choice("One"), rules="attempts: 1", completion="passed")
    teacher = signed_in(claire(own))
    assert "An attempt of yours counts for nothing." in read(teacher, QUIZ)
    for _again in range(2):
        address = begin(teacher)
        send(teacher, address, (1, {"choice": ["0"]}, ""))
        attempt = hand_in(teacher, address)
    assert (attempt.trial, attempt.mark) == (True, 1)
    assert not Grade.objects.exists()
    assert not Completion.objects.exists()
    about = f"/runs/{own.key}/quizzes/test/"
    assert "Nobody has handed in an attempt yet." in read(teacher, about)
    assert "trial" in read(teacher, f"{about}attempts/")
    assert teacher.get(f"{about}answers.csv").getvalue().decode().count("\n") == 1
    assert "No mark yet" in read(teacher, MARKS)


def test_a_teacher_may_try_before_the_quiz_opens_and_a_learner_may_not(run):
    own = run(choice("One"), dates="{opens: 2027-02-01}")
    assert signed_in(ada(own)).post(START)["Location"] == QUIZ
    begin(signed_in(claire(own)))
    assert Attempt.objects.get().trial
