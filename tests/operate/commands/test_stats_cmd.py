"""``preau stats`` and ``preau events`` on a real site, as a script uses them."""

import json
import os
import signal
import subprocess
from datetime import timedelta

import duckdb
import pytest

from tests.journeys.site import PREAU, preau
from tests.learn.events.writing import DAY, event, line_file, moment

LAST = DAY + timedelta(days=5)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A site without a course: the command line needs none to count."""
    folder = tmp_path_factory.mktemp("statistics") / "site"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    preau("init", folder, environ=environ)
    return folder, {**environ, "PREAU_SITE": str(folder)}


@pytest.fixture
def site(made):
    folder, environ = made
    for number in range(6):
        day = DAY + timedelta(days=number)
        lines = [
            event(moment(day, hour), person=hour, role="learner", run=1) for hour in range(1, 9)
        ]
        line_file(folder / "events", f"{day}.1-a", *lines)
    return folder, environ


def run(environ, *words):
    return subprocess.run(
        [PREAU, *map(str, words)], env=environ, capture_output=True, text=True, timeout=120
    )


def test_gather_goes_on_where_it_was_killed_and_show_and_export_tell_the_same(site, tmp_path):
    _folder, environ = site
    gather = ["stats", "gather", "--until", LAST]
    begun = subprocess.Popen(
        [PREAU, *map(str, gather)], env=environ, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    begun.stdout.readline()
    os.killpg(begun.pid, signal.SIGKILL)
    begun.communicate()
    first = run(environ, *gather, "--max-days", "2").stdout.splitlines()
    assert first[-1].startswith("2 days done, continues next time: ")
    last = run(environ, *gather).stdout.splitlines()
    assert last[-1].endswith("; nothing is left.")
    assert "2026-W41: 48 events, 8 people." in last
    shown = run(environ, "stats", "show", "--since", DAY, "--until", DAY, "--format", "json")
    assert json.loads(shown.stdout) == [
        {"day": "2026-10-05", "role": "learner", "views": 8, "actions": 0, "sign_ins": 0,
         "people": 8}
    ]  # fmt: skip
    target = tmp_path / "events.parquet"
    done = run(environ, "events", "export", "--since", DAY, "--until", LAST, "-o", target)
    assert done.stdout == f"48 events written to {target}.\n"
    assert duckdb.sql(f"SELECT count(*) FROM '{target}'").fetchall() == [(48,)]


def test_two_that_gather_at_once_count_nothing_twice(site):
    _folder, environ = site
    words = [PREAU, "stats", "gather", "--until", str(LAST)]
    both = [
        subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, text=True) for _it in range(2)
    ]
    for process in both:
        process.communicate(timeout=120)
    assert [process.returncode for process in both] == [0, 0]
    shown = run(environ, "stats", "show", "--format", "csv").stdout.splitlines()
    assert shown[0] == "day,role,views,actions,sign_ins,people"
    assert len(shown) == 7
    assert len({line.split(",")[0] for line in shown[1:]}) == 6


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stats", "show", "--run", "nobody"], "nobody"),
        (["stats", "show", "--since", "yesterday"], "yesterday"),
        (["stats", "gather", "--max-days", "0"], "0"),
        (["events", "export", "--since", "2026-10-06", "--until", "2026-10-05", "-o", "x.parquet"],
         "2026-10-06 is after 2026-10-05"),
        (["events", "export", "-o", "/nowhere/x.parquet"], "/nowhere/x.parquet can't be written"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence(site, tmp_path, words, said):
    _folder, environ = site
    done = subprocess.run(
        [PREAU, *words], env=environ, capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_of_an_older_release_is_said(tmp_path):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREAU_")}
    environ["PREAU_SITE"] = str(tmp_path / "site")
    preau("init", tmp_path / "site", environ=environ)
    preau("manage", "migrate", "insights", "0001", environ=environ)
    line_file(tmp_path / "site" / "events", f"{DAY}.1-a", event(moment()))
    done = run(environ, "stats", "gather")
    assert done.returncode == 1
    assert "Error: The site's database is of an older release" in done.stderr
    assert "Traceback" not in done.stderr
    preau("manage", "migrate", environ=environ)
    assert "nothing is left" in run(environ, "stats", "gather").stdout


def test_an_export_never_writes_over_a_file(site, tmp_path):
    _folder, environ = site
    target = tmp_path / "kept"
    target.write_text("mine")
    done = run(environ, "events", "export", "-o", target)
    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert target.read_text() == "mine"
