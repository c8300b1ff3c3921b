"""The question bank of a course: what goes in comes out, and every version stays."""

import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from preau.kit.questions.question import FILES, Question
from preau.kit.questions.types.true_false import TrueFalse
from preau.learn.courses.models import Course
from preau.learn.quizzes.bank import bank_of, import_questions
from preau.learn.quizzes.models import Category, QuestionVersion
from preau.learn.quizzes.models import Question as Row
from tests.kit.questions.strategies import questions

pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG not really"
SOUND = Question(
    "Sound",
    f'<p>Is this a sine? <img src="{FILES}sine.png" alt="a wave"></p>',
    TrueFalse(right=True),
    category=("Signals", "Waves"),
    number="S-1",
    files={"sine.png": PICTURE},
)
LIGHT = Question("Light", "Is light faster?", TrueFalse(right=True), category=("Signals",))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def course():
    return Course.objects.create(key="waves", languages=["en"], subject="science")


def whats(changes):
    return [(it.what, it.name, it.version) for it in changes]


@given(st.lists(questions(), max_size=4))
@hypothesis_settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_what_goes_in_comes_out(given_):
    numbered = [replace(it, number=f"{place}") for place, it in enumerate(given_)]
    course = Course.objects.create(key=uuid.uuid4().hex, languages=["en"], subject="science")
    import_questions(course, numbered)
    out = {it.number: it for it in bank_of(course)}
    assert out == {it.number: it for it in numbered}
    assert {it.what for it in import_questions(course, bank_of(course))} <= {"unchanged"}


def test_a_second_import_changes_only_what_differs(course):
    assert whats(import_questions(course, [SOUND, LIGHT])) == [
        ("added", "Sound", 1),
        ("added", "Light", 1),
    ]
    better = replace(LIGHT, stem="Is light faster than sound?")
    assert whats(import_questions(course, [SOUND, better])) == [
        ("unchanged", "Sound", 1),
        ("changed", "Light", 2),
    ]
    assert list(bank_of(course)) == [SOUND, better]


def test_every_version_stays_as_it_was_asked(course):
    import_questions(course, [SOUND])
    other = replace(SOUND, stem="Is it?", files={"sine.png": b"another picture"})
    import_questions(course, [other])
    first, second = QuestionVersion.objects.order_by("version")
    assert first.as_question() == SOUND
    assert second.as_question() == other


def test_a_question_with_a_number_may_move_and_be_renamed(course):
    import_questions(course, [SOUND])
    moved = replace(SOUND, name="A sound", category=("Old",))
    assert whats(import_questions(course, [moved])) == [("changed", "A sound", 2)]
    assert list(bank_of(course)) == [moved]


def test_two_of_the_same_name_in_one_file_are_two_questions(course):
    twins = [LIGHT, replace(LIGHT, stem="Is light slower?")]
    assert [it.what for it in import_questions(course, twins)] == ["added", "added"]
    assert [it.what for it in import_questions(course, twins)] == ["unchanged", "unchanged"]
    assert Row.objects.count() == 2


def test_names_that_only_look_alike_are_different(course):
    alike = [replace(LIGHT, name=name) for name in ("Ete", "Été", "ete", "ete ")]
    import_questions(course, alike)
    for it in alike:
        assert [it.what for it in import_questions(course, [it])] == ["unchanged"]
    shelves = [replace(LIGHT, category=(name,)) for name in ("Ete", "Été", "ete")]
    import_questions(course, shelves)
    assert list(bank_of(course)) == [*alike, *shelves]


def test_the_same_name_in_another_course_or_category_is_another_question(course):
    other = Course.objects.create(key="other", languages=["en"], subject="science")
    import_questions(course, [LIGHT, SOUND])
    changes = import_questions(course, [replace(LIGHT, category=())])
    assert whats(changes) == [("added", "Light", 1)]
    assert whats(import_questions(other, [SOUND])) == [("added", "Sound", 1)]


def test_a_dry_run_tells_the_same_and_keeps_nothing(course, media):
    dry = import_questions(course, [SOUND, LIGHT], dry_run=True)
    assert not Row.objects.exists()
    assert not Category.objects.exists()
    assert not media.exists()
    real = import_questions(course, [SOUND, LIGHT])
    assert [replace(it, id=0) for it in real] == [replace(it, id=0) for it in dry]


def test_an_import_that_fails_keeps_nothing(course):
    def refuse(_changes):
        raise RuntimeError("the terminal has gone")

    with pytest.raises(RuntimeError):
        import_questions(course, [SOUND], show=refuse)
    assert not Row.objects.exists()


def test_the_bank_is_read_in_one_query_whatever_its_size(course):
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as captured:
            list(bank_of(course))
        return len(captured)

    import_questions(course, [LIGHT])
    few = cost()
    import_questions(course, [replace(LIGHT, name=f"Light {number}") for number in range(30)])
    assert cost() == few == 1
