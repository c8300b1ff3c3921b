"""Everybody begins at once: some wait a moment, nobody loses time."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.enrolments.actions import place_in_run
from preau.learn.quizzes.admission import Admission, read_ticket, ticket_for
from preau.learn.quizzes.models import Attempt
from preau.learn.quizzes.views import attempting
from tests.learn.quizzes.quiz_course import QUIZ, START, quiz_run
from tests.people import ada, person, signed_in


@given(st.lists(st.floats(0, 0.2), max_size=300), st.floats(1, 50))
def test_turns_come_at_a_steady_rate(gaps, rate):
    admission, now, turns = Admission(rate), 0.0, []
    for gap in gaps:
        now += gap
        turns.append(now + admission.seconds(now))
    for start in turns:
        within = [it for it in turns if start <= it < start + 1]
        # Those let in at once count when they come, up to half a second before their turn.
        assert len(within) <= rate * 1.5 + 2


def test_a_lone_learner_never_waits():
    admission = Admission(5)
    assert [admission.seconds(now) for now in (0.0, 1.0, 2.0, 3.0)] == [0, 0, 0, 0]


def test_a_ticket_is_good_for_its_bearer_only():
    ticket = ticket_for("1:2", 1000.0)
    assert read_ticket(ticket, "1:2") == 1000.0
    assert read_ticket(ticket, "3:2") is None
    assert read_ticket(ticket[:-1], "1:2") is None
    assert read_ticket("", "1:2") is None


@pytest.mark.django_db
def test_who_comes_too_soon_is_given_a_turn_and_all_of_the_time(tmp_path, monkeypatch):
    run = quiz_run(tmp_path / "course", "time_limit: 10")
    monkeypatch.setattr(attempting, "_admission", Admission(0.01))  # a turn in 100 seconds
    other = person("Bea")
    place_in_run(other, run)
    assert signed_in(other).post(START).status_code == 302
    browser = signed_in(ada(run))
    waiting = browser.post(START)
    assert waiting.status_code == 202
    assert 50 < int(waiting["Retry-After"]) <= 100
    page = waiting.content.decode()
    assert "your time only begins then" in page
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    early = browser.post(START, {"ticket": ticket})
    assert early.status_code == 202
    assert ticket in early.content.decode()
    now = time.time()
    monkeypatch.setattr(attempting.time, "time", lambda: now + 101)
    assert browser.post(START, {"ticket": ticket}).status_code == 302
    attempt = Attempt.objects.get(enrolment__person__name="Ada")
    assert (attempt.due_at - attempt.started_at).total_seconds() == 600
    assert browser.get(QUIZ).status_code == 200


@pytest.mark.django_db
def test_who_goes_on_takes_nobodys_turn(tmp_path, monkeypatch):
    run = quiz_run(tmp_path / "course")
    browser = signed_in(ada(run))
    assert browser.post(START).status_code == 302
    monkeypatch.setattr(attempting, "_admission", Admission(0.01))
    for _again in range(3):
        assert browser.post(START).status_code == 302
    other = person("Bea")
    place_in_run(other, run)
    assert signed_in(other).post(START).status_code == 302
