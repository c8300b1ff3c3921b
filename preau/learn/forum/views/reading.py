"""Reading a thread."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from preau.learn.enrolments.access import place_of
from preau.learn.forum.access import forum_in, thread_in
from preau.learn.forum.pages.thread_page import thread_page
from preau.learn.forum.views.noting import note


@require_safe
def thread(request: HttpRequest, run_key: str, key: str, thread: int) -> HttpResponse:
    """Posts in their order, twenty-five a page, and a field to answer."""
    place = place_of(request)
    activity = forum_in(place, key)
    found = thread_in(place, activity, thread)
    response = thread_page(request, place, activity, found)
    note(request, "viewed", place, activity, thread=found.pk)
    return response
