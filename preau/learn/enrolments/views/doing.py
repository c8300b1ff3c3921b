"""What learners send from an activity's page."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.texts import in_language
from preau.learn.enrolments import actions
from preau.learn.enrolments.access import Place, enrolment_of, open_activity_in, place_of
from preau.learn.enrolments.forms import NoteForm
from preau.learn.enrolments.models import Completion, Mark
from preau.learn.enrolments.watched import read_intervals, read_seconds
from preau.learn.events.record import record

_BY_HAND = {"manual", "watched"}  # a video may be ticked by hand where no script reports it


def _back(place: Place, activity: OutlineActivity, anchor: str = "") -> HttpResponse:
    url = reverse("enrolments:activity", args=[place.run.key, activity.key])
    return redirect(f"{url}#{anchor}" if anchor else url)


def _record(request: HttpRequest, verb: str, place: Place, activity: OutlineActivity) -> None:
    record(
        request, verb, run=place.run.pk, course=place.run.course_id, role=place.role,  # type: ignore[arg-type]
        activity=activity.id,
    )  # fmt: skip


@require_POST
def complete(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Tick an activity, or take the tick away (``done=0``)."""
    place = place_of(request)
    activity = open_activity_in(place, key)
    enrolment = enrolment_of(place)
    if activity.completion.get("rule") not in _BY_HAND:
        messages.error(request, _("This activity is completed by itself, not by hand."))
        return _back(place, activity)
    if request.POST.get("done") == "0":
        if actions.uncomplete(enrolment, activity):
            _record(request, "uncompleted", place, activity)
    elif actions.complete(enrolment, activity, Completion.How.MANUAL):
        _record(request, "completed", place, activity)
    if request.POST.get("then") == "next":
        _before, after = place.outline.neighbours(activity.key)
        return _back(place, after or activity)
    return _back(place, activity)


@require_POST
def watched(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Take what the player saw: JSON ``{position, duration, seen: [[from, to], …]}``, seconds."""
    place = place_of(request)
    activity = open_activity_in(place, key)
    enrolment = enrolment_of(place)
    if activity.kind != "video":
        return JsonResponse({"error": _("This activity is not a video.")}, status=400)
    try:
        sent = json.loads(request.body)
        duration = activity.duration or read_seconds(sent["duration"])
        position = read_seconds(sent["position"])
        seen = read_intervals(sent["seen"], duration)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return JsonResponse({"error": f"{error}"[:200]}, status=400)
    so_far = actions.watch(enrolment, activity, position, seen, duration)
    record(
        request, "watched", run=place.run.pk, course=place.run.course_id, role=place.role,
        activity=activity.id, result={"position": position, "seen": seen},
    )  # fmt: skip
    done = Completion.objects.filter(enrolment=enrolment, activity_id=activity.id).exists()
    return JsonResponse({"share": round(so_far, 1), "completed": done})


@require_POST
def bookmark(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Set or remove the bookmark."""
    place = place_of(request)
    activity = open_activity_in(place, key)
    actions.set_bookmark(enrolment_of(place), activity, request.POST.get("bookmarked") == "1")
    _record(request, "bookmarked", place, activity)
    return _back(place, activity)


@require_POST
def note(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Keep a private note."""
    place = place_of(request)
    activity = open_activity_in(place, key)
    form = NoteForm(request.POST)
    if not form.is_valid():
        from preau.learn.accounts.held import too_long

        return too_long(request, str(form.errors["note"][0]))
    written = form.cleaned_data["note"]
    try:
        actions.set_note(enrolment_of(place), activity, written, form.cleaned_data["seen"] or None)
    except actions.NoteChangedError as changed:
        return _two_notes(request, place, activity, written, changed.mark)
    _record(request, "noted", place, activity)
    messages.success(request, _("Your note is saved."))
    return _back(place, activity, "note")


def _two_notes(
    request: HttpRequest, place: Place, activity: OutlineActivity, written: str, mark: Mark
) -> HttpResponse:
    """Show the note that stands and the one just written; nothing was saved (409)."""
    context = {
        "run": place.run,
        "activity": activity,
        "title": in_language(activity.title),
        "kept": mark.note,
        "written": written,
        "seen": mark.fingerprint,
    }
    return render(request, "enrolments/two_notes.html", context, status=409)
