"""A person leaves the record: their events stay, and are nobody's.

What tells who it was is taken out of every compacted day: the person, the session, the address, the
request's id and the result, in which a search's words may be; of other people's events the result,
where it names them (who gave them a role). Counts of views stay what they were; the person no
longer counts among people.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from preau.kit.duck import quoted
from preau.kit.errors import PreauError
from preau.learn.events.compaction import COLUMNS, MADE, compact, sources_of
from preau.learn.events.duck import duck
from preau.learn.events.folder import EventsFolder, replace_safely
from preau.learn.events.lines import Piece, name_of, piece_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EMPTIED = frozenset({"person", "session", "result", "address", "request"})


@dataclass
class Traces:
    """What the record has of somebody: events of each day, and how many of others name them."""

    days: dict[date, int] = field(default_factory=dict)
    named: int = 0


@dataclass
class Erasure:
    """What was done, to be shown to whom it concerns."""

    person: int
    days: list[date] = field(default_factory=list)  # that were written anew
    events: int = 0  # that were theirs, and are nobody's
    named: int = 0  # that are others', and no longer name them
    left: int = 0  # that still name them, counted afterwards in every day: none
    lines: list[str] = field(default_factory=list)  # line files, removed once nobody writes there


def erase(folder: EventsFolder, person: int) -> Erasure:
    """Take a person out of everything that is recorded so far, today too."""
    report = Erasure(person)
    for _report in compact(folder, datetime.now(UTC).date()):
        pass
    with folder.locked("compaction"), duck(folder.path) as engine:
        for day, path in folder.compacted().items():
            theirs, named = _count(engine, path, person)
            if theirs or named:
                _rewrite(engine, path, person)
                report.days.append(day)
                report.events += theirs
                report.named += named
        report.left = sum(sum(_count(engine, it, person)) for it in folder.compacted().values())
        report.lines = list(_lines_with(folder, person))
    if report.left:
        raise PreauError(f"{report.left} events still name the person; nothing else was changed.")
    return report


def traces(folder: EventsFolder, person: int) -> Traces:
    """Count what is theirs, in compacted days and in lines that are not compacted yet."""
    found = Traces()
    with folder.locked("compaction"):
        days = folder.compacted()
        with duck(folder.path) as engine:
            for day, path in days.items():
                _add(found, day, _count(engine, path, person))
        for day, paths in folder.live().items():
            taken = sources_of(days[day], folder) if day in days else {}
            for path in paths:
                _add(found, day, _in_lines(piece_of(path, taken.get(name_of(path), 0)), person))
    return found


def _add(found: Traces, day: date, counts: tuple[int, int]) -> None:
    theirs, named = counts
    if theirs:
        found.days[day] = found.days.get(day, 0) + theirs
    found.named += named


def _in_lines(piece: Piece, person: int) -> tuple[int, int]:
    """How many lines of a piece are theirs, and how many of others name them."""
    theirs = named = 0
    number = str(person).encode()
    with piece.path.open("rb") as reading:
        reading.seek(piece.begin)
        while reading.tell() < piece.end and (line := reading.readline()):
            if number not in line:
                continue
            own = _is_of(line, person)
            theirs += own
            named += not own and _is_naming(line, person)
    return theirs, named


def _rewrite(engine: "DuckDBPyConnection", path: Path, person: int) -> None:
    sources = engine.execute(
        f"SELECT value FROM parquet_kv_metadata({quoted(path)}) WHERE key = 'sources'"
    ).fetchone()
    kept = bytes(sources[0]).decode() if sources else "{}"
    theirs = dict.fromkeys(_EMPTIED, f"person = {person:d}")
    theirs["result"] += f" OR {_naming(person)}"
    columns = ", ".join(
        f"CASE WHEN {theirs[name]} THEN NULL ELSE {name} END AS {name}" if name in theirs else name
        for name in (*COLUMNS, *MADE)
    )
    before = _rows(engine, path)
    made = path.with_suffix(".tmp")
    engine.execute(
        f"COPY (SELECT {columns} FROM read_parquet({quoted(path)}) ORDER BY t) TO {quoted(made)} "
        f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{sources: {quoted(kept)}}})"
    )
    if _rows(engine, made) != before:
        made.unlink()
        raise PreauError(f"{path}: some events would be missing; it was left as it is.")
    replace_safely(made, path)


def _naming(person: int) -> str:
    """Whether an event's result names them, as SQL."""
    named = "TRY_CAST(json_extract_string(result, '$.person') AS BIGINT)"
    return f"coalesce({named} = {person:d}, false)"


def _count(engine: "DuckDBPyConnection", path: Path, person: int) -> tuple[int, int]:
    """How many events of a day are theirs, and how many of others name them."""
    own = f"coalesce(person = {person:d}, false)"
    found = engine.execute(
        f"SELECT count(*) FILTER ({own}), count(*) FILTER (NOT {own} AND {_naming(person)}) "
        f"FROM read_parquet({quoted(path)})"
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def _rows(engine: "DuckDBPyConnection", path: Path) -> int:
    found = engine.execute(f"SELECT count(*) FROM read_parquet({quoted(path)})").fetchone()
    return int(found[0]) if found else 0


def _lines_with(folder: EventsFolder, person: int) -> Iterator[str]:
    """Line files that still have lines of theirs: they are compacted, and go when they may."""
    for paths in folder.live().values():
        for path in paths:
            with path.open("rb") as reading:
                if any(_is_of(line, person) or _is_naming(line, person) for line in reading):
                    yield path.name


def _is_of(line: bytes, person: int) -> bool:
    return bool(_event(line).get("person") == person)


def _is_naming(line: bytes, person: int) -> bool:
    result = _event(line).get("result")
    return isinstance(result, dict) and result.get("person") == person


def _event(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
