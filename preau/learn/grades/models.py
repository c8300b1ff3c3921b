"""The mark that counts of each activity."""

from django.db import models

from preau.learn.courses.models import Activity
from preau.learn.enrolments.models import Enrolment


class Grade(models.Model):
    """What somebody earned in an activity, by its own rules: the best attempt, the last …

    ``mark`` is None while nothing counts yet, or what counted was taken away.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="grades")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    mark = models.FloatField(null=True)
    out_of = models.FloatField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enrolment", "activity"), name="one_grade"),)

    def __str__(self) -> str:
        return f"{self.enrolment_id} in {self.activity_id}: {self.mark}"
