"""Keeping marks."""

from django.utils import timezone

from preau.learn.enrolments.models import Enrolment
from preau.learn.grades import signals
from preau.learn.grades.models import Grade


def keep_grade(enrolment: Enrolment, activity_id: int, mark: float | None, out_of: float) -> None:
    """The mark that counts now; in the transaction of who marked, the enrolment locked."""
    grades = Grade.objects.filter(enrolment=enrolment, activity=activity_id)
    if not grades.update(mark=mark, out_of=out_of, updated_at=timezone.now()):
        Grade.objects.create(enrolment=enrolment, activity_id=activity_id, mark=mark, out_of=out_of)
    signals.kept.send(sender=Grade, enrolment=enrolment, activity_id=activity_id)
