"""Writing in a forum: a thread, a reply, a change of one's own post."""

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from preau.learn.courses.outline import OutlineActivity
from preau.learn.enrolments.access import Place, place_of
from preau.learn.forum import actions
from preau.learn.forum.access import forum_in, own_post, thread_in
from preau.learn.forum.forms import EditForm, PostForm, ThreadForm
from preau.learn.forum.models import Post
from preau.learn.forum.pages.thread_page import frame, thread_page
from preau.learn.forum.queries import page_of
from preau.learn.forum.views.noting import note

if TYPE_CHECKING:
    from preau.learn.accounts.models import Person


def start(request: HttpRequest, run_key: str, key: str) -> HttpResponse:
    """Begin a thread."""
    place = place_of(request)
    activity = forum_in(place, key)
    form = ThreadForm(request.POST if request.method == "POST" else None, run_key=run_key)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            sent = form.cleaned_data
            try:
                post, new = actions.start_thread(
                    place, activity, _person(request), sent["title"], sent["text"], sent["nonce"]
                )
            except actions.PostRefusedError as refusal:
                form.add_error(None, said(refusal))
                status = 429
            else:
                return _posted(request, place, activity, post, new=new)
    context = {**frame(place, activity), "form": form}
    return render(request, "forum/start.html", context, status=status)


@require_POST
def reply(request: HttpRequest, run_key: str, key: str, thread: int) -> HttpResponse:
    """Answer in a thread."""
    place = place_of(request)
    activity = forum_in(place, key)
    found = thread_in(place, activity, thread)
    form = PostForm(request.POST, run_key=run_key)
    if not form.is_valid():
        return thread_page(request, place, activity, found, form, status=400)
    text, nonce = form.cleaned_data["text"], form.cleaned_data["nonce"]
    try:
        post, new = actions.reply(place, found, _person(request), text, nonce)
    except actions.PostRefusedError as refusal:
        form.add_error(None, said(refusal))
        status = 429 if refusal.reason == "too-many" else 409
        return thread_page(request, place, activity, found, form, status=status)
    return _posted(request, place, activity, post, new=new)


def edit(request: HttpRequest, run_key: str, key: str, thread: int, post: int) -> HttpResponse:
    """Change a post of one's own."""
    place = place_of(request)
    activity = forum_in(place, key)
    found = thread_in(place, activity, thread)
    row = own_post(found, post, _person(request))
    conflict, stands, status = "", "", 200
    if request.method == "POST":
        form = EditForm(request.POST, run_key=run_key)
        status = 400
        if form.is_valid():
            try:
                actions.edit(row, run_key, form.cleaned_data["text"], form.cleaned_data["seen"])
            except actions.PostChangedError as changed:
                conflict, stands, status = _conflict(changed.post), changed.post.text, 409
                sent = {"text": form.cleaned_data["text"], "seen": actions.version_of(changed.post)}
                form = EditForm(initial=sent, run_key=run_key)
            else:
                note(request, "changed", place, activity, thread=thread, post=post)
                messages.success(request, _("Your post is changed."))
                return redirect(_address(place, activity, row))
    elif not row.is_readable:
        raise Http404
    else:
        seen = {"text": row.text, "seen": actions.version_of(row)}
        form = EditForm(initial=seen, run_key=run_key)
    context = {
        **frame(place, activity, found),
        "post": row,
        "form": form,
        "conflict": conflict,
        "stands": stands,
    }
    return render(request, "forum/edit.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, run_key: str, key: str, thread: int, post: int) -> HttpResponse:
    """Take a post of one's own away."""
    place = place_of(request)
    activity = forum_in(place, key)
    found = thread_in(place, activity, thread)
    if actions.take_back(own_post(found, post, _person(request))):
        note(request, "changed", place, activity, thread=thread, post=post)
        messages.success(request, _("Your post is taken back; nobody can read it any more."))
    found.refresh_from_db()
    if found.posts_count:
        return redirect("forum:thread", run_key, key, thread)
    return redirect("enrolments:activity", run_key, key)


def said(refusal: actions.PostRefusedError) -> str:
    """Why a post is not taken, in a sentence."""
    return {
        "closed": _("This thread was closed meanwhile: copy your text into a new thread."),
        "too-many": _("You have posted %(most)s times in a minute: wait a little, then send again.")
        % {"most": actions.MOST},
    }[refusal.reason]


def _conflict(post: Post) -> str:
    """Why a change was not taken, in a sentence."""
    if post.is_readable:
        return _("Your post was changed meanwhile, in another window: bring both together.")
    return _("Your post was hidden or taken back meanwhile: what you wrote is below, to copy.")


def _person(request: HttpRequest) -> "Person":
    return cast("Person", request.user)


def _posted(
    request: HttpRequest, place: Place, activity: OutlineActivity, post: Post, *, new: bool
) -> HttpResponse:
    """To the post, once it is there; it is recorded once however often the form comes."""
    if new:
        note(request, "posted", place, activity, thread=post.thread_id, post=post.pk)
        messages.success(request, _("Your post is there."))
    return redirect(_address(place, activity, post))


def _address(place: Place, activity: OutlineActivity, post: Post) -> str:
    """The post, on its page of the thread."""
    path = reverse("forum:thread", args=[place.run.key, activity.key, post.thread_id])
    return f"{path}?page={page_of(post.number)}#post-{post.pk}"
