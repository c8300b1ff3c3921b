"""Logs that are still being written: what comes is read, whatever becomes of their files.

A log's file is held open, so that nothing is lost when it gets another name, or none: servers go
on writing into it for a while. What was written between the last look and a file that was cut is in
the copy beside it, which was made before.
"""

import contextlib
import glob
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from preau.kit.errors import PreauError
from preau.operate.accesslog.store.folder import Store
from preau.operate.accesslog.store.merging import put_together
from preau.operate.accesslog.store.sources import (
    STANDARD_INPUT,
    Source,
    found,
    is_packed,
    opened_source,
)
from preau.operate.accesslog.store.take_in import Progress, Told, take_source

EVERY = 1.0  # seconds between two looks
QUIET = 60.0  # seconds without a line, after which a file that lost its name is let go

Say = Callable[[str], None]
_Identity = tuple[int, int]


@dataclass
class _Held:
    """An open file. ``seen`` is how it was when it was read, ``grew`` when that last changed."""

    name: str
    file: IO[bytes]
    grew: float
    seen: tuple[int, int] = (0, 0)
    place: int = 0
    log: int = 0


class Following:
    """Reads what is new of logs at each look; adds up what it has read."""

    def __init__(
        self,
        store: Store,
        words: Sequence[str],
        text: str | None,
        say: Say,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if STANDARD_INPUT in words:
            raise PreauError("Standard input cannot be followed: name the files of the logs.")
        found(words)  # what is not there at the beginning was written wrongly
        self.store, self.words, self.text, self.say, self.clock = store, words, text, say, clock
        self.lines = self.unparsed = 0
        self._held: dict[_Identity, _Held] = {}
        self._failing: set[object] = set()  # what was said already
        self._begun = False

    def __enter__(self) -> "Following":
        return self

    def __exit__(self, *_error: object) -> None:
        for it in self._held.values():
            it.file.close()

    def look(self, progress: Progress = lambda _told: None) -> bool:
        """Read what is new; whether there was any.

        Raises ``PreauError`` at the first look only: later on it is said once, and tried again.
        """
        before = self.lines
        named = self._named()
        for identity, it in list(self._held.items()):
            self._trying(identity, partial(self._read, it, progress))
        self._let_go(named)
        if self.lines != before:
            self._trying("", partial(put_together, self.store))
        self._begun = True
        return self.lines != before

    def _trying(self, what: object, step: Callable[[], None]) -> None:
        try:
            step()
        except PreauError as error:
            if not self._begun:
                raise
            if what not in self._failing:
                self.say(str(error))
            self._failing.add(what)
        else:
            self._failing.discard(what)

    def _named(self) -> set[_Identity]:
        """Hold the files that have the logs' names now; which they are."""
        named = set()
        for name in existing(self.words):
            with contextlib.suppress(FileNotFoundError):  # it went just now
                status = Path(name).stat()
                identity = (status.st_dev, status.st_ino)
                if identity not in self._held:
                    self._trying(name, partial(self._hold, name))
                named.add(identity)
        return named

    def _hold(self, name: str) -> None:
        try:
            file = Path(name).open("rb", buffering=0)  # noqa: SIM115  (closed when it is let go)
        except PermissionError:
            with opened_source(name):  # says it
                return
        status = os.fstat(file.fileno())
        identity = (status.st_dev, status.st_ino)
        if identity in self._held:
            file.close()
            return
        if any(it.name == name for it in self._held.values()):
            self.say(f"{name}: another file has this name now; it is read too.")
        self._held[identity] = _Held(name, file, self.clock())

    def _read(self, held: _Held, progress: Progress) -> None:
        status = os.fstat(held.file.fileno())
        seen = (status.st_size, status.st_mtime_ns)
        if seen == held.seen:
            return
        if is_packed(os.pread(held.file.fileno(), 4, 0)):
            with opened_source(held.name) as source:
                self._take(source, progress)
        else:
            self._read_plain(held, status.st_size, progress)
        held.seen, held.grew = seen, self.clock()

    def _read_plain(self, held: _Held, size: int, progress: Progress) -> None:
        held.file.seek(0)
        told = self._take(Source(held.name, held.file, plain=True, size=size), progress)
        # It may have been cut after its size was looked at: then it is empty, or another log.
        if size < held.place or (held.log and told.log != held.log):
            self.say(f"{held.name}: it was cut; reading goes on at its beginning.")
            self._copies(held, progress)
        held.place, held.log = (min(told.place, size), told.log) if told.log else (0, 0)

    def _take(self, source: Source, progress: Progress, *, begun: bool = False) -> Told:
        counted = [0, 0]

        def told_so_far(told: Told) -> None:
            self.lines += told.lines - counted[0]
            self.unparsed += told.unparsed - counted[1]
            counted[:] = told.lines, told.unparsed
            progress(told)

        return take_source(self.store, source, self.text, told_so_far, begun=begun)

    def _copies(self, held: _Held, progress: Progress) -> None:
        """Go on in the copy of a file that was cut, as far as that was not read."""
        path = Path(held.name)
        for copy in sorted(path.parent.glob(f"{glob.escape(path.name)}?*")):
            with (
                contextlib.suppress(FileNotFoundError, IsADirectoryError),
                opened_source(str(copy)) as source,
            ):
                self._take(source, progress, begun=True)

    def _let_go(self, named: set[_Identity]) -> None:
        for identity, it in list(self._held.items()):
            if identity not in named and self.clock() - it.grew > QUIET:
                it.file.close()
                del self._held[identity]


def existing(words: Sequence[str]) -> Iterator[str]:
    """The files of the logs that are there now."""
    for word in words:
        with contextlib.suppress(PreauError, FileNotFoundError):
            yield from found([word])


class _EnoughError(Exception):
    """Somebody said, within a look, that it is enough."""


def follow(
    following: Following,
    enough: Callable[[float], bool],
    progress: Progress,
    looked: Callable[[bool], None] = lambda _new: None,
) -> None:
    """Look again and again, until ``enough`` says so; it waits so many seconds for that.

    ``looked`` is told after each look whether there was anything new.
    """

    def told(told: Told) -> None:
        progress(told)
        if enough(0):
            raise _EnoughError

    with contextlib.suppress(_EnoughError):
        looked(following.look(told))
        while not enough(EVERY):
            looked(following.look(told))
