"""A line counts once, however logs were cut and put together; those of two servers count both."""

import bz2
import gzip
import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.kit.duck import listed
from preau.operate.accesslog.analysis.counting import counted
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.result import result_of
from preau.operate.accesslog.store import pieces
from preau.operate.accesslog.store.folder import open_store
from preau.operate.accesslog.store.take_in import notes_of, take_in
from tests.operate.accesslog.logs import line, write

SECONDS = 90  # of a log: three lines a second, one of them of a monitor


def server(name, seconds=SECONDS, monitor=True):
    """What a server writes: people, who ask different things, and a monitor, who does not."""
    draw = random.Random(name)
    lines = []
    for second in range(seconds):
        for number in range(2):
            path = f"/{name}/{draw.randrange(1000)}"
            lines.append(line(path, at=second / 60, host=f"192.0.2.{draw.randrange(250)}"))
            if number == 1 and draw.random() < 0.2:
                lines.append(lines[-1])  # the same once more, within the second
        if monitor:
            lines.append(line("/health", at=second / 60, host="10.0.0.1", agent="monitor"))
    return lines


ONE, TWO = server("one"), server("two")
PACKS = {"plain": bytes, "gz": gzip.compress, "bz2": bz2.compress}


def nobody(_told):
    """Reads no progress."""


