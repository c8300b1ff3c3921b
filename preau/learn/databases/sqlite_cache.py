"""The cache of a site without Redis: one SQLite file that all its workers share.

Holds what may be forgotten but should not be soon, such as counts of wrong passwords.
docs/decisions/0006-cache-in-sqlite.md says why it is not one of Django's own.
"""

import pickle
import sqlite3
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import OperationalError

_START = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",  # a power cut may take the last entries, never the file
    """CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, until REAL)
    WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS kept_until ON kept (until) WHERE until IS NOT NULL",
)
_PUT = """INSERT INTO kept VALUES (:key, :value, :until)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"""
_GET = "SELECT value FROM kept WHERE key = :key AND (until IS NULL OR until > :now)"
_TOUCH = """UPDATE kept SET until = :until
    WHERE key = :key AND (until IS NULL OR until > :now)"""
_PATIENCE = 20  # seconds that a writer waits for its turn; a write takes microseconds
_PAUSE = 0.01  # seconds before the next try where SQLite does not wait by itself
_PURGE_EVERY = 60  # seconds
_KIND = 0xFF  # the part of SQLite's error codes that says what kind of error it is


class SQLiteCache(BaseCache):
    """Django's cache interface; every call is one statement, so ``add`` is safe as a lock.

    Nothing is forgotten before its time. What has expired is deleted once a minute by whoever
    writes next. Raises ``OperationalError`` when the file can't be written.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(location)
        self._opened: sqlite3.Connection | None = None
        self._purge_at = 0.0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value kept under ``key``."""
        row = self._run(_GET, key, version).fetchone()
        return default if row is None else pickle.loads(row[0])  # noqa: S301  (written below)

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep ``value`` in place of what is there."""
        self._purge()
        self._run(_PUT, key, version, value, timeout)

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep ``value`` unless there is one; whether it was kept."""
        self._purge()
        statement = f"{_PUT} WHERE kept.until <= :now"
        return self._run(statement, key, version, value, timeout).rowcount == 1

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Give what is kept a new term; whether there was anything."""
        return self._run(_TOUCH, key, version, timeout=timeout).rowcount == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget one entry; whether there was one."""
        return self._run("DELETE FROM kept WHERE key = :key", key, version).rowcount == 1

    def clear(self) -> None:
        """Forget everything."""
        self._execute("DELETE FROM kept", {})

    def _run(
        self,
        statement: str,
        key: str,
        version: int | None,
        value: Any = None,
        timeout: float | None = DEFAULT_TIMEOUT,
    ) -> sqlite3.Cursor:
        values = {
            "key": self.make_and_validate_key(key, version),
            "value": pickle.dumps(value, pickle.HIGHEST_PROTOCOL),
            "until": self.get_backend_timeout(timeout),
            "now": time.time(),
        }
        return self._execute(statement, values)

    def _execute(self, statement: str, values: Mapping[str, object]) -> sqlite3.Cursor:
        try:
            return self._connection().execute(statement, values)
        except sqlite3.OperationalError as error:
            raise OperationalError(f"The cache {self._path}: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        """Django makes a cache for each thread, so each thread has its own connection."""
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            opened = sqlite3.connect(
                self._path, _PATIENCE, isolation_level=None, check_same_thread=False
            )
            weakref.finalize(self, opened.close)
            _start(opened)
            self._opened = opened
        return self._opened

    def _purge(self) -> None:
        now = time.time()
        if now >= self._purge_at:
            self._purge_at = now + _PURGE_EVERY
            self._execute("DELETE FROM kept WHERE until <= :now", {"now": now})


def _start(connection: sqlite3.Connection) -> None:
    """Make a new file ours.

    Two that do this at once would wait for each other, so SQLite tells one of them at once that
    the file is locked, however patient it is; that one tries again.
    """
    last_try = time.monotonic() + _PATIENCE
    while True:
        try:
            for statement in _START:
                connection.execute(statement)
        except sqlite3.OperationalError as error:
            kind = error.sqlite_errorcode & _KIND
            if kind != sqlite3.SQLITE_BUSY or time.monotonic() > last_try:
                raise
            time.sleep(_PAUSE)
        else:
            return
