"""Views of visitors are recorded, also of pages that come from memory."""

import json

import pytest
from django.test import Client

from preau.learn.courses.models import Course
from tests.people import ada, signed_in, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, settings):
    settings.VISITOR_SECONDS = 60
    return small_run(tmp_path / "small")


def events(settings):
    return [
        json.loads(line)
        for path in settings.EVENTS_FOLDER.glob("*.jsonl")
        for line in path.read_text().splitlines()
    ]


def test_each_view_is_an_event_whether_the_page_was_kept_or_not(
    run, settings, django_assert_num_queries
):
    visitor = Client(headers={"accept-language": "en"})
    pages = {"/": "home:landing", "/courses/?q=waves": "home:catalogue"}
    pages["/courses/small/"] = "home:course"
    answers = [visitor.get(path) for path in pages]
    Course.objects.all().update(version=0)  # nothing would be found any more
    with django_assert_num_queries(0):
        answers += [visitor.get(path) for path in pages] * 2
    assert {it.status_code for it in answers} == {200}
    told = events(settings)
    assert [it["page"] for it in told] == list(pages.values()) * 2
    assert [it["request"] for it in told] == [it["X-Request-Id"] for it in answers[:6]]
    for first, again in zip(told[:3], told[3:], strict=True):
        own = {"t", "request", "duration"}
        assert {name: it for name, it in first.items() if name not in own} == {
            name: it for name, it in again.items() if name not in own
        }
    assert {it["verb"] for it in told} == {"viewed"}
    assert {it["address"] for it in told} == {"127.0.0.0"}


def test_a_visitor_without_a_session_has_no_pseudonym(run, settings):
    signed_in(None).get("/courses/")
    signed_in(ada(run)).get("/courses/")
    visitor, person = (it for it in events(settings) if it["page"] == "home:catalogue")
    assert (visitor["person"], visitor["session"]) == (None, "")
    assert len(person["session"]) == 12


def test_what_could_not_be_found_is_no_view(run, settings):
    for _again in range(2):
        assert signed_in(None).get("/courses/nosuch/").status_code == 404
    assert events(settings) == []
