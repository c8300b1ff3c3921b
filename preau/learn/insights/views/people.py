"""Learners one by one: who is lost, who waits for an answer, and one's own time."""

from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place, enrolment_of, place_of
from preau.learn.events.record import record
from preau.learn.forum.queries import count_waiting, waiting_in
from preau.learn.insights.failing import TWICE, failing_in, named
from preau.learn.insights.lost import DAYS, lost_in, shown, stopping_places
from preau.learn.insights.models import Presence
from preau.learn.insights.views.pictures import today

_PAGE = 50
_STOPS = 8  # places that many stopped at, which a page names
Found = TypeVar("Found")


@require_safe
def lost(request: HttpRequest, run_key: str) -> HttpResponse:
    """Who came and stopped, fifty a page, with a letter to them one click away.

    ``at`` names the activity where they stopped.
    """
    place, day = place_of(request), today()
    after = _number(request, "days", DAYS, most=3650)
    found = lost_in(place.run, day, after)
    stops = stopping_places(place.run, found)
    activity = place.outline.by_key.get(request.GET.get("at", ""))
    if activity is not None:
        there = set(stops.get(activity.id, ()))
        found = [it for it in found if it[0] in there]
    page = _Page(request, len(found))
    rows = shown(place.run, page.of(found), day)
    by_id = {it.id: it for it in place.outline.pages}
    context = {
        **_about(place, page),
        "rows": rows,
        "addresses": ",".join(it.enrolment.person.email for it in rows),
        "days": after,
        "at": activity,
        "at_title": in_language(activity.title) if activity is not None else "",
        "stops": [
            {"activity": by_id[pk], "title": in_language(by_id[pk].title), "count": len(people)}
            for pk, people in stops.items()
            if pk in by_id and len(people) > 1
        ][:_STOPS],
    }
    return render(request, "insights/lost.html", context)


@require_safe
def failing(request: HttpRequest, run_key: str) -> HttpResponse:
    """Who tried a quiz again and again and never passed, fifty a page."""
    place = place_of(request)
    times = _number(request, "times", TWICE, most=99)
    found = failing_in(place.run, times)
    page = _Page(request, len(found))
    rows = named(page.of(found))
    addresses = dict.fromkeys(it.enrolment.person.email for it in rows)
    context = {
        **_about(place, page),
        "rows": rows,
        "addresses": ",".join(addresses),
        "people": len(addresses),
        "times": times,
    }
    return render(request, "insights/failing.html", context)


@require_safe
def unanswered(request: HttpRequest, run_key: str) -> HttpResponse:
    """The threads of the run's forums that nobody has answered, fifty a page, oldest first."""
    place = place_of(request)
    asked = request.GET.get("after", "")
    after = int(asked[:18]) if asked.isdecimal() else 0
    found = waiting_in(place.run.pk, after, _PAGE + 1)
    forums = {
        it.id: {"key": it.key, "title": in_language(it.title)}
        for it in place.outline.pages
        if it.kind == "forum"
    }
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "rows": [{"thread": it, "forum": forums.get(it.activity_id)} for it in found[:_PAGE]],
        "count": count_waiting(place.run.pk),
        "first": after == 0,
        "next": found[_PAGE - 1].pk if len(found) > _PAGE else None,
    }
    return render(request, "insights/unanswered.html", context)


def _number(request: HttpRequest, name: str, default: int, most: int) -> int:
    """A number from 1 to ``most`` that was asked for."""
    asked = request.GET.get(name, "")
    return min(max(int(asked[:4]), 1), most) if asked.isdecimal() else default


class _Page:
    """Fifty of a list; ``from`` says which."""

    def __init__(self, request: HttpRequest, count: int) -> None:
        asked = request.GET.get("from", "")
        self.begin = int(asked[:9]) if asked.isdecimal() else 0
        self.count = count

    def of(self, found: list[Found]) -> list[Found]:
        """Those of this page."""
        return found[self.begin : self.begin + _PAGE]

    @property
    def next(self) -> int | None:
        """Where the next page begins, if there is one."""
        return self.begin + _PAGE if self.count > self.begin + _PAGE else None


def _about(place: Place, page: _Page) -> dict[str, Any]:
    return {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "count": page.count,
        "next": page.next,
    }


@require_safe
def mine(request: HttpRequest, run_key: str) -> HttpResponse:
    """My own time and progress in a run."""
    place = place_of(request)
    enrolment = enrolment_of(place)
    presence = Presence.objects.filter(run=place.run.pk).first()
    mine = (presence.people if presence is not None else {}).get(str(enrolment.person_id))
    total = len(place.outline.to_complete)
    sections = [
        {
            "title": in_language(it.title),
            "done": len(it.to_complete & place.done),
            "total": len(it.to_complete),
        }
        for it in place.outline.sections
        if it.to_complete
    ]
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "days": mine[2] if mine else 0,
        "minutes": round(mine[3] / 60) if mine else 0,
        "known": mine is not None,
        "done": enrolment.completed_count,
        "total": total,
        "sections": sections,
    }
    return render(request, "insights/mine.html", context)
