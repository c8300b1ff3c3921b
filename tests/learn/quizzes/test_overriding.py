"""Other rules for a learner, a group and a run: given, taken away, the nearest counts."""

import pytest

from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment
from preau.learn.quizzes.models import Attempt, Override
from preau.learn.quizzes.tasks import hand_in_what_is_late
from tests.learn.quizzes.quiz_course import QUIZ, START, begin, hand_in, send
from tests.learn.quizzes.taking import (
    ABOUT,
    attempt_at,
    choice,
    done,
    read,
    run_of,
    said,
    see,
)
from tests.people import RUN, ada, claire, person, signed_in, theo

pytestmark = pytest.mark.django_db
RULES = f"{ABOUT}rules/"
FORGET = f"{RULES}forget/"
ADA = "ada@example.org"


@pytest.fixture
def run(tmp_path, clock):
    return run_of(tmp_path / "course", choice("One"), rules="time_limit: 30\nattempts: 1")


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


@pytest.fixture
def browser(run):
    found = signed_in(ada(run))
    Enrolment.objects.filter(person__name="Ada").update(group="Evening")
    return found


def give(teacher, **rules):
    answer = teacher.post(RULES, rules)
    assert answer.status_code == 302, said(answer)


def minutes_of(browser):
    """What the quiz's page says of the time."""
    page = read(browser, QUIZ)
    return page.split(" minutes, counted")[0].rsplit(" ", 1)[1] if "counted" in page else ""


def test_the_nearest_word_counts_learner_before_group_before_run(teacher, browser):
    assert minutes_of(browser) == "30"
    give(teacher, minutes="40")
    assert minutes_of(browser) == "40"
    give(teacher, group="Evening", minutes="50")
    assert minutes_of(browser) == "50"
    give(teacher, email=ADA, minutes="60")
    assert minutes_of(browser) == "60"
    for scope in ("learner", "group", ""):
        row = Override.objects.get(scope__startswith=scope) if scope else Override.objects.get()
        teacher.post(FORGET, {"override": str(row.pk)})
    assert minutes_of(browser) == "30"


def test_an_empty_field_leaves_the_rule_as_the_wider_word_has_it(teacher, browser):
    give(teacher, attempts="3")
    give(teacher, email=ADA, minutes="45")
    page = read(browser, QUIZ)
    assert "3 attempts" in page
    assert "45 minutes" in page


def test_other_rules_are_for_those_named_only(run, teacher, browser):
    other = person("Bea")
    place_in_run(other, run)
    give(teacher, email=ADA, attempts="2")
    give(teacher, group="Evening", minutes="50")
    page = read(signed_in(other), QUIZ)
    assert "1 attempt" in page
    assert "30 minutes" in page


def test_zero_takes_a_limit_away(teacher, browser, clock):
    give(teacher, email=ADA, minutes="0", attempts="0")
    assert minutes_of(browser) == ""
    for _attempt in range(3):
        done(browser)
    address = begin(browser)
    clock.later(days=3)
    assert send(browser, address, (1, {"choice": ["0"]}, "")).status_code == 200


def test_more_time_counts_at_once_for_a_running_attempt(teacher, browser, clock):
    address = begin(browser)
    clock.later(minutes=29)
    give(teacher, email=ADA, minutes="60")
    clock.later(minutes=30)
    assert "To be handed in by 11 a.m." in read(browser, address)
    assert hand_in_what_is_late.func() == 0
    told = send(browser, address, (1, {"choice": ["0"]}, ""))
    assert told.json()["seconds_left"] == 60
    clock.later(minutes=3)
    assert hand_in_what_is_late.func() == 1
    assert attempt_at(address).mark == 1


def test_more_time_reopens_what_was_late_but_not_handed_in_yet(teacher, browser, clock):
    address = begin(browser)
    clock.later(minutes=35)
    give(teacher, email=ADA, minutes="60")
    assert send(browser, address, (1, {"choice": ["0"]}, "")).status_code == 200


