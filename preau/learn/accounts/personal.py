"""What accounts keep of a person."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.utils.http import int_to_base36
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, document
from preau.learn.accounts.models import Person, Session
from preau.learn.accounts.photos import forget_photo, photo_path

MODELS = (Person, Session, EmailAddress, EmailConfirmation)
GOES = {
    "account": _("the account: name, password, about me, language, time zone"),
    "addresses": _("e-mail addresses"),
    "sessions": _("sessions of browsers"),
    "photo": _("the photo"),
    "tries": _("counts of wrong passwords and letters asked for"),
}
STAYS = {
    "wrong-passwords": (
        _("a number worked out from the address, beside wrong passwords"),
        _(
            "It keeps others from guessing passwords, and the address can't be read from it. "
            "It is forgotten after some minutes; the settings say how many."
        ),
    ),
}


def found(who: Leaver) -> Iterator[Found]:
    """The account and what belongs to it."""
    yield Found("account", Person.objects.filter(pk=who.id).count())
    yield Found("addresses", EmailAddress.objects.filter(user=who.id).count())
    sessions = Session.objects.filter(person=who.id).count()
    yield Found("sessions", sessions + len(_signing_up(who)))
    yield Found("photo", int(bool(who.photo) and photo_path(who.photo).exists()))
    yield Found("tries", sum(cache.get(key) is not None for key in _tries(who)))


def staying(who: Leaver) -> Iterator[Found]:
    """What the throttle may know."""
    yield Found("wrong-passwords", 0)


def erase(who: Leaver) -> None:
    """The person's row last: what points to it and was written meanwhile goes with it."""
    Session.objects.filter(person=who.id).delete()
    Session.objects.filter(pk__in=_signing_up(who)).delete()
    cache.delete_many(_tries(who))
    if who.photo:
        forget_photo(who.photo)
    EmailAddress.objects.filter(user=who.id).delete()
    Person.objects.filter(pk=who.id).delete()


def export(who: Leaver) -> Iterator[OwnFile]:
    """The account, and the photo as it is shown."""
    person = Person.objects.get(pk=who.id)
    names = ("name", "email", "about", "language", "time_zone", "site_role", "joined_at")
    addresses = EmailAddress.objects.filter(user=person).order_by("pk")
    yield document(
        "account.json",
        {name: getattr(person, name) for name in names}
        | {"id": str(person.uuid), "last_sign_in": person.last_login}
        | {"addresses": list(addresses.values("email", "verified", "primary"))},
    )
    if person.photo and photo_path(person.photo).exists():
        yield OwnFile("photo.webp", photo_path(person.photo))


def _signing_up(who: Leaver) -> list[str]:
    """Sessions of nobody yet, in which somebody signs up as them or with an address of theirs."""
    rows = Session.objects.filter(person=None)
    return [row.session_key for row in rows.iterator(2000) if _is_about(row, who)]


def _is_about(row: Session, who: Leaver) -> bool:
    data: dict[str, Any] = row.get_decoded()
    begun = data.get("account_login") or {}
    text = json.dumps(data, ensure_ascii=False, default=str)
    return begun.get("user_pk") == int_to_base36(who.id) or who.is_in(text)  # as allauth writes it


def _tries(who: Leaver) -> list[str]:
    """allauth's own counters for the person and their addresses, in the cache."""
    app, user = "allauth.account", SimpleNamespace(pk=who.id)
    limits = [
        (action, rate)
        for action in app_settings.RATE_LIMITS
        for rate in get_rates(app=app, action=action)
    ]
    return [
        get_cache_key(None, app=app, action=action, rate=rate, key=key, user=user)
        for action, rate in limits
        if rate.per in {"key", "user"}
        for key in (who.addresses if rate.per == "key" else ("",))
    ]
