"""The page of one activity."""

from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.learn.courses.kinds import kind_of
from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.models import note_fingerprint
from preau.learn.enrolments.pages.material import kind_html
from preau.learn.enrolments.pages.parts import (
    fill_outline,
    lock_text,
    outline_stencils,
    shelf_key,
)
from preau.learn.theme.page import filled_page, icon, page_stencil
from preau.learn.theme.stencil import Shelf, Stencil

_pages: Shelf[Stencil] = Shelf(2000)


def activity_page(request: HttpRequest, place: Place, activity: OutlineActivity) -> HttpResponse:
    """The activity, its place in the course, and what the person keeps beside it."""
    page = _pages.take(shelf_key(place.run, activity.key), lambda: _stencil(place, activity))
    stencils = outline_stencils(place, "enrolments/_sidebar_section.html")
    values = fill_outline(place, stencils, current=activity.key)
    language = get_language()
    values |= _completion(language, done=activity.id in place.done)
    values |= _beside(place, language)
    if activity.kind == "video":
        values |= _watching(place, activity)
    kind = kind_of(activity.kind)
    if kind.personal:
        values["personal"] = kind.personal_part(request, activity.key)
    return filled_page(request, page, values)


def locked_page(request: HttpRequest, place: Place, activity: OutlineActivity) -> HttpResponse:
    """What is shown instead while the section is closed."""
    from django.shortcuts import render

    context = {
        "run": place.run,
        "title": in_language(activity.title),
        "reason": lock_text(place.locks[activity.section_key]),
    }
    return render(request, "enrolments/locked.html", context, status=403)


def _stencil(place: Place, activity: OutlineActivity) -> Stencil:
    before, after = place.outline.neighbours(activity.key)
    section = place.outline.section(activity.section_key)
    run = place.run
    context = {
        "run": run,
        "course_title": in_language(run.course.title),
        "section_title": in_language(section.title) if section else "",
        "title": in_language(activity.title),
        "activity": activity,
        "kind": kind_of(activity.kind),
        "kind_html": kind_html(place, activity),
        "sections": place.outline.sections,
        "before": _neighbour(before),
        "after": _neighbour(after),
        "manual": activity.completion.get("rule") == "manual",
        "watched": activity.completion.get("rule") == "watched",
        "share": activity.completion.get("share"),
    }
    path = reverse("enrolments:activity", args=[run.key, activity.key])
    return page_stencil("enrolments/activity.html", path, context)


def _neighbour(activity: OutlineActivity | None) -> dict[str, str] | None:
    return {"key": activity.key, "title": in_language(activity.title)} if activity else None


@lru_cache(maxsize=20)
def _completion(_language: str | None, *, done: bool) -> Mapping[str, str]:
    state = _("Completed") if done else _("Not completed yet")
    return {
        "state": f"{icon('check' if done else 'circle')} {escape(state)}",
        "done_value": "0" if done else "1",
        "done_words": escape(_("Mark as not done") if done else _("Mark as done")),
    }


@lru_cache(maxsize=20)
def _bookmark(_language: str | None, *, bookmarked: bool) -> Mapping[str, str]:
    return {
        "bookmark_value": "0" if bookmarked else "1",
        "bookmark_icon": icon("bookmark-filled" if bookmarked else "bookmark"),
        "bookmark_words": escape(_("Remove bookmark") if bookmarked else _("Bookmark")),
        "bookmark_pressed": "true" if bookmarked else "false",
    }


def _beside(place: Place, language: str | None) -> dict[str, str]:
    mark = getattr(place.enrolment, "mark", None) or "0"
    note = mark[1:]
    return {
        **_bookmark(language, bookmarked=mark[0] == "1"),
        "own": "" if place.enrolment else " hidden",
        "note": escape(note),
        "note_seen": note_fingerprint(note),
        "note_open": " open" if note else "",
    }


def _watching(place: Place, activity: OutlineActivity) -> dict[str, str]:
    position = getattr(place.enrolment, "position", None)
    url = reverse("enrolments:watched", args=[place.run.key, activity.key])
    return {
        "position": f"{position:.2f}" if position else "0",
        "watched_url": url if place.enrolment else "",
    }
