"""DuckDB: in this process, on the cores of this machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import listed, quoted
from preau.learn.events.duck import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from preau.learn.events.engine import Row

_ROWS = 16_384  # of a part that one core reads: a day has several parts


class Duck:
    """Its queries as they are."""

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        self.connection = connection

    def bind(self, table: str, files: Sequence[Path]) -> None:
        """Let a table be the rows of these Parquet files."""
        source = f"read_parquet({listed(list(files))}, union_by_name = true)"
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT * FROM {source}")

    def rows(self, sql: str) -> "list[Row]":
        """The rows of a query."""
        found: list[Row] = self.connection.execute(sql).fetchall()
        return found

    def keep(self, sql: str, target: Path) -> None:
        """Write the rows of a query as a new Parquet file."""
        to = f"TO {quoted(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})"
        self.connection.execute(f"COPY ({sql}) {to}")


@contextmanager
def open_engine(scratch: Path) -> Iterator[Duck]:
    """An engine of its own; what does not fit into memory goes below ``scratch``."""
    with duck(scratch) as connection:
        yield Duck(connection)
