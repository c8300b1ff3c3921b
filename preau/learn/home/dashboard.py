"""My courses: what I follow, how far I am, where I go on."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from preau.learn.accounts.models import Person
from preau.learn.accounts.permissions import SITE_ROLES, Role
from preau.learn.certificates.models import Certificate
from preau.learn.certificates.standing_line import certificates_on_cards, on_card
from preau.learn.courses.outline import outline_of
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.models import Enrolment
from preau.learn.enrolments.pages.material import CourseLinks
from preau.learn.enrolments.pages.parts import activity_url, run_url, shelf_key, way_on
from preau.learn.enrolments.queries import enrolments_of
from preau.learn.theme.page import filled_page, page_stencil, part_stencil
from preau.learn.theme.stencil import Shelf, Stencil

_pages: Shelf[Stencil] = Shelf(20)
_cards: Shelf[Stencil] = Shelf(2000)


def dashboard_page(request: HttpRequest, person: Person) -> HttpResponse:
    """The dashboard; two queries whatever the person follows, one more for certificates."""
    enrolments = enrolments_of(person)
    certificates = certificates_on_cards(enrolments)
    kind = (bool(enrolments), person.site_role in SITE_ROLES)
    page = _pages.take((get_language(), *kind), lambda: _page(*kind))
    cards = b"".join(_card(it, certificates.get(it.pk)) for it in enrolments)
    return filled_page(request, page, {"cards": cards})


def _page(any_: bool, runs_site: bool) -> Stencil:
    context = {"any": any_, "runs_site": runs_site}
    return page_stencil("home/dashboard.html", reverse("home:dashboard"), context)


def _card(enrolment: Enrolment, certificate: Certificate | None) -> bytes:
    run = enrolment.run
    stencil = _cards.take(shelf_key(run), lambda: _card_stencil(enrolment))
    outline = outline_of(run.course)
    total = len(outline.to_complete)
    count = min(enrolment.completed_count, total)
    place = Place(run, Role(enrolment.role), enrolment)
    words, target = way_on(place)
    if target is None:
        url, detail = run_url(run.key), ""
        words = _("Finished") if total and count == total else _("Open the course")
    else:
        url, detail = activity_url(run.key, target.key), in_language(target.title)
    return stencil.fill(
        {
            "progress": str(count),
            "percent": str(100 * count // total if total else 0),
            "url": url,
            "words": escape(words),
            "detail": escape(detail),
            "certificate": on_card(enrolment, certificate),
        }
    )


def _card_stencil(enrolment: Enrolment) -> Stencil:
    run = enrolment.run
    course = run.course
    context = {
        "run": run,
        "run_title": in_language(run.title),
        "title": in_language(course.title),
        "content_language": course.language_for(get_language()),
        "cover": CourseLinks(run.key, course).file_url("", course.cover) if course.cover else "",
        "total": len(outline_of(course).to_complete),
    }
    return part_stencil("home/_dashboard_card.html", context)
