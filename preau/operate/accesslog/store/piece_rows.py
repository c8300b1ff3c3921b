"""The rows of one piece: most by the database, the odd ones line by line; none gets lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from preau.kit.duck import listed, quoted
from preau.operate.accesslog.reading.line_format import Format
from preau.operate.accesslog.reading.quick import SPARE, Quick, quick_of
from preau.operate.accesslog.reading.rows import COLUMNS, Row, row_of, rows_sql
from preau.operate.accesslog.store.anonymous import hidden, shape_of
from preau.operate.accesslog.store.pieces import LONGEST, Piece

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from preau.operate.accesslog.store.folder import Store

_NULL = "2b0c9f4e-null-of-no-log"  # a text that stands for nothing: no field is one
_BUFFER = 8 << 20
_AT_ONCE = 20_000  # odd rows
_SHOWN = 40  # odd lines that are kept of a piece
_DAY = "(t + 60 * zone) // 86400"
_TYPES = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())


@dataclass(frozen=True)
class File:
    """A file of rows, and its days."""

    path: Path
    first_day: int
    last_day: int
    rows: int


@dataclass
class Taken:
    """What became of a piece."""

    files: list[File] = field(default_factory=list)
    unparsed: int = 0
    samples: list[str] = field(default_factory=list)

    def odd(self, line: str) -> None:
        """Count a line that nothing can be made of."""
        self.unparsed += 1
        if len(self.samples) < _SHOWN:
            self.samples.append(line)


def take_piece(store: "Store", source: int, piece: Piece, shape: Format) -> Taken:
    """Write the rows of a piece. Nothing is the store's yet."""
    taken = Taken()
    if piece.path is None:
        taken.odd(piece.sample)
        return _said(store, taken)
    way = quick_of(shape)
    name = f"{source:04d}-{piece.end:012d}-{uuid4().hex[:8]}"
    query = _quick_rows(way, shape, piece.path)
    written: list[tuple[Path, int]] = []
    if not piece.returns:  # which the database takes for the ends of lines
        written = _by_database(store, name, query)
    odd = list(_odd_lines(store, [path for path, _count in written], query))
    total = sum(count for _path, count in written)
    if total < piece.lines:
        strays = list(_strays(piece.path, way))
        odd += strays
        total += len(strays)
    if total != piece.lines:  # the database counts lines otherwise than we do: then all by hand
        for path, _count in written:
            path.unlink()
        written, odd = [], list(_all_lines(piece.path))
    rows = _rows_of(odd, shape, taken)
    written += _by_hand(store, f"{name}-odd", rows)
    taken.files += described(store.database, [path for path, _count in written])
    return _said(store, taken)


def _said(store: "Store", taken: Taken) -> Taken:
    if store.key is not None:
        taken.samples = [shape_of(it) for it in taken.samples]
    return taken


def _by_database(store: "Store", name: str, query: str) -> list[tuple[Path, int]]:
    """What the database reads; nothing of a piece that it cannot make lines of."""
    import duckdb

    try:
        return list(_written(store, name, query))
    except (duckdb.IOException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error:
        for path in store.rows.rglob(f"{name}*"):
            path.unlink()
        return []


def _quick_rows(way: Quick, shape: Format, path: Path) -> str:
    """A query for the rows of a file."""
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(way.columns + SPARE))
    table = (
        f"read_csv({quoted(path)}, header = false, delim = {quoted(way.separator)}, quote = '', "
        f"escape = '', columns = {{{columns}}}, auto_detect = false, null_padding = true, "
        f"ignore_errors = true, strict_mode = false, "
        f"nullstr = '{_NULL}', max_line_size = {LONGEST}, "
        f"buffer_size = {_BUFFER})"
    )
    return rows_sql(shape, way, table)


def _written(store: "Store", name: str, query: str) -> Iterator[tuple[Path, int]]:
    """Write rows as they may be stored."""
    return write_rows(store, name, query if store.key is None else hidden(query, store.key))


def write_rows(store: "Store", name: str, query: str) -> Iterator[tuple[Path, int]]:
    """Write rows; by day in a store that lasts."""
    how = f"FORMAT parquet, COMPRESSION {'zstd' if store.lasting else 'snappy'}, RETURN_STATS"
    if store.lasting:
        to = store.rows
        query = f"SELECT *, {_DAY} AS day FROM ({query})"
        how += f", PARTITION_BY (day), OVERWRITE_OR_IGNORE, FILENAME_PATTERN '{name}-{{i}}'"
    else:
        to = store.rows / f"{name}.parquet"
    for row in store.database.execute(f"COPY ({query}) TO {quoted(to)} ({how})").fetchall():
        yield Path(row[0]), int(row[1])


def _odd_lines(store: "Store", paths: list[Path], query: str) -> Iterator[str]:
    """The lines themselves; where they were not stored, ``query`` reads them again."""
    if store.lasting:
        paths = [path for path in paths if "day=__HIVE" in str(path)]
    if not paths:
        return
    found = store.database.execute(
        f"SELECT odd FROM read_parquet({listed(paths)}) WHERE odd IS NOT NULL"
    ).fetchall()
    if found and store.key is not None:
        found = store.database.execute(
            f"SELECT odd FROM ({query}) WHERE odd IS NOT NULL"
        ).fetchall()
    yield from (line for (line,) in found)


def _strays(path: Path, way: Quick) -> Iterator[str]:
    """Lines that the database leaves out: with too many columns, too long, not UTF-8, or empty."""
    separator, columns = way.separator.encode(), way.columns + SPARE
    for line in _raw_lines(path):
        if (
            line.count(separator) >= columns
            or len(line) >= LONGEST
            or not line.strip(b"\r")
            or not _is_text(line)
        ):
            yield line.decode("utf-8", "backslashreplace")


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _all_lines(path: Path) -> Iterator[str]:
    for line in _raw_lines(path):
        if line.strip():
            yield line.decode("utf-8", "backslashreplace")


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line.rstrip(b"\n")


def _rows_of(lines: Iterable[str], shape: Format, taken: Taken) -> Iterator[Row]:
    for line in lines:
        if not line.strip():
            continue
        row = row_of(shape, line.rstrip("\r")) if len(line) < LONGEST else None
        if row is None:
            taken.odd(line)
        else:
            yield row


def _by_hand(store: "Store", name: str, rows: Iterable[Row]) -> list[tuple[Path, int]]:
    """Write rows that we have."""
    database = store.database
    database.execute(f"CREATE OR REPLACE TEMP TABLE by_hand ({_TYPES})")
    unnested = ", ".join(f"unnest(?::{kind}[])" for kind in COLUMNS.values())
    count = 0
    for batch in _batches(rows):
        columns = [list(column) for column in zip(*batch, strict=True)]
        database.execute(f"INSERT INTO by_hand SELECT {unnested}", columns)
        count += len(batch)
    query = "SELECT *, NULL::VARCHAR AS odd FROM by_hand"
    return list(_written(store, name, query)) if count else []


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def described(database: "DuckDBPyConnection", paths: list[Path]) -> Iterator[File]:
    """The files that have rows; those without are removed."""
    for path in paths:
        row = database.execute(
            f"SELECT min({_DAY}), max({_DAY}), count(t) FROM read_parquet({quoted(path)})"
        ).fetchone()
        if row is None or not row[2]:
            path.unlink()
        else:
            yield File(path, *map(int, row))
