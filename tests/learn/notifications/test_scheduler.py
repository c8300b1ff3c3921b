"""The scheduler command, in processes of its own on a real site."""

import os
import signal
import sqlite3
import subprocess
import time

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from preau.operate.site.learn_process import learn_command, learn_environment
from tests.journeys.site import preau

EVERY_MINUTE = "hand_in_what_is_late"  # may be due twice while a test runs
SCHEDULED = [
    "forget_old_tasks",
    "forget_sessions",
    "gather_statistics",
    "go_on_erasing",
    "look_again",
    "take_back_lost_tasks",
]


@pytest.mark.django_db(transaction=True)
def test_it_looks_once_when_asked_to(caplog):
    caplog.set_level("DEBUG", "preau")
    for _again in range(3):
        call_command("scheduler", once=True)
    assert DBTaskResult.objects.count() == len(SCHEDULED) + 1
    assert "Enqueued forget-sessions." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_does_not_end_it(caplog):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("the database is away")

    with connection.execute_wrapper(refuse):
        call_command("scheduler", once=True)
    assert "The scheduler can't reach the database: the database is away" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_it_leaves_the_signals_as_they_were():
    before = [signal.getsignal(it) for it in (signal.SIGTERM, signal.SIGINT)]
    call_command("scheduler", once=True)
    assert [signal.getsignal(it) for it in (signal.SIGTERM, signal.SIGINT)] == before


@pytest.fixture
def site(tmp_path):
    """A site on SQLite, and the environment in which its commands run."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    preau("init", tmp_path / "site", environ=clean)
    return tmp_path / "site", learn_environment(tmp_path / "site", clean)


def tasks(folder):
    with sqlite3.connect(folder / "data" / "preau.sqlite3") as database:
        rows = database.execute("SELECT task_path FROM django_tasks_database_dbtaskresult")
        found = sorted(path.rsplit(".", 1)[1] for (path,) in rows)
        found = [name for name in found if name != EVERY_MINUTE]
    database.close()
    return found


@pytest.mark.serving
def test_schedulers_in_several_processes_enqueue_once_and_end_when_asked(site):
    folder, environ = site
    command = learn_command("scheduler", "--interval", "0.05")
    processes = [subprocess.Popen(command, env=environ) for _each in range(3)]
    try:
        until = time.monotonic() + 90
        while len(tasks(folder)) < len(SCHEDULED) and time.monotonic() < until:
            time.sleep(0.1)  # rows of other processes: there is no event to await
        time.sleep(2)  # the slowest has looked too, and all of them several times
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(timeout=30) for process in processes]
    assert codes == [0, 0, 0]
    assert tasks(folder) == SCHEDULED
