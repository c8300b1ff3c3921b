"""kill -9 while certificates are issued to those who were done before: each has one, in the end."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.journeys.site import PREAU, SAMPLE, preau

pytestmark = pytest.mark.serving

PEOPLE = 400
DONE = """
from preau.learn.accounts.models import Person
from preau.learn.certificates.actions import set_conditions
from preau.learn.courses.models import Run
from preau.learn.courses.outline import outline_of
from preau.learn.enrolments.models import Enrolment
run = Run.objects.select_related("course").get(key="telecoms-self")
total = len(outline_of(run.course).to_complete)
people = Person.objects.bulk_create(
    Person(email=f"p{number}@example.org", name=f"Person {number}") for number in range(%d)
)
Enrolment.objects.bulk_create(
    Enrolment(run=run, person=it, completed_count=total) for it in people
)
set_conditions(run, given=True, least=None, with_marks=False)
"""
CATCH_UP = """
from preau.learn.certificates.catching_up import catch_up_with
from preau.learn.courses.models import Run
catch_up_with(Run.objects.get(key="telecoms-self").pk, 100_000)
"""


def certified(folder):
    """How many certificates there are, and of how many enrolments."""
    with closing(sqlite3.connect(folder / "data/preau.sqlite3", timeout=20)) as database:
        return database.execute(
            "SELECT count(*), count(DISTINCT enrolment_id) FROM certificates_certificate"
        ).fetchone()


def killed_after(folder, environ, count):
    """The catch-up, killed once there are so many; how many there are then."""
    words = [PREAU, "manage", "shell", "-c", CATCH_UP]
    process = subprocess.Popen(words, env=environ, start_new_session=True)
    until = time.monotonic() + 60
    while certified(folder)[0] < count and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)  # another process's rows: there is no event to await
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return certified(folder)[0]


def test_whoever_earned_one_has_exactly_one(tmp_path):
    folder = tmp_path / "site"
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PREAU_", "DJANGO_"))}
    preau("init", folder, environ=environ)
    environ["PREAU_SITE"] = str(folder)
    preau("course", "import", SAMPLE, environ=environ)
    preau("manage", "shell", "-c", DONE % PEOPLE, environ=environ)
    first = killed_after(folder, environ, 30)
    second = killed_after(folder, environ, first + 30)
    assert 30 <= first < second < PEOPLE
    preau("manage", "shell", "-c", CATCH_UP, environ=environ)
    assert certified(folder) == (PEOPLE, PEOPLE)
    lines = [
        json.loads(line)
        for path in (folder / "events").glob("*.jsonl")
        for line in path.read_text().splitlines()
    ]
    told = [it["person"] for it in lines if it["verb"] == "certified"]
    assert len(told) == len(set(told))
    assert len(told) >= PEOPLE - 2, "of the one that was being issued at a kill there may be none"
