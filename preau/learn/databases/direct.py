"""Rows straight from the driver, for the queries of pages that everybody opens.

Between a query and its driver Django checks, counts, wraps and rewrites: on a page of two
queries that takes longer than the database. A ``Reader`` does once what is the same each time.
Where Django's own way matters (inside a transaction, while queries are logged or watched) there
is none, and ``Prepared`` goes through Django's cursor.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from secrets import token_hex
from typing import Any

from psycopg.adapt import Transformer
from psycopg.errors import (
    FeatureNotSupported,
    InvalidSqlStatementName,
    OperationalError,
    error_from_result,
)
from psycopg.pq import ConnStatus, ExecStatus

Rows = list[tuple[Any, ...]]
Reader = Callable[[Sequence[Any]], Rows]


def is_plain(connection: Any) -> bool:
    """Whether nothing asks for Django's own way to the database now."""
    return bool(
        connection.autocommit
        and not connection.in_atomic_block
        and not connection.execute_wrappers
        and not connection.queries_logged
    )


def reader_for(connection: Any, sql: str) -> Reader | None:
    """What reads the rows of that SQL (Django's, with ``%s``); None where there is no short way."""
    make = _READERS.get(connection.vendor)
    return make(connection, sql) if make is not None else None


def _ready(connection: Any) -> Any:
    """The driver's connection, checked and opened as Django's ``_cursor`` does it."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.connection


def _placed(sql: str, place: Callable[[int], str]) -> str:
    """The SQL with ``place(1)``, ``place(2)``, … for each ``%s``, and ``%`` for ``%%``."""
    numbers = count(1)
    return re.sub(r"%s|%%", lambda it: "%" if it[0] == "%%" else place(next(numbers)), sql)


def _sqlite(connection: Any, sql: str) -> Reader:
    text = _placed(sql, lambda _number: "?")

    def read(parameters: Sequence[Any]) -> Rows:
        driver = _ready(connection)
        with connection.wrap_database_errors:
            rows: Rows = driver.execute(text, parameters).fetchall()
        return rows

    return read


class _PostgresqlReader:
    """Prepares the statement once in each connection of its thread."""

    def __init__(self, connection: Any, sql: str) -> None:
        self.connection = connection
        self.sql = _placed(sql, lambda number: f"${number}").encode()
        self.prepared: tuple[Any, bytes] | None = None  # in which connection, by which name

    def __call__(self, parameters: Sequence[Any]) -> Rows:
        values = [_as_text(value) for value in parameters]
        driver = _ready(self.connection)
        with self.connection.wrap_database_errors:
            try:
                return self._read(driver, values)
            except (FeatureNotSupported, InvalidSqlStatementName):
                # The schema changed since, or a pooler sent us to another server process.
                self.prepared = None
                return self._read(driver, values)

    def _read(self, driver: Any, values: list[bytes]) -> Rows:
        if self.prepared is None or self.prepared[0] is not driver:
            name = b"preau " + token_hex(12).encode()  # nobody else's, behind a pooler either
            _checked(driver, driver.pgconn.prepare(name, self.sql))
            self.prepared = driver, name
        found = _checked(driver, driver.pgconn.exec_prepared(self.prepared[1], values))
        reading = Transformer(driver)
        reading.set_pgresult(found)
        rows: Rows = reading.load_rows(0, found.ntuples, tuple)
        return rows


def _checked(driver: Any, result: Any) -> Any:
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if driver.pgconn.status != ConnStatus.OK:
        raise OperationalError(driver.pgconn.get_error_message())
    raise error_from_result(result)


_READERS: dict[str, Callable[[Any, str], Reader]] = {
    "sqlite": _sqlite,
    "postgresql": _PostgresqlReader,
}


def _as_text(value: Any) -> bytes:
    """A value as PostgreSQL reads it. Raises ``ValueError`` for one that it cannot keep."""
    if isinstance(value, datetime):
        return value.isoformat().encode()
    text = str(value)
    if "\0" in text:
        raise ValueError("PostgreSQL text cannot contain NUL (0x00) characters.")
    return text.encode()
