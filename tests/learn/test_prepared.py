"""A prepared query gives what its queryset gives."""

from datetime import timedelta

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.learn.accounts import sessions
from preau.learn.accounts.models import Person
from preau.learn.enrolments import access, queries
from preau.learn.enrolments.actions import set_note
from preau.learn.enrolments.models import Completion, Enrolment
from preau.learn.prepared import Prepared
from tests.people import ada, claire, place, signed_in, small_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


def same(made, expected):
    assert made == expected
    assert model_to_dict(made) == model_to_dict(expected)
    assert made.get_deferred_fields() == expected.get_deferred_fields()
    assert made._state.db == expected._state.db
    assert made._state.adding is False


def test_a_session_comes_with_its_person(run):
    browser = signed_in(ada(run))
    key, now = browser.session.session_key, timezone.now()
    made = sessions._unexpired.first(key, now)
    same(made, sessions._unexpired.make(key, now).get())
    with CaptureQueriesContext(connection) as captured:
        same(made.person, Person.objects.get(email="ada@example.org"))
    assert len(captured) == 1, "the person was there already"
    assert sessions._unexpired.first(key, now + timedelta(days=365)) is None
    assert sessions._unexpired.first("no-such-key", now) is None


def test_an_enrolment_comes_with_its_run_and_course(run):
    who = ada(run)
    made = access._enrolment_in.first(who.pk, run.key)
    expected = Enrolment.objects.select_related("run__course").get()
    same(made.run, expected.run)
    assert made.run.course.title == expected.run.course.title
    assert made.run.course.uuid == expected.run.course.uuid
    assert made.run.starts_at == expected.run.starts_at
    assert made.enrolled_at == expected.enrolled_at
    assert made.active is True
    assert access._enrolment_in.first(who.pk, "other") is None


def test_it_serves_other_values_with_the_same_text(run):
    people = [ada(run), claire(run)]
    for who in people:
        (found,) = queries.enrolments_of(who)
        assert found.person_id == who.pk
        signed_in(who).get("/learn/small-now/sine/")
        mine = place(who)
        assert mine.done == set(
            Completion.objects.filter(enrolment=mine.enrolment).values_list(
                "activity_id", flat=True
            )
        )
        assert len(mine.done) == 1


def test_what_is_kept_beside_an_activity_comes_as_data(run):
    who = ada(run)
    sent = {"position": 3, "duration": 20, "seen": [[0, 3]]}
    signed_in(who).post("/learn/small-now/film/watched/", sent, content_type="application/json")
    mine = place(who)
    set_note(mine.enrolment, mine.outline.by_key["film"], 'Say "é" \\ 2 < 3')
    made = access._enrolment_at.first(who.pk, run.key, "film")
    assert made.mark == '0Say "é" \\ 2 < 3'
    assert made.position == 3.0
    bare = access._enrolment_at.first(who.pk, run.key, "sine")
    assert (bare.mark, bare.position) == (None, None)


def test_an_argument_that_does_not_go_in_as_it_is_is_refused():
    changed = Prepared(lambda number: Person.objects.filter(pk=number + 1), int)
    with pytest.raises(ValueError, match="as it is"):
        changed.first(1)


def test_what_people_send_is_a_value_and_never_sql(run):
    ada(run)
    for key in (
        "' OR 1=1 --",
        '"; DROP TABLE accounts_session; --',
        "%s",
        "\ue0f0argument 0\ue0f1",
    ):
        assert sessions._unexpired.first(key, timezone.now()) is None
