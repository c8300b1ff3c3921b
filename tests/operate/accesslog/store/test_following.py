"""Logs are followed while a server writes and rotates them."""

import gzip
import os
import select
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

import pytest

from preau.kit.errors import PreauError
from preau.operate.accesslog.store import merging
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.following import QUIET, Following
from preau.operate.accesslog.store.take_in import take_in
from tests.operate.accesslog.logs import line, write

LINES = [line(f"/page-{number}", at=number / 10) for number in range(3000)]


class Log:
    """A log in a folder, followed by looks that the test makes."""

    def __init__(self, folder, store, name):
        self.path = folder / "access.log"
        self.path.touch()
        self.written = 0
        self.said = []
        self.now = 0.0
        self.store = store
        words = [str(folder / name)]
        self.following = Following(store, words, None, self.said.append, lambda: self.now)

    def write(self, count, to=None):
        with (to or self.path).open("a") as out:
            out.writelines(f"{it}\n" for it in LINES[self.written : self.written + count])
        self.written += count

    def look(self):
        self.following.look()
        return self.rows()

    def rows(self):
        return sum(self.store.days().values())


@contextmanager
def followed(folder, name):
    with open_store(folder / "store", lasting=True) as store:
        log = Log(folder, store, name)
        with log.following:
            yield log


@pytest.fixture
def log(tmp_path):
    with followed(tmp_path, "access.log") as it:
        yield it


@pytest.fixture
def starred(tmp_path):
    """Followed by a name that matches what the log is rotated to, too."""
    with followed(tmp_path, "*.log*") as it:
        yield it


def test_what_is_written_is_read_once(log):
    assert log.look() == 0
    for count in (1, 20, 300):
        log.write(count)
        assert log.look() == log.written
        assert not log.following.look(), "nothing is new"
    assert log.following.lines == 321
    assert log.said == []


def test_a_line_that_is_being_written_waits_for_its_end(log):
    with log.path.open("w") as out:
        for part in (LINES[0][:30], LINES[0][30:], f"\n{LINES[1][:70]}"):
            out.write(part)
            out.flush()
            before = log.look()
        assert before == 1
        out.write(f"{LINES[1][70:]}\n")
    assert log.look() == 2


def test_a_log_with_another_name_is_read_to_its_end(log, tmp_path):
    """Servers go on writing into it until they open the new one; Apache's children for long."""
    log.write(10)
    log.look()
    log.write(5)
    old = log.path.rename(tmp_path / "access.log.1")
    log.write(5, to=old)
    assert log.look() == 20
    log.write(7)
    log.write(3, to=old)
    assert log.look() == 30
    log.now += QUIET - 1
    log.write(1, to=old)
    assert log.look() == 31
    log.now += QUIET - 1
    assert log.look() == 31
    log.write(1, to=old)
    assert log.look() == 32
    assert log.said == [f"{log.path}: another file has this name now; it is read too."]


def test_a_log_without_a_name_is_let_go_when_it_is_quiet(log):
    log.write(10)
    log.look()
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    log.path.unlink()
    log.look()
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
    log.now += QUIET + 1
    log.look()
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors - 1
    log.write(4)
    assert log.look() == 14


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize("fresh", [0, 3, 500])
def test_a_log_that_is_copied_and_cut(log, tmp_path, pack, fresh):
    log.write(100)
    assert log.look() == 100
    log.write(50)
    copy = tmp_path / "access.log.1"
    shutil.copy(log.path, copy)
    if pack:
        (tmp_path / "access.log.1.gz").write_bytes(gzip.compress(copy.read_bytes()))
        copy.unlink()
    os.truncate(log.path, 0)
    log.write(fresh)
    assert log.look() == 150 + fresh
    log.write(10)
    assert log.look() == log.written
    assert log.said == [f"{log.path}: it was cut; reading goes on at its beginning."]


def test_a_copy_that_is_just_being_made_is_not_another_log(starred, tmp_path):
    log = starred
    log.write(2000)
    assert log.look() == 2000
    content = log.path.read_bytes()
    copy = tmp_path / "access.log.1"
    copy.write_bytes(content[:200_000])
    assert log.look() == 2000
    log.write(10)
    copy.write_bytes(log.path.read_bytes())
    os.truncate(log.path, 0)
    log.write(10)
    assert log.look() == 2020


def test_new_logs_that_a_name_with_stars_matches_are_followed_too(starred, tmp_path):
    starred.write(5)
    starred.look()
    write(tmp_path / "other.log", *(line("/other", at=number) for number in range(4)))
    assert starred.look() == 9


