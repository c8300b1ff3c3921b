"""What lies where in the folder of events.

::

    events/2026-10-05.4711-18a2f3.jsonl    appended to by one process: lines of one day (UTC)
    events/days/2026-10-05.parquet         the same, compacted: each line is in it once
    events/facts/2026-10-05.parquet        what each person did that day (the site's time)
    events/videos/2026-10-05.parquet       where films were watched that day
    events/set-aside/                      what could not be read
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

_LIVE = re.compile(r"(\d{4}-\d\d-\d\d)\.[0-9A-Za-z-]+\.jsonl")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)\.parquet")


class EventsFolder:
    """The folder; ``path`` need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.days = path / "days"
        self.facts = path / "facts"
        self.videos = path / "videos"
        self.aside = path / "set-aside"

    def live(self) -> dict[date, list[Path]]:
        """The files that processes append to, or did, by their day."""
        found: dict[date, list[Path]] = {}
        if self.path.is_dir():
            for path in sorted(self.path.iterdir()):
                if (day := _date(_LIVE, path.name)) is not None:
                    found.setdefault(day, []).append(path)
        return found

    def compacted(self) -> dict[date, Path]:
        """The compacted days."""
        if not self.days.is_dir():
            return {}
        found = {_date(_DAY, path.name): path for path in sorted(self.days.iterdir())}
        return {day: path for day, path in found.items() if day is not None}

    def day_file(self, day: date) -> Path:
        """Where a day is, or will be, compacted."""
        return self.days / f"{day.isoformat()}.parquet"

    def fact_file(self, day: date) -> Path:
        """Where a day's facts are, or will be."""
        return self.facts / f"{day.isoformat()}.parquet"

    def kept_since(self) -> date | None:
        """The first day (UTC) that was not removed for its age; None if none ever was."""
        note = self.path / ".kept-since"
        return date.fromisoformat(note.read_text().strip()) if note.exists() else None

    def keep_since(self, day: date) -> None:
        """Note that the days before were removed: they are not missing, they are not to be seen."""
        (self.path / ".kept-since").write_text(day.isoformat())

    def set_aside(self, path: Path) -> Path:
        """Move a file that cannot be read out of the way; where it is now."""
        self.aside.mkdir(parents=True, exist_ok=True)
        target, number = self.aside / path.name, 1
        while target.exists():
            number += 1
            target = self.aside / f"{path.name}.{number}"
        return path.rename(target)

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Alone among the processes that take this lock; waits for the others."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / f".{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def is_written(path: Path) -> bool:
    """Whether a process still has the file open and may write to it."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def remove_finished(path: Path, size: int) -> bool:
    """Remove a line file if nobody has it open and it has no more than so many bytes."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if os.fstat(file.fileno()).st_size != size:
            return False
        path.unlink()  # a writer that comes just now waits for the lock, and sees that it is gone
    return True


def replace_safely(made: Path, target: Path) -> None:
    """Put a file in the place of another so that after a power cut one of the two is there."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _date(pattern: re.Pattern[str], name: str) -> date | None:
    match = pattern.fullmatch(name)
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        return None
