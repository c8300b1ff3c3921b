"""DuckDB, as this site runs it: bounded, and without a look beyond its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import bounded, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def duck(folder: Path, threads: int = 0) -> "Iterator[DuckDBPyConnection]":
    """A connection of its own; what does not fit into memory goes below ``folder``."""
    import duckdb  # when it is needed: it is as large as the rest of a worker

    config = bounded(folder)
    if threads:
        config["threads"] = threads
    connection = duckdb.connect(config=config)
    try:
        yield connection
    finally:
        connection.close()


def is_readable(path: Path, folder: Path) -> bool:
    """Whether a Parquet file can be read to its end."""
    import duckdb

    with duck(folder) as connection:
        try:
            connection.execute(f"SELECT count(COLUMNS(*)) FROM read_parquet({quoted(path)})")
        except duckdb.Error:
            return False
    return True
