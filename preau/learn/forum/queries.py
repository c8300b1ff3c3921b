"""Reading threads and posts, a page at a time by key: the last page costs what the first does.

A yes or no is asked for as ``IN (yes)``: written as a condition of its own, as Django does for an
equation, SQLite finds no use for its index.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from preau.learn.forum.models import Post, Thread

THREADS, POSTS = 30, 25  # on a page
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"([01])-(\d{1,17})-(\d{1,18})")


@dataclass(frozen=True)
class Key:
    """Where a thread stands in its forum's list: pinned ones first, then by their last post."""

    pinned: bool
    last_post_at: datetime
    id: int

    def __str__(self) -> str:
        since = (self.last_post_at - _EPOCH) // timedelta(microseconds=1)
        return f"{self.pinned:d}-{since}-{self.id}"


def key_in(text: str) -> Key | None:
    """The key as an address has it; None for anything else."""
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    return Key(found[1] == "1", _EPOCH + timedelta(microseconds=int(found[2])), int(found[3]))


def threads_of(
    run_id: int, activity_id: int, after: Key | None, *, everything: bool
) -> tuple[list[Thread], Key | None]:
    """A page of threads, and where the next one begins, if there is one.

    Those in which nothing can be read are for who keeps order (``everything``).
    """
    rows = Thread.objects.filter(run=run_id, activity=activity_id).select_related("author")
    if not everything:
        rows = rows.filter(posts_count__gt=0)
    found: list[Thread] = []
    for pinned in (True, False):
        if after is None or after.pinned >= pinned:
            begin = after if after is not None and after.pinned == pinned else None
            found += _from(rows.filter(pinned__in=[pinned]), begin, THREADS + 1 - len(found))
    if len(found) <= THREADS:
        return found, None
    last = found[THREADS - 1]
    return found[:THREADS], Key(last.pinned, last.last_post_at, last.pk)


def _from(rows: QuerySet[Thread], after: Key | None, count: int) -> list[Thread]:
    if after is not None:
        # The bound lets the index begin there; of several at one moment some came before.
        rows = rows.filter(last_post_at__lte=after.last_post_at)
        rows = rows.exclude(last_post_at=after.last_post_at, pk__gte=after.id)
    return list(rows.order_by("-last_post_at", "-pk")[:count])


def page_of(number: int) -> int:
    """The page, from 1, on which the post of that number stands: rows are never deleted."""
    return max(1, -(-number // POSTS))


def posts_on(thread: Thread, page: int) -> list[Post]:
    """The posts of a page in their order, hidden ones and what was taken back included."""
    last = page * POSTS
    rows = Post.objects.filter(thread=thread.pk, number__range=(last - POSTS + 1, last))
    return list(rows.select_related("author").order_by("number"))


def waiting_in(run_id: int, after: int = 0, count: int = THREADS) -> list[Thread]:
    """The threads of a run that nobody has answered, the oldest first.

    ``after`` is the id of the last one of the page before; 0 for the first page.
    """
    rows = _waiting(run_id).select_related("author")
    begin = Thread.objects.filter(run=run_id, pk=after).first() if after else None
    if begin is not None:
        rows = rows.filter(made_at__gte=begin.made_at)
        rows = rows.exclude(made_at=begin.made_at, pk__lte=begin.pk)
    return list(rows.order_by("made_at", "pk")[:count])


def count_waiting(run_id: int) -> int:
    """How many they are; the index alone tells."""
    return _waiting(run_id).count()


def _waiting(run_id: int) -> QuerySet[Thread]:
    return Thread.objects.filter(run=run_id, waiting__in=[True])
