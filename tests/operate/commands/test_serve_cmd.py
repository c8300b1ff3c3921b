"""``preau serve``: the whole tree of a real site."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.operate.site.running import await_true, get, is_free

pytestmark = [pytest.mark.serving, pytest.mark.xdist_group("servers")]


@contextmanager
def serving(site, port):
    command = [sys.executable, "-m", "preau.operate.cli", "serve", "--site", str(site)]
    command += ["--port", str(port), "--workers", "2"]
    environ = {**os.environ, "PREAU_SITE_ADDRESS": f"http://127.0.0.1:{port}"}
    with (site / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        await_true(lambda: process.poll() is not None or not is_free(port), seconds=60)
        get(port, "/health/")
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=40)


def below(pid):
    """Every process of the tree under ``pid``."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return set()
    return {int(word) for word in words} | {it for word in words for it in below(int(word))}


def gone(pids):
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_it_serves_pages_and_static_files_and_ends_with_everything(site, free_port, preau):
    with serving(site, free_port) as process:
        assert b"<html" in get(free_port, "/")
        (style,) = (site / "static/theme").glob("base.*.css")
        assert get(free_port, f"/static/theme/{style.name}")
        tree = below(process.pid)
        assert len(tree) >= 5, "web server, two workers, task worker, scheduler"
        again = preau("serve", "--site", site, "--port", free_port)
        assert again.code == 1
        assert f"is being served already, by process {process.pid};" in again.err
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=40) == 0
        assert gone(tree)
    assert "Traceback" not in (site / "log").read_text()


def test_kill_9_leaves_nothing_on_the_port(site, free_port):
    with serving(site, free_port) as process:
        tree = below(process.pid)
        process.kill()
        process.wait(timeout=10)
        await_true(lambda: gone(tree), seconds=40)
        assert is_free(free_port)


def test_a_database_of_an_older_release_is_not_served(site, free_port, preau):
    with closing(sqlite3.connect(site / "data" / "preau.sqlite3")) as database:
        count = database.execute("DELETE FROM django_migrations WHERE app = 'enrolments'").rowcount
        database.commit()
    (site / "run" / "static").unlink()  # as if another release had served it last
    answer = preau("serve", "--site", site, "--port", free_port)
    assert answer.code == 1
    assert f"{count} migrations wait" in answer.err
    assert f"preau init {site}" in answer.err
