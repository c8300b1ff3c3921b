"""Marking by hand: a queue without names, rubrics and plain marks, what the learner sees."""

import re

import pytest

from preau.kit.questions.types.essay import Essay
from preau.learn.enrolments.actions import place_in_run
from preau.learn.enrolments.models import Completion
from preau.learn.grades.models import Grade
from preau.learn.quizzes.models import Attempt, Response
from tests.learn.quizzes.quiz_course import QUIZ, begin, hand_in
from tests.learn.quizzes.taking import (
    ABOUT,
    ESSAY,
    MARKS,
    asking,
    choice,
    done,
    fill,
    read,
    run_of,
    said,
    see,
    text_of,
)
from tests.people import ada, claire, person, signed_in, theo

pytestmark = pytest.mark.django_db

RUBRIC = asking(
    "Proof",
    Essay(
        format="plain",
        notes='<table class="rubric"><tr><th>Method</th><td>0: none</td><td>3: clear</td></tr>'
        "<tr><th>Result</th><td>0: wrong</td><td>1: right</td></tr></table>",
    ),
    mark=8.0,
)
MARKING = f"{ABOUT}marking/"


@pytest.fixture
def run(tmp_path):
    return run_of(
        tmp_path / "course", choice("One"), ESSAY, RUBRIC, rules="pass: 50", completion="passed"
    )


@pytest.fixture
def browser(run):
    return signed_in(ada(run))


@pytest.fixture
def teacher(run):
    return signed_in(claire(run))


def row_of(name):
    """The answer to that question in the first attempt."""
    return Response.objects.get(version__question__name=name, attempt__number=1)


def give(marker, row, **sent):
    address = f"{MARKING}{row.version.question_id}/"
    return marker.post(address, {"response": str(row.pk), **sent}, follow=True)


def test_the_queue_tells_how_many_answers_of_each_question_wait(run, browser, teacher):
    assert "No answer waits to be marked by hand." in read(teacher, MARKING)
    done(browser, q1_choice="0", q2_text="Up and down.", q3_text="Therefore.")
    done(browser, q2_text="Sideways.")
    queue = read(teacher, MARKING)
    assert "Waves 0 of 2 marked Mark 2 answers" in queue
    assert "Proof 0 of 1 marked Mark 1 answer" in queue
    assert "One" not in queue
    give(teacher, row_of("Proof"), mark="1")
    queue = read(teacher, MARKING)
    assert "Proof 1 of 1 marked Done" in queue


def test_answers_of_open_attempts_and_of_teachers_do_not_wait(browser, teacher):
    done(teacher, q2_text="Only a trial")
    fill(browser, begin(browser), q2_text="Not finished")
    assert "No answer waits to be marked by hand." in read(teacher, MARKING)


def test_whose_answer_it_is_is_not_said(browser, teacher):
    done(browser, q2_text="Up and down.")
    html = see(teacher, f"{MARKING}{row_of('Waves').version.question_id}/")
    assert "Up and down." in html
    for name in ("Ada", "ada@example.org", f"attempts/{Attempt.objects.get().pk}/"):
        assert name not in html


def test_a_mark_and_a_comment_reach_the_learner(browser, teacher):
    attempt = done(browser, q1_choice="0", q2_text="Up and down.")
    address = f"{QUIZ}quiz/{attempt.number}/"
    for page in (address, QUIZ, MARKS):
        assert re.search("waiting to be marked", see(browser, page), re.IGNORECASE), page
    assert Grade.objects.get().mark is None
    answer = give(teacher, row_of("Waves"), mark="3,5", comment="Sideways too!\nSee page 3.")
    assert "The mark is saved." in said(answer)
    assert "Every answer to this question is marked." in said(answer)
    page = read(browser, address)
    assert "4.5 / 13" in page
    assert "Comment of the marker Sideways too! See page 3." in page
    assert "4.5 / 13" in read(browser, MARKS)
    row = row_of("Waves")
    assert (row.marked_by.name, row.share, row.to_mark) == ("Claire", 0.875, False)


