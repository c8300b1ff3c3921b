"""Quizzes as a Django app."""

from typing import Any

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Question banks, quizzes, attempts."""

    name = "preau.learn.quizzes"
    label = "quizzes"

    def ready(self) -> None:
        """Listen to imports: they bring question files, and other rules."""
        from preau.learn.courses.signals import imported

        imported.connect(_build, dispatch_uid="build-quizzes")


def _build(sender: type, **news: Any) -> None:
    from django.db import transaction

    from preau.learn.quizzes.actions.handing_in import move_due_in
    from preau.learn.quizzes.building import build_quizzes

    build_quizzes(news["course"])
    transaction.on_commit(lambda: move_due_in(news["course"].pk))
