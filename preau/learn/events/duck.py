"""DuckDB, as this site runs it: bounded, and without a look beyond its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "600MB"


@contextmanager
def duck(folder: Path, threads: int = 0) -> "Iterator[DuckDBPyConnection]":
    """A connection of its own; what does not fit into memory goes below ``folder``."""
    import duckdb  # when it is needed: it is as large as the rest of a worker

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / ".duckdb"),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "TimeZone": "UTC",
    }
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


def quoted(path: Path | str) -> str:
    """A text, such as a path, as a literal of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def listed(paths: list[Path]) -> str:
    """Paths as a list of SQL."""
    return "[" + ", ".join(map(quoted, paths)) + "]"
