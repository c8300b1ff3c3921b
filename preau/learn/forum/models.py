"""Threads, their posts, and what was written in a run week by week."""

from django.db import models
from django.utils import timezone

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Activity, Run

LONGEST = 10_000  # characters of a post


class Thread(models.Model):
    """What somebody of a run began to talk about.

    ``posts_count`` are the posts that everybody can read, ``answers_count`` those of them by others
    than who began the thread, ``last_post_at`` is of the last of them. ``hidden`` says that the
    first post is not among them, ``waiting`` that the thread is open and nobody has answered;
    ``written`` counts all posts that there ever were.
    ``actions`` keeps all of these with every post.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    pinned = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    waiting = models.BooleanField(default=True)
    written = models.PositiveIntegerField(default=0)
    posts_count = models.PositiveIntegerField(default=0)
    answers_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (
            models.Index(  # in the order of the list: MariaDB goes back through all before a key
                fields=("run", "activity", "pinned", "-last_post_at", "-id"),
                name="threads_of_forum",
            ),
            models.Index(fields=("run", "waiting", "made_at", "id"), name="threads_waiting"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        """What ``waiting`` must be, by the other fields."""
        return not (self.answers_count or self.closed or self.hidden)


class Post(models.Model):
    """What somebody wrote in a thread. The row stays when it is hidden or taken back.

    ``html`` is the text, rendered and sanitised when it was written. ``role`` is what the author
    was in the run then; ``is_answer`` that it was not who began the thread. ``number`` is its place
    in the thread, from 1. ``nonce`` tells a form that is sent twice from two posts.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=16)
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(default="")
    is_answer = models.BooleanField(default=False)
    nonce = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it is hidden

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("author", "nonce"), name="one_post"),
            models.UniqueConstraint(fields=("thread", "number"), name="posts_of_thread"),
        )
        indexes = (models.Index(fields=("author", "made_at"), name="posts_of_author"),)

    def __str__(self) -> str:
        return f"post {self.pk} of thread {self.thread_id}"

    @property
    def is_readable(self) -> bool:
        """Whether everybody in the run can read it."""
        return self.hidden_at is None and self.taken_back_at is None


class Week(models.Model):
    """What was written in a run's forums in a week of the site's clock.

    Counted as it is written: what is hidden or taken back later stays counted. ``people`` are
    different persons.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    start = models.DateField()  # Monday
    threads = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("run", "start"), name="one_forum_week"),)

    def __str__(self) -> str:
        return f"run {self.run_id}, week of {self.start}"
