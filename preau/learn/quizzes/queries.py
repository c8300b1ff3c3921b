"""The queries of pages and answers that a thousand people ask for in the same seconds."""

from functools import cache
from typing import Any

from django.db import connection

from preau.learn.prepared import Prepared
from preau.learn.quizzes.models import Attempt, Response

_own = Prepared(
    lambda enrolment, activity, number: Attempt.objects.filter(
        enrolment=enrolment, activity=activity, number=number
    ),
    int,
    int,
    int,
)
_all_own = Prepared(
    lambda enrolment, activity: Attempt.objects.filter(
        enrolment=enrolment, activity=activity
    ).order_by("number"),
    int,
    int,
)
_locked = Prepared(
    lambda enrolment, activity, number: Attempt.objects.select_for_update().filter(
        enrolment=enrolment, activity=activity, number=number
    ),
    int,
    int,
    int,
)
_locked = Prepared(lambda pk: Attempt.objects.select_for_update().filter(pk=pk), int)
_locked_if_open = Prepared(
    lambda pk: (
        Attempt.objects.select_for_update().filter(pk=pk, submitted_at=None).values_list("number")
    ),
    int,
)
_responses = Prepared(lambda attempt: Response.objects.filter(attempt=attempt), int)
_response = Prepared(
    lambda attempt, slot: Response.objects.filter(attempt=attempt, slot=slot), int, int
)


def attempt_of(enrolment_id: int, activity_id: int, number: int) -> Attempt | None:
    """Somebody's attempt of that number."""
    return _own.first(enrolment_id, activity_id, number)


def attempts_of(enrolment_id: int, activity_id: int) -> list[Attempt]:
    """Somebody's attempts at a quiz, in order."""
    return _all_own.all(enrolment_id, activity_id)


def lock_attempt(pk: int) -> Attempt:
    """The attempt, locked until the transaction ends."""
    found = _locked.first(pk)
    if found is None:
        raise Attempt.DoesNotExist
    return found


def lock_if_open(pk: int) -> bool:
    """Lock the attempt until the transaction ends; False when it is handed in."""
    return bool(_locked_if_open.column(pk))


def responses_of(attempt: Attempt) -> list[Response]:
    """What was answered in an attempt."""
    return [_with(attempt, row) for row in _responses.all(attempt.pk)]


def response_of(attempt: Attempt, slot: int) -> Response | None:
    """What was answered to one of its questions."""
    row = _response.first(attempt.pk, slot)
    return _with(attempt, row) if row is not None else None


def _with(attempt: Attempt, row: Response) -> Response:
    row.attempt = attempt
    return row


_UPDATED = ("answer", "share", "to_mark", "saved_at")
_INSERTED = tuple(it for it in Response._meta.concrete_fields if not it.primary_key)


@cache
def _sql() -> tuple[str, str]:
    """What changes and what adds a response, by the database's own quoting."""
    quoted = connection.ops.quote_name
    table = quoted(Response._meta.db_table)
    changed = ", ".join(f"{quoted(name)} = %s" for name in _UPDATED)
    revision = quoted("revision")
    columns = ", ".join(quoted(it.column) for it in _INSERTED)
    places = ", ".join("%s" for _it in _INSERTED)
    mine = f"{quoted('id')} = %s AND {revision} = %s"
    changed += f", {revision} = {revision} + 1"
    update = f"UPDATE {table} SET {changed} WHERE {mine}"  # noqa: S608  (our own names)
    return update, f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608


def write_response(row: Response) -> bool:
    """Add a response, or change the one whose revision it has; False when that is another now.

    The SQL is composed once: an answer is the most frequent write of the site.
    """
    update, insert = _sql()

    def value(field: Any) -> Any:
        return field.get_db_prep_save(getattr(row, field.attname), connection)

    with connection.cursor() as cursor:
        if row._state.adding:
            cursor.execute(insert, [value(field) for field in _INSERTED])
            return True
        fields = map(Response._meta.get_field, _UPDATED)
        cursor.execute(update, [*map(value, fields), row.pk, row.revision])
        return bool(cursor.rowcount)
