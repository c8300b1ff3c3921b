"""The day changes while several threads write: no line is lost, none lands in another file."""

import json
import os
import threading
from collections import Counter
from pathlib import Path

from preau.learn.events import recorder as module
from preau.learn.events.recorder import Recorder

DAY = 86_400_000
MIDNIGHT = 1_800_000_000_000 // DAY * DAY


def lines(folder):
    """The runs that were recorded, by the date in the file's name."""
    found = {}
    for path in folder.glob("*.jsonl"):
        rows = [json.loads(line)["run"] for line in path.read_text().splitlines()]
        found.setdefault(path.name[:10], []).extend(rows)
    return found


def test_a_line_that_midnight_overtakes_lands_in_its_own_file(tmp_path, monkeypatch):
    """One thread knows the file's number; before it writes, others want to change the day."""
    recorder = Recorder(tmp_path / "events")
    recorder.append({"v": 1, "t": MIDNIGHT - 2, "run": 1})
    write, others, waiting = os.write, [], []

    def overtaken(descriptor, line):
        monkeypatch.setattr(module.os, "write", write)
        other = threading.Thread(target=recorder.append, args=({"v": 1, "t": MIDNIGHT, "run": 3},))
        other.start()
        waiting.append(other)
        others.extend((tmp_path / f"other-{number}").open("wb") for number in range(10))
        return write(descriptor, line)

    monkeypatch.setattr(module.os, "write", overtaken)
    assert recorder.append({"v": 1, "t": MIDNIGHT - 1, "run": 2})
    waiting[0].join()
    for other in others:
        other.close()
    recorder.close()
    assert [path.read_bytes() for path in tmp_path.glob("other-*")] == [b""] * 10
    assert lines(tmp_path / "events") == {"2027-01-14": [1, 2], "2027-01-15": [3]}


def test_many_threads_around_midnight_lose_nothing(tmp_path):
    recorder, threads, rounds = Recorder(tmp_path / "events"), 8, 400
    stop, acknowledged = threading.Event(), Counter()

    def write(number):
        for round_ in range(rounds):
            moment = MIDNIGHT + (-1, 1)[(round_ + number) % 2]
            if recorder.append({"v": 1, "t": moment, "run": number * rounds + round_}):
                acknowledged[number] += 1

    def open_others():
        while not stop.is_set():
            with (tmp_path / "other").open("ab"):
                pass

    noise = threading.Thread(target=open_others)
    noise.start()
    writers = [threading.Thread(target=write, args=(number,)) for number in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    noise.join()
    recorder.close()
    kept = lines(tmp_path / "events")
    assert sorted(kept) == ["2027-01-14", "2027-01-15"]
    assert sorted(run for runs in kept.values() for run in runs) == list(range(threads * rounds))
    assert acknowledged == dict.fromkeys(range(threads), rounds)
    assert (tmp_path / "other").read_bytes() == b""
    assert len(list((tmp_path / "events").iterdir())) == 2


def test_the_file_of_yesterday_is_closed(tmp_path):
    recorder = Recorder(tmp_path)
    before = open_files()
    for day in range(50):
        recorder.append({"v": 1, "t": MIDNIGHT + day * DAY, "run": day})
    assert open_files() == before + 1
    recorder.close()
    assert open_files() == before


def open_files():
    """How many files this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))
