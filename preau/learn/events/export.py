"""Events of some days, as one file for others."""

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from preau.kit.duck import listed, quoted
from preau.kit.errors import PreauError
from preau.learn.events.compaction import COLUMNS, compact
from preau.learn.events.duck import duck
from preau.learn.events.folder import EventsFolder


def export_parquet(folder: EventsFolder, since: date, until: date, target: Path) -> int:
    """Write the events of these days (UTC) into a new Parquet file; how many there are."""
    files = _files(folder, since, until)
    columns = ", ".join(COLUMNS)

    def write(made: Path) -> int:
        with duck(folder.path) as engine:
            source = (
                f"SELECT {columns} FROM read_parquet({listed(files)}) ORDER BY t"
                if files
                else _nothing()
            )
            count = engine.execute(
                f"COPY ({source}) TO {quoted(made)} (FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
        return int(count[0]) if count else 0

    return write_new(target, write)


def events_between(folder: EventsFolder, since: date, until: date) -> Iterator[dict[str, Any]]:
    """The events of these days (UTC), the oldest first, each with the fields that it has."""
    for path in _files(folder, since, until):
        yield from events_of(path, folder)


def events_by(folder: EventsFolder, person: int) -> Iterator[dict[str, Any]]:
    """A person's events up to yesterday, the oldest first."""
    for path in _files(folder, date.min, date.max):
        yield from events_of(path, folder, person)


def events_of(
    path: Path, folder: EventsFolder, person: int | None = None
) -> Iterator[dict[str, Any]]:
    """The events of a day's file, the oldest first; all, or one person's."""
    columns = ", ".join(COLUMNS)
    whose = "" if person is None else f"WHERE person = {person:d}"
    with duck(folder.path) as engine:
        answer = engine.execute(
            f"SELECT {columns} FROM read_parquet({quoted(path)}) {whose} ORDER BY t"
        )
        while rows := answer.fetchmany(10_000):
            for row in rows:
                event = dict(zip(COLUMNS, row, strict=True))
                if event["result"] is not None:
                    event["result"] = json.loads(event["result"])
                yield event


def batches(events: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The events, so many at a time."""
    while batch := list(islice(events, size)):
        yield batch


def write_new(target: Path, write: Callable[[Path], int]) -> int:
    """Let ``write`` make a file that was not there; it is there whole or not at all."""
    if target.exists():
        raise PreauError(f"{target} is there already; name a new file.")
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent) as scratch:
            made = Path(scratch) / "made"
            count = write(made)
            made.rename(target)
    except OSError as error:
        raise PreauError(f"{target} can't be written: {error.strerror}.") from error
    return count


def _files(folder: EventsFolder, since: date, until: date) -> list[Path]:
    if since > until:
        raise PreauError(f"{since} is after {until}; give the earlier day first.")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    for _report in compact(folder, min(until, yesterday)):
        pass
    return [path for day, path in folder.compacted().items() if since <= day <= until]


def _nothing() -> str:
    names = ", ".join(f"NULL::{type_} AS {name}" for name, type_ in COLUMNS.items())
    return f"SELECT {names} LIMIT 0"
