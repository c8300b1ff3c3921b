"""What a run's statistics say of its forums."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.learn.courses.models import Run
from preau.learn.enrolments.actions import place_in_run
from preau.learn.forum.models import Thread
from tests.learn.forum.talking import begun, door, first_post, forum_run, page_of, replied
from tests.learn.quizzes.conftest import Clock
from tests.learn.quizzes.taking import read, see
from tests.people import RUN, ada, claire, person, signed_in, small_run, theo

pytestmark = pytest.mark.django_db

PAGE = f"/runs/{RUN}/statistics/"
UNANSWERED = f"{PAGE}unanswered/"


@pytest.fixture
def run(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "site-media"
    return forum_run(tmp_path / "course")


@pytest.fixture
def clock(monkeypatch):
    """It is Monday 11 January 2027, ten o'clock in Paris."""
    found = Clock("2027-01-11T10:00")
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


def rows(browser, key="forum"):
    lines = b"".join(browser.get(f"{PAGE}{key}.csv").streaming_content).decode("utf-8-sig")
    return lines.splitlines()


def test_threads_posts_and_people_are_counted_week_by_week(run, clock, teacher):
    learner = signed_in(ada(run))
    thread = begun(learner)
    replied(teacher, thread)
    replied(teacher, thread)
    clock.later(days=7)
    replied(learner, thread)
    begun(learner)
    assert rows(teacher) == ["From,Threads,Posts,People", "2027-01-11,1,3,2", "2027-01-18,1,2,1"]
    html = see(teacher, PAGE)
    assert "5 posts in 2 threads; at most 2 people in a week" in html
    for form in ("csv", "svg", "png"):
        assert teacher.get(f"{PAGE}forum.{form}").status_code == 200


def test_a_run_in_which_nobody_has_written_has_an_empty_picture(run, teacher):
    assert rows(teacher) == ["From,Threads,Posts,People"]
    assert teacher.get(f"{PAGE}forum.png").status_code == 200
    assert "Nobody waits for an answer." in read(teacher, UNANSWERED)


def test_a_course_without_a_forum_shows_none(tmp_path):
    browser = signed_in(claire(small_run(tmp_path / "plain")))
    assert 'id="forum"' not in see(browser, PAGE)
    assert browser.get(f"{PAGE}forum.csv").status_code == 404


def test_what_waits_for_an_answer_is_one_click_away_the_oldest_first(run, clock, teacher):
    learner = signed_in(ada(run))
    waiting = []
    for title in ("First", "Second", "Third", "Closed", "Hidden"):
        clock.later(minutes=1)
        waiting.append(begun(learner, title))
    replied(teacher, waiting[1])
    teacher.post(f"{page_of(waiting[3])}settings/", {"closed": "1"})
    teacher.post(door(first_post(waiting[4]), "hide"), {"reason": "x"})
    html = see(teacher, UNANSWERED)
    found = re.findall(r'<a href="(/learn/[^"]+/forum/\d+/)">', html)
    assert found == [page_of(waiting[0]), page_of(waiting[2])]
    assert "2 threads in which nobody but their authors has written" in html
    assert "2 threads without an answer" in read(teacher, PAGE)
    assert f'href="{UNANSWERED}"' in see(teacher, PAGE)


def test_the_list_goes_on_by_key_also_where_many_were_begun_at_once(run, teacher):
    activity = run.course.activities.get(key="talk")
    start = datetime(2027, 1, 4, tzinfo=UTC)
    Thread.objects.bulk_create(
        Thread(
            run=run, activity=activity, title=f"T{it}", made_at=start - timedelta(minutes=it // 9)
        )
        for it in range(120)
    )
    found, address, pages = [], UNANSWERED, 0
    while address:
        html = see(teacher, address)
        found += re.findall(r"<bdi>(T\d+)</bdi>", html)
        following = re.search(r'href="(\?after=\d+)" rel="next"', html)
        address, pages = UNANSWERED + following[1] if following else "", pages + 1
    assert pages == 3
    assert found == [f"T{it}" for it in sorted(range(120), key=lambda it: (-(it // 9), it))]


@pytest.mark.parametrize("after", ["x", "-1", "0", "9" * 30])
def test_an_odd_page_is_answered_with_a_page(run, teacher, after):
    assert teacher.get(UNANSWERED, {"after": after}).status_code == 200


def test_another_runs_threads_are_not_listed(run, teacher):
    begun(signed_in(ada(run)), "Ours")
    other = Run.objects.get(key="small-keyed")
    who = person("Bob")
    place_in_run(who, other, "tutor")
    assert "Ours" not in see(signed_in(who), UNANSWERED.replace(RUN, "small-keyed"))


@pytest.mark.parametrize("path", [PAGE, UNANSWERED])
def test_the_pages_take_the_same_queries_for_many_threads(run, teacher, path):
    def queries():
        see(teacher, path)
        with CaptureQueriesContext(connection) as caught:
            see(teacher, path)
        return len(caught)

    thread = begun(signed_in(ada(run)))
    few = queries()
    Thread.objects.bulk_create(
        Thread(run=run, activity=thread.activity, author=person(f"P{it}"), title=f"T{it}")
        for it in range(40)
    )
    assert queries() == few


def test_a_tutor_sees_it_and_a_learner_does_not(run):
    assert signed_in(theo(run)).get(UNANSWERED).status_code == 200
    assert signed_in(ada(run)).get(UNANSWERED).status_code == 403
