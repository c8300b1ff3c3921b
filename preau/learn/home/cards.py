"""A course as a card, in the catalogue and on the landing page."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from preau.learn.courses.subjects import SUBJECTS
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.pages.material import CourseLinks
from preau.learn.enrolments.pages.parts import shelf_key
from preau.learn.home.catalogue import Offer
from preau.learn.theme.stencil import Shelf

_cards: Shelf[SafeString] = Shelf(4000)


def card(offer: Offer) -> SafeString:
    """The card's HTML, kept until the course or the run changes."""
    return _cards.take(shelf_key(offer.run, offer.when), lambda: _card(offer))


def _card(offer: Offer) -> SafeString:
    course, run = offer.course, offer.run
    cover = CourseLinks(run.key, course).file_url("", course.cover) if course.cover else ""
    context = {
        "url": reverse("home:course", args=[course.key]),
        "title": in_language(course.title),
        "summary": in_language(course.summary),
        "image": cover,
        "subject": SUBJECTS.get(course.subject, course.subject),
        "run": run,
        "when": offer.when,
        "languages": course.languages,
    }
    return render_to_string("theme/_course_card.html", context)
