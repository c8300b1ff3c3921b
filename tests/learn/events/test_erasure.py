"""Erasure: nobody's events stay, and nobody finds whose they were."""

import json
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from django.core.management import call_command

from preau.learn.events.compaction import compact
from preau.learn.events.erasure import erase
from preau.learn.events.folder import EventsFolder
from preau.learn.events.recorder import Recorder
from tests.learn.events.writing import DAY, event, line_file, moment, stored

WHO = {"session": "abcdef012345", "address": "192.0.2.0", "request": "0f0f",
       "result": {"words": "my illness"}}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    it = EventsFolder(tmp_path / "events")
    for number in range(3):
        day = DAY + timedelta(days=number)
        lines = [event(moment(day, hour), person=hour % 2 + 1, **WHO) for hour in range(6)]
        line_file(it.path, f"{day}.1-a", *(lines if number < 2 else lines[1::2]))
    list(compact(it, DAY + timedelta(days=3)))
    return it


def test_a_person_is_taken_out_of_every_day_and_the_counts_stay(folder):
    untouched = folder.day_file(DAY + timedelta(days=2))
    before = untouched.stat().st_mtime_ns
    report = erase(folder, 1)
    assert (report.days, report.events, report.left) == ([DAY, DAY + timedelta(days=1)], 6, 0)
    assert untouched.stat().st_mtime_ns == before
    for number, count in ((0, 6), (1, 6), (2, 3)):
        rows = stored(folder.day_file(DAY + timedelta(days=number)), "person, session, result")
        assert len(rows) == count
        assert {row[0] for row in rows} <= {None, 2}
        assert all(row == (None, None, None) for row in rows if row[0] is None)
        assert all(row[1] == "abcdef012345" for row in rows if row[0] == 2)
    assert erase(folder, 1).events == 0


def test_nothing_of_theirs_is_left_in_any_byte_of_the_file(folder):
    day = DAY + timedelta(days=10)
    line_file(folder.path, f"{day}.1-a", event(moment(day), person=77, session="secret-session"))
    list(compact(folder, day))
    assert stored(folder.day_file(day), "session") == ["secret-session"]
    erase(folder, 77)
    assert b"secret-session" not in folder.day_file(day).read_bytes()


def test_what_comes_after_is_merged_and_not_taken_twice(folder):
    erase(folder, 1)
    line_file(folder.path, f"{DAY}.2-late", event(moment(DAY, 20), person=3))
    list(compact(folder, DAY))
    assert len(stored(folder.day_file(DAY))) == 7


def test_todays_lines_are_taken_out_too_while_they_are_written(folder):
    recorder = Recorder(folder.path)
    now = int(datetime.now(UTC).timestamp() * 1000)
    recorder.append(event(now, person=5))
    report = erase(folder, 5)
    assert (report.events, report.left, len(report.lines)) == (1, 0, 1)
    recorder.append(event(now + 1, person=6))
    recorder.close()
    today = datetime.fromtimestamp(now / 1000, UTC).date()
    list(compact(folder, today))
    assert stored(folder.day_file(today), "person") == [None, 6]
    assert folder.live() == {}


def test_the_command_prints_the_proof(folder, settings, capsys):
    settings.EVENTS_FOLDER = folder.path
    call_command("events_erase", "2")
    told = json.loads(capsys.readouterr().out)
    assert (told["person"], told["events"], told["left"]) == (2, 9, 0)
    assert len(told["days"]) == 3
    whole = duckdb.sql(f"SELECT count(*) FROM '{folder.days}/*.parquet' WHERE person = 2")
    assert whole.fetchall() == [(0,)]
