"""After a key was mended: who would change, then the change; hand marks and versions stay."""

from dataclasses import replace

import pytest

from preau.kit.questions.types.calculated import Calculated, Formula, Variable
from preau.kit.questions.types.choice import Choice, Option
from preau.kit.questions.types.short_answer import Pattern, ShortAnswer
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Completion
from preau.learn.grades.models import Grade
from preau.learn.quizzes.models import Attempt, QuestionVersion, Response
from tests.learn.quizzes.quiz_course import QUIZ, begin, hand_in
from tests.learn.quizzes.taking import (
    ABOUT,
    ESSAY,
    MARKS,
    asking,
    choice,
    done,
    fill,
    read,
    run_of,
    said,
    see,
)
from tests.people import ada, claire, person, signed_in, theo

pytestmark = pytest.mark.django_db
REGRADE = f"{ABOUT}regrade/"
NOW = f"{REGRADE}now/"
WHO = asking("Who", ShortAnswer((Pattern("Hertz"), Pattern("Ampere", 0.0))))
MENDED = replace(WHO, body=ShortAnswer((Pattern("Ampere"), Pattern("Hertz", 0.0, "Not he"))))


@pytest.fixture
def imported(tmp_path):
    """Imports the course with the quiz asking these; its run."""

    def take(*questions):
        return run_of(tmp_path / "course", *questions, completion="{mark: 15}")

    return take


@pytest.fixture
def run(imported):
    return imported(WHO, choice("One"), ESSAY)


@pytest.fixture
def mend(imported):
    """Imports the course again with the first question's key mended, or with others."""
    return lambda *questions: imported(*(questions or (MENDED, choice("One"), ESSAY)))


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


@pytest.fixture
def browser(run):
    return signed_in(ada(run))


def state():
    rows = Response.objects.order_by("pk").values_list("share", "marked_as", "to_mark", "answer")
    return list(rows), list(Attempt.objects.order_by("pk").values_list("mark", "to_mark"))


def test_nothing_would_change_while_no_key_did(browser, teacher, mend):
    done(browser, q1_text="Hertz")
    mend(replace(WHO, stem="<p>Who was it?</p>"), choice("One"), ESSAY)
    assert "Nobody’s mark would change." in read(teacher, REGRADE)


def test_the_preview_tells_who_changes_and_changes_nothing(run, browser, teacher, mend):
    done(browser, q1_text="Hertz", q2_choice="0")
    for name, answer in (("Bea", "Ampere"), ("Carl", "Volta")):
        who = person(name)
        place_in_run(who, run)
        done(signed_in(who), q1_text=answer)
    mend()
    before = state()
    page = read(teacher, REGRADE)
    assert "2 attempts would get another mark: 1 higher, 1 lower." in page
    assert "Ada 1 2 1 1" in page  # attempt 1, from 2 to 1, by question 1
    assert "Bea 1 0 1 1" in page
    assert "Carl" not in page
    assert state() == before


def test_regrading_changes_marks_grades_and_completions(browser, teacher, mend):
    attempt = done(browser, q1_text="Hertz")
    assert Completion.objects.get().how == "mark"
    mend()
    answer = teacher.post(NOW, follow=True)
    assert "1 attempt has a new mark." in said(answer)
    attempt.refresh_from_db()
    assert attempt.mark == Grade.objects.get().mark == 0
    assert not Completion.objects.exists()
    assert "0 / 6" in read(browser, MARKS)
    review = see(browser, f"{QUIZ}quiz/1/")
    assert "Not he" in review
    assert "Nobody’s mark would change." in read(teacher, REGRADE)


def test_a_higher_mark_completes(browser, teacher, mend):
    done(browser, q1_text="Ampere")
    assert not Completion.objects.exists()
    mend()
    teacher.post(NOW)
    assert Completion.objects.get().how == "mark"