def read(folder, *logs, anonymise=None):
    """What was told, and how many rows of each the store has."""
    with open_store(folder, lasting=True, anonymise=anonymise) as store:
        told = take_in(store, [str(it) for it in logs], "combined", nobody)
        found = store.database.execute(
            "SELECT t, host, request, count(*) FROM "
            f"read_parquet({listed(store.files())}) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        assert sum(row[3] for row in found) == sum(store.days().values())
        return told, found


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


def whole(folder, *servers):
    """The rows of servers, each read once and alone."""
    found = {}
    for number, lines in enumerate(servers):
        place = folder / f"whole-{number}"
        for *row, count in read(place, write(folder / f"whole-{number}.log", *lines))[1]:
            found[tuple(row)] = found.get(tuple(row), 0) + count
    return sorted((*row, count) for row, count in found.items())


def test_what_two_logs_have_both_counts_once(store, tmp_path):
    read(store, write(tmp_path / "a.log", *ONE[:200]))
    (told,), rows = read(store, write(tmp_path / "b.log", *ONE[100:]))
    assert rows == whole(tmp_path, ONE)
    assert (told.again, told.lines) == (100, len(ONE) - 100)
    assert list(notes_of([told])) == [
        f"{tmp_path}/b.log: 100 lines were in the store already, from other logs."
    ]


@pytest.mark.parametrize("size", [1_000, 5_000, 12_000])
def test_what_is_known_as_a_copy_stays_one_piece_after_piece(store, tmp_path, monkeypatch, size):
    """And in a second run, which reads on."""
    read(store, write(tmp_path / "a.log", *ONE))
    monkeypatch.setattr(pieces.pieces_of, "__kwdefaults__", {"size": max(size, 5_000)})
    read(store, write(tmp_path / "b.log", *ONE[100:160]))
    monkeypatch.setattr(pieces.pieces_of, "__kwdefaults__", {"size": size})
    (told,), rows = read(store, write(tmp_path / "b.log", *ONE[100:]))
    assert rows == whole(tmp_path, ONE)
    assert told.again == told.lines == len(ONE) - 160


def test_a_log_that_lies_between_and_around_others(store, tmp_path):
    for name, lines in (("a", ONE[:60]), ("b", ONE[150:]), ("c", ONE[30:170])):
        _told, rows = read(store, write(tmp_path / name, *lines))
    assert rows == whole(tmp_path, ONE)


def test_logs_that_follow_each_other_lose_nothing_of_the_second_between_them(store, tmp_path):
    """Their last and first lines are the same, and both were written."""
    lines = [*ONE[:30], *[line("/twice", at=0.2)] * 2, *server("three", 5)]
    for cut in range(1, len(lines)):
        place = store / str(cut)
        read(place, write(tmp_path / "a.log", *lines[:cut]))
        (told,), rows = read(place, write(tmp_path / "b.log", *lines[cut:]))
        assert (told.again, sum(row[3] for row in rows)) == (0, len(lines))


def test_two_servers_of_the_same_time_count_both(store, tmp_path):
    """Their monitor's lines are the same, second by second."""
    logs = [write(tmp_path / "one.log", *ONE), write(tmp_path / "two.log", *TWO)]
    told, rows = read(store, *logs)
    assert rows == whole(tmp_path, ONE, TWO)
    assert [it.again for it in told] == [0, 0]
    assert "they count again" in next(notes_of(told))


def test_of_two_servers_a_copy_of_one_counts_once(store, tmp_path):
    end = 1 + next(it for it in range(150, len(TWO)) if "/health" in TWO[it])
    logs = [("one", ONE), ("two", TWO[:end]), ("two-again", TWO[70:]), ("one-again", ONE[40:])]
    _told, rows = read(store, *(write(tmp_path / name, *lines) for name, lines in logs))
    assert rows == whole(tmp_path, ONE, TWO)


def test_hours_in_which_only_a_monitor_asks_show_nothing(store, tmp_path):
    calm = [line("/health", at=number, host="10.0.0.1", agent="monitor") for number in range(600)]
    logs = [write(tmp_path / name, *calm, *end) for name, end in (
        ("one", [line("/one", at=700)]), ("two", [line("/two", at=700)]),
    )]  # fmt: skip
    assert sum(row[3] for row in read(store, *logs)[1]) == 1202


def test_a_known_log_that_goes_on_with_another_known_one(store, tmp_path):
    log = write(tmp_path / "a.log", *ONE[:100])
    read(store, log, write(tmp_path / "b.log", *ONE[100:]))
    (told,), rows = read(store, write(log, *ONE))
    assert (told.lines, told.again) == (len(ONE) - 100, len(ONE) - 100)
    assert rows == whole(tmp_path, ONE)


def test_a_report_has_each_line_once(store, tmp_path):
    logs = [write(tmp_path / "a.log", *ONE[:200]), write(tmp_path / "b.log", *ONE[100:])]
    with open_store(store, lasting=False) as opened:
        take_in(opened, [str(it) for it in logs], None, nobody)
        with counted(opened, Definitions(), Filters()) as counts:
            assert result_of(counts, Definitions()).summary["lines"] == len(ONE)


def test_it_holds_where_addresses_are_cut(store, tmp_path):
    read(store, write(tmp_path / "a.log", *ONE[:200]), anonymise=True)
    (told,), rows = read(store, write(tmp_path / "b.log", *ONE[100:]))
    assert (told.again, sum(row[3] for row in rows)) == (100, len(ONE))


@st.composite
def _cuts(draw):
    """Parts of a log; what two of them have both is nothing, or enough to be known by."""
    first = draw(st.integers(0, 29))
    steps = (len(ONE) - first) // 30
    places = st.tuples(st.integers(0, steps), st.integers(0, steps))
    found = draw(st.lists(places.filter(lambda it: it[0] != it[1]), min_size=1, max_size=5))
    return [(first + 30 * min(it), first + 30 * max(it)) for it in found]


@settings(max_examples=25, deadline=None)
@given(
    cuts=_cuts(),
    packs=st.lists(st.sampled_from(sorted(PACKS)), min_size=5, max_size=5),
    joined=st.booleans(),
)
def test_however_a_log_is_cut_and_put_together_each_line_counts_once(
    tmp_path_factory, cuts, packs, joined
):
    folder = tmp_path_factory.mktemp("cuts")
    wanted = {number for begin, end in cuts for number in range(begin, end)}
    parts = [ONE[begin:end] for begin, end in cuts]
    if joined and len(parts) > 1 and cuts[0][1] < cuts[1][0]:
        parts[:2] = [parts[0] + parts[1]]
    for number, (part, pack) in enumerate(zip(parts, packs, strict=False)):
        log = folder / f"{number}.log"
        log.write_bytes(PACKS[pack]("".join(f"{it}\n" for it in part).encode()))
        _told, rows = read(folder / "store", log)
    assert rows == whole(folder, [ONE[it] for it in sorted(wanted)])
    shutil.rmtree(folder)
