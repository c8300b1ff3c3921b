"""Lines become Parquet: each once, whatever happens in between, and nothing that can be read is lost."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.learn.events import compaction
from preau.learn.events.compaction import compact
from preau.learn.events.folder import EventsFolder
from preau.learn.events.recorder import Recorder
from tests.learn.events.writing import DAY, event, line_file, moment, stored


@pytest.fixture
def folder(tmp_path):
    return EventsFolder(tmp_path / "events")


def compacted(folder, until=DAY):
    return list(compact(folder, until))


def test_the_lines_of_a_day_become_one_file_in_order(folder):
    line_file(folder.path, "2026-10-05.1-a", event(moment(hour=9)), event(moment(hour=11)))
    line_file(folder.path, "2026-10-05.2-b", event(moment(hour=10)))
    (report,) = compacted(folder)
    assert (report.day, report.added, report.total, report.bad, report.removed) == (DAY, 3, 3, 0, 2)
    assert stored(folder.day_file(DAY)) == [moment(hour=hour) for hour in (9, 10, 11)]
    assert folder.live() == {}
    assert compacted(folder) == []


def test_every_field_comes_along(folder):
    whole = event(
        moment(), page="enrolments:activity", session="0f", role="learner", run=2, course=3,
        activity=4, result={"seen": [[0, 10]]}, duration=2.5, address="192.0.2.0", request="ab",
    )  # fmt: skip
    line_file(folder.path, "2026-10-05.1-a", whole)
    compacted(folder)
    (row,) = stored(folder.day_file(DAY), ", ".join(compaction.COLUMNS))
    found = dict(zip(compaction.COLUMNS, row, strict=True))
    assert {**found, "result": json.loads(found["result"])} == whole


def test_today_is_left_alone(folder):
    line_file(folder.path, "2026-10-05.1-a", event(moment()))
    line_file(folder.path, "2026-10-06.1-a", event(moment(DAY + timedelta(days=1))))
    assert [it.day for it in compacted(folder)] == [DAY]
    assert list(folder.live()) == [DAY + timedelta(days=1)]


def test_what_comes_late_is_added_and_nothing_is_taken_twice(folder):
    line_file(folder.path, "2026-10-05.1-a", event(moment(hour=9)))
    compacted(folder)
    line_file(folder.path, "2026-10-05.1-a", event(moment(hour=8)))  # the clock went back
    assert [(it.added, it.total) for it in compacted(folder)] == [(1, 2)]
    assert stored(folder.day_file(DAY)) == [moment(hour=8), moment(hour=9)]


def test_a_file_that_a_process_has_open_stays_and_grows(folder):
    recorder = Recorder(folder.path)
    recorder.append(event(moment(hour=9)))
    for count in (1, 2, 3):
        (report,) = compacted(folder)
        assert (report.total, report.removed) == (count, 0)
        recorder.append(event(moment(hour=9 + count)))
    recorder.close()
    (report,) = compacted(folder)
    assert (report.total, report.removed) == (4, 1)
    recorder.append(event(moment(hour=20)))
    recorder.close()
    assert [it.total for it in compacted(folder)] == [5]


def test_a_line_that_a_crash_cut_short_is_set_aside(folder):
    line_file(folder.path, "2026-10-05.1-a", event(moment()), '{"v":2,"t":17')
    (report,) = compacted(folder)
    assert (report.added, report.bad, report.removed) == (1, 1, 1)
    assert (folder.aside / "2026-10-05.jsonl").read_text() == '{"v":2,"t":17\n'


def test_a_line_that_is_being_written_waits(folder):
    recorder = Recorder(folder.path)
    recorder.append(event(moment(hour=9)))
    (path,) = folder.live()[DAY]
    with path.open("a") as writing:
        writing.write('{"v":2,"t":17')
    (report,) = compacted(folder)
    assert (report.added, report.bad) == (1, 0)
    with path.open("a") as writing:
        writing.write(f'{moment(hour=10)},"verb":"viewed"}}\n'.removeprefix("17"))
    recorder.close()
    (report,) = compacted(folder)
    assert (report.added, report.total, report.bad) == (1, 2, 0)


BAD = (
    "null\n", "[1]\n", "{}\n", '{"t": "noon", "verb": "viewed"}\n', '{"verb": "viewed"}\n',
    "\x00\x00\x00\n", '{"t": 5, "verb": "viewed"}\n', "é" * 100 + "\n",
)  # fmt: skip


def test_lines_that_are_no_events_of_the_day_are_set_aside_and_the_rest_goes_on(folder):
    line_file(folder.path, "2026-10-05.1-a", event(moment(hour=9)), *BAD, event(moment(hour=10)))
    (report,) = compacted(folder)
    assert (report.added, report.bad) == (2, len(BAD))
    assert len(stored(folder.day_file(DAY))) == 2


def test_two_versions_of_the_schema_lie_side_by_side(folder):
    first = event(moment(hour=9), v=1)
    later = event(moment(hour=11), v=3, mood="new", duration=1.5)
    line_file(folder.path, "2026-10-05.1-a", first, event(moment(hour=10), duration=2.0), later)
    compacted(folder)
    assert stored(folder.day_file(DAY), "v, duration") == [(1, None), (2, 2.0), (3, 1.5)]


def test_a_corrupt_day_is_set_aside_and_named_and_the_rest_goes_on(folder, caplog):
    other = DAY + timedelta(days=1)
    folder.days.mkdir(parents=True)
    folder.day_file(DAY).write_bytes(b"PAR1 this is none PAR1")
    line_file(folder.path, "2026-10-05.1-a", event(moment()))
    line_file(folder.path, "2026-10-06.1-a", event(moment(other)))
    reports = compacted(folder, other)
    assert [it.total for it in reports] == [1, 1]
    assert reports[0].set_aside == [folder.aside / "2026-10-05.parquet"]
    assert "2026-10-05.parquet can't be read" in caplog.text


def test_counts_that_do_not_agree_leave_the_lines(folder, monkeypatch):
    path = line_file(folder.path, "2026-10-05.1-a", event(moment()))
    monkeypatch.setattr(compaction, "_count", lambda _engine, path: 7 * path.exists())
    with pytest.raises(PreauError, match="7 events instead of 1"):
        compacted(folder)
    assert path.exists()
    assert not folder.day_file(DAY).exists()


def in_a_process(program: str, *words: object) -> "subprocess.Popen[str]":
    head = (
        "import resource, sys\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from preau.learn.events.compaction import compact\n"
        "from preau.learn.events.folder import EventsFolder\n"
        "folder = EventsFolder(Path(sys.argv[1]))\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", head + program, *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_a_full_disk_is_told_and_the_lines_stay(folder):
    many = [
        event(moment(hour=number / 1000), request=os.urandom(6).hex()) for number in range(5000)
    ]
    path = line_file(folder.path, "2026-10-05.1-a", *many)
    program = (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from preau.kit.errors import PreauError\n"
        "try:\n"
        "    list(compact(folder, date(2026, 10, 5)))\n"
        "except PreauError as error:\n"
        "    print(error)\n"
    )
    said, _none = in_a_process(program, folder.path).communicate(timeout=60)
    assert said.startswith(f"{folder.day_file(DAY).with_suffix('.tmp')} can't be written")
    assert "the lines were left as they are" in said
    assert path.exists()
    assert [it.total for it in compacted(folder)] == [5000]


@pytest.mark.parametrize("after", [0, 1, 2, 4, 8])
def test_killed_at_any_moment_it_goes_on_and_loses_and_doubles_nothing(folder, after):
    for day in range(12):
        lines = [
            event(moment(DAY + timedelta(days=day), number / 100), run=number)
            for number in range(300)
        ]
        line_file(folder.path, f"{DAY + timedelta(days=day)}.1-a", *lines)
    last = DAY + timedelta(days=11)
    program = (
        "for report in compact(folder, date.fromisoformat(sys.argv[2])):\n"
        "    print(report.day, flush=True)\n"
    )
    process = in_a_process(program, folder.path, last)
    for _line in range(after):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    compacted(folder, last)
    for day in range(12):
        runs = stored(folder.day_file(DAY + timedelta(days=day)), "run")
        assert sorted(runs) == list(range(300))
    assert folder.live() == {}


def test_two_at_once_take_nothing_twice(folder):
    for number in range(4):
        lines = [event(moment(hour=hour / 100), run=hour) for hour in range(500)]
        line_file(folder.path, f"2026-10-05.{number}-a", *lines)
    program = "for report in compact(folder, date(2026, 10, 5)):\n    print(report.added)\n"
    both = [in_a_process(program, folder.path) for _number in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert sorted(said) == ["", "2000\n"]
    assert len(stored(folder.day_file(DAY))) == 2000


def spent_by_hand(events):
    """For each event, in order: until the same person's next one, if within half an hour."""
    found = []
    for place, one in enumerate(events):
        later = [it["t"] for it in events[place + 1 :] if it["person"] == one["person"]]
        gap = min(later) - one["t"] if later and one["person"] is not None else 0
        found.append(gap if gap <= 30 * 60_000 else 0)
    return found


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 86_399_999), st.sampled_from([None, 1, 2, 3])),
        max_size=40,
        unique_by=lambda it: it[0],
    )
)
def test_time_spent_is_the_gap_to_the_next_event_unless_it_is_a_pause(moments):
    events = [event(moment(hour=0) + at, person=who) for at, who in sorted(moments)]
    with tempfile.TemporaryDirectory() as name:
        own = EventsFolder(Path(name) / "events")
        line_file(own.path, "2026-10-05.1-a", *events)
        compacted(own)
        if events:
            assert stored(own.day_file(DAY), "spent") == spent_by_hand(events)