def test_the_versions_that_were_asked_stay(browser, teacher, mend):
    attempt = done(browser, q1_text="Hertz")
    asked = attempt.asked
    mend(replace(MENDED, stem="<p>Who is it now?</p>"), choice("One"), ESSAY)
    teacher.post(NOW)
    attempt.refresh_from_db()
    assert attempt.asked == asked
    row = Response.objects.get(attempt=attempt, slot=1)
    assert (row.version.version, row.marked_as.version) == (1, 2)
    assert "Who?" in see(browser, f"{QUIZ}quiz/1/")
    assert QuestionVersion.objects.filter(question=row.version.question_id).count() == 2
    assert "Who is it now?" in see(browser, begin(browser))


def test_what_a_person_marked_stays(browser, teacher, mend):
    done(browser, q1_text="Hertz", q3_text="Up and down.")
    row = Response.objects.get(slot=3)
    address = f"{ABOUT}marking/{row.version.question_id}/"
    teacher.post(address, {"response": str(row.pk), "mark": "3"})
    Response.objects.filter(slot=1).update(marked_at=row.saved_at, share=0.5)  # by hand as well
    mend(MENDED, choice("One"), replace(ESSAY, stem="<p>Tell more of waves.</p>"))
    assert "Nobody’s mark would change." in read(teacher, REGRADE)
    teacher.post(NOW)
    assert dict(Response.objects.values_list("slot", "share")) == {1: 0.5, 2: 0, 3: 0.75}


def test_an_essay_that_waits_goes_on_waiting(browser, teacher, mend):
    attempt = done(browser, q1_text="Hertz", q3_text="Up and down.")
    mend()
    teacher.post(NOW)
    attempt.refresh_from_db()
    assert (attempt.mark, attempt.to_mark) == (None, 1)


def test_another_kind_of_question_does_not_mark_the_old_answers(browser, teacher, mend):
    done(browser, q2_choice="0")
    options = (Option("wrong"), Option("right", 1.0), Option("worse"), Option("new"))
    other = asking("One", Choice(options, shuffle=False))
    mend(WHO, other, ESSAY)
    assert "Nobody’s mark would change." in read(teacher, REGRADE)


def speed(formula, low, high):
    return asking("Speed", Calculated((Formula(formula),), (Variable("x", low, high),)))


def test_a_formula_that_was_mended_marks_with_the_values_that_were_seen(browser, teacher, mend):
    mend(speed("{x} * 3", 2, 2))
    done(browser, q1_number="4")
    mend(speed("{x} * 2", 2, 2))
    assert "1 higher, 0 lower" in read(teacher, REGRADE)
    teacher.post(NOW)
    assert Attempt.objects.get().mark == 1


def test_other_values_do_not_mark_answers_to_those_that_were_seen(browser, teacher, mend):
    mend(speed("{x} * 2", 2, 2))
    assert done(browser, q1_number="4").mark == 1
    mend(speed("{x} * 2", 50, 50))
    assert "Nobody’s mark would change." in read(teacher, REGRADE)


def test_open_attempts_are_left_alone_and_marked_by_the_key_they_were_asked(browser, teacher, mend):
    address = begin(browser)
    fill(browser, address, q1_text="Hertz")
    mend()
    teacher.post(NOW)
    assert Attempt.objects.get().is_open
    assert hand_in(browser, address).mark == 1


def test_what_was_checked_is_marked_again(tmp_path):
    rules = {"rules": "behaviour: immediate"}
    run = run_of(tmp_path / "course", WHO, **rules)
    browser, teacher = signed_in(ada(run)), signed_in(claire(run))
    address = begin(browser)
    fill(browser, address, "check:1", q1_text="Ampere")
    assert hand_in(browser, address).mark == 0
    run_of(tmp_path / "course", MENDED, **rules)
    teacher.post(NOW)
    assert Attempt.objects.get().mark == 1


def test_tutors_and_learners_do_not_regrade(run, browser):
    for who in (browser, signed_in(theo(run))):
        assert who.get(REGRADE).status_code == 403
        assert who.post(NOW).status_code == 403
