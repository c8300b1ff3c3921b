"""A quiz of a course, and who has other rules in it."""

from django.db import models

from preau.learn.courses.models import Activity, Run
from preau.learn.courses.ordered_json import OrderedJSONField
from preau.learn.enrolments.models import Enrolment


class Quiz(models.Model):
    """Which questions of the bank a quiz asks; its rules are the activity's content.

    ``plan`` has for each language the entries in order: ``{"questions": [ids], "draw": n,
    "mark": m}``. Without ``draw`` all are asked, without ``mark`` each counts as it says itself.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="quiz")
    plan = OrderedJSONField(default=dict)

    def __str__(self) -> str:
        return f"quiz {self.activity_id}"


class Override(models.Model):
    """Other rules for one learner, for a group, or (neither named) for all of a run.

    ``scope`` is ``learner:<id of the enrolment>``, ``group:<name>``, or empty for the run. A
    field that is empty leaves the rule as it is.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, null=True, related_name="+")
    scope = models.CharField(max_length=100, blank=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)  # time limit; 0: none
    attempts = models.PositiveIntegerField(null=True)  # how many; 0: any number
    access_key = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("run", "activity", "scope"), name="one_override"),
        )

    def __str__(self) -> str:
        return f"override {self.activity_id} in {self.run_id}"

    @property
    def group_name(self) -> str:
        """The group it is for; empty for a learner's and for the run's."""
        return self.scope.removeprefix("group:") if self.scope.startswith("group:") else ""
