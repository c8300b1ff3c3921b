"""What is recorded of a forum."""

from django.http import HttpRequest

from preau.learn.courses.outline import OutlineActivity
from preau.learn.enrolments.access import Place
from preau.learn.events.record import record
from preau.learn.events.schema import Verb


def note(
    request: HttpRequest, verb: Verb, place: Place, activity: OutlineActivity, **result: object
) -> None:
    """Record what was done in a forum; ``result`` names the thread, and the post if it is one's."""
    record(
        request, verb, run=place.run.pk, course=place.run.course_id, role=place.role,
        activity=activity.id, result=result,
    )  # fmt: skip
