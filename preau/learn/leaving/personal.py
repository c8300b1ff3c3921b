"""What the record of events keeps of a person. Events are below all apps, so it is said here."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, document
from preau.learn.events.duck import is_readable
from preau.learn.events.erasure import Erasure, traces
from preau.learn.events.erasure import erase as erase_from_record
from preau.learn.events.export import events_by
from preau.learn.events.folder import EventsFolder, replace_safely

MODELS = ()
GOES = {
    "events": _("the name on events: pages opened, answers given, searches"),
    "named": _("the name in events of others, such as who was given a role"),
    "set-aside": _("lines of events that could not be read"),
}
STAYS = {
    "events": (
        _("the events themselves"),
        _(
            "They say that somebody opened a page, at a time, and no longer who. Without them the "
            "statistics of past days would change."
        ),
    ),
    "unreadable": (
        _("files of events that can't be read, and may name the person"),
        _("Nobody can tell what is in them; whoever runs the site can remove them."),
    ),
}
_T = TypeVar("_T")


def folder() -> EventsFolder:
    """The site's record."""
    return EventsFolder(settings.EVENTS_FOLDER)


def found(who: Leaver) -> Iterator[Found]:
    """Events of every day, and the days that have some."""
    seen = _whatever_is_corrupt(lambda: traces(folder(), who.id))
    days = tuple(day.isoformat() for day in sorted(seen.days))
    yield Found("events", sum(seen.days.values()), days)
    yield Found("named", seen.named)
    yield Found("set-aside", sum(_is_theirs(who, line) for path in _aside() for line in _of(path)))


def staying(who: Leaver) -> Iterator[Found]:
    """Nobody's events, and what nobody can read."""
    yield Found("events", sum(traces(folder(), who.id).days.values()))
    unreadable = sorted(path.name for path in folder().aside.glob("*.parquet*"))
    yield Found("unreadable", len(unreadable), tuple(unreadable))


def erase(who: Leaver) -> None:
    """Take the person out of every day, and of what was set aside."""
    erase_from_days(who.id)
    with folder().locked("compaction"):
        for path in _aside():
            lines = _of(path)
            rest = [line for line in lines if not _is_theirs(who, line)]
            if rest != lines:
                made = path.with_suffix(".tmp")
                made.write_bytes(b"".join(rest))
                replace_safely(made, path)


def erase_from_days(person: int) -> Erasure:
    """Take them out of every compacted day; a day that can't be read is set aside first."""
    return _whatever_is_corrupt(lambda: erase_from_record(folder(), person))


def export(who: Leaver) -> Iterator[OwnFile]:
    """Every event that is theirs, up to yesterday."""
    yield document("events.json", list(events_by(folder(), who.id)))


def _whatever_is_corrupt(work: Callable[[], _T]) -> _T:
    import duckdb

    try:
        return work()
    except duckdb.Error:
        for path in folder().compacted().values():
            if not is_readable(path, folder().path):
                folder().set_aside(path)
        return work()


def _aside() -> list[Path]:
    return sorted(folder().aside.glob("[0-9]*.jsonl"))


def _of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _is_theirs(who: Leaver, line: bytes) -> bool:
    """Whether a line that is no event has their id where one would, or an address of theirs."""
    number = re.search(rb'"person"\s*:\s*%d\b' % who.id, line) is not None
    return number or who.is_in(line.decode("utf-8", "replace"))
