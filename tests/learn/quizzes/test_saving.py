"""Answers as they are saved: two tabs, repeated, late and out-of-order requests."""

import pytest

from preau.learn.quizzes.answers import answer_key
from preau.learn.quizzes.models import Attempt, Response
from tests.learn.quizzes.quiz_course import begin, hand_in, quiz_run, responses, send
from tests.learn.quizzes.taking import attempt_at, fill, said, see
from tests.people import ada, signed_in

pytestmark = pytest.mark.django_db

PARIS, LYON, LILLE = ({"choice": [it]} for it in "012")


@pytest.fixture
def who(clock, tmp_path):
    return ada(quiz_run(tmp_path / "course", "time_limit: 10\ngrace: 30"))


@pytest.fixture
def laptop(who):
    return signed_in(who)


@pytest.fixture
def phone(who):
    return signed_in(who)


@pytest.fixture
def address(laptop):
    return begin(laptop)


def key_of(answer, slot=1):
    assert answer.status_code == 200, answer.content
    return answer.json()["saved"][str(slot)]


def kept(slot=1):
    return Response.objects.get(slot=slot).answer


def test_the_second_of_two_devices_is_told_what_the_first_saved(laptop, phone, address):
    send(laptop, address, (1, PARIS, ""))
    told = send(phone, address, (1, LYON, "")).json()
    assert told["conflicts"] == {"1": PARIS}
    assert told["saved"] == {}
    assert kept() == PARIS


def test_who_has_seen_the_other_answer_may_replace_it(laptop, phone, address):
    key = key_of(send(laptop, address, (1, PARIS, "")))
    key_of(send(phone, address, (1, LYON, key)))
    assert kept() == LYON


def test_a_conflict_in_one_question_does_not_keep_the_others_from_being_saved(
    laptop, phone, address
):
    send(laptop, address, (1, PARIS, ""))
    told = send(phone, address, (1, LYON, ""), (3, {"text": ["Hz"]}, "")).json()
    assert list(told["conflicts"]) == ["1"]
    assert list(told["saved"]) == ["3"]
    assert kept(3) == {"text": ["Hz"]}


def test_a_form_from_an_older_tab_overwrites_nothing_and_shows_both(laptop, phone, address):
    sent = {"page": "1", "go": "finish", "q1-base": "", "q1-choice": "1"}
    key_of(send(phone, address, (1, PARIS, "")))
    answer = laptop.post(address, sent)
    assert answer.status_code == 409
    assert "Question 1 was answered in another tab or on another device meanwhile" in said(answer)
    assert "What you just sent, and which was not kept: Lyon" in said(answer)
    assert 'value="0" checked' in answer.content.decode()
    assert kept() == PARIS


def test_the_page_shown_after_a_conflict_can_be_sent_again(laptop, phone, address):
    key = key_of(send(phone, address, (1, PARIS, "")))
    stale = {"page": "1", "go": "save", "q1-base": "", "q1-choice": "1"}
    shown = laptop.post(address, stale).content.decode()
    assert f'name="q1-base" value="{key}"' in shown
    assert laptop.post(address, {**stale, "q1-base": key}).status_code == 302
    assert kept() == LYON


def test_a_request_repeated_changes_nothing_and_says_the_same(laptop, address):
    first = send(laptop, address, (1, PARIS, "")).json()
    row = Response.objects.values().get()
    for _again in range(2):
        again = send(laptop, address, (1, PARIS, "")).json()
        assert (again["saved"], again["conflicts"]) == (first["saved"], {})
    assert Response.objects.values().get() == row


def test_an_older_answer_that_arrives_later_does_not_overwrite(laptop, address):
    first = key_of(send(laptop, address, (1, PARIS, "")))
    key_of(send(laptop, address, (1, LYON, first)))
    late = send(laptop, address, (1, PARIS, "")).json()
    assert late["conflicts"] == {"1": LYON}
    assert kept() == LYON


def test_a_newer_answer_that_overtakes_the_older_is_not_lost(laptop, address):
    newer = send(laptop, address, (1, LYON, answer_key(PARIS))).json()
    assert newer["conflicts"] == {"1": {}}
    key = key_of(send(laptop, address, (1, PARIS, "")))
    key_of(send(laptop, address, (1, LYON, key)))
    assert kept() == LYON


def test_an_answer_can_be_taken_back(laptop, address):
    key = key_of(send(laptop, address, (1, PARIS, "")))
    assert key_of(send(laptop, address, (1, {"choice": []}, key))) == ""
    assert kept() == {}
    assert hand_in(laptop, address).mark == 0


def test_the_grace_takes_what_is_still_under_way(laptop, address, clock, who):
    start = attempt_at(address)
    clock.now = start.due_at
    clock.later(seconds=29)
    key_of(send(laptop, address, (1, PARIS, "")))
    assert fill(laptop, address, q3_text="Hz").status_code == 302
    clock.later(seconds=31)
    see(laptop, address)
    attempt = attempt_at(address)
    assert attempt.by_server
    assert attempt.mark == 2


def test_a_late_answer_is_refused_and_changes_nothing(laptop, address, clock):
    key = key_of(send(laptop, address, (1, PARIS, "")))
    before = list(Response.objects.values())
    clock.now = attempt_at(address).due_at
    clock.later(seconds=31)
    answer = send(laptop, address, (1, LYON, key))
    assert answer.status_code == 409
    assert answer.json() == {
        "error": "This attempt is handed in already; nothing was changed.",
        "closed": True,
    }
    assert list(Response.objects.values()) == before


def test_a_late_form_is_refused_and_what_was_acknowledged_is_handed_in(laptop, address, clock):
    key = key_of(send(laptop, address, (1, PARIS, "")))
    clock.now = attempt_at(address).due_at
    clock.later(seconds=31)
    sent = {"page": "1", "go": "save", "q1-base": key, "q1-choice": "1"}
    answer = laptop.post(address, sent, follow=True)
    assert "Your time was over: what you had answered was handed in." in said(answer)
    assert "nothing was changed" in said(answer)
    assert kept() == PARIS
    assert attempt_at(address).mark == 1


def test_after_handing_in_answers_are_refused(laptop, phone, address):
    key = key_of(send(laptop, address, (1, PARIS, "")))
    attempt = hand_in(laptop, address)
    assert send(phone, address, (1, LYON, key)).status_code == 409
    form = {"page": "1", "go": "check:1", "q1-base": key, "q1-choice": "1"}
    answer = phone.post(address, form, follow=True)
    assert "This attempt is handed in already; nothing was changed." in said(answer)
    assert responses(attempt)[1].answer == PARIS


def test_handing_in_twice_is_handing_in_once(laptop, phone, address, clock):
    send(laptop, address, (1, PARIS, ""))
    first = hand_in(laptop, address)
    clock.later(hours=1)
    assert hand_in(phone, address).submitted_at == first.submitted_at
    assert Attempt.objects.count() == 1


def test_pages_of_a_form_keep_what_the_other_pages_have(laptop, address):
    send(laptop, address, (1, PARIS, ""))
    assert fill(laptop, address, q3_text="hertz").status_code == 302
    assert kept() == PARIS


def test_the_time_left_is_told_with_every_answer(laptop, address, clock):
    clock.now = attempt_at(address).started_at
    clock.later(minutes=4)
    told = send(laptop, address, (1, PARIS, "")).json()
    assert told["seconds_left"] == 360
