"""The page of a thread."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from preau.learn.accounts.models import Person, SiteRole
from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.enrolments.models import RunRole
from preau.learn.forum.access import keeps_order
from preau.learn.forum.forms import PostForm
from preau.learn.forum.models import Post, Thread
from preau.learn.forum.queries import page_of, posts_on


def frame(place: Place, activity: OutlineActivity, thread: Thread | None = None) -> dict[str, Any]:
    """What every page of a forum needs."""
    return {
        "run": place.run,
        "activity": activity,
        "forum_title": in_language(activity.title),
        "thread": thread,
        "orders": keeps_order(place),
    }


def thread_page(
    request: HttpRequest,
    place: Place,
    activity: OutlineActivity,
    thread: Thread,
    form: PostForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of posts, and the field for a reply: ``form`` is one that was not taken."""
    pages = page_of(thread.written)
    page = min(_asked(request), pages) if form is None else pages
    person, orders, roles = request.user, keeps_order(place), _roles()
    context = {
        **frame(place, activity, thread),
        "rows": [
            {**_row(post, person, orders=orders), "role": roles.get(post.role, "")}
            for post in posts_on(thread, page)
        ],
        "page": page,
        "pages": pages,
        "before": page - 1,
        "after": page + 1 if page < pages else 0,
        "form": form or PostForm(run_key=place.run.key),
    }
    return render(request, "forum/thread.html", context, status=status)


def _asked(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text[:9])) if text.isdecimal() else 1


def _roles() -> dict[str, str]:
    """What those are called who did not write as learners."""
    named = [*RunRole.choices, *SiteRole.choices]
    return {key: str(words) for key, words in named if key not in {"learner", "person"}}


def _row(post: Post, person: object, *, orders: bool) -> dict[str, Any]:
    """A post, and what this person may see of it and do with it."""
    mine = isinstance(person, Person) and post.author_id == person.pk
    return {
        "post": post,
        "mine": mine,
        "legible": post.taken_back_at is None and (post.hidden_at is None or mine or orders),
        "may_change": mine and post.is_readable,
    }
