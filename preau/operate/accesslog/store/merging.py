"""Many small files of rows of one day become one: whoever reads often makes many."""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from preau.kit.duck import listed, quoted
from preau.operate.accesslog.store.folder import Store

MOST = 16  # small files of a day
SMALL = 100_000  # rows; what has more stays as it is


def put_together(store: Store) -> None:
    """Where a day has more than so many, one file takes their place.

    The store names the new one instead of the old ones in one transaction, and the old ones go
    afterwards: whenever the process is killed, what nobody names is tidied away.
    """
    days = store.database.execute(
        "SELECT first_day, list(name ORDER BY name), sum(rows)::BIGINT, min(source) "
        "FROM store.files WHERE first_day = last_day AND rows < ? GROUP BY first_day "
        "HAVING count(*) > ?",
        [SMALL, MOST],
    ).fetchall()
    for day, names, rows, source in days:
        _put_together(store, day, names, rows, source)


def _put_together(store: Store, day: int, names: list[str], rows: int, source: int) -> None:
    database = store.database
    old = [store.folder / name for name in names]
    made = old[0].parent / f"together-{uuid4().hex}.parquet"
    database.execute(
        f"COPY (SELECT * FROM read_parquet({listed(old)}, hive_partitioning = false)) "
        f"TO {quoted(made)} (FORMAT parquet, COMPRESSION zstd)"
    )
    on_disk([made])
    database.execute("BEGIN")
    try:
        database.execute("DELETE FROM store.files WHERE list_contains(?, name)", [names])
        name = str(made.relative_to(store.folder))
        database.execute(
            "INSERT INTO store.files VALUES (?, ?, ?, ?, ?)", [name, source, day, day, rows]
        )
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
    for path in old:
        path.unlink()


def on_disk(paths: Iterable[Path]) -> None:
    """Wait until files, and their names, are there after a loss of power, too."""
    for path in paths:
        for it in (path, path.parent):
            descriptor = os.open(it, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
