"""The kind as a Django app: it brings its template."""

from django.apps import AppConfig


class LinkConfig(AppConfig):
    """A place on the web."""

    name = "preau.learn.courses.kinds.link"
    label = "kind_link"
