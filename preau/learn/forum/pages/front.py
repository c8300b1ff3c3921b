"""What a forum's own page shows: its threads in this run, those with the newest posts first."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from preau.learn.enrolments.access import place_of
from preau.learn.forum.access import keeps_order
from preau.learn.forum.queries import key_in, threads_of


def front_html(request: HttpRequest, key: str) -> str:
    """A page of the threads that this person may see."""
    place = place_of(request)
    activity = place.outline.by_key[key]
    orders = keeps_order(place)
    after = key_in(request.GET.get("after", ""))
    threads, following = threads_of(place.run.pk, activity.id, after, everything=orders)
    context = {
        "run": place.run,
        "activity": activity,
        "threads": threads,
        "orders": orders,
        "first": after is None,
        "next_after": following,
    }
    return render_to_string("forum/_front.html", context)
