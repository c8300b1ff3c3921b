"""The files of questions: images in stems, choices and feedback."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from preau.learn.accounts.permissions import TUTORS
from preau.learn.courses.media import file_response, media_type
from preau.learn.courses.storage import ANSWERS, content_path
from preau.learn.enrolments.access import Place, enrolment_of, place_of
from preau.learn.quizzes.access import any_quiz_in
from preau.learn.quizzes.models import Attachment, Attempt, Response
from preau.learn.quizzes.questions import version_of


@require_safe
def file(request: HttpRequest, run_key: str, key: str, version: int, name: str) -> HttpResponseBase:
    """A file of a question that the person was asked, or may teach; 404 otherwise."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    if place.role not in TUTORS:
        rows = Attempt.objects.filter(enrolment=enrolment_of(place), activity=activity.id)
        asked = {it for attempt in rows.only("asked") for _slot, it, _mark in attempt.asked}
        marked = Response.objects.filter(attempt__in=rows, marked_as=version)
        if version not in asked and not marked.exists():
            raise Http404
    return _answer(request, place, version, name)


@require_safe
def bank_file(request: HttpRequest, run_key: str, version: int, name: str) -> HttpResponseBase:
    """A file of any question of the course's bank, for who teaches it."""
    return _answer(request, place_of(request), version, name)


def _answer(request: HttpRequest, place: Place, version: int, name: str) -> HttpResponseBase:
    found = version_of(version)
    digest = found.files.get(name)
    if digest is None or found.course_id != place.run.course_id:
        raise Http404
    return file_response(request, content_path(digest), name, media_type(name), f'"{digest}"')


@require_safe
def attachment(request: HttpRequest, run_key: str, key: str, attachment: int) -> HttpResponseBase:
    """A file handed in with an answer, for its author and who teaches; always to be saved."""
    place = place_of(request)
    activity = any_quiz_in(place, key)
    rows = Attachment.objects.filter(
        pk=attachment, attempt__activity=activity.id, attempt__enrolment__run=place.run
    )
    if place.role not in TUTORS:
        rows = rows.filter(attempt__enrolment=enrolment_of(place))
    row = rows.first()
    if row is None:
        raise Http404
    path = content_path(row.digest, ANSWERS)
    return file_response(request, path, row.name, "application/octet-stream", f'"{row.digest}"')
