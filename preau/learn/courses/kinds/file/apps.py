"""The kind as a Django app: it brings its template."""

from django.apps import AppConfig


class FileConfig(AppConfig):
    """One file to download."""

    name = "preau.learn.courses.kinds.file"
    label = "kind_file"
