"""The same counts by the plainest way: a loop over all events. What gathering finds must agree."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from preau.learn.events.schema import VERSION
from preau.learn.insights.gathering.verbs import PASSIVE

PAUSE = 30 * 60_000


def local_day(moment: int, zone) -> date:
    """The day that people's calendars show at that moment."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone).date()


def first_day(period: str, day: date) -> date:
    """The first day of the period that the day is in."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day


def spent(events):
    """By event: milliseconds until the same person's next one of the same day in UTC, no pause."""
    found = {}
    for place, one in enumerate(events):
        gaps = [
            it["t"] - one["t"]
            for it in events[place + 1 :]
            if it["person"] == one["person"] and it["t"] // 86_400_000 == one["t"] // 86_400_000
        ]
        gap = min(gaps, default=0) if one["person"] is not None else 0
        found[place] = gap if gap <= PAUSE else 0
    return found


def counts(events, period, zone):
    """{(start, run, activity, role): (views, actions, sign-ins, people, seconds)}."""
    events = sorted(events, key=lambda it: it["t"])
    times = spent(events)
    found = defaultdict(lambda: [0, 0, 0, set(), 0])
    for place, it in enumerate(events):
        start = first_day(period, local_day(it["t"], zone))
        role = it.get("role") or ("visitor" if it["person"] is None else "person")
        run, activity = it.get("run") or 0, it.get("activity") or 0
        places = {(0, 0), (run, 0)}
        if run and activity:
            places.add((run, activity))
        for where in places:
            for what in ("", role):
                row = found[(start, *where, what)]
                row[0] += it["verb"] == "viewed"
                row[1] += it["verb"] not in PASSIVE
                row[2] += it["verb"] == "signed-in"
                row[3] |= {it["person"]} - {None}
                row[4] += times[place]
    return {key: (*row[:3], len(row[3]), round(row[4] / 1000)) for key, row in found.items()}


def as_recorded(moment: int, verb: str, person, run, activity, role):
    """An event with only what it has."""
    more = {"run": run, "activity": activity, "role": role}
    return {
        "v": VERSION, "t": moment, "verb": verb, "person": person,
        **{name: value for name, value in more.items() if value},
    }  # fmt: skip
