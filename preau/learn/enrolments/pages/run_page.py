"""The course page of a run."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.learn.courses.kinds import kind_of
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.pages.parts import (
    activity_url,
    fill_outline,
    outline_stencils,
    shelf_key,
    way_on,
)
from preau.learn.theme.page import filled_page, page_stencil
from preau.learn.theme.stencil import Shelf, Stencil

_pages: Shelf[Stencil] = Shelf(400)


def run_page(request: HttpRequest, place: Place) -> HttpResponse:
    """All sections with what is done, the progress, and where to go on."""
    kind = (str(place.role), place.enrolment is not None)
    page = _pages.take(shelf_key(place.run, kind), lambda: _stencil(place, *kind))
    count = len(place.outline.to_complete & place.done)
    total = len(place.outline.to_complete)
    values = fill_outline(place, outline_stencils(place, "enrolments/_section.html"))
    values["progress"] = str(count)
    values["percent"] = str(100 * count // total if total else 0)
    values["continue"] = _continue(place, count, total)
    values["parts"] = "".join(part(place) for part in _parts())
    return filled_page(request, page, values)


@cache
def _parts() -> tuple[Callable[[Place], str], ...]:
    """What upper apps say to this person here, as HTML."""
    return tuple(import_string(name) for name in settings.RUN_PAGE_PARTS)


def _stencil(place: Place, role: str, follows: bool) -> Stencil:
    run = place.run
    path = reverse("enrolments:run", args=[run.key])
    context = {
        "run": run,
        "title": in_language(run.course.title),
        "run_title": in_language(run.title),
        "summary": in_language(run.course.summary),
        "sections": place.outline.sections,
        "total": len(place.outline.to_complete),
        "teaches": role != "learner",
        "may_change": role not in {"learner", "tutor"},
        "graded": any(kind_of(it.kind).graded for it in place.outline.pages),
        "follows": follows,
    }
    return page_stencil("enrolments/run.html", path, context)


def _continue(place: Place, count: int, total: int) -> str:
    if place.enrolment is None:
        return ""
    words, target = way_on(place)
    if target is None:
        if total and count == total:
            return (
                f'<p class="finished">{escape(_("You have finished this course. Well done!"))}</p>'
            )
        return ""
    url = activity_url(place.run.key, target.key)
    title = escape(in_language(target.title))
    language = place.run.course.language_for(get_language())
    detail = f'<span class="button-detail" lang="{language}">{title}</span>'
    colon = '<span class="visually-hidden">:</span>'
    return f'<p><a class="button" href="{url}">{escape(words)}{colon} {detail}</a></p>'
