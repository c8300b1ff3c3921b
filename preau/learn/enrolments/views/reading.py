"""The pages that people read: the course, its activities, the search, the notebook."""

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.search import search_course
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place, activity_in, enrolment_of, place_of
from preau.learn.enrolments.actions import complete
from preau.learn.enrolments.models import Completion
from preau.learn.enrolments.pages.activity_page import activity_page, locked_page
from preau.learn.enrolments.pages.run_page import run_page
from preau.learn.enrolments.queries import notebook_of
from preau.learn.events.record import record

logger = logging.getLogger(__name__)


@require_safe
def run(request: HttpRequest, run_key: str) -> HttpResponse:
    """The course page."""
    place = place_of(request)
    response = run_page(request, place)
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    return response


@require_safe
def activity(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """One activity; opening it completes it where that is its rule."""
    place = place_of(request)
    wanted = activity_in(place, key)
    if wanted.section_key in place.locks:
        return locked_page(request, place, wanted)
    if wanted.completion.get("rule") == "view" and wanted.id not in place.done:
        _complete_by_viewing(place, wanted)
    response = activity_page(request, place, wanted)
    record(
        request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role,
        activity=wanted.id,
    )  # fmt: skip
    return response


def _complete_by_viewing(place: Place, activity: OutlineActivity) -> None:
    """Complete it; a database that cannot write now does not keep anybody from reading."""
    if place.enrolment is None:
        return
    try:
        complete(place.enrolment, activity, Completion.How.VIEW)
    except OperationalError as error:
        logger.error("A page was read but not noted as complete: %s", error)  # noqa: TRY400
    else:
        place.done |= {activity.id}


@require_safe
def search(request: HttpRequest, run_key: str) -> HttpResponse:
    """Search inside my course."""
    place = place_of(request)
    words = request.GET.get("q", "").strip()[:200]
    opened = {section.key for section in place.outline.sections} - set(place.locks)
    hits = [
        {**hit, "activity": place.outline.by_key[hit["key"]]}
        for hit in (search_course(place.run.course, words, opened) if words else [])
        if hit["key"] in place.outline.by_key and place.outline.by_key[hit["key"]].has_page
    ]
    if words:
        record(request, "searched", run=place.run.pk, role=place.role,
               result={"words": words, "found": len(hits)})  # fmt: skip
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "words": words,
        "hits": hits,
    }
    return render(request, "enrolments/search.html", context)


@require_safe
def notebook(request: HttpRequest, run_key: str) -> HttpResponse:
    """My bookmarks and notes in this run."""
    place = place_of(request)
    entries = notebook_of(enrolment_of(place), place.outline)
    context = {"run": place.run, "title": in_language(place.run.course.title), "entries": entries}
    return render(request, "enrolments/notebook.html", context)
