"""The operator's log: the newest first, whatever is compacted; each filter; nothing twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from preau.learn.events.compaction import compact
from preau.learn.events.folder import EventsFolder
from preau.learn.events.record import recorder
from tests.learn.events.writing import DAY, event, line_file, moment
from tests.learn.insights.test_gathering import write
from tests.learn.quizzes.taking import read, see
from tests.people import RUN, ada, otto, signed_in, small_run

pytestmark = pytest.mark.django_db

LOG = "/statistics/log/"


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "course")


@pytest.fixture
def operator():
    return signed_in(otto())


@pytest.fixture
def folder():
    return EventsFolder(settings.EVENTS_FOLDER)


def lines(html):
    """The requests of the lines that are shown, in their order."""
    return re.findall(r"<code>([0-9a-z-]+)</code></a></td></tr>", html)


def on(day, **filters):
    return LOG + "?" + "&".join(f"{name}={it}" for name, it in {"day": day, **filters}.items())


def test_what_is_done_now_is_there_at_once(run, operator):
    recorder.cache_clear()
    learner = signed_in(ada(run))
    see(learner, f"/learn/{RUN}/")
    name = learner.get(f"/learn/{RUN}/practice/")["X-Request-Id"]
    html = see(operator, LOG)
    assert lines(html)[0] == name
    assert "ada@example.org" in html
    assert "enrolments:activity" in html
    assert lines(see(operator, f"{LOG}?request={name}")) == [name]


def test_the_newest_come_first_compacted_or_not(operator, folder):
    write(folder, [event(moment(hour=hour), request=f"r{hour}") for hour in (7, 9, 8)])
    assert lines(see(operator, on(DAY))) == ["r9", "r8", "r7"]
    list(compact(folder, DAY))
    assert DAY not in folder.live()
    line_file(folder.path, f"{DAY}.9-b", event(moment(hour=8.5), request="late"))
    assert lines(see(operator, on(DAY))) == ["r9", "late", "r8", "r7"]


def test_a_line_that_is_compacted_and_still_in_its_file_is_shown_once(operator, folder):
    path = line_file(
        folder.path,
        f"{DAY}.1-a",
        event(moment(), request="one", duration=2.3, result={"b": 1, "a": [1]}),
    )
    with path.open("rb") as writer:
        import fcntl

        fcntl.flock(writer, fcntl.LOCK_SH)  # as the process that writes it does
        list(compact(folder, DAY))
        assert DAY in folder.compacted()
        assert DAY in folder.live()
        assert lines(see(operator, on(DAY))) == ["one"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["c", "b", "a"]),
        ({"who": "ada@example.org"}, ["c", "a"]),
        ({"who": "ADA@example.org", "verb": "completed"}, ["c"]),
        ({"run": RUN}, ["a"]),
        ({"role": "teacher"}, ["b"]),
        ({"request": "b"}, ["b"]),
        ({"verb": "noted"}, []),
        ({"request": "%27 OR 1=1 --"}, []),
    ],
)
def test_each_filter(run, operator, folder, filters, found):
    who = ada(run).pk
    write(
        folder,
        [
            event(moment(hour=7), person=who, run=run.pk, request="a"),
            event(moment(hour=8), person=who + 999, role="teacher", request="b"),
            event(moment(hour=9), person=who, verb="completed", request="c"),
        ],
    )
    assert lines(see(operator, on(DAY, **filters))) == found


def test_a_day_is_the_sites_not_utcs(operator, folder, settings):
    settings.TIME_ZONE = "Europe/Paris"
    write(folder, [event(moment(hour=22.5), request="next")])
    assert lines(see(operator, on(DAY))) == []
    assert lines(see(operator, on(DAY + timedelta(days=1)))) == ["next"]


def test_pages_show_every_event(operator, folder):
    events = [event(moment() + number // 3, request=f"n{number}") for number in range(250)]
    write(folder, events)
    shown, address = [], on(DAY)
    while address:
        html = see(operator, address)
        shown += lines(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        address = LOG + following[1].replace("&amp;", "&") if following else ""
    assert set(shown) == {it["request"] for it in events}
    assert len(shown) <= 250 + 2 * 3


def test_what_cannot_be_found_is_said(operator):
    assert "Nobody has the address “nix@example.org”." in read(
        operator, f"{LOG}?who=nix@example.org"
    )
    assert "There is no run “nix”." in read(operator, f"{LOG}?run=nix")
    for day in ("2026-13-45", "0001-01-01", "9999-12-31"):
        assert f"“{day}” is no day of the log; this is today." in read(operator, on(day))
    assert "Nothing of this was recorded" in read(operator, f"{LOG}?before=0&day={DAY}")


def test_a_file_that_cannot_be_read_leaves_the_rest(operator, folder):
    write(folder, [event(moment(), request="lost")])
    list(compact(folder, DAY))
    folder.day_file(DAY).write_bytes(b"PAR1 nonsense PAR1")
    line_file(folder.path, f"{DAY}.9-b", "torn {", event(moment(), request="kept"), '{"v": 2')
    assert lines(see(operator, on(DAY))) in (["kept"], [])
    line_file(folder.path, f"{DAY}.9-b", event(moment(), request="kept"), '{"v": 2')
    assert lines(see(operator, on(DAY))) == ["kept"]


def test_following_the_log_leaves_no_line_in_it(operator, folder):
    see(operator, LOG)
    before = lines(see(operator, LOG))
    for _round in range(3):
        assert operator.get(LOG, headers={"Preau-Follow": "1"}).status_code == 200
    after = lines(see(operator, LOG))
    assert len(after) == len(before) + 1  # the page itself, that was asked for before


def test_strange_values_break_nothing(operator, folder):
    line_file(
        folder.path, f"{DAY}.1-a",
        event(moment(), person=["x"], run={"a": 1}, activity="7", role=3, request="x", result=[1]),
        event(moment(), person=2**80, run=-1, activity=None, request="y", result="words"),
    )  # fmt: skip
    assert sorted(lines(see(operator, on(DAY)))) == ["x", "y"]
    list(compact(folder, DAY))
    assert sorted(lines(see(operator, on(DAY)))) in (["x", "y"], ["x"], ["y"], [])


def test_hostile_events_are_text(operator, folder):
    line_file(
        folder.path, f"{DAY}.1-a",
        event(moment(), page="<script>alert(1)</script>", request="x", verb="viewed"),
    )  # fmt: skip
    html = see(operator, on(DAY))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_today_can_be_followed_and_other_days_not(operator):
    assert "data-follow" in see(operator, LOG)
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    assert "data-follow" not in see(operator, on(yesterday))