def test_what_goes_wrong_later_is_said_once_and_tried_again(log):
    log.write(5)
    log.look()
    log.path.rename(log.path.with_suffix(".1"))
    log.path.write_text("this is\nno log\n")
    assert log.look() == log.look() == 5
    assert len(log.said) == 2
    assert "The format of the log is not known" in log.said[1]
    log.write(50)
    assert log.look() == 55
    assert len(log.said) == 2


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("missing.log", "missing.log: there is no such file to read a log from."),
        ("-", "Standard input cannot be followed: name the files of the logs."),
    ],
)
def test_what_cannot_be_followed_is_said_at_once(tmp_path, word, wrong):
    with open_store(tmp_path / "store", lasting=True) as store, pytest.raises(PreauError) as error:
        Following(store, [word], None, print)
    assert str(error.value) == wrong


def test_few_files_are_left_of_many_looks(log):
    for _look in range(60):
        log.write(2)
        log.look()
    assert log.rows() == 120
    files = log.store.files()
    assert len(files) <= merging.MOST + 1
    assert set(files) == set(log.store.rows.rglob("*.parquet"))
    query = "SELECT count(DISTINCT request) FROM read_parquet($1, hive_partitioning = false)"
    assert log.store.database.execute(query, [[str(it) for it in files]]).fetchone() == (120,)


PUTTING_TOGETHER = """
import os, signal, sys
from pathlib import Path
from preau.operate.accesslog.store import merging
from preau.operate.accesslog.store.folder import open_store

def kill(*_words):
    os.kill(os.getpid(), signal.SIGKILL)

with open_store(Path(sys.argv[1]), lasting=True) as store:
    if sys.argv[2] == "before it is named":
        merging.on_disk = kill
    else:
        unlink = Path.unlink
        Path.unlink = lambda path: (unlink(path), kill())
    merging.put_together(store)
"""


@pytest.mark.parametrize("when", ["before it is named", "while the old ones go"])
def test_killed_while_files_are_put_together_nothing_is_lost(tmp_path, when):
    store = tmp_path / "store"
    with open_store(store, lasting=True) as opened:
        for number in range(merging.MOST + 4):
            log = write(tmp_path / f"{number}.log", line(f"/{number}", at=number))
            # As if the process had ended before it would have put them together.
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(
                    "preau.operate.accesslog.store.take_in.put_together", lambda _it: None
                )
                take_in(opened, [str(log)], None, lambda _told: None)
    words = [sys.executable, "-c", PUTTING_TOGETHER, str(store), when]
    assert subprocess.run(words, timeout=60).returncode == -9
    with open_store(store, lasting=True) as opened:
        assert sum(opened.days().values()) == merging.MOST + 4
        assert set(opened.files()) == set(opened.rows.rglob("*.parquet"))
        files = [str(it) for it in opened.files()]
        query = "SELECT count(*) FROM read_parquet($1, hive_partitioning = false)"
        assert opened.database.execute(query, [files]).fetchone() == (merging.MOST + 4,)
        take_in(opened, [], None, lambda _told: None)
        assert len(opened.files()) == 1


WRITER = """
import os, random, shutil, sys
from pathlib import Path
folder, seed, source = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
draw = random.Random(seed)
path = folder / "access.log"
out = path.open("a")
for number, text in enumerate(source.read_text().splitlines(keepends=True), 1):
    cut = draw.randrange(len(text))
    for part in (text[:cut], text[cut:]):
        out.write(part)
        out.flush()
    if number % 60 == 0:
        old = folder / f"access.log.{number}"
        how = draw.choice(["rename", "copy", "delete"])
        if how == "copy":
            shutil.copy(path, old)
            os.truncate(path, 0)
        else:
            path.rename(old) if how == "rename" else path.unlink()
            out = path.open("a")
        print(how, flush=True)
        sys.stdin.readline()  # a file that comes and goes between two looks is nobody's
    elif number % 60 == 1:
        print("first", flush=True)
        sys.stdin.readline()  # nor is a copy of which no line was read
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_real_writer_that_rotates_loses_no_line(log, tmp_path, seed):
    source = write(tmp_path / "lines", *LINES[:600])
    words = [sys.executable, "-c", WRITER, str(tmp_path), str(seed), str(source)]
    with subprocess.Popen(words, stdin=PIPE, stdout=PIPE, bufsize=0) as writer:
        done = []
        while len(done) < 20:
            log.look()
            if select.select([writer.stdout], [], [], 0)[0]:
                done += writer.stdout.readline().decode().split()
                log.look()
                writer.stdin.write(b"\n")
    assert set(done) == {"first", "rename", "copy", "delete"}
    assert log.look() == 600
    files = [str(it) for it in log.store.files()]
    query = "SELECT count(DISTINCT request) FROM read_parquet($1, hive_partitioning = false)"
    assert log.store.database.execute(query, [files]).fetchone() == (600,)
