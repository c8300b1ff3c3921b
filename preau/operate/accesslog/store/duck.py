"""DuckDB, as the log's tools run it: bounded, and without a look beyond its files."""

from pathlib import Path
from typing import TYPE_CHECKING

from preau.kit.duck import bounded
from preau.kit.errors import PreauError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def opened(database: Path, *, lasting: bool) -> "DuckDBPyConnection":
    """A database of our own, which is called store, in a file or for now only.

    What does not fit into memory goes beside it. Raises ``PreauError`` if another process has it,
    or it is no database.
    """
    import duckdb  # when it is needed: the command line starts without it

    config = bounded(database.parent)
    try:
        if lasting:
            return duckdb.connect(str(database), config=config)
        connection = duckdb.connect(":memory:", config=config)
        return connection.execute("ATTACH ':memory:' AS store; USE store")
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise PreauError(
                f"{database.parent}: another process reads logs into this store. Wait until it has "
                "ended, or name another one with --store."
            ) from None
        raise PreauError(f"{database}: it cannot be opened: {_first_line(error)}") from None
    except duckdb.Error as error:
        raise PreauError(f"{database}: it cannot be read: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
