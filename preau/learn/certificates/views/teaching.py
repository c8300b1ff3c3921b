"""The certificates of a run, what they ask, and taking one back."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from preau.learn.accounts.models import Person
from preau.learn.accounts.permissions import TABLE
from preau.learn.certificates import actions
from preau.learn.certificates.access import certificate_in
from preau.learn.certificates.conditions import conditions_of, read_conditions
from preau.learn.certificates.forms import ConditionsForm, RevocationForm
from preau.learn.certificates.queries import count_in, issued_in
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import place_of
from preau.learn.events.record import record
from preau.learn.grades.queries import graded

_PAGE = 50


@require_safe
def issued(request: HttpRequest, run_key: str) -> HttpResponse:
    """Who has one, the last ones first, fifty a page; ``q`` finds some of them."""
    place = place_of(request)
    asked = request.GET.get("before", "")
    before = int(asked[:18]) if asked.isdecimal() else 0
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    rows = issued_in(place.run, before, _PAGE + 1, words)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "conditions": conditions_of(place.run),
        "count": count_in(place.run),
        "rows": rows[:_PAGE],
        "before": before,
        "next_before": rows[_PAGE - 1].pk if len(rows) > _PAGE else None,
        "words": words,
        "may_change": place.role in TABLE["certificates:settings"],
    }
    return render(request, "certificates/issued.html", context)


def settings(request: HttpRequest, run_key: str) -> HttpResponse:
    """Whether the run gives certificates, and what they ask."""
    place = place_of(request)
    now = read_conditions(place.run)
    form = ConditionsForm(
        request.POST if request.method == "POST" else None,
        initial={"given": now.given, "least": now.least, "with_marks": now.with_marks},
        total=len(place.outline.to_complete),
        marked=bool(graded(place.outline)),
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.conditions()
        actions.set_conditions(place.run, **wanted)
        record(request, "changed", run=place.run.pk, role=place.role, result=wanted)
        messages.success(
            request,
            _("Saved. Who has earned a certificate already gets it within minutes.")
            if wanted["given"]
            else _("Saved. Nobody gets a certificate from now on; those given hold."),
        )
        return redirect("certificates:issued", run_key)
    context = {"run": place.run, "title": in_language(place.run.course.title), "form": form}
    return render(request, "certificates/settings.html", context)


def revoke(request: HttpRequest, run_key: str, uuid: UUID) -> HttpResponse:
    """Take a certificate back, after saying why."""
    place = place_of(request)
    found = certificate_in(place, uuid)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if actions.revoke(found, form.cleaned_data["reason"], cast("Person", request.user)):
            told: dict[str, object] = {"uuid": str(found.uuid), "revoked": True}
            record(request, "changed", run=place.run.pk, role=place.role, result=told)
            messages.success(request, _("The certificate is revoked, and its page says so."))
        else:
            messages.error(request, _("This certificate was revoked already."))
        return redirect("certificates:issued", run_key)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "certificate": found,
        "form": form,
    }
    return render(request, "certificates/revoke.html", context)


@require_POST
def restore(request: HttpRequest, run_key: str, uuid: UUID) -> HttpResponse:
    """Let a certificate hold again that was taken back by mistake."""
    place = place_of(request)
    found = certificate_in(place, uuid)
    if actions.restore(found):
        told: dict[str, object] = {"uuid": str(found.uuid), "revoked": False}
        record(request, "changed", run=place.run.pk, role=place.role, result=told)
        messages.success(request, _("The certificate holds again."))
    return redirect("certificates:issued", run_key)
