"""What people do in a forum. Each action is one transaction; counters are kept in it.

Locks are taken in one order, the person's row and then the thread's: rows that point to them are
written after.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from preau.kit.errors import PreauError
from preau.learn.accounts.models import Person
from preau.learn.courses.outline import OutlineActivity
from preau.learn.enrolments.access import Place
from preau.learn.forum.models import Post, Thread, Week
from preau.learn.forum.text import html_of

MOST, SPAN = 10, timedelta(minutes=1)  # posts of one person in so long


class PostRefusedError(PreauError):
    """Why a post is not taken; ``reason`` is closed or too-many."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"post refused: {reason}")
        self.reason = reason


class PostChangedError(PreauError):
    """A post that somebody would overwrite was changed meanwhile; ``post`` is as it stands."""

    def __init__(self, post: Post) -> None:
        super().__init__("the post was changed meanwhile")
        self.post = post


def start_thread(
    place: Place, activity: OutlineActivity, person: Person, title: str, text: str, nonce: str
) -> tuple[Post, bool]:
    """Begin a thread; False when the same form was taken before.

    Raises ``PostRefusedError`` when the person posts too fast.
    """
    week = _week(place.run.pk)
    with transaction.atomic():
        _lock_person(person)
        if (before := _same_form(person, nonce)) is not None:
            return before, False
        now = _turn(person)
        thread = Thread.objects.create(
            run=place.run, activity_id=activity.id, author=person, title=title, made_at=now
        )
        Week.objects.filter(run=place.run, start=week).update(threads=F("threads") + 1)
        return _add(thread, place, person, text, nonce, now, week), True


def reply(place: Place, thread: Thread, person: Person, text: str, nonce: str) -> tuple[Post, bool]:
    """Answer in a thread; False when the same form was taken before.

    Raises ``PostRefusedError`` when the thread is closed, or the person posts too fast.
    """
    week = _week(place.run.pk)
    with transaction.atomic():
        _lock_person(person)
        if (before := _same_form(person, nonce)) is not None:
            return before, False
        locked = Thread.objects.select_for_update().get(pk=thread.pk)
        if locked.closed:
            raise PostRefusedError("closed")
        return _add(locked, place, person, text, nonce, _turn(person), week), True


def edit(post: Post, run_key: str, text: str, seen: str) -> None:
    """Change one's own post.

    ``seen`` is the version (``version_of``) of the text that was being changed. Raises
    ``PostChangedError`` when another one stands there now, or the post is no longer to be read.
    """
    with transaction.atomic():
        Thread.objects.select_for_update().get(pk=post.thread_id)
        row = Post.objects.get(pk=post.pk)
        if row.text == text and row.is_readable:
            return
        if not row.is_readable or version_of(row) != seen:
            raise PostChangedError(row)
        row.text, row.html, row.edited_at = text, html_of(text, run_key), timezone.now()
        row.save(update_fields=["text", "html", "edited_at"])


def version_of(post: Post) -> str:
    """It is another one after each change of the text."""
    return (post.edited_at or post.made_at).isoformat()


def take_back(post: Post) -> bool:
    """Take one's own post away: its text is gone, its place in the thread stays.

    False when it is hidden or gone already.
    """
    with transaction.atomic():
        thread = Thread.objects.select_for_update().get(pk=post.thread_id)
        row = Post.objects.get(pk=post.pk)
        if not row.is_readable:
            return False
        row.text, row.html, row.taken_back_at = "", "", timezone.now()
        row.save(update_fields=["text", "html", "taken_back_at"])
        _count(thread, row, -1)
    return True


def hide(post: Post, by: Person, reason: str) -> bool:
    """Hide a post from everybody but its author and who keeps order; False if it was already."""
    with transaction.atomic():
        _lock_person(by)
        thread = Thread.objects.select_for_update().get(pk=post.thread_id)
        row = Post.objects.get(pk=post.pk)
        if not row.is_readable:
            return False
        row.hidden_at, row.hidden_by, row.reason = timezone.now(), by, reason
        row.save(update_fields=["hidden_at", "hidden_by", "reason"])
        _count(thread, row, -1)
    return True


def show(post: Post) -> bool:
    """Show a hidden post again; False if it was not hidden."""
    with transaction.atomic():
        thread = Thread.objects.select_for_update().get(pk=post.thread_id)
        row = Post.objects.get(pk=post.pk)
        if row.hidden_at is None:
            return False
        row.hidden_at, row.hidden_by, row.reason = None, None, ""
        row.save(update_fields=["hidden_at", "hidden_by", "reason"])
        if row.is_readable:
            _count(thread, row, +1)
    return True


def set_pinned(thread: Thread, pinned: bool) -> None:
    """Keep the thread above the others, or not."""
    Thread.objects.filter(pk=thread.pk).update(pinned=pinned)


def set_closed(thread: Thread, closed: bool) -> None:
    """Let nobody post in the thread any more, or let them again."""
    with transaction.atomic():
        locked = Thread.objects.select_for_update().get(pk=thread.pk)
        locked.closed = closed
        locked.waiting = locked.waits
        locked.save(update_fields=["closed", "waiting"])


def _lock_person(person: Person) -> None:
    """What one person sends at once is taken one by one."""
    Person.objects.select_for_update().only("pk").get(pk=person.pk)


def _same_form(person: Person, nonce: str) -> Post | None:
    return Post.objects.filter(author=person, nonce=nonce).first()


def _turn(person: Person) -> datetime:
    """Now, if the person may post now."""
    now = timezone.now()
    if Post.objects.filter(author=person, made_at__gt=now - SPAN).count() >= MOST:
        raise PostRefusedError("too-many")
    return now


def _add(
    thread: Thread, place: Place, person: Person, text: str, nonce: str, now: datetime, week: date
) -> Post:
    first_of_week = not Post.objects.filter(
        author=person, thread__run=place.run, made_at__gte=_midnight(week)
    ).exists()
    thread.written += 1
    post = Post.objects.create(
        thread=thread, number=thread.written, author=person, role=place.role, text=text,
        html=html_of(text, place.run.key), is_answer=thread.author_id != person.pk,
        nonce=nonce, made_at=now,
    )  # fmt: skip
    Week.objects.filter(run=place.run, start=week).update(
        posts=F("posts") + 1, people=F("people") + int(first_of_week)
    )
    _count(thread, post, +1)
    return post


def _count(thread: Thread, post: Post, change: int) -> None:
    """Keep the counters of a locked thread after one of its posts came or went."""
    thread.posts_count += change
    thread.answers_count += change * post.is_answer
    if post.number == 1:
        thread.hidden = not post.is_readable
    readable = Post.objects.filter(thread=thread.pk, hidden_at=None, taken_back_at=None)
    last = readable.order_by("-number").first()
    thread.last_post_at = last.made_at if last is not None else thread.made_at
    thread.waiting = thread.waits
    thread.save(
        update_fields=[
            "written", "posts_count", "answers_count", "hidden", "last_post_at", "waiting",
        ]
    )  # fmt: skip


def _week(run_id: int) -> date:
    """The Monday of this week, its row made where it is the first post's.

    In a transaction of its own, so that nobody holds a lock that another one waits for.
    """
    today = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    monday = today - timedelta(days=today.weekday())
    Week.objects.get_or_create(run_id=run_id, start=monday)
    return monday


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(settings.TIME_ZONE))
