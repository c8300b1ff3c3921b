"""Grades as a Django app."""

from typing import Any

from django.apps import AppConfig


class GradesConfig(AppConfig):
    """Marks of all activities in one place."""

    name = "preau.learn.grades"
    label = "grades"

    def ready(self) -> None:
        """Listen to the activities that mark."""
        from preau.learn.quizzes.signals import marked

        marked.connect(_keep, dispatch_uid="keep-grade")


def _keep(sender: type, **news: Any) -> None:
    from preau.learn.grades.actions import keep_grade

    keep_grade(news["enrolment"], news["activity_id"], news["mark"], news["out_of"])