def test_less_time_counts_at_once_too(teacher, browser, clock):
    address = begin(browser)
    clock.later(minutes=12)
    give(teacher, minutes="10")
    assert hand_in_what_is_late.func() == 1
    assert attempt_at(address).by_server


def test_taking_more_time_away_again_ends_a_running_attempt(teacher, browser, clock):
    give(teacher, email=ADA, minutes="60")
    address = begin(browser)
    clock.later(minutes=40)
    teacher.post(FORGET, {"override": str(Override.objects.get().pk)})
    assert send(browser, address, (1, {"choice": ["0"]}, "")).status_code == 409
    assert hand_in_what_is_late.func() == 1


def test_a_learner_may_have_other_dates(teacher, browser):
    give(teacher, closes_at="2027-01-11T09:00")
    give(teacher, group="Evening", opens_at="2027-01-11T09:30", closes_at="2027-01-11T12:00")
    begin(browser)
    assert "Closes on Jan. 11, 2027, noon" in read(browser, QUIZ)
    teacher.post(FORGET, {"override": str(Override.objects.get(scope="group:Evening").pk)})
    hand_in(browser, f"{QUIZ}quiz/1/")
    assert "You have used all" in read(browser, QUIZ) or "closed" in read(browser, QUIZ)


# Access key


def test_an_access_key_is_asked_for_and_compared(teacher, browser):
    give(teacher, access_key="Détour 9")
    assert 'name="access_key"' in see(browser, QUIZ)
    assert "Détour 9" not in see(browser, QUIZ)
    for key in ("", "detour 9", "Détour", "Détour 9\0", "é" * 5000):
        answer = browser.post(START, {"access_key": key}, follow=True)
        assert "This is not the access key of the quiz. Ask your teacher." in said(answer), key
    assert not Attempt.objects.exists()
    address = begin(browser, access_key=" Détour 9 ")
    assert begin(browser) == address, "who goes on needs no key"


def test_a_teacher_needs_no_access_key(teacher):
    give(teacher, access_key="secret")
    begin(teacher)


# The form


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Say at least one rule that differs."),
        ({"email": ADA}, "Say at least one rule that differs."),
        (
            {"email": ADA, "group": "Evening", "minutes": "9"},
            "Name a learner or a group, not both.",
        ),
        ({"email": "noah@example.org", "minutes": "9"}, "Nobody with this address follows"),
        ({"group": "Morning", "minutes": "9"}, "No learner of the session is in this group."),
        (
            {"opens_at": "2027-01-12T10:00", "closes_at": "2027-01-12T10:00"},
            "It must close after it opens.",
        ),
        ({"minutes": "-1"}, "greater than or equal to 0"),
        ({"minutes": "9" * 20}, "less than or equal to 525600"),
        ({"attempts": "two"}, "Enter a whole number."),
        ({"opens_at": "tomorrow"}, "Enter a valid date/time."),
        ({"access_key": "x" * 101}, "at most 100 characters"),
    ],
)
def test_rules_that_say_nothing_or_contradict_are_told(teacher, browser, sent, sentence):
    answer = teacher.post(RULES, sent)
    assert sentence in said(answer)
    assert not Override.objects.exists()


def test_giving_rules_again_replaces_them(teacher, browser):
    give(teacher, email=ADA, minutes="60", attempts="5")
    give(teacher, email=" ADA@example.org ", minutes="70")
    row = Override.objects.get()
    assert (row.minutes, row.attempts) == (70, None)
    page = read(teacher, RULES)
    assert "Ada" in page
    assert "70" in page


def test_only_those_who_teach_the_run_give_rules(run, browser):
    for who in (browser, signed_in(theo(run))):
        assert who.post(RULES, {"minutes": "99"}).status_code == 403
        assert who.post(FORGET, {"override": "1"}).status_code == 403
    assert not Override.objects.exists()


def test_removing_what_is_not_there_changes_nothing(teacher, browser):
    give(teacher, minutes="40")
    for asked in ("", "0", "99", "x", "9" * 5000):
        assert teacher.post(FORGET, {"override": asked}).status_code == 302
    assert Override.objects.get().minutes == 40
    assert RUN in RULES
