"""Counters and flags are true after whatever people do, in whatever order, at whatever moment."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from preau.learn.accounts.models import Person
from preau.learn.forum import actions
from preau.learn.forum.models import Post, Thread, Week
from preau.learn.forum.queries import waiting_in
from tests.learn.enrolments.doing import at_once
from tests.learn.forum.talking import (
    begun,
    door,
    first_post,
    forum_run,
    page_of,
    replied,
    reply,
    start,
)
from tests.people import ada, claire, person, place, signed_in, theo

STEPS = st.tuples(
    st.sampled_from(
        [
            "start",
            "reply",
            "reply",
            "reply",
            "again",
            "edit",
            "take back",
            "hide",
            "show",
            "close",
            "open",
            "pin",
        ]
    ),
    st.integers(0, 3),  # who
    st.integers(0, 20),  # which thread, post or form
)


class Talk:
    """A run in which things happen; what must be true is counted by the plainest way."""

    def __init__(self, run):
        self.people = [ada(run), claire(run), theo(run), person("Bob")]
        from preau.learn.enrolments.actions import place_in_run

        place_in_run(self.people[3], run)
        self.places = [place(who) for who in self.people]
        self.activity = self.places[0].outline.by_key["talk"]
        self.nonces = 0

    def do(self, what, who, which):
        person, place = self.people[who], self.places[who]
        self.nonces += what in {"start", "reply"}
        nonce = f"{self.nonces}"
        if what == "start":
            actions.start_thread(place, self.activity, person, f"T{nonce}", "Text", nonce)
            return
        threads, posts = Thread.objects.order_by("pk"), Post.objects.order_by("pk")
        if threads:
            self.change(what, threads[which % len(threads)], posts[which % len(posts)])
            if what in {"reply", "again"} and not threads[which % len(threads)].closed:
                thread = threads[which % len(threads)]
                actions.reply(place, thread, person, f"Text {nonce}", nonce)

    def change(self, what, thread, post):
        does = {
            "take back": lambda: actions.take_back(post),
            "hide": lambda: actions.hide(post, self.people[2], "A reason"),
            "show": lambda: actions.show(post),
            "close": lambda: actions.set_closed(thread, closed=True),
            "open": lambda: actions.set_closed(thread, closed=False),
            "pin": lambda: actions.set_pinned(thread, not thread.pinned),
        }
        if what == "edit" and post.is_readable:
            actions.edit(post, "small-now", f"{post.text}.", actions.version_of(post))
        elif what in does:
            does[what]()


def all_is_true(run):
    for thread in Thread.objects.all():
        posts = list(Post.objects.filter(thread=thread).order_by("pk"))
        readable = [it for it in posts if it.hidden_at is None and it.taken_back_at is None]
        answers = [it for it in readable if it.author_id != posts[0].author_id]
        assert [it.number for it in posts] == list(range(1, thread.written + 1))
        assert thread.posts_count == len(readable)
        assert thread.answers_count == len(answers)
        assert thread.hidden == (posts[0] not in readable)
        assert thread.waiting == (not answers and not thread.closed and posts[0] in readable)
        assert thread.last_post_at == (readable[-1].made_at if readable else thread.made_at)
    (week,) = Week.objects.filter(run=run) or [Week()]
    posts = Post.objects.all()
    assert week.posts == len(posts)
    assert week.threads == Thread.objects.count()
    assert week.people == len({it.author_id for it in posts})


class TestCounters(TestCase):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path / "media"
        self.folder = tmp_path / "course"

    @given(st.lists(STEPS, max_size=25))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    def test_they_are_what_counting_the_posts_gives(self, steps):
        run = forum_run(self.folder)
        talk = Talk(run)
        before = actions.MOST
        actions.MOST = 1000
        try:
            for step in steps:
                talk.do(*step)
                all_is_true(run)
        finally:
            actions.MOST = before


pytestmark = pytest.mark.django_db


def test_a_thread_waits_until_somebody_else_writes_in_it(run, clock):
    learner, teacher = signed_in(ada(run)), signed_in(claire(run))
    waiting = [begun(learner, title) for title in ("One", "Two", "Three", "Four")]
    replied(teacher, waiting[0])
    teacher.post(f"{page_of(waiting[1])}settings/", {"closed": "1"})
    teacher.post(door(first_post(waiting[2]), "hide"), {"reason": "x"})
    assert [it.title for it in waiting_in(run.pk)] == ["Four"]
    teacher.post(f"{page_of(waiting[1])}settings/", {"closed": "0"})
    teacher.post(door(first_post(waiting[2]), "show"))
    assert [it.title for it in waiting_in(run.pk)] == ["Two", "Three", "Four"]


def test_a_week_begins_on_monday_by_the_sites_clock(run, clock):
    learner, teacher = signed_in(ada(run)), signed_in(claire(run))
    clock.set("2027-01-17T23:59:59")
    thread = begun(learner)
    replied(learner, thread)
    replied(teacher, thread)
    clock.set("2027-01-18T00:00:00")
    replied(learner, thread)
    found = Week.objects.order_by("start").values_list("start", "threads", "posts", "people")
    assert [(f"{start}", *counts) for start, *counts in found] == [
        ("2027-01-11", 1, 3, 2), ("2027-01-18", 0, 1, 1),
    ]  # fmt: skip


def test_what_is_hidden_later_stays_counted_in_its_week(run):
    learner, teacher = signed_in(ada(run)), signed_in(claire(run))
    thread = begun(learner)
    teacher.post(door(first_post(thread), "hide"), {"reason": "x"})
    learner.post(door(replied(learner, thread), "take-back"))
    week = Week.objects.get()
    assert (week.threads, week.posts, week.people) == (1, 2, 1)


def test_a_person_who_is_gone_leaves_answers_answers(run):
    who = ada(run)
    thread = begun(signed_in(who))
    replied(signed_in(claire(run)), thread)
    Person.objects.filter(pk=who.pk).delete()
    tutor = signed_in(theo(run))
    tutor.post(door(Post.objects.order_by("-pk")[0], "hide"), {"reason": "x"})
    thread.refresh_from_db()
    assert (thread.posts_count, thread.answers_count, thread.waiting) == (1, 0, True)


# At once


@pytest.fixture
def busy(shared_database, tmp_path):
    return forum_run(tmp_path / "course")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_same_form_from_four_tabs_posts_once(self, busy):
        who = ada(busy)
        tabs = [signed_in(who) for _number in range(4)]
        answers = at_once(*(lambda tab=tab: start(tab, nonce="abc") for tab in tabs))
        assert [it.status_code for it in answers] == [302] * 4
        assert len({it["Location"] for it in answers}) == 1
        assert Thread.objects.count() == Post.objects.count() == Week.objects.get().posts == 1

    def test_eight_people_who_answer_at_once_are_all_counted(self, busy):
        from preau.learn.enrolments.actions import place_in_run

        thread = begun(signed_in(ada(busy)))
        people = [person(f"Learner{number}") for number in range(8)]
        for who in people:
            place_in_run(who, busy)
        browsers = [signed_in(who) for who in people]
        answers = at_once(*(lambda it=it: reply(it, thread) for it in browsers))
        assert [it.status_code for it in answers] == [302] * 8
        thread.refresh_from_db()
        assert (thread.posts_count, thread.answers_count) == (9, 8)
        all_is_true(busy)

    def test_eight_people_who_begin_the_week_at_once_are_all_counted(self, busy):
        from preau.learn.enrolments.actions import place_in_run

        people = [person(f"Learner{number}") for number in range(8)]
        for who in people:
            place_in_run(who, busy)
        browsers = [signed_in(who) for who in people]
        answers = at_once(*(lambda it=it: start(it) for it in browsers))
        assert [it.status_code for it in answers] == [302] * 8
        all_is_true(busy)

    def test_who_answers_while_hiding_and_others_do_the_same_wait_for_nobody_for_ever(self, busy):
        teacher, tutor = signed_in(claire(busy)), signed_in(theo(busy))
        thread = begun(signed_in(ada(busy)))
        mine, theirs = replied(teacher, thread), replied(tutor, thread)
        answers = at_once(
            lambda: reply(teacher, thread),
            lambda: reply(tutor, thread),
            lambda: teacher.post(door(theirs, "hide"), {"reason": "x"}),
            lambda: tutor.post(door(mine, "hide"), {"reason": "x"}),
            lambda: tutor.post(door(first_post(thread), "hide"), {"reason": "x"}),
            lambda: teacher.post(f"{page_of(thread)}settings/", {"pinned": "1"}),
        )
        assert [it.status_code for it in answers] == [302] * 6
        all_is_true(busy)

    def test_ten_posts_a_minute_are_ten_from_however_many_tabs(self, busy):
        who = ada(busy)
        thread = begun(signed_in(who))
        Post.objects.update(made_at=timezone.now() - timedelta(minutes=2))
        tabs = [signed_in(who) for _number in range(14)]
        answers = at_once(*(lambda tab=tab: reply(tab, thread) for tab in tabs))
        assert sorted(it.status_code for it in answers) == [302] * 10 + [429] * 4
