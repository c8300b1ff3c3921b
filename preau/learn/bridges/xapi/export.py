"""The events of some days as a file of statements, a line each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.bridges.xapi.schema import validator
from preau.learn.bridges.xapi.statements import Names, statement_of
from preau.learn.courses.models import Activity, Run
from preau.learn.courses.texts import in_language
from preau.learn.events.export import batches, events_between, write_new
from preau.learn.events.folder import EventsFolder

Event = Mapping[str, Any]
_AT_ONCE = 1000  # events whose names are looked up together


@dataclass
class Exported:
    """How many statements were written, and how many events have nobody who did it."""

    statements: int = 0
    left_out: int = 0


def names_of(events: Sequence[Event]) -> Names:
    """What everything in these events is called at the moment."""
    people, runs, activities = (
        {it[name] for it in events if it.get(name)} for name in ("person", "run", "activity")
    )
    rows = Activity.objects.filter(pk__in=activities)
    return Names(
        site=settings.SITE_ADDRESS.rstrip("/"),
        people={
            pk: str(uuid)
            for pk, uuid in Person.objects.filter(pk__in=people).values_list("pk", "uuid")
        },
        runs=dict(Run.objects.filter(pk__in=runs).values_list("pk", "key")),
        activities={
            pk: (key, in_language(title))
            for pk, key, title in rows.values_list("pk", "key", "title")
        },
    )


def export_xapi(folder: EventsFolder, since: date, until: date, target: Path) -> Exported:
    """Write the statements into a new file; each is checked against the schema first."""
    found = Exported()

    def write(made: Path) -> int:
        with made.open("w", encoding="utf-8") as file:
            for statement in _statements(events_between(folder, since, until), found):
                file.write(json.dumps(statement, ensure_ascii=False) + "\n")
        return found.statements

    write_new(target, write)
    return found


def _statements(events: Iterator[dict[str, Any]], found: Exported) -> Iterator[dict[str, Any]]:
    for batch in batches(events, _AT_ONCE):
        names = names_of(batch)
        for event in batch:
            statement = statement_of(event, names)
            if statement is None:
                found.left_out += 1
                continue
            wrong = next(validator.iter_errors(statement), None)
            if wrong is not None:
                raise PreauError(
                    f"An event of {event['t']} makes no valid statement: {wrong.message}"
                )
            found.statements += 1
            yield statement
