"""From lines to Parquet, a file for each day: counted before and after, each line in it once.

The Parquet file knows how far of each line file is in it. So whatever ends the process, the next
run goes on where it was, and takes no line twice: a line file is removed only when all of it is in
the day's file and nobody has it open any more.
"""

import json
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import listed, quoted
from preau.kit.errors import PreauError
from preau.learn.events.duck import duck
from preau.learn.events.folder import EventsFolder, remove_finished, replace_safely
from preau.learn.events.lines import Piece, append_bytes, bad_lines, name_of, piece_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

logger = logging.getLogger(__name__)

# Of an event, by name: DuckDB's type. ``MADE`` is worked out here.
COLUMNS = {
    "v": "INTEGER", "t": "BIGINT", "verb": "VARCHAR", "page": "VARCHAR", "person": "BIGINT",
    "session": "VARCHAR", "role": "VARCHAR", "run": "BIGINT", "course": "BIGINT",
    "activity": "BIGINT", "result": "JSON", "duration": "FLOAT", "address": "VARCHAR",
    "request": "VARCHAR",
}  # fmt: skip
PAUSE = 30 * 60 * 1000  # milliseconds: who does nothing for longer has gone
_LONGEST = 4 << 20  # bytes of a line


def _seen(end: int) -> str:
    """Where the parts of a film that somebody saw begin (1) and end (2), as SQL: seconds."""
    parts = "TRY_CAST(json_extract(result, '$.seen') AS FLOAT[][])"
    whole = f"list_filter({parts}, lambda it: len(it) = 2)"
    return f"CASE WHEN verb = 'watched' THEN list_transform({whole}, lambda it: it[{end}]) END"


# With the time from an event to the same person's next one, in milliseconds; 0 before a pause.
_WITH_SPENT = f"""
WITH gaps AS (
    SELECT *, lead(t) OVER (PARTITION BY person ORDER BY t) - t AS gap
    FROM merged WHERE person IS NOT NULL
)
SELECT * EXCLUDE gap, CAST(CASE WHEN gap <= {PAUSE} THEN gap ELSE 0 END AS INTEGER) AS spent,
    {_seen(1)} AS seen_from, {_seen(2)} AS seen_to
FROM gaps
UNION ALL
SELECT *, 0, NULL::FLOAT[], NULL::FLOAT[] FROM merged WHERE person IS NULL
ORDER BY t
"""
MADE = ("spent", "seen_from", "seen_to")  # columns that the lines do not have


@dataclass
class DayReport:
    """What became of a day's lines."""

    day: date
    added: int = 0  # events
    total: int = 0  # events of the day now
    bad: int = 0  # lines that were set aside
    set_aside: list[Path] = field(default_factory=list)
    removed: int = 0  # line files


def compact(folder: EventsFolder, until: date | None = None) -> Iterator[DayReport]:
    """Compact every day that has lines, up to and with ``until`` (UTC; None: yesterday)."""
    last = until or datetime.now(UTC).date() - timedelta(days=1)
    with folder.locked("compaction"):
        _clear_up(folder)
        days = [(day, files) for day, files in sorted(folder.live().items()) if day <= last]
        if days:
            with duck(folder.path) as engine:
                for day, files in days:
                    yield _compact_day(engine, folder, day, files)


def sources_of(path: Path, folder: EventsFolder) -> dict[str, int]:
    """How many bytes of each line file are in a day's file, by ``lines.name_of``."""
    with duck(folder.path) as engine:
        found = engine.execute(
            f"SELECT value FROM parquet_kv_metadata({quoted(path)}) WHERE key = 'sources'"
        ).fetchone()
    return dict(json.loads(bytes(found[0]))) if found else {}


def _clear_up(folder: EventsFolder) -> None:
    folder.days.mkdir(parents=True, exist_ok=True)
    for left in folder.days.glob("*.tmp"):
        left.unlink()


def _compact_day(
    engine: "DuckDBPyConnection", folder: EventsFolder, day: date, files: list[Path]
) -> DayReport:
    report = DayReport(day)
    target = folder.day_file(day)
    with tempfile.TemporaryDirectory(dir=folder.days) as scratch:
        taken = _taken(engine, folder, target, report)
        pieces = [piece_of(path, taken.get(name_of(path), 0)) for path in files]
        fresh = [piece for piece in pieces if piece.end > piece.begin or piece.torn]
        if fresh:
            done = {**taken, **{name_of(it.path): it.end + it.torn for it in fresh}}
            _merge(engine, folder, report, fresh, done, Path(scratch))
        else:
            report.total = _count(engine, target)
    if target.exists():
        report.removed = sum(remove_finished(it.path, it.end + it.torn) for it in pieces)
    return report


