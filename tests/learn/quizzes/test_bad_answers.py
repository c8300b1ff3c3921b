"""Answers that no form of ours sends: a sentence that says so, and nothing is kept."""

import json
import time

import pytest
from django.test import Client

from preau.kit.questions.types.numerical import Numerical, Value
from preau.learn.enrolments.actions import place_in_run
from preau.learn.quizzes.admission import Admission
from preau.learn.quizzes.models import Attempt, Response
from preau.learn.quizzes.views import attempting
from tests.learn.quizzes.quiz_course import START, begin, hand_in, quiz_run, send
from tests.learn.quizzes.taking import ABOUT, asking, fill, run_of, said, see, shares
from tests.people import ada, claire, noah, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return quiz_run(tmp_path / "course")


@pytest.fixture
def browser(run):
    return signed_in(ada(run))


@pytest.fixture
def address(browser):
    return begin(browser)


def raw(browser, address, body):
    return browser.post(f"{address}answers/", body, content_type="application/json")


NO_LIST = "This is no list of answers."


BODIES = [
        "", "{", "[]", "null", "3", '"answers"', "{}", '{"answers": {}}', '{"answers": 3}',
        '{"answers": [3]}', '{"answers": [null]}', '{"answers": ["slot"]}',
        '{"answers": [{"answer": {}, "base": ""}]}', '{"answers": [{"slot": 1, "base": ""}]}',
        '{"answers": [{"slot": 1, "answer": {}}]}',
        '{"answers": [{"slot": "one", "answer": {}, "base": ""}]}',
        '{"answers": [{"slot": null, "answer": {}, "base": ""}]}',
        '{"answers": [{"slot": [1], "answer": {}, "base": ""}]}',
        '{"answers": [{"slot": NaN, "answer": {}, "base": ""}]}',
        '{"answers": [{"slot": 1e999, "answer": {}, "base": ""}]}',
        '{"answers": [{"slot": ' + "9" * 6000 + ', "answer": {}, "base": ""}]}',
        '{"answers": ' + "[" * 100_000,
        '{"answers": ' + "[" * 5000 + "]" * 5000 + "}",
        b"\xff\xfe\x00", b'{"answers": [{"slot": 1, "answer": {"choice": ["\xe9"]}, "base": ""}]}',
        json.dumps({"answers": [{"slot": 1, "answer": {}, "base": ""}] * 2}),
        json.dumps({"answers": [{"slot": it, "answer": {}, "base": ""} for it in range(201)]}),
]  # fmt: skip


def test_what_is_no_list_of_answers_is_refused(browser, address, subtests):
    for body in BODIES:
        with subtests.test(body[:60]):
            answer = raw(browser, address, body)
            assert answer.status_code == 400
            assert answer.json() == {"error": NO_LIST}
    assert not Response.objects.exists()


