"""Who needs help: where several stopped, and who fails a quiz again and again."""

import re
from datetime import datetime, timedelta

import pytest

from preau.learn.courses.models import Activity
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Enrolment
from tests.learn.events.writing import moment
from tests.learn.insights.test_pages import PAGE, PARIS, gather, record
from tests.learn.quizzes.taking import choice, done, read, run_of, see
from tests.people import ada, claire, person, signed_in, small_run

pytestmark = pytest.mark.django_db

LOST, FAILING = f"{PAGE}lost/", f"{PAGE}failing/"


def names(html):
    """Who is listed, in order."""
    return re.findall(r'<tr><th scope="row"><a href="mailto:[^"]*">([^<]*)</a>', html)


@pytest.fixture
def stopped(tmp_path):
    """A teacher's browser; Ann and Ben stopped at one activity, Cid at another."""
    run = small_run(tmp_path / "course")
    today = datetime.now(PARIS).date()
    for name, key in (("Ann", "practice"), ("Ben", "practice"), ("Cid", "sine"), ("Dot", None)):
        who = person(name)
        place_in_run(who, run)
        if key:
            activity = Activity.objects.get(key=key, section__course=run.course)
            Enrolment.objects.filter(person=who).update(last_activity=activity)
        record(run, who, moment(today - timedelta(days=20)))
    gather(today)
    return signed_in(claire(run))


def test_the_activities_at_which_several_stopped_are_named(stopped):
    html = see(stopped, LOST)
    assert sorted(names(html)) == ["Ann", "Ben", "Cid", "Dot"]
    assert re.findall(r'href="\?days=14&amp;at=([a-z]+)"', html) == ["practice"]
    html = see(stopped, f"{LOST}?days=14&at=practice")
    assert sorted(names(html)) == ["Ann", "Ben"]
    (letter,) = re.findall(r'href="mailto:\?bcc=([^"]*)"', html)
    assert sorted(letter.split(",")) == ["ann@example.org", "ben@example.org"]


def test_an_activity_that_is_not_there_filters_nothing(stopped):
    assert len(names(see(stopped, f"{LOST}?at=nix"))) == 4


@pytest.fixture
def quiz(tmp_path):
    """A run whose quiz passes with 60 %: two questions, any number of attempts."""
    return run_of(tmp_path / "course", choice("One"), choice("Two"), rules="pass: 60")


def tried(run, name, *tries, **more):
    """Each try answers both questions: 0 is right."""
    who = ada(run) if name == "Ada" else person(name)
    if name != "Ada":
        place_in_run(who, run)
    browser = signed_in(who)
    for one, two in tries:
        done(browser, q1_choice=str(one), q2_choice=str(two))
    return who


def test_who_failed_twice_and_never_passed_is_listed(quiz):
    tried(quiz, "Ada", (0, 1), (1, 1))
    tried(quiz, "Once", (1, 1))
    tried(quiz, "Passed", (1, 1), (1, 1), (0, 0))
    tried(quiz, "Thrice", (1, 1), (1, 1), (1, 1))
    teacher = signed_in(claire(quiz))
    html = see(teacher, FAILING)
    assert names(html) == ["Thrice", "Ada"]
    assert re.findall(r"<td>(\d)</td><td>(\d+) %</td>", html) == [("3", "0"), ("2", "50")]
    assert 'href="mailto:?bcc=thrice@example.org,ada@example.org"' in html
    assert names(see(teacher, f"{FAILING}?times=3")) == ["Thrice"]
    assert names(see(teacher, f"{FAILING}?times=1")) == ["Thrice", "Ada", "Once"]


def test_who_left_or_finished_or_only_tries_it_out_is_not(quiz):
    left, finished = (tried(quiz, name, (1, 1), (1, 1)) for name in ("Left", "Finished"))
    Enrolment.objects.filter(person=left).update(active=False)
    Enrolment.objects.filter(person=finished).update(finished_at=datetime.now(PARIS))
    teacher = signed_in(claire(quiz))
    done(teacher, q1_choice="1", q2_choice="1")
    done(teacher, q1_choice="1", q2_choice="1")
    assert names(see(teacher, FAILING)) == []
    assert "Nobody." in read(teacher, FAILING)


@pytest.mark.parametrize("query", ["times=0", "times=x", "times=100000", "from=9999999999"])
def test_odd_questions_are_answered_with_a_page(quiz, query):
    assert signed_in(claire(quiz)).get(f"{FAILING}?{query}").status_code == 200


def test_the_statistics_lead_to_each_quizs_items(quiz):
    teacher = signed_in(claire(quiz))
    html = see(teacher, PAGE)
    (address,) = re.findall(r'href="(/runs/[^"]*/quizzes/test/[^"]*)"', html)
    assert teacher.get(address).status_code == 200
