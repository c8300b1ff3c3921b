"""What the site acknowledged outlives ``kill -9`` of every one of its processes."""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.journeys.databases import NAMES, new_database
from tests.journeys.pages import RUN
from tests.journeys.person import Person
from tests.journeys.site import preau, served
from tests.operate.site.running import await_true

pytestmark = [pytest.mark.serving]

PAGE = f"/learn/{RUN}/frequency-and-period/"


def processes(folder: Path) -> list[int]:
    """The supervisor and all below it."""
    waiting, found = [int((folder / "run" / "serve.pid").read_text().split()[0])], []
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return found


def ended(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] == "Z"


@pytest.mark.parametrize(
    "database",
    [pytest.param(name, marks=pytest.mark.xdist_group(f"killed-{name}")) for name in NAMES],
)
def test_no_acknowledged_note_is_lost(tmp_path, database):
    folder = tmp_path / "site"
    with new_database(database) as settings:
        with served(folder, **settings) as site:
            preau("manage", "demo_load", environ=site.environ)
            noah = Person(site, "noah@demo.example")
            noah.post(f"/runs/{RUN}/enrol/", {})
            noah.get(PAGE)
            acknowledged = []
            enough = threading.Event()

            def write():
                for number in range(100_000):
                    try:
                        status, _page = noah.post(f"{PAGE}note/", {"note": f"Note {number}."})
                    except OSError:
                        return
                    if status == 302:
                        acknowledged.append(number)
                    if len(acknowledged) == 30:
                        enough.set()

            writing = threading.Thread(target=write)
            writing.start()
            assert enough.wait(60)
            pids = processes(folder)
            for it in (signal.SIGSTOP, signal.SIGKILL):  # stopped, none can end with its parent
                for pid in pids:
                    os.kill(pid, it)
            writing.join()
            await_true(lambda: all(map(ended, pids)))
            last = acknowledged[-1]
        with served(folder, **settings) as site:
            again = Person(site, "noah@demo.example")
            _status, page = again.get(PAGE)
        kept = int(page.split("Note ")[1].split(".")[0])
        assert kept in {last, last + 1}, "at most the one whose answer never came is newer"
        assert "check" in page.split("data-state")[1][:200], "reading it had completed it"
