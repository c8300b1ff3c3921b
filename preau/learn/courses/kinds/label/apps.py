"""The kind as a Django app: it brings its template."""

from django.apps import AppConfig


class LabelConfig(AppConfig):
    """A short text in the outline."""

    name = "preau.learn.courses.kinds.label"
    label = "kind_label"
