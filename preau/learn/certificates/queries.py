"""Reading certificates."""

from collections.abc import Collection

from django.db.models import Q

from preau.learn.certificates.models import Certificate
from preau.learn.courses.models import Run
from preau.learn.enrolments.models import Enrolment


def certificate_of(enrolment: Enrolment) -> Certificate | None:
    """The certificate that somebody has in a run."""
    return Certificate.objects.filter(enrolment=enrolment).first()


def certificates_of(enrolments: Collection[Enrolment]) -> dict[int, Certificate]:
    """The certificates of several enrolments, by their ids."""
    rows = Certificate.objects.filter(enrolment__in=[it.pk for it in enrolments])
    return {it.enrolment_id: it for it in rows}


def issued_in(run: Run, before: int = 0, count: int = 50, words: str = "") -> list[Certificate]:
    """The run's certificates, the last ones first, ``count`` at a time.

    ``before`` is the id of the last one of the page before. ``words`` finds those whose holder's
    name has them now or whose address begins with them.
    """
    rows = Certificate.objects.filter(run=run)
    if before:
        rows = rows.filter(pk__lt=before)
    if words:
        found = Q(enrolment__person__name__icontains=words)
        rows = rows.filter(found | Q(enrolment__person__email__startswith=words.lower()))
    return list(rows.select_related("enrolment__person").order_by("-pk")[:count])


def count_in(run: Run) -> int:
    """How many hold."""
    return Certificate.objects.filter(run=run, revoked_at=None).count()