def test_a_huge_request_is_refused(browser, address, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert raw(browser, address, " " * 2000).status_code in {400, 413}
    assert not Response.objects.exists()


REFUSED = [
    (1, {"choice": ["3"]}, "“3” is not among the choices of “choice”; reload the page."),
    (1, {"choice": ["00"]}, "“00” is not among the choices of “choice”; reload the page."),
    (1, {"choice": ["-1"]}, "“-1” is not among the choices of “choice”; reload the page."),
    (1, {"choice": ["Paris"]}, "“Paris” is not among the choices of “choice”; reload the page."),
    (2, {"choice": ["TRUE"]}, "“TRUE” is not among the choices of “choice”; reload the page."),
    (5, {"pair-0": ["9"]}, "“9” is not among the choices of “pair-0”; reload the page."),
    (1, {"text": ["Paris"]}, "The question has no field “text”."),
    (1, {"choice": ["0"], "x" * 99: []}, f"The question has no field “{'x' * 40}”."),
    (1, {"choice": "0"}, "The field “choice” must be a list of texts."),
    (1, {"choice": [0]}, "The field “choice” must be a list of texts."),
    (1, {"choice": [None]}, "The field “choice” must be a list of texts."),
    (1, {"choice": [["0"]]}, "The field “choice” must be a list of texts."),
    (1, {"choice": {"0": "0"}}, "The field “choice” must be a list of texts."),
    (1, ["0"], "An answer must be an object with a list of texts for each field."),
    (1, "0", "An answer must be an object with a list of texts for each field."),
    (1, None, "An answer must be an object with a list of texts for each field."),
    (1, {"choice": ["0"] * 101}, "There are too many values in “choice”."),
    (3, {"text": ["a\0b"]}, "An answer is a text of at most 60000 characters."),
    (3, {"text": ["a" * 60_001]}, "An answer is a text of at most 60000 characters."),
    (3, {"text": ["half \ud800"]}, "An answer is a text of at most 60000 characters."),
    (6, {"text": ["Hz"]}, "There is no question 6 in this attempt."),
    (0, {"text": ["Hz"]}, "There is no question 0 in this attempt."),
    (-1, {"text": ["Hz"]}, "There is no question -1 in this attempt."),
]


def test_an_answer_that_the_question_does_not_take_is_told_why(browser, address, subtests):
    for slot, answer, sentence in REFUSED:
        with subtests.test(sentence, answer=repr(answer)[:60]):
            told = send(browser, address, (4, {"number": ["3"]}, ""), (slot, answer, ""))
            assert told.status_code == 400
            assert told.json() == {"error": sentence}
            assert not Response.objects.exists(), "one of them was kept"


FORMS = [
    ("q1-choice", "3", "“3” is not among the choices of “choice”; reload the page."),
    ("q5-pair-0", "nine", "“nine” is not among the choices of “pair-0”; reload the page."),
    ("q1-choice", ["0"] * 101, "There are too many values in “choice”."),
    ("q3-text", "a" * 60_001, "An answer is a text of at most 60000 characters."),
]


def test_a_form_that_the_question_does_not_take_is_told_why(browser, address, subtests):
    for field, value, sentence in FORMS:
        with subtests.test(sentence):
            base = f"{field.split('-')[0]}-base"
            answer = browser.post(address, {"page": "1", "go": "finish", base: "", field: value})
            assert answer.status_code == 400
            assert sentence in said(answer)
    assert not Response.objects.exists()


def test_a_longest_text_is_kept(browser, address):
    longest = "é" * 60_000
    assert send(browser, address, (3, {"text": [longest]}, "")).status_code == 200
    assert Response.objects.get().answer == {"text": [longest]}
    assert longest in see(browser, address)


def test_both_options_of_a_single_choice_are_not_both_taken(browser, address):
    send(browser, address, (1, {"choice": ["1", "0"]}, ""), (2, {"choice": ["false", "true"]}, ""))
    assert hand_in(browser, address).mark == 0


def test_a_button_that_no_page_has_leads_back_to_the_page(browser, address, subtests):
    nines = "9" * 5000
    for go in ("check:1\nX: y", "check:99999", f"check:{nines}", "check:é", f"page:{nines}",
               "page:-1", "nowhere", "", f"detach:{nines}"):  # fmt: skip
        with subtests.test(go[:20]):
            answer = browser.post(address, {"page": "1", "go": go, "q1-base": "", "q1-choice": "0"})
            assert answer.status_code == 302
            assert answer["Location"].startswith(address)
            assert browser.get(answer["Location"].split("#")[0]).status_code == 200
    assert Response.objects.get().answer == {"choice": ["0"]}


def test_a_page_that_is_not_there_is_the_first(browser, address):
    for page in ("0", "-1", "99", "9" * 5000, "one", "²", ""):
        assert "capital of France" in see(browser, f"{address}?page={page}"), page


# Somebody else's

OWN = ("", "answers/", "summary/", "hand-in/")


def test_the_attempt_of_another_learner_cannot_be_reached(run, browser, address):
    send(browser, address, (1, {"choice": ["0"]}, ""))
    other = person("Bea")
    place_in_run(other, run)
    for who, status in ((other, 404), (noah(), 403)):
        stranger = signed_in(who)
        for path in OWN:
            codes = {
                getattr(stranger, it)(f"{address}{path}").status_code for it in ("get", "post")
            }
            assert codes - {405} == {status}, (who, path)
    assert {signed_in(None).post(f"{address}{path}").status_code for path in OWN} <= {302, 401}
    assert Attempt.objects.get().is_open
    assert Response.objects.get().answer == {"choice": ["0"]}


def test_a_teacher_reads_an_attempt_and_cannot_answer_in_it(run, browser, address):
    teacher = signed_in(claire(run))
    attempt = Attempt.objects.get()
    assert teacher.get(f"{ABOUT}attempts/{attempt.pk}/").status_code == 200
    assert send(teacher, address, (1, {"choice": ["0"]}, "")).status_code == 404
    assert browser.get(f"{ABOUT}attempts/{attempt.pk}/").status_code == 403


def test_an_answer_without_its_form_token_is_refused(run):
    who = ada(run)
    address = begin(signed_in(who))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(who)
    assert send(strict, address, (1, {"choice": ["0"]}, "")).status_code == 403
    assert not Response.objects.exists()


def test_a_forged_ticket_opens_nothing_and_a_true_one_is_given_instead(browser, monkeypatch):
    monkeypatch.setattr(attempting, "_admission", Admission(0.01))
    attempting._admission.seconds(time.monotonic())  # somebody else's turn
    waiting = browser.post(START, {"ticket": "eyJ3aG9zZSI6IjE6MSJ9:1abc:forged"})
    assert waiting.status_code == 202
    assert "forged" not in waiting.content.decode()
    assert not Attempt.objects.exists()


# Numbers as people type them

TYPED = [
    (3.14, "3,14"), (3.14, "3.14"), (3.14, " 3,14e0 "), (3.14, "+3.14"), (3.14, "314e-2"),
    (6.02e23, "6,02×10^23"), (6.02e23, "6.02 x 10^23"), (6.02e23, "6,02·10 23"),
    (1000.5, "1 000,5"), (1000.5, "1\u202f000,5"), (-2.0, "−2"),
]  # fmt: skip
OTHER = ("1,000,000", "three", "3.14.15", "1e999", "nan", "∞", "3 14")


def test_a_number_is_read_however_it_is_typed(tmp_path):
    questions = [
        asking(f"Number {it}", Numerical((Value(right),))) for it, (right, _t) in enumerate(TYPED)
    ]
    browser = signed_in(ada(run_of(tmp_path / "course", *questions)))
    address = begin(browser)
    fill(browser, address, **{f"q{slot}_number": it for slot, (_r, it) in enumerate(TYPED, 1)})
    earned = shares(hand_in(browser, address))
    html = see(browser, address)
    for slot, (_right, typed) in enumerate(TYPED, 1):
        assert earned[slot] == 1, typed
        assert f'value="{typed}"' in html


def test_what_is_no_such_number_earns_nothing(tmp_path):
    questions = [asking(f"Number {it}", Numerical((Value(3.14),))) for it in OTHER]
    browser = signed_in(ada(run_of(tmp_path / "course", *questions)))
    address = begin(browser)
    fill(browser, address, **{f"q{slot}_number": it for slot, it in enumerate(OTHER, 1)})
    assert set(shares(hand_in(browser, address)).values()) == {0.0}
