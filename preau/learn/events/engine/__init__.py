"""The one door through which the record of events is asked, whatever engine answers.

Queries are written once, in DuckDB's SQL, over tables that are sets of Parquet files. The setting
``events.engine`` says who answers them; each engine is a module beside this one, and adding one
means copying its neighbour and naming it in ``ENGINES``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

ENGINES = {
    "duckdb": "preau.learn.events.engine.duckdb",
    "clickhouse": "preau.learn.events.engine.clickhouse",
}

Row = tuple[Any, ...]


class Engine(Protocol):
    """Answers queries. Names and numbers in them are ours; nobody's text is in one."""

    def bind(self, table: str, files: Sequence[Path]) -> None:
        """Let a table be the rows of these Parquet files, one at least; it may be bound again."""

    def rows(self, sql: str) -> list[Row]:
        """The rows of a query."""

    def keep(self, sql: str, target: Path) -> None:
        """Write the rows of a query as a new Parquet file."""


@contextmanager
def open_engine(scratch: Path) -> Iterator[Engine]:
    """The engine that the setting names; what it needs on disk goes below ``scratch``."""
    module = import_module(ENGINES[settings.EVENTS_ENGINE])
    with module.open_engine(scratch) as engine:
        yield engine
