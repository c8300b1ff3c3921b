"""Logs are read once, whatever becomes of their files and of the process that reads them."""

import bz2
import gzip
import os
import random
import shutil
import signal
import subprocess
import sys

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.errors import PreauError
from preau.operate.accesslog.store import pieces
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import take_in
from tests.journeys.site import PREAU
from tests.operate.accesslog.logs import line, write

LINES = [
    line(f"/page-{number}", at=number, host=f"192.0.2.{number % 250}") for number in range(900)
]


def nobody(_told):
    """Reads no progress."""


def read(folder, *logs, text=None, lasting=True):
    with open_store(folder, lasting=lasting) as store:
        told = take_in(store, [str(it) for it in logs], text, nobody)
        return told, sum(store.days().values())


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def log(tmp_path):
    return write(tmp_path / "access.log", *LINES)


def test_a_second_run_reads_only_what_is_new(store, log):
    assert read(store, log)[1] == 900
    (told,), rows = read(store, log)
    assert (told.lines, told.before, rows) == (0, 900, 900)
    with log.open("a") as more:
        more.write(f"{line('/new', at=901)}\n")
    (told,), rows = read(store, log)
    assert (told.lines, told.before, rows) == (1, 900, 901)


def test_a_rotated_a_copied_and_a_packed_log_are_the_same_log(store, log, tmp_path):
    read(store, log)
    rotated = log.rename(tmp_path / "access.log.1")
    fresh = write(log, *(line("/after", at=1000 + number) for number in range(5)))
    packed = {
        "a.gz": gzip.compress(rotated.read_bytes()), "a.bz2": bz2.compress(rotated.read_bytes()),
        "a.zst": zstd.compress(rotated.read_bytes()), "copy": rotated.read_bytes(),
    }  # fmt: skip
    for name, content in packed.items():
        (tmp_path / name).write_bytes(content)
    _told, rows = read(store, rotated, fresh, *(tmp_path / name for name in packed))
    assert rows == 905


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd.compress])
def test_packed_logs_are_read_and_grow(store, log, tmp_path, pack):
    packed = tmp_path / "packed"
    packed.write_bytes(pack(log.read_bytes()))
    assert read(store, packed)[1] == 900
    packed.write_bytes(pack(log.read_bytes() + f"{line('/new', at=901)}\n".encode()))
    (told,), rows = read(store, packed)
    assert (told.lines, rows) == (1, 901)


def test_names_with_stars_are_read_oldest_first(store, tmp_path):
    for age, name in enumerate(("access.log", "access.log.1", "access.log.2")):
        path = write(tmp_path / name, line(f"/{age}", at=-age))
        os.utime(path, (10**9 - age, 10**9 - age))
    told, rows = read(store, tmp_path / "access.log*")
    assert [it.name.rpartition("/")[2] for it in told] == [
        "access.log.2", "access.log.1", "access.log",
    ]  # fmt: skip
    assert rows == 3


def test_logs_of_several_servers_add_up(store, tmp_path):
    one = write(tmp_path / "one.log", *(line("/one", at=number) for number in range(10)))
    two = write(tmp_path / "two.log", *(line("/two", at=number) for number in range(10)))
    assert read(store, two, one)[1] == 20


def test_a_line_that_is_still_being_written_waits(store, tmp_path):
    log = write(tmp_path / "access.log", LINES[0], LINES[1][:40], end="")
    (told,), rows = read(store, log)
    assert (told.lines, told.unparsed, rows) == (1, 0, 1)
    write(log, *LINES[:3])
    assert read(store, log)[1] == 3


def test_without_a_store_the_last_line_counts_though_it_has_no_end(store, tmp_path):
    log = write(tmp_path / "access.log", *LINES[:3], end="")
    assert read(store, log, lasting=False)[1] == 3


def test_a_log_that_was_cut_and_written_anew_is_another(store, log):
    read(store, log)
    write(log, *(line("/other", at=2000 + number) for number in range(7)))
    assert read(store, log)[1] == 907


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, zstd.compress])
def test_a_log_that_begins_alike_and_goes_on_otherwise_is_another(store, tmp_path, pack):
    read(store, write(tmp_path / "a.log", *LINES[:400]))
    log = write(tmp_path / "b.log", *LINES[:399], *(line(f"/{it}", at=399) for it in "xyz"))
    log.write_bytes(pack(log.read_bytes()))
    assert read(store, log)[1] == 400 + 3


def test_pieces_cut_no_line(store, log, monkeypatch):
    monkeypatch.setattr(pieces.pieces_of, "__kwdefaults__", {"size": 1000})
    (told,), rows = read(store, log)
    assert (told.lines, told.unparsed, rows) == (900, 0, 900)


