"""Forwarding to a record store: each event gets there once, whatever happens on the way."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.learn.bridges.xapi.forward import Forwarding
from preau.learn.bridges.xapi.record_store import RecordStore
from preau.learn.bridges.xapi.statements import Names
from preau.learn.bridges.xapi.tasks import forward_events
from preau.learn.courses.models import Activity
from preau.learn.events.compaction import compact
from preau.learn.events.folder import EventsFolder
from tests.learn.bridges.record_store import KEY, SECRET, record_store
from tests.learn.events.writing import event, moment
from tests.people import RUN, ada, small_run

pytestmark = pytest.mark.django_db

TODAY = datetime.now(UTC).date()
NAMES = Names(site="https://mooc.example.org")


@pytest.fixture
def store():
    with record_store() as it:
        yield it


@pytest.fixture
def folder(settings):
    return EventsFolder(settings.EVENTS_FOLDER)


def add(folder, *names, day=TODAY, file="1-a", **more):
    """Events that are told apart by their requests, at the end of a line file."""
    folder.path.mkdir(parents=True, exist_ok=True)
    with (folder.path / f"{day}.{file}.jsonl").open("a") as lines:
        for name in names:
            lines.write(json.dumps(event(moment(day), request=str(name), **more)) + "\n")


def forward(folder, store, secret=SECRET):
    it = Forwarding(folder, RecordStore(store.endpoint, KEY, secret), lambda _events: NAMES)
    it.run()
    return it


def arrived(store):
    """The requests of the statements, in their order."""
    key = "https://mooc.example.org/xapi/request"
    return [it["context"]["extensions"][key] for it in store.statements.values()]


def refused(folder):
    """The requests of the statements that were set aside."""
    path = folder.aside / "xapi-refused.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    statements = [json.loads(line)["statement"] for line in lines]
    return [it["context"]["extensions"][f"{NAMES.site}/xapi/request"] for it in statements]


def try_now(folder):
    """As if the time of the next try had come."""
    path = folder.path / "forwarded.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "not_before": 0}))


def test_each_event_is_sent_once_and_visitors_events_never(folder, store):
    add(folder, "a", "b")
    add(folder, "nobody", person=None)
    assert forward(folder, store).sent == 2
    add(folder, "c")
    it = forward(folder, store)
    assert (it.sent, it.refused, it.away) == (1, 0, "")
    assert arrived(store) == ["a", "b", "c"]
    assert store.requests == [2, 1]


def test_many_go_in_requests_of_a_hundred(folder, store):
    add(folder, *range(250))
    assert forward(folder, store).sent == 250
    assert store.requests == [100, 100, 50]


@pytest.mark.parametrize("status", [500, 503, 429, 401, 404, 302])
def test_a_store_that_is_away_gets_everything_later(folder, store, status):
    add(folder, *range(150))
    store.trouble = [status]
    it = forward(folder, store)
    assert it.sent == 0
    assert f"answers {status}" in it.away
    assert SECRET not in it.away
    add(folder, "later")
    assert "the next try is after" in forward(folder, store).away, "not at once"
    assert store.requests == []
    try_now(folder)
    assert forward(folder, store).away == ""
    assert arrived(store) == [*map(str, range(150)), "later"]
    assert store.elsewhere == [], "the key goes to nobody else"


def test_the_time_between_two_tries_doubles_and_the_store_may_say_its_own(folder, store):
    add(folder, "a")
    waits = []
    for trouble in (503, 503, (503, "777"), 503):
        store.trouble = [trouble]
        forward(folder, store)
        state = json.loads((folder.path / "forwarded.json").read_text())
        waits.append(round(state["not_before"] - time.time()))
        try_now(folder)
    assert waits == pytest.approx([30, 60, 777, 240], abs=2)


def test_a_store_that_does_not_listen_is_named(folder, store):
    add(folder, "a")
    gone = RecordStore("http://127.0.0.1:9/xapi", KEY, SECRET)
    it = Forwarding(folder, gone, lambda _events: NAMES)
    it.run()
    assert "http://127.0.0.1:9/xapi can't be reached" in it.away


def test_what_the_store_refuses_is_set_aside_and_the_rest_arrives(folder, store):
    add(folder, *range(20))
    add(folder, "bad", verb="noted")
    add(folder, *range(20, 40))
    store.refuses = lambda it: it["verb"]["id"].endswith("noted")
    it = forward(folder, store)
    assert (it.sent, it.refused, it.away) == (40, 1, "")
    assert sorted(arrived(store), key=int) == [str(it) for it in range(40)]
    (line,) = (folder.aside / "xapi-refused.jsonl").read_text().splitlines()
    kept = json.loads(line)
    assert "400: what is wrong" in kept["why"]
    assert kept["statement"]["context"]["extensions"][f"{NAMES.site}/xapi/request"] == "bad"


def test_one_that_the_store_has_otherwise_is_left_as_it_is(folder, store):
    add(folder, "a")
    store.trouble = [409]
    it = forward(folder, store)
    assert (it.refused, it.away) == (0, "")


def test_a_day_that_was_compacted_before_it_was_sent_is_sent_whole(folder, store):
    day = TODAY - timedelta(days=1)
    add(folder, "today")
    forward(folder, store)
    since = json.loads((folder.path / "forwarded.json").read_text())
    since["since"] = day.isoformat()
    (folder.path / "forwarded.json").write_text(json.dumps(since))
    add(folder, "sent", day=day)
    forward(folder, store)
    add(folder, "not", day=day, file="2-b")
    list(compact(folder))
    assert day not in folder.live()
    assert forward(folder, store).sent == 2
    assert sorted(arrived(store)) == ["not", "sent", "today"]
    assert forward(folder, store).sent == 0


def test_torn_and_strange_lines_stop_nothing(folder, store):
    add(folder, "a")
    path = folder.path / f"{TODAY}.1-a.jsonl"
    with path.open("a") as lines:
        lines.write("nonsense\n[1]\n{}\n" + json.dumps(event(moment(TODAY), request="torn"))[:20])
    add(folder, "b", file="2-b")
    assert forward(folder, store).sent == 2
    assert arrived(store) == ["a", "b"]


def test_days_before_it_was_set_up_are_not_sent(folder, store):
    add(folder, "old", day=TODAY - timedelta(days=3))
    add(folder, "new")
    forward(folder, store)
    assert arrived(store) == ["new"]


def test_a_state_that_cannot_be_read_is_said(folder, store):
    add(folder, "a")
    (folder.path / "forwarded.json").write_text("{")
    with pytest.raises(PreauError, match=r"forwarded.json can't be read; remove it"):
        forward(folder, store)


def test_the_command_says_what_happened(folder, store, settings, capsys):
    with pytest.raises(PreauError, match="set xapi.endpoint"):
        call_command("xapi_forward")
    settings.XAPI_ENDPOINT, settings.XAPI_KEY = store.endpoint, KEY
    settings.XAPI_SECRET = "wrong"
    add(folder, "a")
    with pytest.raises(PreauError, match=r"0 statements sent; .*401: check xapi.key"):
        call_command("xapi_forward")
    settings.XAPI_SECRET = SECRET
    try_now(folder)
    call_command("xapi_forward")
    assert capsys.readouterr().out == "1 statements sent; nothing is left.\n"


def test_the_site_names_people_runs_and_activities(folder, store, settings, tmp_path):
    run = small_run(tmp_path / "course")
    who = ada(run)
    sine = Activity.objects.get(key="sine", section__course=run.course)
    add(folder, "a", person=who.pk, run=run.pk, activity=sine.pk)
    add(folder, "gone", person=who.pk + 999, run=run.pk + 999)
    settings.SITE_ADDRESS = NAMES.site
    settings.XAPI_ENDPOINT, settings.XAPI_KEY, settings.XAPI_SECRET = store.endpoint, KEY, SECRET
    assert forward_events.call() == 2
    one, other = store.statements.values()
    assert one["actor"]["account"]["name"] == str(who.uuid)
    assert one["object"]["id"] == f"{NAMES.site}/learn/{RUN}/sine/"
    assert other["actor"]["account"]["name"] == f"deleted-{who.pk + 999}"


PROGRAM = """
import sys
from pathlib import Path
from preau.learn.bridges.xapi.forward import Forwarding
from preau.learn.bridges.xapi.record_store import RecordStore
from preau.learn.bridges.xapi.statements import Names
from preau.learn.events.folder import EventsFolder
store = RecordStore(sys.argv[1], sys.argv[2], sys.argv[3])
names = Names(site="https://mooc.example.org")
Forwarding(EventsFolder(Path(sys.argv[4])), store, lambda _events: names).run()
"""


def test_killed_in_the_middle_of_a_request_nothing_is_lost_or_twice(folder, store):
    add(folder, *range(150))
    store.go_on.clear()
    words = [store.endpoint, KEY, SECRET, str(folder.path)]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *words], cwd=Path.cwd())
    assert store.received.wait(30)
    process.send_signal(signal.SIGKILL)
    process.wait()
    store.go_on.set()
    assert forward(folder, store).sent == 150
    assert arrived(store) == [str(it) for it in range(150)]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 1), st.sampled_from(["1-a", "2-b"])),
        st.tuples(st.just("send"), st.sampled_from([(), (503,), (400,), (503, 503)])),
        st.tuples(st.just("compact")),
        st.tuples(st.just("torn"), st.integers(0, 1)),
    ),
    max_size=12,
)


@trying(max_examples=25, deadline=None)
@given(STEPS)
def test_whatever_happens_in_whatever_order_all_arrive_once(steps):
    """Events of two days are added, sent to a store that may be away, compacted, cut short."""
    scratch = Path(tempfile.mkdtemp())
    try:
        folder, expected = EventsFolder(scratch), []
        with record_store() as store:
            days = [TODAY - timedelta(days=1), TODAY]
            folder.path.mkdir(exist_ok=True)
            (folder.path / "forwarded.json").write_text(json.dumps({"since": str(days[0])}))
            for number, (step, *more) in enumerate(steps):
                if step == "add":
                    name = f"n{number}"
                    add(folder, name, day=days[more[0]], file=f"{more[1]}{number}")
                    expected.append(name)
                elif step == "send":
                    store.trouble = list(more[0])
                    forward(folder, store)
                    store.trouble = []
                    try_now(folder)
                elif step == "compact":
                    list(compact(folder))
                else:
                    path = folder.path / f"{days[more[0]]}.9-torn{number}.jsonl"
                    path.write_text('{"v": 2, "t": 1')
            assert forward(folder, store).away == ""
            # One that was refused may be taken later, when its day is sent again as a whole.
            assert {*arrived(store), *refused(folder)} == {*expected}
            assert len(set(arrived(store))) == len(arrived(store))
            count = len(store.statements)
            assert forward(folder, store).sent == 0
            assert len(store.statements) == count
    finally:
        shutil.rmtree(scratch)
