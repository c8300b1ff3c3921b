"""ClickHouse's engine, in this process (chdb); its dialect is made by sqlglot.

Needs the extra ``preau[clickhouse]``. It keeps everything in a session of its own below the
folder of events, which is removed when it is closed.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from preau.kit.errors import PreauError

if TYPE_CHECKING:
    from preau.learn.events.engine import Row

_alone = Lock()  # chdb has one session in a process
_SETTINGS = "SETTINGS output_format_json_quote_64bit_integers = 0, join_use_nulls = 1"


class ClickHouse:
    """DuckDB's SQL, said anew."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def bind(self, table: str, files: Sequence[Path]) -> None:
        """Let a table be the rows of these Parquet files."""
        sources = " UNION ALL ".join(
            f"SELECT * FROM file({_quoted(it)}, 'Parquet')" for it in files
        )
        self.session.query(f"CREATE OR REPLACE VIEW {table} AS {sources}")

    def rows(self, sql: str) -> "list[Row]":
        """The rows of a query."""
        answer = self.session.query(f"{_translated(sql)} {_SETTINGS}", "JSONCompact")
        return [tuple(row) for row in json.loads(answer.bytes())["data"]]

    def keep(self, sql: str, target: Path) -> None:
        """Write the rows of a query as a new Parquet file."""
        to = f"INSERT INTO FUNCTION file({_quoted(target)}, 'Parquet')"
        self.session.query(f"{to} {_translated(sql)}")


@contextmanager
def open_engine(scratch: Path) -> Iterator[ClickHouse]:
    """A session of its own; what it keeps goes below ``scratch``."""
    try:
        from chdb.session import Session
    except ImportError:
        raise PreauError(
            "events.engine is “clickhouse”, but chdb is not installed: "
            "pip install 'preau[clickhouse]', or set it to “duckdb”."
        ) from None
    with _alone, tempfile.TemporaryDirectory(prefix=".clickhouse-", dir=scratch) as folder:
        session = Session(folder)
        try:
            session.query("CREATE DATABASE asked ENGINE = Atomic")
            session.query("USE asked")
            yield ClickHouse(session)
        finally:
            session.close()


def _translated(sql: str) -> str:
    import sqlglot

    made: list[str] = sqlglot.transpile(sql, read="duckdb", write="clickhouse")
    return made[0]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("\\", "\\\\").replace("'", "\\'") + "'"
