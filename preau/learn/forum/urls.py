"""Addresses of forums, below that of their activity."""

from django.urls import path

from preau.learn.forum.views import moderating, reading, writing

app_name = "forum"
_FORUM = "learn/<slug:run_key>/<slug:key>/forum/"
_THREAD = f"{_FORUM}<int:thread>/"
_POST = f"{_THREAD}posts/<int:post>/"
urlpatterns = [
    path(f"{_FORUM}new/", writing.start, name="start"),
    path(_THREAD, reading.thread, name="thread"),
    path(f"{_THREAD}reply/", writing.reply, name="reply"),
    path(f"{_POST}edit/", writing.edit, name="edit"),
    path(f"{_POST}take-back/", writing.take_back, name="take-back"),
    path(f"{_POST}hide/", moderating.hide, name="hide"),
    path(f"{_POST}show/", moderating.show, name="show"),
    path(f"{_THREAD}settings/", moderating.settings, name="settings"),
]
