"""What learners answered."""

import uuid

from django.db import models
from django.utils import timezone

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Activity
from preau.learn.courses.ordered_json import OrderedJSONField
from preau.learn.enrolments.models import Enrolment
from preau.learn.quizzes.models.bank import QuestionVersion


class Attempt(models.Model):
    """One try at a quiz, with what was asked in it.

    ``asked`` has the questions in the order shown: ``[slot, id of the version, mark]``; the slot
    is the question's place in the quiz, from 1. Open until ``submitted_at``. ``due_at`` is
    when the server looks whether it is late; what counts is ``Rules.due``. ``mark`` of ``out_of``
    is there once everything is marked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attempts")
    number = models.IntegerField()  # from 1, of this learner in this quiz
    language = models.CharField(max_length=10)
    behaviour = models.CharField(max_length=40)
    seed = models.PositiveIntegerField()
    asked = OrderedJSONField()
    per_page = models.PositiveIntegerField(default=0)  # questions; 0: all on one page
    page = models.PositiveIntegerField(default=1)  # the furthest that was opened
    started_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    by_server = models.BooleanField(default=False)  # its time ran out
    trial = models.BooleanField(default=False)  # by somebody who teaches: counts for nothing
    out_of = models.FloatField()
    mark = models.FloatField(null=True)
    to_mark = models.PositiveIntegerField(default=0)  # answers that wait for a person

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "activity", "number"), name="one_attempt_of_number"
            ),
        )
        indexes = (
            models.Index(fields=("activity", "submitted_at"), name="attempts_of_quiz"),
            models.Index(fields=("submitted_at", "due_at"), name="attempts_that_are_due"),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} in {self.activity_id}, {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered, its time aside."""
        return self.submitted_at is None

    @property
    def pages(self) -> list[list[tuple[int, int, float]]]:
        """What each page asks."""
        asked = [(slot, version, mark) for slot, version, mark in self.asked]
        size = self.per_page or len(asked) or 1
        return [asked[start : start + size] for start in range(0, len(asked), size)] or [[]]


class Response(models.Model):
    """What was answered to one question of an attempt, and what it is worth.

    ``answer`` has the values of each field (``kit.questions.types.body.Answer``); ``tries`` what
    was checked before, ``{"answer": …, "share": …}`` each. ``share`` of the question's mark is
    None while a person has to say it.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    slot = models.IntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    answer = OrderedJSONField(default=dict)
    tries = OrderedJSONField(default=list)
    done = models.BooleanField(default=False)  # checked for the last time: no more changes
    share = models.FloatField(null=True)
    to_mark = models.BooleanField(default=False)
    levels = OrderedJSONField(default=list)  # of the rubric: the number chosen of each criterion
    comment = models.TextField(blank=True, max_length=20_000)
    marked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    marked_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)
    revision = models.IntegerField(default=1)  # rises with each change while the attempt is open
    marked_as = models.ForeignKey(  # the version whose key marked it, after a regrade
        QuestionVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("attempt", "slot"), name="one_response"),)
        indexes = (models.Index(fields=("to_mark", "version"), name="responses_to_mark"),)

    def __str__(self) -> str:
        return f"{self.attempt_id}, question {self.slot}"


class Attachment(models.Model):
    """A file handed in with an answer; its content lies in the media folder under its hash.

    The answer's field ``files`` has the names, so that an answer knows whether it has files.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="attachments")
    slot = models.IntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256, hexadecimal
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("attempt", "slot"), name="attachments_of_answer"),)

    def __str__(self) -> str:
        return self.name
