"""The kind as a Django app: it brings its template."""

from django.apps import AppConfig


class FolderConfig(AppConfig):
    """Several files to download."""

    name = "preau.learn.courses.kinds.folder"
    label = "kind_folder"
