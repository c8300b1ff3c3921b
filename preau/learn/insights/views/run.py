"""How a run goes, for those who teach it."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from preau.learn.accounts.permissions import RUN_ROLES, TABLE, Role
from preau.learn.courses.models import Run
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place, place_of
from preau.learn.enrolments.models import Enrolment
from preau.learn.events.record import record
from preau.learn.forum.queries import count_waiting
from preau.learn.insights.figures import of_forums, of_two_runs, of_videos
from preau.learn.insights.figures.of_run import funnel, reach, weeks
from preau.learn.insights.figures.spans import Span, span_of
from preau.learn.insights.figures.use import accesses, activities, countries, hours, people
from preau.learn.insights.lost import DAYS, lost_in
from preau.learn.insights.models import VideoCurve
from preau.learn.insights.views.pictures import Figures, file_of, frame, made, today

if TYPE_CHECKING:
    from preau.learn.accounts.models import Person

_RUNS = 50  # that a page offers to compare with


def _of_run(place: Place, span: Span) -> Figures:
    run = place.run
    return {
        "accesses": lambda: accesses(run.pk, span),
        "actions": lambda: activities(run.pk, span),
        "people": lambda: people(run.pk, span),
        "funnel": lambda: funnel(run, place.outline),
        "weeks": lambda: weeks(run, place.outline),
        "activities": lambda: reach(run, place.outline),
        **({"forum": lambda: of_forums.forum(run)} if of_forums.has_forums(place.outline) else {}),
        "hours": lambda: hours(run.pk, span),
        **({"countries": lambda: countries(run.pk, span)} if settings.STATISTICS_COUNTRIES else {}),
    }


@require_safe
def run(request: HttpRequest, run_key: str) -> HttpResponse:
    """How a run goes, for those who teach it."""
    place = place_of(request)
    span = span_of(place.run.pk, request.GET.get("by", ""))
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    context = {
        **frame(_of_run(place, span), span),
        "run": place.run,
        "title": in_language(place.run.course.title),
        "quizzes": [
            {"key": it.key, "title": in_language(it.title)}
            for it in place.outline.pages
            if it.kind == "quiz"
        ],
        "others": _others(request, place).exists(),
        "videos": VideoCurve.objects.filter(run=place.run.pk).exists(),
        "lost": len(lost_in(place.run, today())),
        "lost_days": DAYS,
        "unanswered": count_waiting(place.run.pk),
    }
    return render(request, "insights/run.html", context)


@require_safe
def videos(request: HttpRequest, run_key: str) -> HttpResponse:
    """The films of a run, second by second."""
    place = place_of(request)
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "figures": of_videos.videos(place.run, place.outline),
        "files": reverse("insights:run", args=[place.run.key]),
    }
    return render(request, "insights/videos.html", context)


@require_safe
def run_figure(request: HttpRequest, run_key: str, figure: str, form: str) -> Any:
    """A picture, or its table, as a file."""
    place = place_of(request)
    span = span_of(place.run.pk, request.GET.get("by", ""))
    if figure.startswith("compare-"):
        other = _other(request, place)
        pictures = _compared(place, other) if other is not None else {}
        found = made(pictures, figure)
    elif figure.startswith("video-"):
        films = of_videos.videos(place.run, place.outline)
        found = next((it for it in films if it.key == figure), None)
    else:
        found = made(_of_run(place, span), figure)
    return file_of(request, found, form, place.run.key)


@require_safe
def compare(request: HttpRequest, run_key: str) -> HttpResponse:
    """This run beside another of its course, of which one may see the statistics, too."""
    place = place_of(request)
    other = _other(request, place)
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "other": other,
        "others": _others(request, place).order_by("-pk")[:_RUNS],
        "figures": [it() for it in _compared(place, other).values()] if other is not None else [],
        "files": reverse("insights:run", args=[place.run.key]),
    }
    return render(request, "insights/compare.html", context)


def _compared(place: Place, other: Run) -> Figures:
    runs = (place.run, other)
    return {
        "compare-people": lambda: of_two_runs.people(runs),
        "compare-progress": lambda: of_two_runs.progress(runs, place.outline),
        "compare-stages": lambda: of_two_runs.stages(runs, place.outline),
    }


def _others(request: HttpRequest, place: Place) -> QuerySet[Run]:
    """The other runs of the course of which the person may see the statistics."""
    person = cast("Person", request.user)
    runs = Run.objects.filter(course=place.run.course_id).exclude(pk=place.run.pk)
    may_see = TABLE["insights:run"]
    if Role(person.site_role) in may_see:
        return runs
    mine = Enrolment.objects.filter(person=person, active=True, role__in=may_see & RUN_ROLES)
    return runs.filter(pk__in=mine.values("run"))


def _other(request: HttpRequest, place: Place) -> Run | None:
    """The run that is asked for beside this one, if it is there and may be seen."""
    return _others(request, place).filter(key=request.GET.get("with", "")).first()
