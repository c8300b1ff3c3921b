"""The log: what is done on the site, as it is done, for who runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, get_args
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Activity, Run
from preau.learn.courses.texts import in_language
from preau.learn.events.folder import EventsFolder
from preau.learn.events.log import Wanted, newest
from preau.learn.events.record import record
from preau.learn.events.schema import Verb
from preau.learn.insights.figures.use import role_names
from preau.learn.insights.gathering.periods import Day
from preau.learn.insights.views.pictures import today

_PAGE = 100
_FILTERS = ("day", "who", "run", "verb", "role", "request")
_FIRST = date(2000, 1, 1)
_FOLLOWING = "Preau-Follow"  # header of a page that asks for itself again


@dataclass(frozen=True)
class Line:
    """An event with the names of what it is about."""

    moment: datetime
    event: Mapping[str, Any]
    who: str
    role: str
    run: str
    activity: str

    @property
    def result(self) -> str:
        """What the verb is about, short."""
        found = self.event["result"] or {}
        words = ", ".join(f"{name} {value}" for name, value in found.items())
        return f"{words[:120]} …" if len(words) > 120 else words


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest events that were asked for, a hundred a page."""
    if _FOLLOWING not in request.headers:
        record(request, "viewed")
    asked = {name: request.GET.get(name, "").strip() for name in _FILTERS}
    day, wrong = _day(asked["day"])
    wanted, unknown = _wanted(asked, day, request.GET.get("before", ""))
    events = newest(EventsFolder(settings.EVENTS_FOLDER), wanted, _PAGE + 1) if wanted else []
    context = {
        "lines": _lines(events[:_PAGE]),
        "asked": asked,
        "day": day,
        "earlier": day - timedelta(days=1),
        "later": day + timedelta(days=1) if day < today() else None,
        "wrong": wrong or unknown,
        "verbs": get_args(Verb),
        "roles": role_names().items(),
        "next": events[_PAGE]["t"] + 1 if len(events) > _PAGE else None,
        "query": urlencode({name: it for name, it in asked.items() if it and name != "day"}),
        "is_today": day == today() and "before" not in request.GET,
    }
    return render(request, "insights/log.html", context)


def _day(text: str) -> tuple[date, str]:
    try:
        day = date.fromisoformat(text) if text else today()
    except ValueError:
        day = date.min
    if _FIRST <= day <= today():
        return day, ""
    return today(), _("“%(day)s” is no day of the log; this is today.") % {"day": text[:40]}


def _wanted(asked: Mapping[str, str], day: date, before: str) -> tuple[Wanted | None, str]:
    """What is looked for, or None and why nothing can be found."""
    span = Day(day, ZoneInfo(settings.TIME_ZONE))
    person = run = None
    if who := asked["who"]:
        person = Person.objects.filter(email=who.lower()).values_list("pk", flat=True).first()
        if person is None and who.isdecimal():
            person = int(who[:15])
        if person is None:
            return None, _("Nobody has the address “%(who)s”.") % {"who": who[:80]}
    if key := asked["run"]:
        run = Run.objects.filter(key=key).values_list("pk", flat=True).first()
        if run is None:
            return None, _("There is no run “%(key)s”.") % {"key": key[:80]}
    until = min(span.end, int(before[:15])) if before.isdecimal() else span.end
    return Wanted(
        span.begin, max(until, span.begin + 1), person=person, run=run, verb=asked["verb"],
        role=asked["role"], request=asked["request"],
    ), ""  # fmt: skip


def _lines(events: list[dict[str, Any]]) -> list[Line]:
    people = Person.objects.in_bulk({it["person"] for it in events if it["person"]})
    runs = Run.objects.in_bulk({it["run"] for it in events if it["run"]})
    activities = Activity.objects.in_bulk({it["activity"] for it in events if it["activity"]})
    names, zone = role_names(), ZoneInfo(settings.TIME_ZONE)
    lines = []
    for it in events:
        person, run = people.get(it["person"]), runs.get(it["run"])
        activity = activities.get(it["activity"])
        lines.append(
            Line(
                moment=datetime.fromtimestamp(it["t"] / 1000, zone),
                event=it,
                who=person.email if person else str(it["person"] or ""),
                role=names.get(it["role"] or ("person" if it["person"] else "visitor"), it["role"]),
                run=run.key if run else str(it["run"] or ""),
                activity=in_language(activity.title) if activity else str(it["activity"] or ""),
            )
        )
    return lines
