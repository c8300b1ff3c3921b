"""Enrolments as a Django app."""

from typing import Any

from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    """Enrolment, completion, progress, bookmarks and notes."""

    name = "preau.learn.enrolments"
    label = "enrolments"

    def ready(self) -> None:
        """Listen to imports: they change what counts."""
        from preau.learn.courses.signals import imported

        imported.connect(_recount, dispatch_uid="recount")


def _recount(sender: type, **news: Any) -> None:
    from preau.learn.enrolments.actions import recount

    recount(news["course"])
