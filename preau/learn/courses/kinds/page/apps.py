"""The kind as a Django app: it brings its template."""

from django.apps import AppConfig


class PageConfig(AppConfig):
    """A page to read."""

    name = "preau.learn.courses.kinds.page"
    label = "kind_page"
