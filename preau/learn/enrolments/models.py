"""Who follows which run, and how far they are."""

import hashlib

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Activity, Run
from preau.learn.courses.ordered_json import OrderedJSONField


class RunRole(models.TextChoices):
    """What a person is in a run."""

    LEARNER = "learner", _("learner")
    TUTOR = "tutor", _("tutor")
    TEACHER = "teacher", _("teacher")


class Enrolment(models.Model):
    """A person in a run. Whoever leaves keeps the row, so nothing is lost on coming back.

    ``done`` (ids of the activities completed) and ``completed_count`` (of those, the ones that
    count in the course as it is now) are roll-ups of the completions, so that a page reads one
    row instead of eighty; ``last_activity`` is where the person did something last.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=16, choices=RunRole.choices, default=RunRole.LEARNER)
    active = models.BooleanField(default=True)
    group = models.CharField(max_length=80, blank=True)  # of learners, as the teachers call it
    enrolled_at = models.DateTimeField(default=timezone.now)
    completed_count = models.PositiveIntegerField(default=0)
    done = OrderedJSONField(default=list)
    last_activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    last_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "person"), name="one_enrolment"),)
        indexes = (models.Index(fields=("run", "active", "id"), name="enrolments_of_run"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.run_id}"


class Completion(models.Model):
    """An activity that somebody completed, and how."""

    class How(models.TextChoices):
        """Which rule completed it."""

        VIEW = "view", _("opened")
        MANUAL = "manual", _("ticked")
        WATCHED = "watched", _("watched")
        HANDED_IN = "handed-in", _("handed in")
        MARK = "mark", _("by its mark")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=16, choices=How.choices)
    completed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "activity"), name="one_completion"),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} completed {self.activity_id}"


class Watching(models.Model):
    """How far somebody watched a video: where they stopped, and which parts they saw."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="watchings")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    position = models.FloatField(default=0)  # seconds
    seen = models.JSONField(default=list)  # [[from, to], …] in seconds, merged and in order
    duration = models.FloatField(default=0)  # seconds
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("enrolment", "activity"), name="one_watching"),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} watches {self.activity_id}"


class Mark(models.Model):
    """What somebody keeps beside an activity for themselves: a bookmark, a private note."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="marks")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    bookmarked = models.BooleanField(default=False)
    note = models.TextField(blank=True, max_length=20_000)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("enrolment", "activity"), name="one_mark"),)

    def __str__(self) -> str:
        return f"{self.enrolment_id} marks {self.activity_id}"

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that tell this note from any other."""
        return note_fingerprint(self.note)


def note_fingerprint(note: str) -> str:
    """What ``Mark.fingerprint`` is for that note."""
    return hashlib.blake2b(note.encode(), digest_size=8).hexdigest()
