"""A learner takes a quiz, with and without the page's script."""

import pytest

from preau.learn.enrolments.models import Completion
from preau.learn.quizzes.models import Attempt
from tests.learn.quizzes.quiz_course import QUIZ, begin, hand_in, quiz_run, responses, send
from tests.people import ada, noah, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return quiz_run(tmp_path / "course")


@pytest.fixture
def browser(run):
    return signed_in(ada(run))


def test_a_quiz_is_taken_page_by_page_and_marked(browser):
    page = browser.get(QUIZ).content.decode()
    assert "5 questions" in page
    assert ">Begin<" in page
    address = begin(browser)
    page = browser.get(address).content.decode()
    assert "What is the capital of France?" in page
    assert "Question 5" in page
    sent = {"page": "1", "go": "finish"}
    for slot in range(1, 6):
        sent[f"q{slot}-base"] = ""
    sent |= {"q1-choice": "0", "q2-choice": "true", "q3-text": "Hertz", "q4-number": "3,14"}
    answer = browser.post(address, sent)
    assert answer["Location"] == f"{address}summary/"
    assert "1 question has no answer yet." in browser.get(answer["Location"]).content.decode()
    attempt = hand_in(browser, address)
    assert attempt.mark == 4
    assert attempt.out_of == 5
    page = browser.get(address).content.decode()
    assert "<strong>4 / 5</strong>" in page
    assert "Well done" in page
    assert "80 %" in page
    assert "4 / 5" in browser.get(QUIZ).content.decode()


def test_answers_are_saved_as_they_are_given(browser):
    address = begin(browser)
    told = send(browser, address, (1, {"choice": ["0"]}, ""), (3, {"text": ["metre"]}, "")).json()
    assert sorted(told["saved"]) == ["1", "3"]
    again = send(browser, address, (3, {"text": ["hertz"]}, told["saved"]["3"])).json()
    assert again["conflicts"] == {}
    rows = responses(Attempt.objects.get())
    assert rows[1].answer == {"choice": ["0"]}
    assert rows[3].answer == {"text": ["hertz"]}
    assert hand_in(browser, address).mark == 2


def test_nobody_else_sees_an_attempt(run, browser):
    address = begin(browser)
    assert signed_in(noah()).get(address).status_code == 403


def test_handing_in_completes_the_activity(browser):
    address = begin(browser)
    assert not Completion.objects.exists()
    hand_in(browser, address)
    assert Completion.objects.get().how == "handed-in"
