"""A report is made when there is something new, and not more often than it is cheap."""

from contextlib import contextmanager

import pytest

from preau.kit.errors import PreauError
from preau.operate.accesslog.live.current import LEAST, Asked, Followed
from preau.operate.accesslog.live.made import Made


def made(number):
    return Made(b"", b"", str(number), "")


class Maker:
    """Makes reports that can be told apart; takes so many seconds of ``now`` for each."""

    def __init__(self):
        self.count, self.now, self.takes = 0, 100.0, 0.0

    def make(self, _store):
        self.count += 1
        self.now += self.takes
        return made(self.count)


def test_followed_logs_are_counted_when_there_is_something_new():
    maker = Maker()
    current = Followed(print, lambda: maker.now)
    with pytest.raises(PreauError, match="are being read"):
        current.get()
    current.looked(False, None, maker.make)
    assert current.get().mark == "1"
    maker.now += 1000
    current.looked(False, None, maker.make)
    assert current.get().mark == "1"
    current.looked(True, None, maker.make)
    assert current.get().mark == "2"


def test_what_is_new_waits_until_it_is_time_and_is_not_forgotten():
    maker = Maker()
    current = Followed(print, lambda: maker.now)
    maker.takes = 5
    current.looked(True, None, maker.make)
    maker.now += 9
    current.looked(True, None, maker.make)
    assert current.get().mark == "1", "a third of the time, at most, is for counting"
    maker.now += 1
    current.looked(False, None, maker.make)
    assert current.get().mark == "2"
    maker.takes = 0
    maker.now += 10
    current.looked(True, None, maker.make)
    maker.now += LEAST - 0.1
    current.looked(True, None, maker.make)
    assert current.get().mark == "3"


def test_what_goes_wrong_is_said_once_and_tried_again():
    maker, said = Maker(), []
    current = Followed(said.append, lambda: maker.now)

    def broken(_store):
        raise PreauError("it cannot be counted")

    for _look in range(3):
        current.looked(True, None, broken)
        maker.now += LEAST
    assert said == ["it cannot be counted"]
    with pytest.raises(PreauError, match="it cannot be counted"):
        current.get()
    current.looked(False, None, maker.make)
    assert current.get().mark == "1"


@pytest.fixture
def asked(tmp_path):
    maker = Maker()
    (tmp_path / "store.duckdb").write_bytes(b"")
    log = tmp_path / "access.log"
    log.write_bytes(b"")
    maker.busy = False

    @contextmanager
    def opened():
        if maker.busy:
            raise PreauError("another process reads logs into this store")
        yield None

    return Asked(tmp_path, lambda: [str(log)], opened, maker.make), maker, log


def test_who_asks_again_gets_the_same_until_a_log_or_the_store_changes(asked, tmp_path):
    current, _maker, log = asked
    assert [current.get().mark, current.get().mark] == ["1", "1"]
    log.write_bytes(b"more")
    assert [current.get().mark, current.get().mark] == ["2", "2"]
    (tmp_path / "store.duckdb").write_bytes(b"more")
    assert current.get().mark == "3"
    log.unlink()
    assert current.get().mark == "4"


def test_while_another_process_has_the_store_the_last_one_stays(asked):
    current, maker, log = asked
    maker.busy = True
    with pytest.raises(PreauError, match="another process"):
        current.get()
    maker.busy = False
    current.get()
    maker.busy = True
    log.write_bytes(b"more")
    assert current.get().mark == "1"
    maker.busy = False
    assert current.get().mark == "2"