def test_an_essay_without_an_answer_is_worth_nothing_and_asks_nobody(browser, teacher):
    attempt = done(browser, q1_choice="0", q2_text="   ")
    assert (attempt.mark, attempt.to_mark) == (1, 0)
    assert Grade.objects.get().mark == 1
    assert "No answer waits" in read(teacher, MARKING)


def change(marker, row, **sent):
    """Open the answer from its attempt's page and send another mark."""
    attempt = see(marker, f"{ABOUT}attempts/{row.attempt_id}/")
    name = f"Change the mark of question {row.slot}"
    (address,) = re.findall(rf'href="([^"]+)" aria-label="{name}"', attempt)
    html = see(marker, address)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    return html, marker.post(address, {**hidden, **sent}, follow=True)


def test_a_mark_can_be_changed_afterwards(browser, teacher):
    attempt = done(browser, q1_choice="0", q2_text="Up and down.")
    give(teacher, row_of("Waves"), mark="1", comment="Sideways.")
    html, answer = change(teacher, row_of("Waves"), mark="4", comment="You are right.")
    assert "Sideways.</textarea>" in html
    assert 'value="1"' in html
    assert "The mark is saved." in said(answer)
    row = row_of("Waves")
    assert (row.share, row.comment) == (1.0, "You are right.")
    assert "5 / 13" in read(browser, f"{QUIZ}quiz/{attempt.number}/")


def test_what_a_program_marked_can_be_marked_otherwise(browser, teacher):
    done(browser, q1_choice="1")
    change(teacher, row_of("One"), mark="0,5")
    assert row_of("One").share == 0.5
    assert Grade.objects.get().mark == 0.5


def test_the_levels_of_a_rubric_can_be_changed(browser, teacher):
    done(browser, q3_text="Therefore.")
    give(teacher, row_of("Proof"), **{"criterion-0": "1", "criterion-1": "0", "mark": ""})
    sent = {"criterion-0": "1", "criterion-1": "1", "mark": ""}
    html, _answer = change(teacher, row_of("Proof"), **sent)
    assert re.findall(r'name="(criterion-\d)" value="(\d)" checked', html) == [
        ("criterion-0", "1"),
        ("criterion-1", "0"),
    ]
    assert row_of("Proof").share == 1.0


def test_two_who_change_a_mark_at_once_do_not_undo_each_other(browser, teacher):
    done(browser, q2_text="Up and down.")
    give(teacher, row_of("Waves"), mark="1")
    row = row_of("Waves")
    address = f"{MARKING}{row.version.question_id}/?answer={row.pk}"
    see(teacher, address)
    change(teacher, row, mark="2")
    late = {"response": str(row.pk), "was": row.marked_at.isoformat(), "mark": "3"}
    assert "theirs stands" in said(teacher.post(address, late, follow=True))
    assert row_of("Waves").share == 0.5


def test_an_answer_of_another_question_is_not_found_here(browser, teacher):
    done(browser, q1_choice="0", q2_text="Up and down.")
    other = row_of("One").version.question_id
    for answer in (str(row_of("Waves").pk), "0", "9" * 30, "x"):
        see(teacher, f"{MARKING}{other}/?answer={answer}", 404)


@pytest.mark.parametrize("rich", [True, False])
def test_a_template_that_nobody_touched_is_no_answer(tmp_path, rich):
    kind, template = ("rich", "<p>First,</p><p>then</p>") if rich else ("plain", "First,\nthen")
    essay = asking("Steps", Essay(format=kind, template=template), mark=4.0)
    browser = signed_in(ada(run_of(tmp_path / "course", essay)))
    address = begin(browser)
    assert "First,\nthen</textarea>" in see(browser, address)
    fill(browser, address, q1_text="First,\r\nthen")
    assert not Response.objects.filter(to_mark=True).exists()
    fill(browser, address, q1_text="First,\r\nthen nothing.")
    assert Response.objects.get().to_mark
    fill(browser, address, q1_text="First,\r\nthen")
    assert "Not answered" in read(browser, address)
    attempt = hand_in(browser, address)
    assert (attempt.mark, attempt.to_mark) == (0, 0)


