"""The certificate that I have, or what is missing for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from preau.learn.certificates.conditions import conditions_of, standings_of
from preau.learn.certificates.queries import certificate_of
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import place_of
from preau.learn.events.record import record


@require_safe
def mine(request: HttpRequest, run_key: str) -> HttpResponse:
    """To my certificate; while there is none, what is still to do."""
    place = place_of(request)
    conditions = conditions_of(place.run)
    enrolment = place.enrolment
    certificate = certificate_of(enrolment) if enrolment is not None else None
    if certificate is not None:
        return redirect("certificates:certificate", certificate.uuid)
    learns = enrolment is not None and place.role == "learner"
    standing = None
    if enrolment is not None and learns and conditions.given:
        standing = standings_of(place.run, conditions, [enrolment])[enrolment.pk]
    left = [it for it in place.outline.pages if it.can_be_completed and it.id not in place.done]
    context = {
        "run": place.run,
        "title": in_language(place.run.course.title),
        "conditions": conditions,
        "learns": learns,
        "standing": standing,
        "done": standing.total - standing.left if standing is not None else 0,
        "left": [
            {"key": it.key, "title": in_language(it.title)}
            for it in left
            if it.section_key not in place.locks
        ],
        "locked": sum(it.section_key in place.locks for it in left),
    }
    record(request, "viewed", run=place.run.pk, course=place.run.course_id, role=place.role)
    return render(request, "certificates/mine.html", context)
