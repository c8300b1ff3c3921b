"""Forums as a Django app."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Threads and their posts."""

    name = "preau.learn.forum"
    label = "forum"
