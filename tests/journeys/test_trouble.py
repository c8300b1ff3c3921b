"""A real site whose database is locked, or whose disk is full."""

import json
import resource
import sqlite3
from pathlib import Path

import pytest

from preau.learn.events.schema import VERSION
from tests.journeys.pages import RUN
from tests.journeys.person import Person
from tests.journeys.site import preau, served

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("trouble")]

NOTE = f"/learn/{RUN}/frequency-and-period/note/"
WRITTEN = "Half a page about waves that nobody wants to write again."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trouble") / "site"
    with served(folder, PREAU_DATABASE_WAIT_SECONDS="0.3") as live:
        preau("manage", "demo_load", environ=live.environ)
        yield live


@pytest.fixture
def noah(site):
    person = Person(site, "noah@demo.example")
    person.get(f"/learn/{RUN}/frequency-and-period/")
    return person


def notes(site):
    with sqlite3.connect(site.folder / "data" / "preau.sqlite3") as database:
        rows = database.execute("SELECT note FROM enrolments_mark WHERE note != ''").fetchall()
    database.close()
    return [row[0] for row in rows]


def test_while_the_database_is_locked_pages_are_read_and_texts_are_kept(site, noah):
    holder = sqlite3.connect(site.folder / "data" / "preau.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        status, page = noah.post(NOTE, {"note": WRITTEN})
        assert status == 503
        assert noah.retry_after == "5"
        assert "nothing was changed" in page
        assert WRITTEN in page
        assert noah.get(f"/learn/{RUN}/")[0] == 200
        status, page = noah.get(f"/learn/{RUN}/what-is-a-signal/")
        assert status == 200, "a page can be read though it can't be noted as read"
        assert "Not completed yet" in page
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert WRITTEN not in notes(site)
    noah.get(f"/learn/{RUN}/frequency-and-period/")
    assert noah.post(NOTE, {"note": WRITTEN})[0] == 302
    assert WRITTEN in notes(site)


def workers(site) -> list[int]:
    """Every process of the site: the supervisor's children and theirs."""
    first = int((site.folder / "run" / "serve.pid").read_text().split()[0])
    found, waiting = [], [first]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        waiting += [int(word) for word in listed.split()]
    return found


def test_on_a_full_disk_pages_are_read_and_nothing_is_half_written(site, noah):
    """The kernel refuses every write beyond one byte, as a full disk would."""
    before = notes(site)
    pids = workers(site)
    old = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, old[pid][1]))
    try:
        status, page = noah.post(NOTE, {"note": WRITTEN + " Again."})
        assert status == 503, page
        assert "nothing was changed" in page
        assert WRITTEN in page
        status, page = noah.get(f"/learn/{RUN}/")
        assert status == 200, "an event that can't be recorded must not fail the page"
    finally:
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, old[pid])
    assert notes(site) == before
    noah.get(f"/learn/{RUN}/frequency-and-period/")
    assert noah.post(NOTE, {"note": "There is room again."})[0] == 302
    assert "There is room again." in notes(site)


def test_every_event_is_one_whole_line_of_json(site, noah):
    noah.post(NOTE, {"note": "One event."})
    lines = [
        json.loads(line)
        for path in (site.folder / "events").glob("*.jsonl")
        for line in path.read_text().splitlines()
    ]
    assert {"viewed", "signed-in", "noted"} <= {line["verb"] for line in lines}
    assert all(line["v"] == VERSION and line["t"] > 1_700_000_000_000 for line in lines)
