"""Whose certificates somebody may see."""

from uuid import UUID

from django.http import Http404, HttpRequest

from preau.learn.accounts.models import Person
from preau.learn.accounts.permissions import TUTORS
from preau.learn.certificates.models import Certificate
from preau.learn.enrolments.access import Place, find_place


def certificate_for(request: HttpRequest, uuid: UUID) -> Certificate:
    """The certificate of that link: a public one, one's own, or one of a run where one teaches.

    404 for any other, as for one that isn't there.
    """
    certificate = _at(uuid)
    if certificate.public or is_own(request, certificate) or teaches(request, certificate):
        return certificate
    raise Http404


def own_certificate(request: HttpRequest, uuid: UUID) -> Certificate:
    """One's own; 404 for any other."""
    certificate = _at(uuid)
    if not is_own(request, certificate):
        raise Http404
    return certificate


def certificate_in(place: Place, uuid: UUID) -> Certificate:
    """A certificate of the run; 404 if there is none of that link."""
    certificate = _at(uuid)
    if certificate.run_id != place.run.pk:
        raise Http404
    return certificate


def is_own(request: HttpRequest, certificate: Certificate) -> bool:
    """Whether the one who asks was given it."""
    user = request.user
    return isinstance(user, Person) and certificate.enrolment.person_id == user.pk


def teaches(request: HttpRequest, certificate: Certificate) -> bool:
    """Whether the one who asks teaches where it was earned."""
    user = request.user
    if not isinstance(user, Person):
        return False
    place = find_place(user, certificate.run.key)
    return place is not None and place.role in TUTORS


def _at(uuid: UUID) -> Certificate:
    rows = Certificate.objects.select_related("enrolment", "run", "key", "revoked_by")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found
