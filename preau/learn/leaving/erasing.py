"""Erasing a person: closed at once, then app by app; each step may be repeated.

Whatever ends it, ``carry_out`` goes on from the journal, although the person's row may be gone.
"""

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from preau.kit.errors import PreauError
from preau.learn.accounts.leaver import Found, Personal, leaver
from preau.learn.accounts.models import Person, SiteRole
from preau.learn.leaving.everyone import everyone
from preau.learn.leaving.journal import (
    WAITING,
    Erasure,
    Part,
    erasure_of,
    erasures,
    locked,
    new_erasure,
    now,
)
from preau.learn.leaving.letter import send_report
from preau.learn.leaving.personal import erase_from_days

_LOOKS = 3  # how often it is looked for what was written meanwhile


class LastOneError(PreauError):
    """The last manager or operator of a site can't leave it."""


def preview(person: Person) -> Erasure:
    """What would go and what would stay; nothing is kept and nothing changed."""
    refuse_last(person)
    who = leaver(person)
    found = new_erasure(who, "operator")
    found.parts = {
        name: Part(list(app.found(who)), list(app.staying(who))) for name, app in everyone().items()
    }
    return found


def begin(person: Person, by: str) -> Erasure:
    """Close the account at once, for good, and note what is to be done.

    Raises ``LastOneError``. From here on ``carry_out`` brings it to its end. An erasure that is
    under way already goes on.
    """
    refuse_last(person)
    with locked("beginning"):
        begun = (it for it in erasures() if it.person == person.pk)
        found = next(begun, None) or new_erasure(leaver(person), by)
        found.keep()
    try:
        _close(person.pk)
    except LastOneError:
        found.drop()
        raise
    return found


def under_way(address: str) -> Erasure | None:
    """The erasure of who had that address, and is gone already, if it is not over."""
    wanted = address.strip().lower()
    return next(
        (it for it in erasures() if it.who is not None and wanted in it.who.addresses), None
    )


def refuse_last(person: Person) -> None:
    """Raise ``LastOneError`` for the only manager or operator."""
    if person.site_role == SiteRole.PERSON:
        return
    others = Person.objects.filter(site_role=person.site_role, is_active=True)
    if not others.exclude(pk=person.pk).exists():
        raise LastOneError(
            f"{person.name} is the last {person.site_role} of this site and can't leave it; first "
            f"make somebody else one: preau role grant ADDRESS {person.site_role}."
        )


@transaction.atomic
def _close(pk: int) -> None:
    """Nobody signs in any more, and nobody is: a session asks each time whether they may."""
    roles = list(Person.objects.select_for_update().exclude(site_role=SiteRole.PERSON))
    person = next((it for it in roles if it.pk == pk), None)
    if person is not None:
        refuse_last(person)
    ended = {"is_active": False, "password": make_password(None), "site_role": SiteRole.PERSON}
    Person.objects.filter(pk=pk).update(**ended)


def carry_out(reference: str) -> Erasure:
    """Do what is left of an erasure; one after the other, and again as often as one likes."""
    with locked("erasing"):
        erasure = erasure_of(reference)
        if erasure is None:
            raise PreauError(f"There is no erasure {reference} on this site.")
        if erasure.who is not None and not erasure.erased_at:
            try:
                _erase(erasure)
            except LastOneError:  # it was ended before the account was closed
                erasure.drop()
                raise
        if erasure.who is not None:
            _tell(erasure)
        elif erasure.lines:
            _follow_lines(erasure)
        return erasure


def _erase(erasure: Erasure) -> None:
    who = erasure.who
    assert who is not None  # noqa: S101  (the caller looked)
    _close(who.id)
    _overwrite_what_is_deleted()
    for name, app in everyone().items():
        part = erasure.parts.get(name)
        if part is None:
            part = erasure.parts[name] = Part(list(app.found(who)), list(app.staying(who)))
            erasure.keep()
        if not part.erased:
            app.erase(who)
            part.erased = True
            erasure.keep()
    for name, app in everyone().items():
        erasure.parts[name].left = _looked_again(app, erasure)
    erasure.lines = erase_from_days(who.id).lines
    _empty_journal_of_database()
    erasure.erased_at = now()
    erasure.keep()


def _overwrite_what_is_deleted() -> None:
    """Where the database is a file of ours, what was deleted must not lie in it as free room."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def _empty_journal_of_database() -> None:
    """Nor in the file beside it; who reads or writes at this moment keeps it for a while."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _looked_again(app: Personal, erasure: Erasure) -> dict[str, int]:
    """Counts of what is left of an app: 0, for what was written meanwhile goes as well."""
    who = erasure.who
    assert who is not None  # noqa: S101  (the caller looked)
    for _look in range(_LOOKS):
        left: list[Found] = list(app.found(who))
        if not any(it.count for it in left):
            return {it.key: 0 for it in left}
        app.erase(who)
    told = ", ".join(f"{it.count} {it.key}" for it in left if it.count)
    raise PreauError(f"Still there: {told}. The account is closed; run the command again.")


def _tell(erasure: Erasure) -> None:
    """Send the report; once it is sent, or can't be, nothing knows any more who it was."""
    send_report(erasure)
    if erasure.letter != WAITING:
        erasure.who = None
    erasure.keep()


def _follow_lines(erasure: Erasure) -> None:
    """Look after the files of events that a worker had open."""
    erasure.lines = erase_from_days(erasure.person).lines
    erasure.keep()
