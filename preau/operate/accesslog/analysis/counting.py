"""The counts of each day: made once, and anew where rows came to a day or a definition changed.

Counts are made of the rows alone, so whatever happens they can be made again.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from preau.kit.duck import quoted
from preau.operate.accesslog.analysis.counts import counts_of
from preau.operate.accesslog.analysis.definitions import Definitions
from preau.operate.accesslog.analysis.filters import Filters
from preau.operate.accesslog.analysis.hits import make_hits

if TYPE_CHECKING:
    from preau.operate.accesslog.store.folder import Store

AT_ONCE = 2_000_000  # rows, or one day: what is in memory at a time


@contextmanager
def counted(store: "Store", definitions: Definitions, filters: Filters) -> Iterator["Store"]:
    """The store with its days counted so. What is narrowed by filters is counted for now only."""
    if not filters.where:
        _count(store, definitions, "")
        yield store
        return
    path = store.folder / "narrowed.duckdb"
    path.unlink(missing_ok=True)
    store.database.execute(f"ATTACH {quoted(path)} AS narrowed; USE narrowed")
    try:
        _count(store, definitions, filters.where)
        yield store
    finally:
        store.database.execute("USE store; DETACH narrowed")
        path.unlink(missing_ok=True)


def _count(store: "Store", definitions: Definitions, where: str) -> None:
    """Count the days that are not counted so."""
    database = store.database
    mark = f"{definitions.mark} {where}"
    make = f"CREATE {'' if store.lasting else 'TEMP '}TABLE IF NOT EXISTS"
    database.execute(f"{make} counted (day INTEGER, rows BIGINT, mark VARCHAR)")
    for it in counts_of(definitions):
        database.execute(f"{make} {it.table} ({it.columns})")
    rows = store.days()
    done = {
        day: (count, by)
        for day, count, by in database.execute("SELECT day, rows, mark FROM counted").fetchall()
    }
    wanted = [day for day, number in rows.items() if done.get(day) != (number, mark)]
    gone = [day for day in done if day not in rows]
    for days in [*_batches(wanted, rows), *([gone] if gone else [])]:
        _days(store, definitions, days, rows, mark, where)


def _batches(days: Sequence[int], rows: dict[int, int]) -> Iterator[list[int]]:
    """Days that follow each other, of not too many rows."""
    batch: list[int] = []
    for day in days:
        full = sum(rows[it] for it in batch) + rows[day] > AT_ONCE
        if batch and (full or day != batch[-1] + 1):
            yield batch
            batch = []
        batch.append(day)
    if batch:
        yield batch


def _days(
    store: "Store",
    definitions: Definitions,
    days: Sequence[int],
    rows: dict[int, int],
    mark: str,
    where: str,
) -> None:
    database = store.database
    files = store.files_of(days[0], days[-1])
    if files:
        make_hits(database, files, (days[0], days[-1]), definitions, where)
    database.execute("BEGIN")
    try:
        for it in counts_of(definitions):
            database.execute(f"DELETE FROM {it.table} WHERE day BETWEEN {days[0]} AND {days[-1]}")
            if files:
                database.execute(f"INSERT INTO {it.table} {it.query}")
        database.execute(f"DELETE FROM counted WHERE day BETWEEN {days[0]} AND {days[-1]}")
        for day in days:
            if day in rows:
                database.execute("INSERT INTO counted VALUES (?, ?, ?)", [day, rows[day], mark])
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise
