"""Landing page, catalogue, a course's public page, dashboard."""

from typing import Any, cast

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Course, Run
from preau.learn.courses.outline import outline_of
from preau.learn.courses.rich_text import render as render_text
from preau.learn.courses.rich_text.render import resolve
from preau.learn.courses.subjects import SUBJECTS
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.models import Enrolment
from preau.learn.enrolments.pages.material import CourseLinks
from preau.learn.events.record import record
from preau.learn.home.cards import card
from preau.learn.home.catalogue import read_catalogue
from preau.learn.home.dashboard import dashboard_page
from preau.learn.home.visitors import same_for_visitors

_ON_LANDING = 6


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    if not request.user.is_authenticated:
        same_for_visitors(response)
    record(request, "viewed")
    return response


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What the site is, and its first courses."""
    catalogue = read_catalogue(request.GET.__class__())
    cards = [card(offer) for offer in catalogue.offers[:_ON_LANDING]]
    return _answer(request, "home/landing.html", {"cards": cards, "total": catalogue.total})


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All courses, searched and filtered."""
    found = read_catalogue(request.GET)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "catalogue": found,
        "cards": [card(offer) for offer in found.offers],
        "query": query.urlencode(),
        "before": found.page - 1,
        "after": found.page + 1 if found.page < found.pages else 0,
    }
    return _answer(request, "home/catalogue.html", context)


@require_safe
def course(request: HttpRequest, course_key: str) -> HttpResponse:
    """A course's public page."""
    found = Course.objects.filter(key=course_key, version__gt=0).first()
    if found is None:
        raise Http404
    runs = list(Run.objects.filter(course=found, retired=False).order_by("starts_at", "key"))
    mine: set[int] = set()
    if isinstance(request.user, Person):
        own = Enrolment.objects.filter(person=request.user, run__in=runs, active=True)
        mine = set(own.values_list("run_id", flat=True))
    context = {
        "course": found,
        "address": settings.SITE_ADDRESS,
        **_public_texts(found, runs),
        "runs": [_offer(run, found, mine) for run in runs],
    }
    return _answer(request, "home/course.html", context)


def _public_texts(course: Course, runs: list[Run]) -> dict[str, Any]:
    links = CourseLinks(runs[0].key if runs else "", course)
    about = render_text(in_language(course.about)).html
    outline = outline_of(course)
    return {
        "title": in_language(course.title),
        "summary": in_language(course.summary),
        "about": resolve(about, lambda name: links.file_url("", name), links.activity_url),
        "subject": SUBJECTS.get(course.subject, course.subject),
        "cover": links.file_url("", course.cover) if course.cover else "",
        "share_image": links.file_url("", course.picture_to_share),
        "content_language": course.language_for(get_language()),
        "activities": len(outline.pages),
        "teachers": [
            {
                "name": teacher["name"],
                "role": in_language(teacher.get("role", {})),
                "photo": links.file_url("", teacher["photo"]) if "photo" in teacher else "",
            }
            for teacher in course.teachers
        ],
        "syllabus": [
            {
                "title": in_language(section.title),
                "summary": in_language(section.summary),
                "activities": [in_language(it.title) for it in section.activities if it.has_page],
            }
            for section in outline.sections
        ],
    }


def _offer(run: Run, course: Course, mine: set[int]) -> dict[str, Any]:
    now = timezone.now()
    run.course = course
    return {
        "run": run,
        "title": in_language(run.title),
        "open": run.enrolment_is_open(now),
        "enrolled": run.pk in mine,
    }


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """My courses."""
    response = dashboard_page(request, cast("Person", request.user))
    record(request, "viewed")
    return response


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For supervisors and load balancers: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