def test_a_line_longer_than_a_piece_is_one_line_of_nothing(store, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces.pieces_of, "__kwdefaults__", {"size": 100_000})
    long = "x" * 350_000
    for name, pack in (("plain", bytes), ("packed.gz", gzip.compress)):
        log = tmp_path / name
        log.write_bytes(pack("\n".join([*LINES[:5], long, *LINES[5:9]]).encode() + b"\n"))
        (told,), rows = read(tmp_path / f"store-{name}", log)
        assert (told.lines, told.unparsed, rows) == (10, 1, 9)
        assert told.samples[0].startswith("xxxx")


def test_ten_megabytes_without_an_end_are_one_line(store, tmp_path):
    log = tmp_path / "access.log"
    log.write_text("\n".join([LINES[0], '"' * 10_000_000, "y" * 10_000_000, LINES[1]]) + "\n")
    (told,), rows = read(store, log)
    assert (told.lines, told.unparsed, rows) == (4, 2, 2)


@pytest.mark.parametrize("cut", [40, 1000, 5000])
def test_a_damaged_packed_log_is_read_as_far_as_it_goes(store, tmp_path, cut):
    draw = random.Random(1)
    lines = [line(f"/{draw.random()}", at=number) for number in range(900)]
    content = gzip.compress("\n".join(lines).encode())
    damaged = tmp_path / "access.log.gz"
    damaged.write_bytes(content[:-cut])
    with pytest.raises(PreauError, match=r"access\.log\.gz: it is damaged after [\d,]+ bytes"):
        read(store, damaged)


def test_a_log_cut_while_it_is_read(store, tmp_path, monkeypatch):
    log = write(tmp_path / "access.log", *LINES)
    monkeypatch.setattr(pieces.pieces_of, "__kwdefaults__", {"size": 20_000})

    def cut(told):
        os.truncate(log, told.place - 1_000)

    with open_store(store, lasting=True) as opened:
        (told,) = take_in(opened, [str(log)], None, cut)
    assert 0 < told.lines < 400


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["missing.log"], "missing.log: there is no such file to read a log from."),
        (["missing*.log"], "missing*.log: no file matches it."),
    ],
)
def test_what_is_not_there_is_said(store, words, wrong):
    with pytest.raises(PreauError) as error:
        read(store, *words)
    assert str(error.value) == wrong


def test_a_store_that_another_process_uses_is_said(store, log):
    code = (
        "import sys; from pathlib import Path; "
        "from preau.operate.accesslog.store.folder import open_store\n"
        "with open_store(Path(sys.argv[1]), lasting=True): print('ready', flush=True); "
        "sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout.readline() == b"ready\n"
        with pytest.raises(PreauError, match="another process reads logs into this store"):
            read(store, log)
    finally:
        other.communicate(b"")


def test_a_full_disk_is_said_and_the_same_command_goes_on(tmp_path, small_disk):
    draw = random.Random(2)
    lines = [line(f"/{draw.random()}", at=number / 10) for number in range(60_000)]
    log = write(tmp_path / "access.log", *lines)
    store = small_disk / "store"
    words = [str(PREAU), "accesslog", "report", str(log), "--store", str(store)]
    filler = small_disk / "filler"
    filler.write_bytes(
        bytes(os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - 400_000)
    )
    full = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert full.returncode == 1
    assert "it cannot be" in full.stderr
    assert "Traceback" not in full.stderr
    filler.unlink()
    again = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert read(store)[1] == 60_000


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own of 8 MB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a file system needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True
    )
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


READER = """
import sys
from pathlib import Path
from preau.operate.accesslog.store import pieces
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import take_in
pieces.pieces_of.__kwdefaults__ = {"size": 4000}
with open_store(Path(sys.argv[1]), lasting=True) as store:
    take_in(store, [sys.argv[2]], None, lambda told: print(told.lines, flush=True))
"""


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(store, log, seed):
    draw = random.Random(seed)
    for _kill in range(4):
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, str(store), str(log)], stdout=subprocess.PIPE, text=True
        )
        for _piece in range(draw.randrange(1, 12)):
            if not reader.stdout.readline():
                break
        reader.send_signal(signal.SIGKILL)
        reader.wait()
        reader.stdout.close()
    (told,), rows = read(store, log)
    assert rows == 900
    assert told.before + told.lines == 900
    known = {str(path) for path in store.rglob("*.parquet")}
    with open_store(store, lasting=True) as opened:
        assert {str(path) for path in opened.files()} == known


@settings(max_examples=15)
@given(
    cuts=st.lists(st.integers(0, 899), max_size=5),
    packs=st.lists(st.sampled_from(["plain", "gz", "bz2"]), min_size=6, max_size=6),
)
def test_however_a_log_grows_and_is_packed_each_line_counts_once(tmp_path_factory, cuts, packs):
    folder = tmp_path_factory.mktemp("grows")
    for cut, pack in zip([*sorted(cuts), 900], packs, strict=False):
        content = "".join(f"{it}\n" for it in LINES[:cut]).encode()
        log = folder / f"access.{pack}"
        log.write_bytes({"plain": bytes, "gz": gzip.compress, "bz2": bz2.compress}[pack](content))
        _told, rows = read(folder / "store", log)
        assert rows == cut
    shutil.rmtree(folder)
