"""Which threads and posts somebody may see, and what they may do there."""

from django.http import Http404

from preau.learn.accounts.models import Person
from preau.learn.accounts.permissions import TUTORS
from preau.learn.courses.outline import OutlineActivity
from preau.learn.enrolments.access import Place, open_activity_in
from preau.learn.forum.kind import ForumKind
from preau.learn.forum.models import Post, Thread


def forum_in(place: Place, key: str) -> OutlineActivity:
    """A forum of the run that the person may open; 404 for anything else."""
    activity = open_activity_in(place, key)
    if activity.kind != ForumKind.key:
        raise Http404
    return activity


def keeps_order(place: Place) -> bool:
    """Whether the person pins, closes and hides."""
    return place.role in TUTORS


def thread_in(place: Place, activity: OutlineActivity, number: int) -> Thread:
    """A thread of that forum in the person's own run; 404 for any other."""
    rows = Thread.objects.filter(run=place.run.pk, activity=activity.id, pk=number)
    thread = rows.select_related("author").first()
    if thread is None:
        raise Http404
    return thread


def post_in(thread: Thread, number: int) -> Post:
    """A post of the thread; 404 if there is none."""
    post = Post.objects.filter(thread=thread.pk, pk=number).first()
    if post is None:
        raise Http404
    return post


def own_post(thread: Thread, number: int, person: Person) -> Post:
    """A post that the person wrote, whatever became of it; 404 for any other."""
    post = post_in(thread, number)
    if post.author_id != person.pk:
        raise Http404
    return post
