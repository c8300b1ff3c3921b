"""Courses as a Django app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Catalogue, content and course folders."""

    name = "preau.learn.courses"
    label = "courses"
