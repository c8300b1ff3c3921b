"""Courses, their content, their files and their runs."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.ordered_json import OrderedJSONField
from preau.learn.courses.texts import in_language


class Course(models.Model):
    """Content that runs follow. ``version`` rises whenever learners would see a difference."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=80, unique=True)
    version = models.PositiveIntegerField(default=0)
    languages = OrderedJSONField(default=list)
    title = OrderedJSONField(default=dict)
    summary = OrderedJSONField(default=dict)
    about = OrderedJSONField(default=dict)  # Markdown
    subject = models.CharField(max_length=40, db_index=True)
    teachers = OrderedJSONField(default=list)
    hours_per_week = models.FloatField(null=True)
    weeks = models.PositiveSmallIntegerField(null=True)
    cover = models.CharField(max_length=200, blank=True)
    share_image = models.CharField(max_length=200, blank=True)  # for links from other sites
    licence = models.CharField(max_length=80, blank=True)
    folded = models.TextField(default="")  # all words of all languages, for the catalogue's search
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key

    def language_for(self, wanted: str | None) -> str:
        """The wanted language where the course has it, else its main one."""
        return wanted if wanted and wanted in self.languages else str(self.languages[0])

    @property
    def picture_to_share(self) -> str:
        """The file that other sites show with a link to the course; they show no SVG."""
        return self.share_image or ("" if self.cover.lower().endswith(".svg") else self.cover)


class Section(models.Model):
    """A part of a course, released to learners by its rule."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    title = OrderedJSONField(default=dict)
    summary = OrderedJSONField(default=dict)
    release = OrderedJSONField(default=dict)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("course", "key"), name="section_key"),)

    def __str__(self) -> str:
        return self.key


class Activity(models.Model):
    """One thing to do. Its key is the identity of what learners did there."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="activities")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="activities")
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    title = OrderedJSONField(default=dict)
    minutes = models.PositiveIntegerField(null=True)
    completion = OrderedJSONField(default=dict)  # {"rule": "watched", "share": 80}
    content = OrderedJSONField(default=dict)  # the kind's own fields, as in the course folder
    hidden = models.BooleanField(default=False)  # removed from the folder, kept for learners' work

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("course", "key"), name="activity_key"),)

    def __str__(self) -> str:
        return self.key

    @property
    def can_be_completed(self) -> bool:
        """Whether the activity counts for progress."""
        return bool(self.completion.get("rule", "none") != "none")


class ActivityText(models.Model):
    """An activity in one language, rendered when it was imported."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    html = models.TextField(default="")  # sanitised; file names still relative (see media.py)
    derived = OrderedJSONField(default=dict)  # what the kind made of its files: a transcript …
    folded = models.TextField(default="")  # words for the search
    plain = models.TextField(default="")  # the same words as written, for the search's excerpts

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("activity", "language"), name="activity_language"),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.language}"


class Asset(models.Model):
    """A file of a course; its content lies in the media folder under its hash."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=400)  # in the course folder
    digest = models.CharField(max_length=64)  # SHA-256, hexadecimal
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    public = models.BooleanField(default=False)  # shown on the course's public page

    class Meta:
        constraints = (models.UniqueConstraint(fields=("course", "path"), name="asset_path"),)
        indexes = (models.Index(fields=("course", "digest"), name="asset_digest"),)

    def __str__(self) -> str:
        return self.path


class Pace(models.TextChoices):
    """Whether dates count."""

    SCHEDULED = "scheduled", _("with dates")
    SELF = "self", _("at your own pace")


class Run(models.Model):
    """One session of a course: who enrols, enrols in a run."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs")
    key = models.CharField(max_length=80, unique=True)
    title = OrderedJSONField(default=dict)
    pace = models.CharField(max_length=16, choices=Pace.choices, default=Pace.SELF)
    time_zone = models.CharField(max_length=64, default="Europe/Paris")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)  # of a day without an hour, its last instant
    enrolment_opens_at = models.DateTimeField(null=True)
    enrolment_closes_at = models.DateTimeField(null=True)
    enrolment_by_key = models.BooleanField(default=False)  # the folder says so
    enrolment_key = models.CharField(max_length=100, blank=True)  # set on the site
    release = OrderedJSONField(default=dict)  # section key → ISO date and time
    dates = OrderedJSONField(default=dict)  # activity key → opens, closes: ISO date and time
    version = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)  # removed from the folder; learners keep it

    def __str__(self) -> str:
        return self.key

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the run's dates are written."""
        return ZoneInfo(self.time_zone)

    @property
    def asks_for_key(self) -> bool:
        """Whether enrolling takes a key: the folder says so, or a teacher set one."""
        return self.enrolment_by_key or bool(self.enrolment_key)

    @property
    def name(self) -> str:
        """The run's own title, or its course's."""
        return in_language(self.title) or in_language(self.course.title)

    def has_started(self, now: datetime | None = None) -> bool:
        """Whether learners may see the content."""
        return self.starts_at is None or self.starts_at <= (now or timezone.now())

    def has_ended(self, now: datetime | None = None) -> bool:
        """Whether the run is over; its pages stay readable for those who followed it."""
        return self.ends_at is not None and self.ends_at < (now or timezone.now())

    def enrolment_is_open(self, now: datetime | None = None) -> bool:
        """Whether somebody may enrol now, key aside."""
        now = now or timezone.now()
        opens, closes = self.enrolment_opens_at, self.enrolment_closes_at or self.ends_at
        return (
            not self.retired
            and (opens is None or opens <= now)
            and (closes is None or now < closes)
        )
