"""Roll-ups on their way into the database, thousands for a day: no model's object for each.

Django's ``bulk_create`` took more than half of the whole gathering; the driver's own
``executemany`` with the same statement a tenth of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from preau.learn.events.engine import Engine
from preau.learn.insights.gathering.facts import counted
from preau.learn.insights.models import Period, Rollup

_COLUMNS = (
    "period", "start", "run", "activity", "role", "views", "actions", "sign_ins", "people",
    "seconds", "completed", "hours", "verbs", "countries",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One roll-up of a period that is known from elsewhere (``models.Rollup``)."""

    run: int
    activity: int
    role: str
    views: int
    actions: int
    sign_ins: int
    people: int
    seconds: int
    completed: int
    hours: Sequence[int] = ()
    verbs: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)


def rows_of(engine: Engine) -> list[Row]:
    """What the table ``facts`` says of a period."""
    return [
        Row(run, activity, role, views, actions, sign_ins, people, round(spent / 1000), completed)
        for run, activity, role, (views, actions, sign_ins, people, spent, completed)
        in counted(engine)
    ]  # fmt: skip


def replace(period: Period, start: date, rows: Sequence[Row]) -> None:
    """Put the roll-ups of a period in the place of those it had; in a transaction."""
    Rollup.objects.filter(period=period, start=start).delete()
    if not rows:
        return
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, _COLUMNS))
    marks = ", ".join(["%s"] * len(_COLUMNS))
    table = quote(Rollup._meta.db_table)
    when = (str(period), start.isoformat())
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [(*when, *_cells(it)) for it in rows]
        )


def _cells(it: Row) -> tuple[int | str, ...]:
    return (
        it.run, it.activity, it.role, it.views, it.actions, it.sign_ins, it.people, it.seconds,
        it.completed, _json(list(it.hours)), _json(it.verbs), _json(it.countries),
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value) if value else ("[]" if isinstance(value, list) else "{}")
