"""Queries compiled once and run many times.

On the pages that everybody opens, Django spends ten times longer on composing a query's SQL
than the database on answering it, and composes the same text each time. A ``Prepared`` query
keeps the text and the way rows become objects; a request only fills in the values. What comes
back is what the queryset itself would give (a test compares the two).

Uses four of Django's internals, as ``ModelIterable`` in django/db/models/query.py does:
``compiler.select``, ``compiler.klass_info``, ``compiler.annotation_col_map`` and
``get_related_populators``. Django is pinned to one LTS series; the test fails first if they
change.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

from preau.learn.databases.direct import Reader, is_plain, reader_for

Row = TypeVar("Row")
Value = str | int | datetime

# Values that stand for the arguments while the SQL is composed; nobody asks for these.
_MARKS: dict[type, Callable[[int], Value]] = {
    str: lambda number: f"\ue0f0argument {number}\ue0f1",
    int: lambda number: -(2_047_390_000 + number),  # within the 32 bits of an integer column
    datetime: lambda number: datetime(1901, 1, 1, tzinfo=UTC) + timedelta(days=number),
}


@dataclass
class _Compiled:
    sql: str
    parameters: list[tuple[int | None, Any]]  # (index of the argument, or None; the constant)
    compiler: Any
    converters: dict[int, Any]
    populators: list[Any]
    start: int
    end: int
    names: list[str]
    annotations: list[tuple[str, int]]
    read: Reader | None


class Prepared(Generic[Row]):
    """A queryset of ``make(*values)`` whose SQL is composed once in each thread.

    ``types`` are those of the arguments: str, int or datetime. Each argument must go into the
    query as it is, as the value of one comparison.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, Row]], *types: type) -> None:
        self.make = make
        self.types = types
        self._local = threading.local()

    def all(self, *values: Value) -> list[Row]:
        """The rows for these values, as model instances."""
        compiled = self._compiled()
        return list(self._instances(compiled, self._execute(compiled, values)))

    def first(self, *values: Value) -> Row | None:
        """The first row for these values; the queryset should have no more."""
        compiled = self._compiled()
        return next(self._instances(compiled, self._execute(compiled, values)), None)

    def column(self, *values: Value) -> list[Any]:
        """The first column as the database gives it, for a ``values_list`` of one number."""
        return [row[0] for row in self._execute(self._compiled(), values)]

    def _execute(self, compiled: _Compiled, values: Sequence[Value]) -> list[tuple[Any, ...]]:
        connection = compiled.compiler.connection
        parameters = [
            constant if index is None else _adapted(connection, values[index])
            for index, constant in compiled.parameters
        ]
        if compiled.read is not None and is_plain(connection):
            return compiled.read(parameters)
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    @staticmethod
    def _instances(compiled: _Compiled, rows: Sequence[Sequence[Any]]) -> Iterator[Any]:
        compiler = compiled.compiler
        model: Any = compiler.klass_info["model"]
        for row in compiler.apply_converters(rows, compiled.converters):
            instance = model.from_db(
                compiler.using, compiled.names, row[compiled.start : compiled.end]
            )
            for populator in compiled.populators:
                populator.populate(row, instance)
            for name, index in compiled.annotations:
                setattr(instance, name, row[index])
            yield instance

    def _compiled(self) -> _Compiled:
        found: _Compiled | None = getattr(self._local, "compiled", None)
        if found is None:
            found = self._local.compiled = self._compose()
        return found

    def _compose(self) -> _Compiled:
        connection = connections[DEFAULT_DB_ALIAS]
        marks = [_MARKS[type_](number) for number, type_ in enumerate(self.types)]
        compiler = self.make(*marks).query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        adapted = [_adapted(connection, mark) for mark in marks]
        found = [(adapted.index(it) if it in adapted else None, it) for it in parameters]
        if {index for index, _it in found} - {None} != set(range(len(marks))):
            raise ValueError("every argument must go into the query as it is")
        select, info = compiler.select or [], compiler.klass_info or {}
        fields = info.get("select_fields") or [0]
        start, end = fields[0], fields[-1] + 1
        return _Compiled(
            sql=sql,
            parameters=found,
            compiler=compiler,
            converters=compiler.get_converters([it[0] for it in select[: compiler.col_count]]),
            populators=get_related_populators(info, select, DEFAULT_DB_ALIAS) if info else [],
            start=start,
            end=end,
            names=[it[0].target.attname for it in select[start:end]],
            annotations=list((compiler.annotation_col_map or {}).items()) if info else [],
            read=reader_for(connection, sql),
        )


def _adapted(connection: Any, value: Value) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
