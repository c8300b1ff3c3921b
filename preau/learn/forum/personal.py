"""What forums keep of a person."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from preau.learn.accounts.leaver import Found, Leaver, OwnFile, table
from preau.learn.forum.models import Post, Thread

MODELS = (Thread, Post)
GOES = {
    "author": _("the name on posts and threads in forums"),
    "moderator": _("the name on posts that this person hid"),
}
STAYS = {
    "posts": (
        _("posts in forums, as they were written"),
        _(
            "Others answered them. They no longer say who wrote them, but for what the texts "
            "themselves tell; what should not stay can be taken back before leaving."
        ),
    ),
}


def found(who: Leaver) -> Iterator[Found]:
    """Rows that say who wrote, or hid."""
    threads = Thread.objects.filter(author=who.id).count()
    yield Found("author", threads + Post.objects.filter(author=who.id).count())
    yield Found("moderator", Post.objects.filter(hidden_by=who.id).count())


def staying(who: Leaver) -> Iterator[Found]:
    """What they wrote."""
    yield Found("posts", Post.objects.filter(author=who.id).count())


def erase(who: Leaver) -> None:
    """Nobody wrote them, nobody hid them."""
    Thread.objects.filter(author=who.id).update(author=None)
    Post.objects.filter(author=who.id).update(author=None)
    Post.objects.filter(hidden_by=who.id).update(hidden_by=None)


def export(who: Leaver) -> Iterator[OwnFile]:
    """What they wrote, what they took back and what was hidden too."""
    rows = Post.objects.filter(author=who.id).order_by("pk")
    columns = ("thread__run__key", "thread__title", "text", "made_at", "edited_at")
    header = ("session", "thread", "text", "written", "changed")
    yield table("posts.csv", header, rows.values_list(*columns))
