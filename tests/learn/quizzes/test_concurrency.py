"""Several requests about one attempt at the same time, each in a thread of its own."""

from functools import partial

import pytest

from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Completion, RunRole
from preau.learn.grades.models import Grade
from preau.learn.quizzes.answers import answer_key
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.quizzes.tasks import hand_in_what_is_late
from tests.learn.enrolments.doing import at_once
from tests.learn.quizzes.quiz_course import START, begin, hand_in, send
from tests.learn.quizzes.taking import ABOUT, ESSAY, HERTZ, attempt_at, choice, done, run_of, said
from tests.people import ada, claire, person, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(shared_database, tmp_path):
    return run_of(tmp_path / "course", choice("One"), choice("Two"), ESSAY)


@pytest.fixture
def who(run):
    return ada(run)


def tutor(run):
    who = person("Tom")
    place_in_run(who, run, RunRole.TUTOR)
    return who


def tabs(who, count=2):
    return [signed_in(who) for _number in range(count)]


def test_two_starts_at_once_begin_one_attempt(who):
    answers = at_once(*(lambda tab=tab: tab.post(START) for tab in tabs(who, 4)))
    assert {it.status_code for it in answers} == {302}
    assert len({it["Location"] for it in answers}) == 1
    assert Attempt.objects.count() == 1


def test_of_two_answers_at_once_one_is_kept_and_the_other_told(who):
    first, second = tabs(who)
    address = begin(first)
    options = {"0": first, "1": second}
    told = at_once(
        *(
            lambda tab=tab, it=it: send(tab, address, (1, {"choice": [it]}, "")).json()
            for it, tab in options.items()
        )
    )
    kept = Response.objects.get().answer["choice"][0]
    for value, answer in zip(options, told, strict=True):
        assert list(answer["saved"]) == (["1"] if value == kept else [])
        assert answer["conflicts"] == ({} if value == kept else {"1": {"choice": [kept]}})


def test_answers_to_different_questions_at_once_are_both_kept(who):
    first, second = tabs(who)
    address = begin(first)
    answers = at_once(
        lambda: send(first, address, (1, {"choice": ["0"]}, "")),
        lambda: send(second, address, (2, {"choice": ["0"]}, "")),
    )
    assert [it.status_code for it in answers] == [200, 200]
    assert hand_in(first, address).mark == 2


def test_two_tabs_that_save_all_the_time_lose_nothing_that_was_acknowledged(who):
    first, second = tabs(who)
    address = begin(first)

    def save(tab, own):
        """Its own question each time, and the one that both answer as far as it may."""
        bases, shared = {own: "", 3: ""}, None
        for number in range(8):
            changes = [(own, {"choice": [str(number % 2)]}), (3, {"text": [f"{own} {number}"]})]
            told = send(tab, address, *((it, answer, bases[it]) for it, answer in changes)).json()
            assert str(own) in told["saved"], "nobody else answers this one"
            bases |= {int(slot): key for slot, key in told["saved"].items()}
            if "3" in told["saved"]:
                shared = changes[1][1]
            else:
                bases[3] = answer_key(told["conflicts"]["3"])
        return shared

    texts = at_once(lambda: save(first, 1), lambda: save(second, 2))
    rows = {it.slot: it.answer for it in Response.objects.all()}
    assert len(rows) == 3
    assert rows[1] == rows[2] == {"choice": ["1"]}
    assert rows[3] in texts


