"""The cache of a site without Redis: nothing is forgotten early, nothing kept for long."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import OperationalError

from preau.learn.databases.sqlite_cache import SQLiteCache


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run" / "cache.sqlite3"


@pytest.fixture
def kept(path):
    return SQLiteCache(str(path), {})


def test_it_is_what_a_site_without_redis_has():
    assert isinstance(cache._connections[cache._alias], SQLiteCache)


def test_it_keeps_what_it_is_given(kept):
    kept.set("failures", [1.5, 2.5])
    kept.set("failures", [1.5, 2.5, 3.5])
    kept.set("nothing", None, None)
    assert kept.get("failures") == [1.5, 2.5, 3.5]
    assert kept.get("nothing", "default") is None
    assert kept.get("unknown", "default") == "default"
    assert kept.get_many(["failures", "unknown"]) == {"failures": [1.5, 2.5, 3.5]}


def test_it_forgets_nothing_of_ten_thousand_people(kept):
    for number in range(10_000):
        kept.set(f"person-{number}", [number], 300)
    assert all(kept.get(f"person-{number}") == [number] for number in range(10_000))


def test_it_forgets_what_has_expired_and_then_has_room_again(kept, path):
    kept.set("short", "x", 0.05)
    kept.set("long", "y", 300)
    kept.set("never", "z", 0)
    time.sleep(0.06)
    assert kept.get("short") is kept.get("never") is None
    assert not kept.touch("short")
    assert kept.get("long") == "y"
    later = SQLiteCache(str(path), {})  # a process that has not looked yet
    later.set("other", "z", 300)
    left = later._execute("SELECT count(*) FROM kept", {}).fetchone()
    assert left == (2,)


def test_it_adds_only_where_nothing_is(kept):
    assert kept.add("lock", 1, 300)
    assert not kept.add("lock", 2, 300)
    assert kept.get("lock") == 1
    assert kept.delete("lock")
    assert not kept.delete("lock")
    assert kept.add("lock", 3, 0.02)
    time.sleep(0.03)
    assert kept.add("lock", 4, 300)
    assert kept.add("for-ever", 1, None)
    assert not kept.add("for-ever", 2, None)
    kept.touch("lock", None)
    kept.clear()
    assert kept.get("lock") is None


def test_of_many_at_once_one_gets_the_lock(path):
    start = Barrier(8)

    def take(_number):
        start.wait()
        return [SQLiteCache(str(path), {}).add(f"lock-{nth}", 1) for nth in range(20)]

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(take, range(8)))
    assert [sum(nth) for nth in zip(*taken, strict=True)] == [1] * 20


WORKER = """
import sys
from django.conf import settings
settings.configure()
from preau.learn.databases.sqlite_cache import SQLiteCache
cache = SQLiteCache(sys.argv[1], {})
sys.stdin.readline()
for nth in range(300):
    cache.set(f"{sys.argv[2]}-{nth}", nth)
"""


def test_processes_that_start_at_once_share_it(path, kept):
    """The file itself is made by whoever comes first."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), str(number)], stdin=subprocess.PIPE
        )
        for number in range(6)
    ]
    for worker in workers:
        worker.stdin.write(b"\n")
        worker.stdin.close()
    assert [worker.wait(60) for worker in workers] == [0] * 6
    assert all(kept.get(f"{worker}-{nth}") == nth for worker in range(6) for nth in range(300))


def test_a_file_that_can_not_be_written_is_the_databases_trouble(tmp_path):
    """``theme.errors`` answers that with a page."""
    (tmp_path / "cache.sqlite3").mkdir()
    with pytest.raises(OperationalError, match=r"cache\.sqlite3: unable to open"):
        SQLiteCache(str(tmp_path / "cache.sqlite3"), {}).set("one", 1)
