"""How a question behaves while it is answered: each behaviour through its pages."""

import pytest

from preau.learn.quizzes.models import Response
from tests.learn.quizzes.quiz_course import begin, hand_in, send
from tests.learn.quizzes.taking import (
    GENERAL_SAID,
    HERTZ,
    HINT_ONE,
    HINT_TWO,
    RIGHT_SAID,
    WRONG_SAID,
    choice,
    fill,
    run_of,
    see,
)
from tests.people import ada, signed_in

pytestmark = pytest.mark.django_db
TOLD = (RIGHT_SAID, WRONG_SAID, GENERAL_SAID, HINT_ONE, HINT_TWO)


@pytest.fixture
def asked(tmp_path):
    """Puts the questions into a quiz of that behaviour; a browser, and the attempt's address."""

    def ask(behaviour, *questions):
        run = run_of(tmp_path / "course", *questions, rules=f"behaviour: {behaviour}")
        browser = signed_in(ada(run))
        return browser, begin(browser)

    return ask


def told(html):
    return [it for it in TOLD if it in html]


def test_deferred_marks_nothing_before_the_attempt_is_handed_in(asked):
    browser, address = asked("deferred", HERTZ)
    assert fill(browser, address, "check:1", q1_text="Hertz").status_code == 302
    html = see(browser, address)
    assert not told(html)
    assert "data-check" not in html
    assert not Response.objects.get().tries
    assert hand_in(browser, address).mark == 1
    assert told(see(browser, address)) == [RIGHT_SAID, GENERAL_SAID]


def test_immediate_checks_each_question_once(asked):
    browser, address = asked("immediate", HERTZ)
    fill(browser, address, "check:1", q1_text="Ampere")
    html = see(browser, address)
    assert told(html) == [WRONG_SAID, GENERAL_SAID]
    assert "0 / 1" in html
    assert 'name="q1-base"' not in html
    key = send(browser, address, (1, {"text": ["Hertz"]}, "")).json()
    assert key["done"] == [1]
    assert hand_in(browser, address).mark == 0


def test_a_question_is_not_checked_while_it_has_no_answer(asked):
    browser, address = asked("immediate", HERTZ)
    assert fill(browser, address, "check:1", q1_text="  ").status_code == 302
    assert not Response.objects.exists()
    assert not told(see(browser, address))


def test_each_wrong_try_earns_a_hint_and_costs_the_penalty(asked):
    browser, address = asked("interactive", HERTZ)
    assert "3 tries left" in see(browser, address)
    fill(browser, address, "check:1", q1_text="Ampere")
    assert told(see(browser, address)) == [WRONG_SAID, HINT_ONE]
    fill(browser, address, "check:1", q1_text="Volta")
    html = see(browser, address)
    assert told(html) == [HINT_TWO]
    assert "1 try left" in html
    fill(browser, address, "check:1", q1_text="Hertz")
    html = see(browser, address)
    assert told(html) == [RIGHT_SAID, GENERAL_SAID]
    assert "0.5 / 1" in html
    assert hand_in(browser, address).mark == pytest.approx(0.5)


def test_after_the_last_wrong_try_nothing_can_be_changed(asked):
    browser, address = asked("interactive", HERTZ)
    for wrong in ("Ampere", "Volta", "Ohm"):
        fill(browser, address, "check:1", q1_text=wrong)
    html = see(browser, address)
    assert told(html) == [GENERAL_SAID]
    assert "data-check" not in html
    fill(browser, address, "check:1", q1_text="Hertz")
    assert hand_in(browser, address).mark == 0


def test_the_same_try_twice_costs_nothing(asked):
    browser, address = asked("interactive", HERTZ)
    for _again in range(3):
        fill(browser, address, "check:1", q1_text="Ampere")
    assert len(Response.objects.get().tries) == 1
    assert "2 tries left" in see(browser, address)
    fill(browser, address, "check:1", q1_text="Hertz")
    assert hand_in(browser, address).mark == pytest.approx(0.75)


def test_an_answer_changed_after_its_last_check_counts_as_one_more_try(asked):
    browser, address = asked("interactive", HERTZ)
    fill(browser, address, "check:1", q1_text="Ampere")
    fill(browser, address, q1_text="Hertz")
    assert hand_in(browser, address).mark == pytest.approx(0.75)


def test_what_is_saved_but_not_checked_tells_nothing_of_itself(asked):
    browser, address = asked("interactive", HERTZ)
    fill(browser, address, "check:1", q1_text="Ampere")
    headers = []
    for guess in ("Hertz", "Volta"):
        fill(browser, address, q1_text=guess)
        headers.append(see(browser, address).split('question-header">')[1].split("</header>")[0])
    assert headers[0] == headers[1]


@pytest.mark.parametrize(
    ("sure", "right", "wrong"), [("", 1, 0), ("1", 1, 0), ("2", 2, -2), ("3", 3, -6)]
)
@pytest.mark.parametrize("behaviour", ["deferred-certainty", "immediate-certainty"])
def test_certainty_pays_for_right_answers_and_costs_for_wrong_ones(
    asked, behaviour, sure, right, wrong
):
    browser, address = asked(behaviour, choice("One"), choice("Two"), choice("Three", mark=10))
    assert "How sure are you?" in see(browser, address)
    go = "check:2" if behaviour.startswith("immediate") else "save"
    fields = {"q1_choice": "0", "q2_choice": "1", "q3_choice": "0", "q3_certainty": "1"}
    if sure:
        fields |= {"q1_certainty": sure, "q2_certainty": sure}
    fill(browser, address, go, **fields)
    attempt = hand_in(browser, address)
    by_slot = {it.slot: it.share for it in Response.objects.filter(attempt=attempt)}
    assert by_slot == {1: right, 2: wrong, 3: 1}
    assert attempt.mark == 10 + right + wrong


def test_certainty_alone_is_no_answer(asked):
    browser, address = asked("deferred-certainty", choice("One"))
    fill(browser, address, q1_certainty="3")
    assert "1 question has no answer yet" in see(browser, f"{address}summary/")
    assert hand_in(browser, address).mark == 0


def test_an_attempt_is_worth_no_less_than_nothing(asked):
    browser, address = asked("deferred-certainty", choice("One"), choice("Two"))
    fill(browser, address, q1_choice="1", q1_certainty="3", q2_choice="0", q2_certainty="1")
    assert hand_in(browser, address).mark == 0


def test_nobody_says_how_sure_they_are_where_it_is_not_asked(asked):
    browser, address = asked("deferred", choice("One"))
    assert "How sure are you?" not in see(browser, address)
    fill(browser, address, q1_choice="0", q1_certainty="3")
    assert hand_in(browser, address).mark == 1
