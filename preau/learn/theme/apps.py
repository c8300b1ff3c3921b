"""The theme as a Django app."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Templates, components and CSS of every page."""

    name = "preau.learn.theme"
    label = "theme"
