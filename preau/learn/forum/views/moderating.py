"""Keeping order: pin, close, hide."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from preau.learn.enrolments.access import place_of
from preau.learn.forum import actions
from preau.learn.forum.access import forum_in, post_in, thread_in
from preau.learn.forum.forms import HideForm
from preau.learn.forum.pages.thread_page import frame
from preau.learn.forum.views.noting import note

if TYPE_CHECKING:
    from preau.learn.accounts.models import Person


def hide(request: HttpRequest, run_key: str, key: str, thread: int, post: int) -> HttpResponse:
    """Hide a post, and say why."""
    place = place_of(request)
    activity = forum_in(place, key)
    found = thread_in(place, activity, thread)
    row = post_in(found, post)
    form = HideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if actions.hide(row, cast("Person", request.user), form.cleaned_data["reason"]):
            note(request, "changed", place, activity, thread=thread, post=post, hidden=True)
            messages.success(request, _("The post is hidden."))
        return redirect("forum:thread", run_key, key, thread)
    context = {**frame(place, activity, found), "post": row, "form": form}
    return render(request, "forum/hide.html", context, status=400 if form.errors else 200)


@require_POST
def show(request: HttpRequest, run_key: str, key: str, thread: int, post: int) -> HttpResponse:
    """Show a hidden post again."""
    place = place_of(request)
    activity = forum_in(place, key)
    row = post_in(thread_in(place, activity, thread), post)
    if actions.show(row):
        note(request, "changed", place, activity, thread=thread, post=post, hidden=False)
        messages.success(request, _("The post can be read again."))
    return redirect("forum:thread", run_key, key, thread)


@require_POST
def settings(request: HttpRequest, run_key: str, key: str, thread: int) -> HttpResponse:
    """Pin the thread or close it (``pinned=1``, ``closed=1``), or neither any more (0)."""
    place = place_of(request)
    activity = forum_in(place, key)
    found = thread_in(place, activity, thread)
    changes = {
        name: request.POST[name] == "1" for name in ("pinned", "closed") if name in request.POST
    }
    if "pinned" in changes:
        actions.set_pinned(found, changes["pinned"])
    if "closed" in changes:
        actions.set_closed(found, changes["closed"])
    if changes:
        note(request, "changed", place, activity, thread=thread, **changes)
        messages.success(request, _("The thread is changed."))
    return redirect("forum:thread", run_key, key, thread)
