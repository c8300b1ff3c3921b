"""Who is lost: learners who came, and stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from preau.learn.courses.models import Run
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.models import Enrolment
from preau.learn.insights.models import Presence

DAYS = 14  # without a visit, after which somebody counts as lost


@dataclass(frozen=True)
class Lost:
    """Somebody who has not come for so many days."""

    enrolment: Enrolment
    last: date
    days: int  # since then
    minutes: int  # that they spent in the run

    @property
    def stopped_at(self) -> str:
        """The title of the activity where they did something last; empty if there is none."""
        activity = self.enrolment.last_activity
        return in_language(activity.title) if activity is not None else ""


def lost_in(run: Run, today: date, after: int = DAYS) -> list[tuple[int, int, int]]:
    """The ids of learners who have not come for ``after`` days, the latest first.

    Who finished, or left, is not lost. With each: the day of the last visit (``date.toordinal``)
    and the seconds they spent.
    """
    presence = Presence.objects.filter(run=run.pk).first()
    if presence is None:
        return []
    limit = today.toordinal() - after
    away = ~Q(role="learner") | Q(active=False) | Q(finished_at__isnull=False)
    excused = set(Enrolment.objects.filter(away, run=run).values_list("person_id", flat=True))
    found = [
        (int(person), last, seconds)
        for person, (_first, last, _days, seconds) in presence.people.items()
        if last <= limit and int(person) not in excused
    ]
    return sorted(found, key=lambda it: (-it[1], it[0]))


def stopping_places(run: Run, found: Sequence[tuple[int, int, int]]) -> dict[int, list[int]]:
    """Where they were last: activity → the people, the activities with most of them first."""
    last = dict(
        Enrolment.objects.filter(run=run, last_activity__isnull=False).values_list(
            "person_id", "last_activity_id"
        )
    )
    places: dict[int, list[int]] = {}
    for person, _last, _seconds in found:
        if person in last:
            places.setdefault(last[person], []).append(person)
    return dict(sorted(places.items(), key=lambda it: (-len(it[1]), it[0])))


def shown(run: Run, found: Sequence[tuple[int, int, int]], today: date) -> list[Lost]:
    """Some of them with their enrolments."""
    rows = Enrolment.objects.filter(
        run=run, person__in=[person for person, _last, _seconds in found]
    ).select_related("person", "last_activity")
    by_person = {row.person_id: row for row in rows}
    return [
        Lost(
            by_person[person], date.fromordinal(last), today.toordinal() - last,
            round(seconds / 60),
        )
        for person, last, seconds in found
        if person in by_person
    ]  # fmt: skip
