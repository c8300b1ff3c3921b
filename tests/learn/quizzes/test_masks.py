"""What the choices are called on a page tells nothing, and nothing is lost by it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.quizzes.answers import read_answer
from preau.learn.quizzes.masks import mask_of
from preau.learn.quizzes.models import Attempt
from tests.kit.questions.strategies import questions
from tests.learn.quizzes.quiz_course import begin, hand_in, quiz_run, send
from tests.people import ada, signed_in


@given(questions(), st.integers(0, 30_000))
def test_an_answer_comes_back_as_it_was_shown(question, seed):
    body = question.body.asked(seed)
    mask, answer = mask_of(body, seed), body.solution()
    shown = mask.shown(answer)
    back = read_answer(body, lambda name: shown.get(name, ()), False, mask)
    assert {name: list(values) for name, values in back.items()} == {
        name: [it for it in values if it.strip()]
        for name, values in answer.items()
        if any(it.strip() for it in values)
    }


@given(questions(), st.integers(0, 30_000))
def test_no_two_choices_have_one_name(question, seed):
    body = question.body.asked(seed)
    mask = mask_of(body, seed)
    names = [mask.name(name) for name in body.fields()]
    assert len(set(names)) == len(names)
    for name, allowed in body.fields().items():
        if allowed is not None:
            assert len({mask.value(name, it) for it in allowed}) == len(allowed)


@pytest.mark.django_db
@pytest.mark.usefixtures("shuffling")
def test_what_is_chosen_on_a_page_is_what_is_marked(tmp_path):
    run = quiz_run(tmp_path / "course")
    browser = signed_in(ada(run))
    address = begin(browser)
    page = browser.get(address).content.decode()
    paris = re.search(r'name="q1-choice" value="(\d)"[^>]*>(?:<span[^>]*>[^<]*</span>)?'
                      r'<div class="option-text">(?:<p>)?Paris', page)  # fmt: skip
    assert paris is not None
    assert paris[1] != "0", "the file's first option has another name here"
    assert send(browser, address, (1, {"choice": [paris[1]]}, "")).status_code == 200
    assert hand_in(browser, address).mark == 1
    assert Attempt.objects.get().responses.get(slot=1).answer == {"choice": ["0"]}
