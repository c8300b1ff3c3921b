"""Events as xAPI statements: every one valid, nobody’s name or address in them."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.learn.bridges.xapi import export
from preau.learn.bridges.xapi.schema import STATEMENT, validator
from preau.learn.bridges.xapi.statements import VERBS, Names, statement_of
from preau.learn.courses.models import Activity
from preau.learn.events.folder import EventsFolder
from preau.learn.events.schema import Verb
from tests.learn.events.writing import DAY, event, moment
from tests.learn.insights.test_gathering import write
from tests.people import RUN, ada, small_run

NAMES = Names("https://mooc.example.org", {1: "0b2c"}, {1: "run"}, {7: ("page", "A page")})
IDS = st.one_of(st.none(), st.integers(1, 9))


def test_the_schema_is_one():
    type(validator).check_schema(STATEMENT)


@given(
    st.builds(
        dict,
        v=st.just(2),
        t=st.integers(0, 4_000_000_000_000),
        verb=st.sampled_from([*Verb.__args__, "never-heard-of"]),
        person=IDS,
        run=IDS,
        activity=IDS,
        page=st.sampled_from([None, "", "home:landing"]),
        role=st.sampled_from([None, "learner"]),
        session=st.sampled_from([None, "", "0f0f"]),
        duration=st.one_of(st.none(), st.floats(0, 1e5)),
        request=st.sampled_from([None, "abc"]),
        result=st.one_of(
            st.none(),
            st.just([]),
            st.dictionaries(
                st.sampled_from(["mark", "seen", "words"]),
                st.one_of(st.integers(), st.text(), st.booleans()),
            ),
        ),
    )
)
def test_every_event_of_a_person_makes_a_valid_statement(event):
    statement = statement_of(event, NAMES)
    if event["person"] is None:
        assert statement is None
    else:
        assert list(validator.iter_errors(statement)) == []
        assert json.loads(json.dumps(statement)) == statement


def test_every_registered_verb_has_an_address():
    assert set(VERBS) <= set(Verb.__args__)
    assert all(address.startswith(("http://", "https://")) for address in VERBS.values())


@pytest.mark.parametrize(
    ("path", "value"),
    [(("id",), "x"), (("actor", "account", "name"), ""), (("verb", "id"), "viewed"),
     (("timestamp",), "yesterday"), (("object", "id"), "no address")],
)  # fmt: skip
def test_the_schema_refuses_what_is_none(path, value):
    statement = statement_of(event(moment(), person=1, run=1, activity=7), NAMES)
    place = statement
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert list(validator.iter_errors(statement))


@pytest.mark.django_db
def test_an_export_has_a_statement_for_each_event_of_a_person(tmp_path, capsys):
    run = small_run(tmp_path / "course")
    who, page = ada(run), Activity.objects.get(key="sine")
    place = {"run": run.pk, "course": run.course_id, "role": "learner"}
    write(
        EventsFolder(settings.EVENTS_FOLDER),
        [
            event(moment(DAY, 9), person=who.pk, activity=page.pk, request="a1", **place),
            event(moment(DAY, 10), person=who.pk, activity=page.pk, verb="completed", **place),
            event(moment(DAY, 11), person=None, page="home:landing"),
            event(moment(DAY + timedelta(days=3)), person=who.pk, run=987, activity=654),
        ],
    )
    target = tmp_path / "statements.jsonl"
    call_command("xapi_export", str(target), "--since", "2026-10-05", "--until", "2026-10-09")
    assert "3 statements written" in capsys.readouterr().out
    lines = [json.loads(line) for line in target.read_text().splitlines()]
    assert [it["verb"]["display"]["en"] for it in lines] == ["viewed", "completed", "viewed"]
    assert lines[0]["object"]["id"] == f"http://testserver/learn/{RUN}/sine/"
    assert lines[0]["actor"]["account"]["name"] == str(who.uuid)
    assert lines[0]["timestamp"] == "2026-10-05T09:00:00.000Z"
    assert lines[2]["object"]["id"] == "http://testserver/xapi/activities/654"
    assert len({it["id"] for it in lines}) == 3
    for told in ("Ada", "ada@example.org", "192.0.2"):
        assert told not in target.read_text()
    with pytest.raises(PreauError, match="is there already"):
        call_command("xapi_export", str(target))


@pytest.mark.django_db
def test_the_same_event_has_the_same_id_each_time(tmp_path):
    run = small_run(tmp_path / "course")
    write(EventsFolder(settings.EVENTS_FOLDER), [event(moment(), person=ada(run).pk, run=run.pk)])
    texts = []
    for number in range(2):
        target = tmp_path / f"{number}.jsonl"
        export.export_xapi(EventsFolder(settings.EVENTS_FOLDER), DAY, DAY, target)
        texts.append(target.read_text())
    assert texts[0] == texts[1]
