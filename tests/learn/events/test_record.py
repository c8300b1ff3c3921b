"""The record of events: one line each, outliving what it must, failing nobody."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.learn.events.record import pseudonym, truncated
from preau.learn.events.recorder import DayFile, Recorder
from preau.learn.events.schema import VERSION, Event
from tests.people import ada, signed_in, small_run

REFERENCE = Path(__file__).parents[3] / "docs/reference/events.md"


def lines(folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]


@pytest.mark.django_db
def test_a_page_view_is_one_line_that_says_who_and_what(tmp_path, settings):
    run = small_run(tmp_path / "course")
    who = ada(run)
    browser = signed_in(who)
    before = len(lines(settings.EVENTS_FOLDER))
    answer = browser.get("/learn/small-now/sine/")
    (event,) = lines(settings.EVENTS_FOLDER)[before:]
    assert event["v"] == VERSION
    assert (event["verb"], event["person"], event["run"]) == ("viewed", who.pk, run.pk)
    assert event["role"] == "learner"
    assert event["request"] == answer["X-Request-Id"]
    assert set(event) <= set(Event.__annotations__)


@pytest.mark.django_db
def test_the_record_opens_no_session(tmp_path, settings):
    browser = signed_in(ada(small_run(tmp_path / "course")))
    browser.get("/dashboard/")
    written = "".join(path.read_text() for path in settings.EVENTS_FOLDER.glob("*.jsonl"))
    assert browser.session.session_key not in written
    assert pseudonym(browser.session.session_key) in written


@pytest.mark.django_db
@pytest.mark.parametrize("obstacle", ["a file where the folder should be", "a full disk"])
def test_an_event_that_cannot_be_written_never_fails_the_page(
    tmp_path, settings, obstacle, caplog, monkeypatch
):
    browser = signed_in(ada(small_run(tmp_path / "course")))
    from preau.learn.events.record import recorder

    recorder.cache_clear()
    if obstacle == "a full disk":
        full = DayFile(Path("/dev/full"), 0, 0)
        monkeypatch.setattr(Recorder, "_file_for", lambda _self, _day: full)
    else:
        (tmp_path / "taken").write_text("")
        settings.EVENTS_FOLDER = tmp_path / "taken"
    assert browser.get("/learn/small-now/").status_code == 200
    assert recorder().lost == 1
    assert "Free some disk space" in caplog.text


def test_a_disk_that_takes_part_of_a_line_spoils_no_other(tmp_path):
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from preau.learn.events.recorder import Recorder\n"
        "recorder = Recorder(Path(sys.argv[1]))\n"
        "append = lambda run: recorder.append({'v': 1, 't': 1_800_000_000_000, 'run': run})\n"
        "kept, most = resource.getrlimit(resource.RLIMIT_FSIZE)\n"
        "done = []\n"
        "for room in (1, 7, 33):\n"
        "    size = sum(path.stat().st_size for path in Path(sys.argv[1]).glob('*.jsonl'))\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, most))\n"
        "    done.append(append(1))\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (kept, most))\n"
        "    done.append(append(2))\n"
        "print(done, recorder.lost)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{[False, True] * 3} 3\n"
    assert "No space left on device" in done.stderr
    assert [event["run"] for event in lines(tmp_path)] == [2, 2, 2]


def test_what_was_recorded_outlives_kill_9(tmp_path):
    program = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from preau.learn.events.recorder import Recorder\n"
        "recorder = Recorder(Path(sys.argv[1]))\n"
        "for number in range(100000):\n"
        "    assert recorder.append({'v': 1, 't': 1_800_000_000_000, 'run': number})\n"
        "    print(number, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE)
    assert process.stdout is not None
    acknowledged = -1
    for _count in range(500):
        acknowledged = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split()
    process.stdout.close()
    process.wait(timeout=10)
    acknowledged = max([acknowledged, *map(int, rest)])
    kept = {event["run"] for event in lines(tmp_path)}
    assert set(range(acknowledged + 1)) <= kept


def test_each_day_has_its_file(tmp_path):
    recorder = Recorder(tmp_path)
    for moment in (1_800_000_000_000, 1_800_000_000_001, 1_800_100_000_000):
        recorder.append({"v": 1, "t": moment})
    recorder.close()
    assert [path.name[:10] for path in sorted(tmp_path.iterdir())] == ["2027-01-15", "2027-01-16"]


def test_a_process_that_forks_writes_into_a_file_of_its_own(tmp_path):
    recorder = Recorder(tmp_path)
    recorder.append({"v": 1, "t": 1_800_000_000_000, "run": 1})
    child = os.fork()
    if child == 0:
        recorder.append({"v": 1, "t": 1_800_000_000_000, "run": 2})
        os._exit(0)
    os.waitpid(child, 0)
    recorder.append({"v": 1, "t": 1_800_000_000_000, "run": 3})
    recorder.close()
    assert len(list(tmp_path.iterdir())) == 2
    assert sorted(event["run"] for event in lines(tmp_path)) == [1, 2, 3]


@given(st.ip_addresses())
def test_addresses_lose_what_tells_people_apart(address):
    import ipaddress

    kept = ipaddress.ip_address(truncated(str(address)))
    bits = 24 if address.version == 4 else 48
    assert kept == ipaddress.ip_network((address, bits), strict=False).network_address


@pytest.mark.parametrize("address", ["", "unix:", "1.2.3", "::g", "a" * 500])
def test_what_is_no_address_is_left_out(address):
    assert truncated(address) == ""


def test_every_field_and_verb_is_documented():
    page = REFERENCE.read_text()
    for name in Event.__annotations__:
        assert f"`{name}`" in page, name
    from typing import get_args

    from preau.learn.events.schema import Verb

    for verb in get_args(Verb):
        assert f"`{verb}`" in page, verb
