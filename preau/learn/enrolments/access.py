"""What somebody is in a run, and what of it they may open."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from preau.learn.accounts.models import Person
from preau.learn.accounts.permissions import SITE_ROLES, Role
from preau.learn.courses.models import Course, Run
from preau.learn.courses.outline import Outline, OutlineActivity, outline_of
from preau.learn.enrolments.models import Enrolment
from preau.learn.enrolments.queries import bring_run, with_beside, with_versions
from preau.learn.enrolments.release import Lock, locks_of
from preau.learn.prepared import Prepared

_enrolment_in = Prepared(
    lambda person_id, run_key: with_versions(
        Enrolment.objects.filter(person_id=person_id, run__key=run_key, active=True)
    ),
    int,
    str,
)
_enrolment_at = Prepared(
    lambda person_id, run_key, activity_key: with_beside(
        with_versions(Enrolment.objects.filter(person_id=person_id, run__key=run_key, active=True)),
        activity_key,
    ),
    int,
    str,
    str,
)
_enrolments_in_course = Prepared(
    lambda person_id, course_id: with_versions(
        Enrolment.objects.filter(person_id=person_id, run__course_id=course_id, active=True)
    ),
    int,
    int,
)


@dataclass
class Place:
    """A person in a run. A manager who looks in has a role but no enrolment."""

    run: Run
    role: Role
    enrolment: Enrolment | None

    @cached_property
    def outline(self) -> Outline:
        """The structure of the run's course."""
        return outline_of(self.run.course)

    @cached_property
    def done(self) -> frozenset[int]:
        """Ids of the activities the person completed."""
        return frozenset(self.enrolment.done) if self.enrolment is not None else frozenset()

    @cached_property
    def locks(self) -> dict[str, Lock]:
        """The sections the person can't open yet, by key. Who teaches sees everything."""
        if self.role != Role.LEARNER or self.enrolment is None:
            return {}
        return locks_of(self.run, self.enrolment, self.outline, self.done)


def find_place(person: Person, run_key: str, activity_key: str = "") -> Place | None:
    """What ``person`` is in that run; None without a place; 404 for a run that isn't there.

    With the key of an activity the enrolment comes with what is kept beside it (``with_beside``).
    """
    if activity_key:
        enrolment = _enrolment_at.first(person.pk, run_key, activity_key)
    else:
        enrolment = _enrolment_in.first(person.pk, run_key)
    if enrolment is not None:
        bring_run(enrolment)
        role = person.site_role if person.site_role in SITE_ROLES else enrolment.role
        return Place(enrolment.run, Role(role), enrolment)
    run = Run.objects.select_related("course").filter(key=run_key).first()
    if run is None:
        raise Http404
    if person.site_role in SITE_ROLES:
        return Place(run, Role(person.site_role), None)
    return None


def place_of(request: HttpRequest) -> Place:
    """The place that the gate found for this request."""
    place = getattr(request, "place", None)
    if not isinstance(place, Place):
        raise Http404
    return place


def enrolment_of(place: Place) -> Enrolment:
    """The enrolment in which work is kept; 404 for someone who only looks in."""
    if place.enrolment is None:
        raise Http404
    return place.enrolment


def activity_in(place: Place, key: str) -> OutlineActivity:
    """An activity of the run that has a page; 404 if there is none of that key."""
    activity = place.outline.by_key.get(key)
    if activity is None or not activity.has_page:
        raise Http404
    return activity


def open_activity_in(place: Place, key: str) -> OutlineActivity:
    """An activity that the person may work in now; 404 while its section is locked."""
    activity = activity_in(place, key)
    if activity.section_key in place.locks:
        raise Http404
    return activity


def open_sections(person: Person, course_id: int) -> frozenset[str]:
    """Keys of the sections that somebody may open in any run of the course (for its files)."""
    if person.site_role in SITE_ROLES:
        outline = outline_of(Course.objects.get(pk=course_id))
        return frozenset(section.key for section in outline.sections)
    places = [
        Place(enrolment.run, Role(enrolment.role), enrolment)
        for enrolment in map(bring_run, _enrolments_in_course.all(person.pk, course_id))
    ]
    return frozenset(
        section.key
        for place in places
        for section in place.outline.sections
        if section.key not in place.locks
    )
