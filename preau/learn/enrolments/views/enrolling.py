"""Joining and leaving a run."""

from typing import cast

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Run
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import enrolment_of, place_of
from preau.learn.enrolments.actions import EnrolmentRefusedError, unenrol
from preau.learn.enrolments.actions import enrol as enrol_person
from preau.learn.enrolments.forms import EnrolForm
from preau.learn.enrolments.models import Enrolment
from preau.learn.events.record import record

_MOST_GUESSES = 10  # wrong keys of one person for one run
_GUESSES_COUNT = 600  # seconds after the last of them


def enrol(request: HttpRequest, run_key: str) -> HttpResponse:
    """Ask for the key if there is one, and enrol."""
    run = get_object_or_404(Run.objects.select_related("course"), key=run_key)
    person = cast("Person", request.user)
    if Enrolment.objects.filter(run=run, person=person, active=True).exists():
        return redirect("enrolments:run", run_key=run.key)
    form = EnrolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_guessing(person, run)
            enrolment, news = enrol_person(person, run, form.cleaned_data["key"])
        except EnrolmentRefusedError as refusal:
            if refusal.reason == "key":
                _count_guess(person, run)
                form.add_error("key", _("This is not the key of this session. Ask your teacher."))
            elif refusal.reason == "guessing":
                form.add_error("key", _("Too many wrong keys. Wait ten minutes, then try again."))
        else:
            if news:
                record(request, "enrolled", run=run.pk, course=run.course_id, role=enrolment.role)
            messages.success(request, _("You are enrolled. Welcome!"))
            return redirect("enrolments:run", run_key=run.key)
    context = {
        "run": run,
        "title": in_language(run.course.title),
        "run_title": in_language(run.title),
        "form": form,
        "open": run.enrolment_is_open(),
    }
    return render(request, "enrolments/enrol.html", context)


def _guesses(person: Person, run: Run) -> str:
    return f"wrong-keys:{person.pk}:{run.pk}"


def _refuse_guessing(person: Person, run: Run) -> None:
    if run.asks_for_key and cache.get(_guesses(person, run), 0) >= _MOST_GUESSES:
        raise EnrolmentRefusedError("guessing")


def _count_guess(person: Person, run: Run) -> None:
    count = cache.get(_guesses(person, run), 0)
    cache.set(_guesses(person, run), count + 1, _GUESSES_COUNT)


def leave(request: HttpRequest, run_key: str) -> HttpResponse:
    """Ask once, then leave the run; the work stays."""
    place = place_of(request)
    enrolment = enrolment_of(place)
    if request.method == "POST":
        unenrol(enrolment)
        record(request, "unenrolled", run=place.run.pk, course=place.run.course_id)
        messages.success(
            request, _("You have left the course. Your work is kept, should you come back.")
        )
        return redirect("home:dashboard")
    context = {"run": place.run, "title": in_language(place.run.course.title)}
    return render(request, "enrolments/leave.html", context)
