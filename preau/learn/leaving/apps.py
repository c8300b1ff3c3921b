"""Leaving as a Django app."""

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    """Erasing a person, and handing out what is theirs."""

    name = "preau.learn.leaving"
    label = "leaving"
