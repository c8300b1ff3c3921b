"""Home as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Landing page, catalogue and dashboard."""

    name = "preau.learn.home"
    label = "home"
