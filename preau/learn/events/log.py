"""The newest events, with filters: what an operator looks at while something happens.

Lines are read from their ends, so that what was done just now is there in a moment; compacted days
are asked with DuckDB.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from preau.kit.duck import listed
from preau.learn.events.compaction import COLUMNS
from preau.learn.events.duck import duck, is_readable
from preau.learn.events.folder import EventsFolder

_EQUAL = ("person", "run", "activity", "verb", "role", "request", "session")
_SLACK = 300_000  # milliseconds by which a line may stand behind one of a later moment
_BLOCK = 1 << 18  # bytes read at once
_LONGEST = 4 << 20  # bytes of a line


@dataclass(frozen=True)
class Wanted:
    """From ``since`` up to but without ``until``, in milliseconds since 1970; an event has all of
    what is named here."""

    since: int
    until: int
    person: int | None = None
    run: int | None = None
    activity: int | None = None
    verb: str = ""
    role: str = ""
    request: str = ""
    session: str = ""

    @property
    def days(self) -> list[date]:
        """The days of UTC that it has a part of."""
        first, last = (
            datetime.fromtimestamp(at / 1000, UTC).date() for at in (self.since, self.until - 1)
        )
        return [first + timedelta(days=step) for step in range((last - first).days + 1)]

    @property
    def equal(self) -> dict[str, int | str]:
        """The fields whose values are named."""
        values = {name: getattr(self, name) for name in _EQUAL}
        return {name: value for name, value in values.items() if value not in (None, "")}


def newest(folder: EventsFolder, wanted: Wanted, most: int) -> list[dict[str, Any]]:
    """At most so many events, the newest first, whether they are compacted or not.

    A file that cannot be read is left out; gathering sets it aside and names it.
    """
    days, live = folder.compacted(), folder.live()
    lines = [path for day in wanted.days for path in live.get(day, ())]
    found = [event for path in lines for event in _of_lines(path, wanted, most)]
    if parquet := [days[day] for day in wanted.days if day in days]:
        found += _of_days(folder, wanted, most, parquet)
    found.sort(key=lambda it: (-it["t"], str(it["request"]), it["verb"]))
    once: dict[bytes, dict[str, Any]] = {}  # a line that is compacted may still be in its file
    for event in found:
        told = {**event, "duration": None}  # which a compacted day has with fewer digits
        once.setdefault(orjson.dumps(told, option=orjson.OPT_SORT_KEYS), event)
    return list(once.values())[:most]


def _of_lines(path: Path, wanted: Wanted, most: int) -> list[dict[str, Any]]:
    """At least the newest so many of a line file, if it has them."""
    equal = wanted.equal
    parts = [str(value).encode() for value in equal.values()]  # a line without them is not parsed
    found: list[dict[str, Any]] = []
    oldest = 0  # moment of the last one that is certainly among the newest
    for line in _backwards(path):
        if any(part not in line for part in parts):
            continue
        event = _event(line)
        if event is None or not wanted.since <= event["t"] < wanted.until:
            continue
        if oldest and event["t"] < oldest - _SLACK:
            break
        if all(event[name] == value for name, value in equal.items()):
            found.append(event)
            if len(found) == most:
                oldest = min(it["t"] for it in found)
    return found


def _event(line: bytes) -> dict[str, Any] | None:
    """The event of a line with all fields, as a compacted day has it; None if it is none."""
    try:
        event = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(event, Mapping) or not isinstance(event.get("t"), int):
        return None
    if not isinstance(event.get("verb"), str):
        return None
    return {name: _typed(event.get(name), type_) for name, type_ in COLUMNS.items()}


def _typed(value: object, type_: str) -> object:
    """The value if it is what the column holds, else None."""
    kinds: dict[str, tuple[type, ...]] = {"VARCHAR": (str,), "JSON": (dict,), "FLOAT": (int, float)}
    return value if isinstance(value, kinds.get(type_, (int,))) else None


def _backwards(path: Path) -> Iterator[bytes]:
    """The whole lines of a file, the last first; nothing if it went away."""
    try:
        file = path.open("rb")
    except FileNotFoundError:  # compacted just now: its day has the lines
        return
    with file:
        end, rest = file.seek(0, 2), b""
        while end:
            begin = max(0, end - _BLOCK)
            file.seek(begin)
            first, *whole = (file.read(end - begin) + rest).split(b"\n")
            yield from reversed(whole)
            end, rest = begin, first if len(first) < _LONGEST else b""
        yield rest


def _of_days(
    folder: EventsFolder, wanted: Wanted, most: int, files: list[Path]
) -> list[dict[str, Any]]:
    import duckdb

    try:
        return _asked(folder, wanted, most, files)
    except duckdb.Error:  # one is corrupt
        readable = [path for path in files if path.exists() and is_readable(path, folder.path)]
        return _asked(folder, wanted, most, readable) if readable else []


def _asked(
    folder: EventsFolder, wanted: Wanted, most: int, files: list[Path]
) -> list[dict[str, Any]]:
    equal = wanted.equal
    where = " AND ".join(["t >= ?", "t < ?", *(f"{name} = ?" for name in equal)])
    values = list(equal.values())
    source = f"read_parquet({listed(files)})"
    with duck(folder.path, threads=1) as engine:
        # First the moments alone: the whole rows are then read from the few parts that have them.
        moments = engine.execute(
            f"SELECT t FROM {source} WHERE {where} ORDER BY t DESC LIMIT {most:d}",
            [wanted.since, wanted.until, *values],
        ).fetchall()
        if not moments:
            return []
        rows = engine.execute(
            f"SELECT {', '.join(COLUMNS)} FROM {source} WHERE {where} ORDER BY t DESC",
            [moments[-1][0], wanted.until, *values],
        ).fetchall()
    events = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    for event in events:
        event["result"] = _typed(json.loads(event["result"] or "null"), "JSON")
    return events
