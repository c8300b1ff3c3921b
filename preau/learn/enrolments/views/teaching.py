"""What teachers do in a run: its people and its enrolment key."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from preau.learn.accounts.permissions import TABLE
from preau.learn.courses.models import Run
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import place_of
from preau.learn.enrolments.actions import set_enrolment_key, set_group, set_role
from preau.learn.enrolments.forms import EnrolmentKeyForm, RoleForm
from preau.learn.enrolments.models import Enrolment, RunRole
from preau.learn.enrolments.queries import people_of
from preau.learn.events.record import record

_PAGE = 50


@require_safe
def people(request: HttpRequest, run_key: str) -> HttpResponse:
    """The people of the run, with their progress, fifty a page; ``q`` finds some of them."""
    place = place_of(request)
    after = _page_start(request.GET.get("after", ""))
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    rows = people_of(place.run, after, _PAGE + 1, words)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "rows": rows[:_PAGE],
        "next_after": rows[_PAGE - 1].pk if len(rows) > _PAGE else None,
        "after": after,
        "words": words,
        "total": len(place.outline.to_complete),
        "roles": RunRole.choices,
        "may_change": place.role in TABLE["enrolments:role"],
    }
    return render(request, "enrolments/people.html", context)


@require_POST
def role(request: HttpRequest, run_key: str) -> HttpResponse:
    """Change what somebody is in the run."""
    place = place_of(request)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles in the list."))
        return _back_to_people(request, run_key)
    enrolment = (
        Enrolment.objects.select_related("person")
        .filter(run=place.run, pk=form.cleaned_data["enrolment"], active=True)
        .first()
    )
    if enrolment is None:
        raise Http404
    group = " ".join(form.cleaned_data["group"].split())
    if "group" in request.POST and group != enrolment.group:
        set_group(enrolment, group)
        grouped: dict[str, object] = {"person": enrolment.person_id, "group": group}
        record(request, "grouped", run=place.run.pk, role=place.role, result=grouped)
        if form.cleaned_data["role"] == enrolment.role:
            messages.success(
                request,
                _("%(name)s is in the group “%(group)s” now.")
                % {"name": enrolment.person.name, "group": group}
                if group
                else _("%(name)s is in no group now.") % {"name": enrolment.person.name},
            )
            return _back_to_people(request, run_key)
    if place.enrolment is not None and enrolment.pk == place.enrolment.pk:
        messages.error(
            request, _("Your own role is for another teacher to change, so that one remains.")
        )
        return _back_to_people(request, run_key)
    set_role(enrolment, RunRole(form.cleaned_data["role"]))
    result: dict[str, object] = {"person": enrolment.person_id, "role": enrolment.role}
    record(request, "granted", run=place.run.pk, role=place.role, result=result)
    messages.success(
        request,
        _("%(name)s is now %(role)s.")
        % {"name": enrolment.person.name, "role": enrolment.get_role_display()},
    )
    return _back_to_people(request, run_key)


def _page_start(text: str) -> int:
    return int(text[:18]) if text.isdecimal() else 0


def _back_to_people(request: HttpRequest, run_key: str) -> HttpResponse:
    """The list of people, where it was."""
    after, words = _page_start(request.POST.get("after", "")), request.POST.get("q", "")
    asked: dict[str, str | int] = {"after": after, "q": words}
    query = urlencode({name: value for name, value in asked.items() if value})
    path = reverse("enrolments:people", args=[run_key])
    return redirect(f"{path}?{query}" if query else path)


def settings(request: HttpRequest, run_key: str) -> HttpResponse:
    """The run's enrolment key."""
    place = place_of(request)
    sent = request.POST if request.method == "POST" else None
    run = Run.objects.get(pk=place.run.pk)  # the key as it is now
    form = EnrolmentKeyForm(
        sent, initial={"key": run.enrolment_key}, by_folder=run.enrolment_by_key
    )
    if request.method == "POST" and form.is_valid():
        set_enrolment_key(place.run, form.cleaned_data["key"])
        messages.success(request, _("The session's settings are saved."))
        return redirect("enrolments:settings", run_key=run_key)
    context = {"run": place.run, "title": in_language(place.run.course.title), "form": form}
    return render(request, "enrolments/settings.html", context)
