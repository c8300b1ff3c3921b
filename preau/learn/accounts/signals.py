"""Sign-ins and sign-outs go into the record of events."""

from typing import Any

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from preau.learn.events.record import record


def _signed_in(sender: object, request: HttpRequest, user: Any, **_more: Any) -> None:
    record(request, "signed-in", person=user.pk)


def _signed_out(sender: object, request: HttpRequest, user: Any, **_more: Any) -> None:
    if user is not None:
        record(request, "signed-out", person=user.pk)


def _signed_up(sender: object, request: HttpRequest, user: Any, **_more: Any) -> None:
    record(request, "signed-up", person=user.pk)


def connect() -> None:
    """Listen; called once when the site starts."""
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    user_signed_up.connect(_signed_up, dispatch_uid="accounts.signed_up")