def test_a_rubric_counts_the_levels_that_were_chosen(browser, teacher):
    done(browser, q3_text="Therefore.")
    row = row_of("Proof")
    html = see(teacher, f"{MARKING}{row.version.question_id}/")
    assert [text_of(it) for it in re.findall(r"<legend[^>]*>(.*?)</legend>", html)] == [
        "Method",
        "Result",
    ]
    give(teacher, row, **{"criterion-0": "1", "criterion-1": "0", "mark": ""})
    row = row_of("Proof")
    assert (row.share, row.levels) == (0.75, [1, 0])
    assert Attempt.objects.get().mark == 6


def test_a_mark_that_is_typed_goes_before_the_rubric(browser, teacher):
    done(browser, q3_text="Therefore.")
    give(teacher, row_of("Proof"), **{"criterion-0": "1", "criterion-1": "1", "mark": "2"})
    assert row_of("Proof").share == 0.25


BAD = [
    ({"mark": "4.1"}, "The mark must be between 0 and 4."),
    ({"mark": "-0,5"}, "The mark must be between 0 and 4."),
    ({"mark": "1e999"}, "“1e999” is not a number."),
    ({"mark": "three"}, "“three” is not a number."),
    ({"mark": "3 m"}, "“3 m” is not a number."),
    ({"mark": ""}, "This field is required."),
    ({"mark": "3", "comment": "x" * 20_001}, "at most 20000 characters"),
]


def test_a_mark_that_is_none_is_told_and_keeps_nothing(browser, teacher, subtests):
    done(browser, q2_text="Up and down.")
    row = row_of("Waves")
    for sent, sentence in BAD:
        with subtests.test(sentence):
            answer = give(teacher, row, **sent)
            assert answer.status_code == 400
            assert sentence in said(answer)
            assert "Up and down." in said(answer)
    row.refresh_from_db()
    assert (row.share, row.to_mark, row.marked_at) == (None, True, None)


@pytest.mark.parametrize("level", ["2", "-1", "x", "", "9" * 5000])
def test_a_level_that_the_rubric_does_not_have_is_none(browser, teacher, level):
    done(browser, q3_text="Therefore.")
    sent = {"criterion-0": "1", "criterion-1": level, "mark": ""}
    assert give(teacher, row_of("Proof"), **sent).status_code == 400
    assert row_of("Proof").to_mark


def test_the_first_of_two_markers_counts(run, browser, teacher):
    done(browser, q2_text="Up and down.")
    row = row_of("Waves")
    give(signed_in(theo(run), "en"), row, mark="2")
    answer = give(teacher, row, mark="4")
    assert "Somebody else marked this answer meanwhile; theirs stands." in said(answer)
    assert row_of("Waves").share == 0.5


def test_a_mark_by_hand_completes_what_asks_for_passing(browser, teacher):
    done(browser, q1_choice="0", q2_text="Up.", q3_text="Therefore.")
    give(teacher, row_of("Waves"), mark="4")
    assert not Completion.objects.exists()
    give(teacher, row_of("Proof"), mark="8")
    assert Completion.objects.get().how == "mark"


def test_answers_elsewhere_cannot_be_marked_here(run, browser, teacher):
    done(browser, q2_text="Up and down.")
    row = row_of("Waves")
    other = f"{MARKING}{row_of('One').version.question_id}/"
    for address, response in (
        (other, row.pk),
        (f"{MARKING}{row.version.question_id}/", 99_999),
        (f"{MARKING}{row.version.question_id}/", "9" * 5000),
        (f"{MARKING}99999/", row.pk),
    ):
        assert teacher.post(address, {"response": str(response), "mark": "1"}).status_code == 404
    assert row_of("Waves").to_mark


def test_learners_mark_nothing(run, browser):
    done(browser, q2_text="Up and down.")
    other = person("Bea")
    place_in_run(other, run)
    row = row_of("Waves")
    for who in (browser, signed_in(other)):
        assert who.get(MARKING).status_code == 403
        assert give(who, row, mark="4").status_code == 403
    assert row_of("Waves").to_mark
