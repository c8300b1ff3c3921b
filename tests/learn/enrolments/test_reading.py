"""Following the small course, page by page."""

import pytest

from tests.people import ada, signed_in, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def test_the_course_page_shows_the_sections_in_order(run):
    page = signed_in(ada(run)).get("/learn/small-now/").content.decode()
    assert page.index("Waves") < page.index("The sine") < page.index("Networks")


def test_opening_a_page_completes_it(run):
    browser = signed_in(ada(run))
    browser.get("/learn/small-now/sine/")
    enrolment = run.enrolments.get()
    assert enrolment.completed_count == 1
    assert enrolment.last_activity.key == "sine"


def test_a_section_opens_when_the_one_before_is_complete(run):
    browser = signed_in(ada(run))
    assert browser.get("/learn/small-now/packets/").status_code == 403
    browser.get("/learn/small-now/sine/")
    browser.post("/learn/small-now/practice/complete/", {"done": "1"})
    browser.post(
        "/learn/small-now/film/watched/",
        {"position": 19, "duration": 20, "seen": [[0, 19]]},
        content_type="application/json",
    )
    assert browser.get("/learn/small-now/packets/").status_code == 200
