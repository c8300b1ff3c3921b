"""The question bank of a course."""

import uuid

from django.db import models
from django.utils import timezone

from preau.kit.questions.question import Question as QuestionData
from preau.kit.questions.question import question_from
from preau.learn.courses.models import Course
from preau.learn.courses.ordered_json import OrderedJSONField
from preau.learn.courses.storage import content_path


class Category(models.Model):
    """A shelf of the bank, by its names from the top; none: the bank itself."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="categories")
    names = OrderedJSONField(default=list)
    digest = models.CharField(max_length=64)  # of the names: some databases think é is e

    class Meta:
        constraints = (models.UniqueConstraint(fields=("course", "digest"), name="one_category"),)

    def __str__(self) -> str:
        return " / ".join(self.names)


class Question(models.Model):
    """What stays the same of a question through its versions.

    ``version`` is the one that new attempts are asked; old attempts keep theirs. ``number``,
    ``name``, ``type`` and ``tags`` are those of that version.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="questions")
    number = models.CharField(max_length=100, blank=True)  # the author's own
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=40)
    tags = OrderedJSONField(default=list)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("course", "number"), name="question_number"),
            models.Index(fields=("category", "name"), name="question_name"),
        )

    def __str__(self) -> str:
        return self.name


class QuestionImport(models.Model):
    """What became of a file that was taken into the bank: its fidelity report, kept."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="question_imports")
    file = models.CharField(max_length=400)  # its name
    report = OrderedJSONField()  # ``Fidelity.to_data``
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file


class QuestionVersion(models.Model):
    """A question as it was asked from some moment on; never changed."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    data = OrderedJSONField()  # as ``kit.questions`` writes it
    files = OrderedJSONField(default=dict)  # SHA-256 of the content by name
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("question", "version"), name="one_question_version"),
        )

    def __str__(self) -> str:
        return f"{self.question_id} version {self.version}"

    def as_question(self) -> QuestionData:
        """The question, with the bytes of its files."""
        files = {name: content_path(digest).read_bytes() for name, digest in self.files.items()}
        return question_from(self.data, files)
