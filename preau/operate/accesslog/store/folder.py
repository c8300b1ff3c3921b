"""A store: rows in Parquet files by day, and a database that says which, and what was read.

::

    store/
        store.duckdb             what was read, and the counts of each day
        rows/day=20698/*.parquet rows of a day, counted in days since 1970 of the log's own clock

A file of rows is one of the store's once the database names it, in the same transaction as how far
the log was read. So a process may be killed at any moment: what it had not finished is removed, and
read again.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import listed
from preau.kit.errors import PreauError
from preau.operate.accesslog.store.duck import opened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS version (number INTEGER);
CREATE TABLE IF NOT EXISTS sources (
    id INTEGER PRIMARY KEY, name VARCHAR, head BLOB, head_size BIGINT, tail BLOB, tail_size BIGINT,
    place BIGINT, lines BIGINT, unparsed BIGINT, format VARCHAR, again BIGINT, copying BOOLEAN,
    first_t BIGINT, last_t BIGINT);
CREATE TABLE IF NOT EXISTS files (
    name VARCHAR PRIMARY KEY, source INTEGER, first_day INTEGER, last_day INTEGER, rows BIGINT);
CREATE TABLE IF NOT EXISTS unparsed (source INTEGER, line VARCHAR);
CREATE TABLE IF NOT EXISTS privacy (key VARCHAR);
"""


@dataclass
class Store:
    """An open store. One that is ``lasting`` is kept by day and asks nothing twice.

    ``key`` is that of the hashes of people's names where addresses are cut before they are stored;
    None where they are stored whole.
    """

    folder: Path
    database: "DuckDBPyConnection"
    lasting: bool
    key: str | None = None

    @property
    def rows(self) -> Path:
        """Where the files of rows are."""
        return self.folder / "rows"

    def files(self) -> list[Path]:
        """All files of rows."""
        names = self.database.execute("SELECT name FROM store.files ORDER BY name").fetchall()
        return [self.folder / name for (name,) in names]

    def files_of(self, first: int, last: int) -> list[Path]:
        """The files that have rows of these days."""
        names = self.database.execute(
            "SELECT name FROM store.files WHERE last_day >= ? AND first_day <= ? ORDER BY name",
            [first, last],
        ).fetchall()
        return [self.folder / name for (name,) in names]

    def days(self) -> dict[int, int]:
        """Rows of each day, in days since 1970."""
        of_one_day = self.database.execute(
            "SELECT first_day, sum(rows)::BIGINT FROM store.files WHERE first_day = last_day "
            "GROUP BY first_day"
        ).fetchall()
        counts: dict[int, int] = dict(of_one_day)
        several = self.database.execute(
            "SELECT name FROM store.files WHERE first_day != last_day"
        ).fetchall()
        if several:
            names = listed([self.folder / name for (name,) in several])
            found = self.database.execute(
                f"SELECT (t + 60 * zone) // 86400 AS d, count(*) FROM read_parquet({names}) "
                "WHERE odd IS NULL GROUP BY d"
            ).fetchall()
            for day, count in found:
                counts[day] = counts.get(day, 0) + count
        return dict(sorted(counts.items()))

    def tidy(self) -> None:
        """Remove what a process that was killed left behind."""
        known = set(self.files())
        (self.folder / "narrowed.duckdb").unlink(missing_ok=True)
        for path in [*self.rows.rglob("*.parquet"), *self.rows.rglob("*.tmp*")]:
            if path not in known:
                path.unlink()


@contextmanager
def open_store(folder: Path, *, lasting: bool, anonymise: bool | None = None) -> Iterator[Store]:
    """A store in a folder, which is made. Raises ``PreauError`` where it cannot be used.

    ``anonymise`` says whether addresses are cut before they are stored; None for what the store
    does already. It is one or the other, for all that is in a store.
    """
    try:
        (folder / "rows").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PreauError(f"{folder}: no store can be made there: {error.strerror}.") from None
    database = opened(folder / "store.duckdb", lasting=lasting)
    try:
        _ready(database, folder)
        store = Store(folder, database, lasting, _key(database, folder, anonymise))
        store.tidy()
        yield store
    finally:
        database.close()
        shutil.rmtree(folder / ".duckdb", ignore_errors=True)


def _ready(database: "DuckDBPyConnection", folder: Path) -> None:
    database.execute(_TABLES)
    found = database.execute("SELECT number FROM version").fetchone()
    if found is None:
        database.execute("INSERT INTO version VALUES (?)", [VERSION])
    elif found[0] != VERSION:
        raise PreauError(
            f"{folder}: this store was made by another release (version {found[0]}, not "
            f"{VERSION}). Read the logs into a new one."
        )


def _key(database: "DuckDBPyConnection", folder: Path, anonymise: bool | None) -> str | None:
    """The store's key, made where it is to have one; it may be chosen until the first log is in."""
    row = database.execute("SELECT key FROM privacy").fetchone()
    kept = str(row[0]) if row else None
    used = database.execute("SELECT count(*) FROM sources").fetchone() != (0,)
    if anonymise is None or anonymise == (kept is not None):
        return kept
    if used and kept:
        raise PreauError(
            f"{folder}: this store has only addresses that are cut; say --anonymise, or name "
            "another one with --store."
        )
    if used:
        raise PreauError(
            f"{folder}: this store has whole addresses already; read the logs into another one, or "
            "leave --anonymise out."
        )
    database.execute("DELETE FROM privacy")
    if not anonymise:
        return None
    key = secrets.token_hex(16)
    database.execute("INSERT INTO privacy VALUES (?)", [key])
    return key
