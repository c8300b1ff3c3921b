"""Gathering: what it counts is what an independent count finds, each day once, whatever happens."""

import json
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from preau.learn.events.folder import EventsFolder
from preau.learn.insights.gathering.gather import Gathering
from preau.learn.insights.models import Gathered, Rollup
from tests.learn.events.writing import DAY, event, line_file, moment
from tests.learn.insights.counting import as_recorded, counts

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
LAST = DAY + timedelta(days=40)


@pytest.fixture
def folder(tmp_path, settings):
    settings.EVENTS_FOLDER = tmp_path / "events"
    return EventsFolder(settings.EVENTS_FOLDER)


def gathering(folder, until=LAST, zone=PARIS):
    return Gathering(folder, zone, until)


def gathered(folder, **more):
    """Compact and gather everything; the names of the periods that were done."""
    it = gathering(folder, **more)
    list(it.compact())
    return [done.name for done in it.run()]


def write(folder, events):
    """Each event in the file of its day (UTC)."""
    for number, it in enumerate(events):
        day = datetime.fromtimestamp(it["t"] / 1000, UTC).date()
        folder.path.mkdir(parents=True, exist_ok=True)
        with (folder.path / f"{day}.{number % 2}-a.jsonl").open("a") as file:
            file.write(json.dumps(it) + "\n")


def stored(period):
    return {
        (it.start, it.run, it.activity, it.role): (
            it.views, it.actions, it.sign_ins, it.people, it.seconds,
        )
        for it in Rollup.objects.filter(period=period)
    }  # fmt: skip


# Around both changes of the clock of 2026 in Paris, and a month's end.
MOMENTS = st.one_of(
    st.integers(moment(date(2026, 10, 24)), moment(date(2026, 11, 2))),
    st.integers(moment(date(2026, 3, 28)), moment(date(2026, 4, 1))),
)
EVENTS = st.lists(
    st.builds(
        as_recorded,
        MOMENTS,
        st.sampled_from(
            ["viewed", "viewed", "completed", "signed-in", "watched", "never-heard-of"]
        ),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, 7, 8]),
        st.sampled_from([None, "learner", "teacher"]),
    ),
    max_size=30,
    unique_by=lambda it: it["t"],
)


@trying(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS, st.sampled_from(["Europe/Paris", "America/St_Johns", "Pacific/Apia", "UTC"]))
def test_it_counts_what_a_plain_loop_counts(db, settings, events, zone):
    with tempfile.TemporaryDirectory() as name:
        settings.EVENTS_FOLDER = Path(name) / "events"
        folder = EventsFolder(settings.EVENTS_FOLDER)
        Rollup.objects.all().delete()
        Gathered.objects.all().delete()
        write(folder, events)
        gathered(folder, zone=ZoneInfo(zone), until=date(2026, 12, 31))
        for period in ("day", "week", "month"):
            assert stored(period) == counts(events, period, ZoneInfo(zone)), period


def test_a_day_is_the_sites_and_may_have_25_hours(folder):
    """On 25 October 2026 the clock in Paris shows 2 o'clock twice."""
    day = date(2026, 10, 25)
    first = moment(day - timedelta(days=1), 22)  # midnight in Paris
    write(folder, [event(first + hour * 3_600_000 + 1, run=1) for hour in range(25)])
    gathered(folder)
    rollup = Rollup.objects.get(period="day", start=day, run=1, activity=0, role="")
    assert rollup.views == 25
    assert rollup.hours == [1, 1, 2, *[1] * 21]


def test_an_hour_that_is_left_out_has_nothing_in_it(folder):
    day = date(2026, 3, 29)
    first = moment(day - timedelta(days=1), 23)
    write(folder, [event(first + hour * 3_600_000 + 1) for hour in range(23)])
    gathered(folder, until=day)
    assert Rollup.objects.get(period="day", start=day, role="").hours == [1, 1, 0, *[1] * 21]


def test_it_does_so_many_days_and_goes_on_next_time(folder, capsys, settings):
    for number in range(5):
        write(folder, [event(moment(DAY + timedelta(days=number)))])
    words = ["stats_gather", "--until", str(DAY + timedelta(days=4))]
    call_command(*words, "--max-days", "3")
    said = capsys.readouterr().out.splitlines()
    assert "2026-10-05: 1 events, 1 people." in said
    assert said[-1] == "3 days done, continues next time: 2 left."
    call_command(*words)
    assert capsys.readouterr().out.splitlines()[-1] == "2 days done; nothing is left."
    call_command(*words)
    assert capsys.readouterr().out.splitlines() == ["0 days done; nothing is left."]
    assert Rollup.objects.filter(period="day", role="", run=0).count() == 5


def test_days_between_without_events_are_known_to_be_empty(folder):
    write(folder, [event(moment(DAY)), event(moment(DAY + timedelta(days=3)))])
    assert gathered(folder, until=DAY + timedelta(days=3))[:4] == [
        "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08",
    ]  # fmt: skip
    assert Gathered.objects.get(period="day", start=DAY + timedelta(days=1)).events == 0


def test_a_day_is_counted_anew_when_late_events_arrive_and_no_other(folder):
    for number in range(3):
        write(folder, [event(moment(DAY + timedelta(days=number), 10))])
    gathered(folder)
    line_file(folder.path, f"{DAY}.9-late", event(moment(DAY, 11), person=2))
    # 5 October in UTC has parts of two days in Paris.
    assert gathered(folder) == ["2026-10-05", "2026-10-06", "2026-W41", "2026-10"]
    assert Rollup.objects.get(period="week", run=0, role="").people == 2


def test_another_time_zone_counts_everything_anew(folder):
    write(folder, [event(moment(DAY, 23))])
    rollups = Rollup.objects.filter(period="day", role="", views=1)
    gathered(folder)
    assert rollups.get().start == DAY + timedelta(days=1)
    gathered(folder, zone=ZoneInfo("UTC"))
    assert rollups.get().start == DAY


def test_a_corrupt_day_is_set_aside_and_named_and_the_rest_goes_on(folder, capsys):
    other = DAY + timedelta(days=1)
    write(folder, [event(moment(DAY, 5)), event(moment(other, 5))])
    list(gathering(folder).compact())
    whole = folder.day_file(DAY).read_bytes()
    folder.day_file(DAY).write_bytes(whole[:40] + b"\xff" * 40 + whole[80:-8] + b"\xff" * 8)
    call_command("stats_gather", "--until", str(other))
    said = capsys.readouterr()
    assert f"Set aside, for it can't be read: {folder.aside / '2026-10-05.parquet'}" in said.err
    assert "2026-10-06: 1 events, 1 people." in said.out


def test_events_of_deleted_runs_and_people_count_as_what_they_were(folder, capsys):
    write(folder, [event(moment(DAY), run=987654, person=123456, role="learner")])
    gathered(folder)
    assert Rollup.objects.get(period="day", run=987654, role="learner").people == 1
    call_command("stats_show", "--format", "json")
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {
        "day": "2026-10-05", "role": "learner", "views": 1, "actions": 0, "sign_ins": 0, "people": 1,
    }  # fmt: skip


def test_what_is_gathered_can_be_gathered_again_from_the_events(folder):
    write(folder, [event(moment(DAY, hour), person=hour) for hour in range(8)])
    gathered(folder)
    before = stored("day")
    Rollup.objects.all().delete()
    Gathered.objects.all().delete()
    shutil.rmtree(folder.facts)
    gathered(folder)
    assert stored("day") == before
