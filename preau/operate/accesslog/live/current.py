"""The newest report: whoever asks gets what there is."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from preau.kit.errors import PreauError
from preau.operate.accesslog.live.made import Made
from preau.operate.accesslog.store.folder import Store

LEAST = 2.0  # seconds between two that are made while logs are followed
_SHARE = 3  # of the time, at most a third is spent on making them

Make = Callable[[Store], Made]
Open = Callable[[], AbstractContextManager[Store]]


class Asked:
    """Made when somebody asks, if the store or a log has changed since; open only while it is made.

    So other processes may read logs into the store meanwhile.
    """

    def __init__(
        self, folder: Path, names: Callable[[], Sequence[str]], opened: Open, make: Make
    ) -> None:
        self.folder, self.names, self.opened, self.make = folder, names, opened, make
        self._made: Made | None = None
        self._seen: object = None
        self._lock = threading.Lock()

    def get(self) -> Made:
        """The report; the one before while another process has the store.

        Raises ``PreauError`` where there is none.
        """
        with self._lock:
            if self._made is None or self._seen != self._state():
                try:
                    with self.opened() as store:
                        self._made = self.make(store)
                except PreauError:
                    if self._made is None:
                        raise
                else:
                    self._seen = self._state()
            return self._made

    def _state(self) -> object:
        """What differs when there is something new."""
        paths = [self.folder / "store.duckdb", *map(Path, self.names())]
        return [_status(it) for it in paths]


def _status(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return str(path), status.st_size, status.st_mtime_ns


class Followed:
    """Made while logs are followed, by whoever follows them; not more often than it is cheap."""

    def __init__(
        self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.say, self.clock = say, clock
        self._made: Made | None = None
        self._new, self._due, self._wrong = True, 0.0, ""

    def get(self) -> Made:
        """The report. Raises ``PreauError`` as long as there is none."""
        if self._made is None:
            raise PreauError(self._wrong or "The logs are being read: look again in a moment.")
        return self._made

    def looked(self, new: bool, store: Store, make: Make) -> None:
        """Make the report of what was read, when it is time to.

        What goes wrong is said once, and tried again: the logs are read all the same.
        """
        self._new = new or self._new
        begun = self.clock()
        if not self._new or begun < self._due:
            return
        try:
            self._made, self._new = make(store), False
        except PreauError as error:
            if str(error) != self._wrong:
                self.say(str(error))
            self._wrong = str(error)
        took = self.clock() - begun
        self._due = self.clock() + max(LEAST - took, (_SHARE - 1) * took)