def _taken(
    engine: "DuckDBPyConnection", folder: EventsFolder, target: Path, report: DayReport
) -> dict[str, int]:
    """How many bytes of each line file are in the day's file; a corrupt one is set aside."""
    import duckdb

    if not target.exists():
        return {}
    try:
        found = engine.execute(
            f"SELECT value FROM parquet_kv_metadata({quoted(target)}) WHERE key = 'sources'"
        ).fetchone()
        engine.execute(
            f"SELECT count(t), max(spent) FROM read_parquet({quoted(target)})"
        ).fetchone()
    except duckdb.Error as error:
        moved = folder.set_aside(target)
        report.set_aside.append(moved)
        why = _first_line(error)
        logger.error("%s can't be read (%s); it is now %s.", target, why, moved)  # noqa: TRY400
        return {}
    return dict(json.loads(bytes(found[0]))) if found else {}


def _merge(
    engine: "DuckDBPyConnection",
    folder: EventsFolder,
    report: DayReport,
    fresh: list[Piece],
    done: dict[str, int],
    scratch: Path,
) -> None:
    import duckdb

    target = folder.day_file(report.day)
    paths = []
    for number, piece in enumerate(fresh):
        if piece.whole_file:
            paths.append(piece.path)
        elif piece.end > piece.begin:
            paths.append(scratch / f"{number}.jsonl")
            piece.copy(paths[-1])
    _read(engine, paths, report)
    before = _count(engine, target)
    names = ", ".join(COLUMNS)
    merged = f"SELECT {names} FROM fresh WHERE good"
    if before:
        merged += f" UNION ALL SELECT {names} FROM read_parquet({quoted(target)})"
    engine.execute(f"CREATE OR REPLACE TEMP VIEW merged AS {merged}")
    made = target.with_suffix(".tmp")
    sources = quoted(json.dumps(done))
    try:
        engine.execute(
            f"COPY ({_WITH_SPENT}) TO {quoted(made)} (FORMAT parquet, COMPRESSION zstd, "
            f"KV_METADATA {{sources: {sources}}})"
        )
    except duckdb.IOException as error:
        made.unlink(missing_ok=True)
        raise PreauError(
            f"{made} can't be written ({_first_line(error)}); the lines were left as they are. "
            "Free some disk space and try again."
        ) from error
    report.total = _count(engine, made)
    if report.total != before + report.added:
        made.unlink()
        raise PreauError(
            f"{target}: {report.total} events instead of {before + report.added} would be in it; "
            "the lines were left as they are."
        )
    _keep_bad(folder, report, fresh, paths)
    replace_safely(made, target)


def _read(engine: "DuckDBPyConnection", paths: list[Path], report: DayReport) -> None:
    """The table ``fresh``: the lines, and whether each is a good event of its day."""
    columns = ", ".join(f"{name}: '{type_}'" for name, type_ in COLUMNS.items())
    start = int(datetime.combine(report.day, datetime.min.time(), UTC).timestamp() * 1000)
    empty = ", ".join(f"NULL::{type_} AS {name}" for name, type_ in COLUMNS.items())
    source = f"(SELECT {empty} LIMIT 0)"
    if paths:
        source = (
            f"read_json({listed(paths)}, format = 'newline_delimited', columns = {{{columns}}}, "
            f"ignore_errors = true, maximum_object_size = {_LONGEST})"
        )
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE fresh AS SELECT *, coalesce(verb IS NOT NULL "
        f"AND t >= {start} AND t < {start + 86_400_000}, false) AS good FROM {source}"
    )
    found = engine.execute("SELECT count(*) FILTER (good), count(*) FROM fresh").fetchone()
    report.added, count = found or (0, 0)
    report.bad = count - report.added


def _keep_bad(
    folder: EventsFolder, report: DayReport, fresh: list[Piece], paths: list[Path]
) -> None:
    """Set the lines aside that are no events."""
    torn = [piece for piece in fresh if piece.torn]
    if not report.bad and not torn:
        return
    folder.aside.mkdir(parents=True, exist_ok=True)
    target = folder.aside / f"{report.day.isoformat()}.jsonl"
    if report.bad:
        for path in paths:
            bad_lines(path, target)
    for piece in torn:
        append_bytes(piece.torn_line(), target)
        report.bad += 1
    logger.warning("%s: %s lines are no events; they are in %s.", report.day, report.bad, target)


def _count(engine: "DuckDBPyConnection", path: Path) -> int:
    if not path.exists():
        return 0
    found = engine.execute(f"SELECT count(*) FROM read_parquet({quoted(path)})").fetchone()
    return int(found[0]) if found else 0


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
