"""Appends events to this process's own file: one line, one write, no database.

A line written with ``os.write`` to a file opened for appending is in the kernel's hands when
the call returns: it outlives ``kill -9`` of the process. A record that cannot be written is
reported in the log and never fails the page that wanted it; of a line for which the disk has
no room, nothing stays.
"""

import errno
import fcntl
import logging
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import orjson

from preau.learn.events.schema import Event

logger = logging.getLogger(__name__)
_COMPLAIN_EVERY = 60.0  # seconds between two complaints about a record that can't be written


class DayFile:
    """The open file of one day in one process, locked until it is closed.

    That is when the last thread lets go of it.

    Closing it any earlier would give its number to the next file that is opened, while a thread
    that has just looked the number up is about to write there.
    """

    __slots__ = ("day", "descriptor", "pid")

    def __init__(self, path: Path, day: int, pid: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        self.descriptor = os.open(path, flags, 0o640)
        while not self._lock():  # it was compacted and removed this very moment
            os.close(self.descriptor)
            self.descriptor = os.open(path, flags, 0o640)
        self.day = day
        self.pid = pid

    def _lock(self) -> bool:
        """Let who compacts the day see that somebody may write here; False if the file is gone."""
        with suppress(OSError):  # a file system without locks
            fcntl.flock(self.descriptor, fcntl.LOCK_SH)
        return os.fstat(self.descriptor).st_nlink > 0

    def append(self, line: bytes) -> None:
        """Write it whole, or raise OSError and leave nothing of it. One thread at a time."""
        written = os.write(self.descriptor, line)
        if written != len(line):
            os.ftruncate(self.descriptor, os.fstat(self.descriptor).st_size - written)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):  # absent when it could not be opened
            os.close(self.descriptor)


class Recorder:
    """The event file of one process in ``folder``; a new one each day (UTC)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lost = 0
        self._file: DayFile | None = None
        self._start = (0, 0)  # process, and when it began to record
        self._complained = -_COMPLAIN_EVERY
        self._lock = Lock()

    def append(self, *events: Event) -> bool:
        """Write events that belong together, all or none; False when they could not be written.

        They lie in the file of the day of the first.
        """
        lines = b"".join(orjson.dumps(it, option=orjson.OPT_APPEND_NEWLINE) for it in events)
        try:
            with self._lock:
                self._file_for(events[0]["t"] // 86_400_000).append(lines)
        except OSError as error:
            return self._lose(error, len(events))
        return True

    def close(self) -> None:
        """Close the file; the next event opens it again."""
        self._file = None

    def _file_for(self, day: int) -> DayFile:
        file, pid = self._file, os.getpid()
        if file is None or file.day != day or file.pid != pid:
            self._file = file = self._open(day, pid)
        return file

    def _open(self, day: int, pid: int) -> DayFile:
        if self._start[0] != pid:
            self._start = (pid, time.time_ns())
        self.folder.mkdir(parents=True, exist_ok=True)
        date = datetime.fromtimestamp(day * 86_400, UTC).date().isoformat()
        return DayFile(self.folder / f"{date}.{pid}-{self._start[1]:x}.jsonl", day, pid)

    def _lose(self, error: OSError, count: int) -> bool:
        self.lost += count
        now = time.monotonic()
        if now - self._complained >= _COMPLAIN_EVERY:
            self._complained = now
            logger.error(
                "Events can't be written to %s (%s); %d lost by this process so far. "
                "Free some disk space or mend the folder's rights; pages go on meanwhile.",
                self.folder,
                error,
                self.lost,
            )
        return False