def test_an_answer_saved_while_another_tab_checks_stands(shared_database, tmp_path):
    run = run_of(tmp_path / "course", HERTZ, rules="behaviour: interactive")
    first, second = tabs(ada(run))
    for _round in range(5):
        address = begin(first)
        key = send(first, address, (1, {"text": ["Ampere"]}, "")).json()["saved"]["1"]
        saved, checked = at_once(
            partial(send, first, address, (1, {"text": ["Hertz"]}, key)),
            partial(second.post, address, {"page": "1", "go": "check:1"}),
        )
        assert checked.status_code == 302
        assert list(saved.json()["saved"]) == ["1"]
        attempt = hand_in(first, address)
        row = Response.objects.get(attempt=attempt)
        assert row.answer == {"text": ["Hertz"]}
        assert [it["answer"]["text"] for it in row.tries] in ([["Ampere"]], [["Hertz"]])
        assert attempt.mark == (0.75 if row.tries[0]["answer"]["text"] == ["Ampere"] else 1)


def test_what_was_acknowledged_while_somebody_hands_in_is_marked(who):
    first, second = tabs(who)
    for _round in range(5):
        address = begin(first)
        saved, handed = at_once(
            partial(send, first, address, (1, {"choice": ["0"]}, "")),
            partial(second.post, f"{address}hand-in/"),
        )
        assert handed.status_code == 302
        assert saved.status_code in {200, 409}
        attempt = attempt_at(address)
        row = Response.objects.get(attempt=attempt, slot=1)
        acknowledged = saved.status_code == 200
        assert row.answer == ({"choice": ["0"]} if acknowledged else {})
        assert attempt.mark == row.share == float(acknowledged)
        assert Response.objects.filter(attempt=attempt).count() == 3


def test_handing_in_from_two_tabs_and_by_the_server_at_once_is_done_once(run, who, clock):
    first, second = tabs(who)
    give = signed_in(claire(run))
    assert give.post(f"{ABOUT}rules/", {"minutes": "5"}).status_code == 302
    address = begin(first)
    send(first, address, (1, {"choice": ["0"]}, ""))
    clock.later(minutes=7)
    at_once(
        lambda: first.post(f"{address}hand-in/"),
        lambda: second.get(address),
        hand_in_what_is_late.func,
    )
    assert attempt_at(address).mark == 1
    assert Response.objects.count() == 3
    assert Completion.objects.count() == Grade.objects.count() == 1


def test_of_two_markers_at_once_one_counts_and_the_other_is_told(run, who):
    (browser,) = tabs(who, 1)
    attempt = done(browser, q3_text="Waves go up and down.")
    row = Response.objects.get(attempt=attempt, slot=3)
    question = row.version.question_id
    markers = {"1": signed_in(tutor(run)), "3": signed_in(claire(run))}
    answers = at_once(
        *(
            lambda it=it, mark=mark: it.post(
                f"{ABOUT}marking/{question}/",
                {"response": str(row.pk), "mark": mark, "comment": f"worth {mark}"},
                follow=True,
            )
            for mark, it in markers.items()
        )
    )
    row.refresh_from_db()
    kept = f"{row.share * 4:g}"
    assert row.comment == f"worth {kept}"
    for mark, answer in zip(markers, answers, strict=True):
        sentence = "The mark is saved." if mark == kept else "Somebody else marked this answer"
        assert sentence in said(answer)
    attempt.refresh_from_db()
    assert attempt.mark == Grade.objects.get().mark == float(kept)


def test_two_attempts_of_a_learner_marked_at_once_leave_the_best_mark(run, who):
    (browser,) = tabs(who, 1)
    markers = [signed_in(tutor(run)), signed_in(claire(run))]
    for _round in range(4):
        rows = []
        for _attempt in range(2):
            attempt = done(browser, q3_text="Waves.")
            rows.append(Response.objects.select_related("version").get(attempt=attempt, slot=3))
        at_once(
            *(
                lambda it=it, row=row, mark=mark: it.post(
                    f"{ABOUT}marking/{row.version.question_id}/",
                    {"response": str(row.pk), "mark": mark},
                )
                for it, row, mark in zip(markers, rows, ("1", "4"), strict=True)
            )
        )
        assert Grade.objects.get().mark == 4
        Attempt.objects.all().delete()
        Grade.objects.update(mark=None)
