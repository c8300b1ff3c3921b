"""The kind as a Django app: it brings its template."""

from django.apps import AppConfig


class VideoConfig(AppConfig):
    """A video with subtitles, chapters and a transcript."""

    name = "preau.learn.courses.kinds.video"
    label = "kind_video"
