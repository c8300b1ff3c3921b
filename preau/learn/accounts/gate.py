"""Applies the permission table to every request, before any view runs."""

from collections.abc import Callable
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from preau.learn.accounts import held
from preau.learn.accounts.models import Person
from preau.learn.accounts.permissions import ANYONE, RUN_ROLES, SIGNED_IN, TABLE, Role

Answer = Callable[[HttpRequest], HttpResponse]


class Place(Protocol):
    """What a person is in a run; ``enrolments.access`` finds it."""

    role: Role


FindPlace = Callable[[Person, str, str], Place | None]  # of a run's key and an activity's, or ""


class Gate:
    """Middleware: the table's row decides; a run's page also needs a place in that run.

    The place that was found stays on the request as ``request.place``.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.find_place: FindPlace = import_string(settings.FIND_PLACE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done once its view is known."""
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, send to the sign-in page, or let the view run (None)."""
        match = request.resolver_match
        allowed = TABLE.get(match.view_name if match else "", frozenset())
        if allowed == ANYONE:
            return None
        person = request.user
        if not isinstance(person, Person):
            return self._ask_to_sign_in(request)
        if allowed == SIGNED_IN:
            return None
        if allowed & RUN_ROLES and "run_key" in kwargs:
            place = self.find_place(person, kwargs["run_key"], kwargs.get("key", ""))
            request.place = place  # type: ignore[attr-defined]
            role = place.role if place else Role.PERSON
        else:
            role = Role(person.site_role)
        if role not in allowed:
            raise PermissionDenied
        return None

    @staticmethod
    def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return held.ask_to_sign_in(request)
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_login')}?{query}")
