"""How many queries each page makes, and that the number does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run, set_bookmark, set_note
from tests.people import ada, claire, person, place, signed_in, small_run

pytestmark = pytest.mark.django_db

# What a signed-in learner's second visit costs. The first of them is always the session
# together with its person; "place" is the enrolment with what was completed and the versions of
# its run and course, which are kept in memory.
LEARNER = {
    "/dashboard/": 2,  # session, enrolments
    "/learn/small-now/": 2,  # session, place
    "/learn/small-now/sine/": 2,  # session, place with what is kept beside the activity
    "/learn/small-now/film/": 2,  # … and how far the video was watched
    "/runs/small-now/search/?q=wave": 3,  # session, place, texts
    "/runs/small-now/notebook/": 3,  # session, place, marks
    "/runs/small-keyed/enrol/": 3,  # session, run, enrolment
    "/account/profile/": 1,
    "/account/leave/": 1,
    "/account/my-data/": 1,
    "/courses/": 3,  # session, courses, runs
    "/courses/small/": 5,  # session, course, runs, own enrolments, assets
    "/": 3,
}


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def queries(browser, path):
    browser.get(path)  # what is shared is rendered on the first visit
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path)
    assert answer.status_code == 200, path
    return [it["sql"] for it in captured.captured_queries]


@pytest.mark.parametrize("path", LEARNER)
def test_a_page_makes_exactly_so_many_queries(run, path):
    browser = signed_in(ada(run))
    found = queries(browser, path)
    assert len(found) == LEARNER[path], "\n".join(found)


@pytest.mark.parametrize("path", [it for it in LEARNER if it.startswith(("/learn", "/dash"))])
def test_a_page_view_writes_nothing(run, path):
    found = queries(signed_in(ada(run)), path)
    assert not [sql for sql in found if not sql.startswith("SELECT")]


def grow(run, who, count):
    """More learners in the run, and more runs, completions, notes for one of them."""
    for number in range(count):
        place_in_run(person(f"Learner{number}"), run)
        other = Run.objects.create(course=run.course, key=f"other-{number}")
        place_in_run(who, other)
    mine = place(who)
    for activity in mine.outline.pages:
        set_bookmark(mine.enrolment, activity, bookmarked=True)
        set_note(mine.enrolment, activity, "kept")


@pytest.mark.parametrize("path", LEARNER)
def test_the_number_does_not_grow(run, path):
    who = ada(run)
    browser = signed_in(who)
    few = len(queries(browser, path))
    grow(run, who, 8)
    browser.post("/learn/small-now/practice/complete/", {"done": "1"})
    assert len(queries(browser, path)) == few


def test_the_list_of_people_costs_the_same_for_3_and_for_30(run):
    browser = signed_in(claire(run))
    for number in range(3):
        place_in_run(person(f"Few{number}"), run)
    few = len(queries(browser, "/runs/small-now/people/"))
    for number in range(30):
        place_in_run(person(f"Many{number}"), run)
    assert len(queries(browser, "/runs/small-now/people/")) == few == 3


def test_a_visitor_costs_no_session(run):
    browser = signed_in(None)
    found = queries(browser, "/courses/small/")
    assert not [sql for sql in found if "session" in sql]
