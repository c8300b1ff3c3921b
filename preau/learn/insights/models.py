"""What is kept of statistics; everything in it can be gathered again from the events."""

from datetime import date

from django.db import models
from django.utils import timezone

from preau.learn.courses.ordered_json import OrderedJSONField


class Period(models.TextChoices):
    """How long a roll-up is. A week begins on Monday; days are those of the site's time zone.

    ``EVER`` is from the first event to the last day that was gathered; its start is ``BEGIN``.
    """

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"


BEGIN = date(1970, 1, 1)


class Rollup(models.Model):
    """What happened in one period, in one place, by people of one role.

    ``run`` and ``activity`` are ids, 0 for all of them; they stay when what they name is deleted.
    ``role`` is empty for everybody together. ``views`` are pages opened, ``actions`` what changes
    something (``gathering.verbs``), ``people`` different persons, ``seconds`` the time they spent,
    ``completed`` how many activities they completed, less those they took back.
    Of a day and everybody in a run or the site there are also ``hours``, the views and actions of
    each hour, ``verbs``, how often each verb, and ``countries``, views and actions by code.
    """

    period = models.CharField(max_length=5, choices=Period)
    start = models.DateField()
    run = models.IntegerField(default=0)
    activity = models.IntegerField(default=0)
    role = models.CharField(max_length=20, blank=True, default="")
    views = models.BigIntegerField(default=0)
    actions = models.BigIntegerField(default=0)
    sign_ins = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    seconds = models.BigIntegerField(default=0)
    completed = models.BigIntegerField(default=0)
    hours = OrderedJSONField(default=list)
    verbs = OrderedJSONField(default=dict)
    countries = OrderedJSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("run", "activity", "role", "period", "start"), name="one_rollup"
            ),
        )
        indexes = (models.Index(fields=("period", "start"), name="rollups_of_period"),)

    def __str__(self) -> str:
        return f"{self.period} {self.start}, run {self.run}, activity {self.activity} {self.role}"


class Country(models.Model):
    """What people call a country, by language, as the operator's database has it."""

    code = models.CharField(max_length=2, unique=True)  # ISO 3166-1
    names = OrderedJSONField(default=dict)

    def __str__(self) -> str:
        return self.code


class Presence(models.Model):
    """Who was when in a run: a row for each run, read at once.

    ``people`` has by a learner's id, as JSON has it a text, the first day and the last
    (``date.toordinal``), on how many days, and how many seconds they spent.
    """

    run = models.IntegerField(unique=True)
    people = OrderedJSONField(default=dict)

    def __str__(self) -> str:
        return f"run {self.run}"


class VideoCurve(models.Model):
    """How a film is watched in a run: a number for each second from its beginning.

    ``plays`` is how often the second was shown, ``people`` how many learners saw it, ``stops`` how
    many were there when they stopped watching.
    """

    run = models.IntegerField()
    activity = models.IntegerField()
    plays = OrderedJSONField(default=list)
    people = OrderedJSONField(default=list)
    stops = OrderedJSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "activity"), name="one_curve"),)

    def __str__(self) -> str:
        return f"run {self.run}, activity {self.activity}"


class Gathered(models.Model):
    """A period that is gathered, and from what: when that changes it is gathered again."""

    period = models.CharField(max_length=5, choices=Period)
    start = models.DateField()
    fingerprint = models.CharField(max_length=64)
    events = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("period", "start"), name="one_gathered_period"),
        )

    def __str__(self) -> str:
        return f"{self.period} {self.start}"
