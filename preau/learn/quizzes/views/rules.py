"""Other rules for a learner, a group or the whole session."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from preau.learn.enrolments.access import place_of
from preau.learn.enrolments.models import Enrolment
from preau.learn.events.record import record
from preau.learn.quizzes.access import any_quiz_in, plan_in
from preau.learn.quizzes.actions.overriding import remove_override, set_override
from preau.learn.quizzes.forms import OverrideForm
from preau.learn.quizzes.models import Override
from preau.learn.quizzes.views.reports import frame


def rules(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """The rules that differ, and a form for one more."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    form = OverrideForm(request.POST if request.method == "POST" else None, run=place.run)
    if request.method == "POST" and form.is_valid():
        enrolment = cast("Enrolment | None", form.cleaned_data["enrolment"])
        set_override(place.run, activity.id, enrolment, form.cleaned_data["group"], form.rules())
        record(request, "changed", run=place.run.pk, activity=activity.id, role=place.role)
        messages.success(request, _("The rules are saved; they hold from now on."))
        return redirect("quizzes:rules", run_key, key)
    rows = Override.objects.filter(run=place.run, activity=activity.id)
    _plan, now = plan_in(place, activity)
    context = {
        **frame(place, activity, "rules"),
        "form": form,
        "rows": rows.select_related("enrolment__person").order_by("scope")[:500],
        "now": now,
    }
    return render(request, "quizzes/rules.html", context)


@require_POST
def forget_rules(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Take other rules away again."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    asked = request.POST.get("override", "")
    if asked.isdecimal() and remove_override(place.run, activity.id, int(asked[:18])):
        record(request, "changed", run=place.run.pk, activity=activity.id, role=place.role)
        messages.success(request, _("These rules are gone; the quiz's own hold again."))
    return redirect("quizzes:rules", run_key, key)
