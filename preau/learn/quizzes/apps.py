"""Quizzes as a Django app."""

from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    """Question banks."""

    name = "preau.learn.quizzes"
    label = "quizzes"
