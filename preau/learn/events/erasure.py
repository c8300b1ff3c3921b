"""A person leaves the record: their events stay, and are nobody's.

What tells who it was is taken out of every compacted day: the person, the session, the address, the
request's id and the result, in which a search's words may be. Counts of views stay what they were;
the person no longer counts among people.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.errors import PreauError
from preau.learn.events.compaction import COLUMNS, MADE, compact
from preau.learn.events.duck import duck, quoted
from preau.learn.events.folder import EventsFolder, replace_safely

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EMPTIED = {"person": "NULL", "session": "NULL", "result": "NULL", "address": "NULL",
            "request": "NULL"}  # fmt: skip


@dataclass
class Erasure:
    """What was done, to be shown to whom it concerns."""

    person: int
    days: list[date] = field(default_factory=list)  # that were written anew
    events: int = 0  # that were theirs, and are nobody's
    left: int = 0  # that still name them, counted afterwards in every day: none
    lines: list[str] = field(default_factory=list)  # line files, removed once nobody writes there


def erase(folder: EventsFolder, person: int) -> Erasure:
    """Take a person out of everything that is recorded so far, today too."""
    report = Erasure(person)
    for _report in compact(folder, datetime.now(UTC).date()):
        pass
    with folder.locked("compaction"), duck(folder.path) as engine:
        for day, path in folder.compacted().items():
            if count := _count(engine, path, person):
                _rewrite(engine, path, person)
                report.days.append(day)
                report.events += count
        report.left = sum(_count(engine, it, person) for it in folder.compacted().values())
        report.lines = list(_lines_with(folder, person))
    if report.left:
        raise PreauError(f"{report.left} events still name the person; nothing else was changed.")
    return report


def _rewrite(engine: "DuckDBPyConnection", path: Path, person: int) -> None:
    sources = engine.execute(
        f"SELECT value FROM parquet_kv_metadata({quoted(path)}) WHERE key = 'sources'"
    ).fetchone()
    kept = bytes(sources[0]).decode() if sources else "{}"
    columns = ", ".join(
        f"CASE WHEN person = {person} THEN {_EMPTIED[name]} ELSE {name} END AS {name}"
        if name in _EMPTIED
        else name
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


def _count(engine: "DuckDBPyConnection", path: Path, person: int) -> int:
    sql = f"SELECT count(*) FROM read_parquet({quoted(path)}) WHERE person = {person}"
    found = engine.execute(sql).fetchone()
    return int(found[0]) if found else 0


def _rows(engine: "DuckDBPyConnection", path: Path) -> int:
    found = engine.execute(f"SELECT count(*) FROM read_parquet({quoted(path)})").fetchone()
    return int(found[0]) if found else 0


def _lines_with(folder: EventsFolder, person: int) -> Iterator[str]:
    """Line files that still have lines of theirs: they are compacted, and go when they may."""
    for paths in folder.live().values():
        for path in paths:
            with path.open("rb") as reading:
                if any(_is_of(line, person) for line in reading):
                    yield path.name


def _is_of(line: bytes, person: int) -> bool:
    try:
        return bool(json.loads(line).get("person") == person)
    except (ValueError, AttributeError):
        return False
