"""``preau accesslog follow`` and ``serve``: real processes, while a log is written."""

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from preau.operate.accesslog.store.folder import open_store
from tests.operate.accesslog.logs import line, write

LINES = [line(f"/{number % 7}", at=number / 10, host=f"h{number % 99}") for number in range(2000)]


@contextmanager
def running(*words):
    """The process, and what it says first."""
    command = [sys.executable, "-m", "preau.operate.cli", "accesslog", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process, process.stdout.readline()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ended(process, number):
    process.send_signal(number)
    return process.communicate(timeout=60)[0], process.returncode


def await_true(true, seconds=60):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)  # another process: there is no event to await


def rows_in(store):
    with open_store(store, lasting=True) as opened:
        return sum(opened.days().values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_follow_reads_what_is_written_until_it_is_told_to_stop(tmp_path, number):
    log, store = write(tmp_path / "access.log", *LINES[:500]), tmp_path / "store"
    with running("follow", log, "--store", store) as (process, first):
        assert first == f"Following into {store}; Ctrl-C ends it.\n"
        files = lambda: len(list(store.rglob("*-0.parquet")))  # noqa: E731
        await_true(lambda: files() == 1)
        log.rename(tmp_path / "access.log.1")
        write(log, *LINES[500:600], "nonsense")
        await_true(lambda: files() == 2)
        said, code = ended(process, number)
    assert code == 0
    assert said.splitlines() == [
        f"{log}: another file has this name now; it is read too.",
        f"{store}: 601 lines were read; of 1 nothing could be made.",
    ]
    assert rows_in(store) == 600


def test_follow_killed_goes_on_where_it_was(tmp_path):
    log, store = write(tmp_path / "access.log", *LINES[:500]), tmp_path / "store"
    with running("follow", log, "--store", store) as (process, _first):
        await_true(lambda: list(store.rglob("*.parquet")))
        process.kill()
    before = set(store.rglob("*.parquet"))
    write(log, *LINES[:900])
    with running("follow", log, "--store", store) as (process, _first):
        await_true(lambda: set(store.rglob("*.parquet")) - before)
        _said, code = ended(process, signal.SIGINT)
    assert code == 0
    assert rows_in(store) == 900


def ask(port, path="/report.json"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def lines_at(port):
    status, body = ask(port)
    return json.loads(body)["summary"]["lines"] if status == 200 else None


def port_in(said):
    return int(re.fullmatch(r"The report is on http://127\.0\.0\.1:(\d+)/\n", said)[1])


def test_serve_shows_the_store_and_what_others_read_into_it(tmp_path):
    log, store = write(tmp_path / "access.log", *LINES[:500]), tmp_path / "store"
    with running("serve", "--store", store, "--port", 0) as (process, first):
        port = port_in(first)
        assert lines_at(port) == 0
        command = [sys.executable, "-m", "preau.operate.cli", "accesslog", "report", log]
        subprocess.run([*command, "--store", store], check=True, capture_output=True, timeout=60)
        assert lines_at(port) == 500
        page = ask(port, "/")[1]
        assert "2026-10-05, hour by hour" in page
        assert "<script" not in page
        assert '<a href="/">Load anew</a>' in page
        assert ended(process, signal.SIGTERM) == ("", 0)


def test_serve_reads_a_log_when_somebody_asks(tmp_path):
    log, store = write(tmp_path / "access.log", *LINES[:500]), tmp_path / "store"
    with running("serve", log, "--store", store, "--port", 0, "--language", "fr") as (
        process,
        first,
    ):
        port = port_in(first)
        assert lines_at(port) == lines_at(port) == 500
        write(log, *LINES[:600])
        assert lines_at(port) == 600
        assert "2026-10-05, heure par heure" in ask(port, "/")[1]
        assert ended(process, signal.SIGINT) == ("", 0)


def test_serve_live_follows(tmp_path):
    log, store = write(tmp_path / "access.log", *LINES[:500]), tmp_path / "store"
    with running("serve", log, "--live", "--store", store, "--port", 0) as (process, first):
        port = port_in(first)
        await_true(lambda: lines_at(port) == 500)
        with log.open("a") as more:
            more.writelines(f"{it}\n" for it in LINES[500:700])
        await_true(lambda: lines_at(port) == 700)
        assert '<script src="/live.js" defer></script>' in ask(port, "/")[1]
        assert ended(process, signal.SIGINT) == ("", 0)
    assert rows_in(store) == 700


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (
            ("follow", "LOG"),
            "Name the logs to follow, and the store to keep them in (--store DIR).",
        ),
        (("follow", "--store", "STORE"), "Name the logs to follow, and the store"),
        (("follow", "-", "--store", "STORE"), "Standard input cannot be followed"),
        (("follow", "missing.log", "--store", "STORE"), "missing.log: there is no such file"),
        (("serve",), "Name the store to show (--store DIR)."),
        (("serve", "--store", "STORE", "--live"), "Name the logs to follow with --live."),
        (("serve", "missing.log", "--store", "STORE"), "missing.log: there is no such file"),
        (
            ("serve", "--store", "STORE", "--host", "no.such.invalid"),
            "is no address of this machine",
        ),
    ],
)
def test_bad_words_get_one_sentence(preau, tmp_path, words, wrong):
    named = {"LOG": write(tmp_path / "a.log", *LINES[:3]), "STORE": tmp_path / "store"}
    done = preau("accesslog", *(named.get(word, word) for word in words))
    assert done.code == 1
    assert wrong in done.err
    assert len(done.err.strip().splitlines()) == 1
