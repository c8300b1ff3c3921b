"""Bridges as a Django app."""

from django.apps import AppConfig


class BridgesConfig(AppConfig):
    """Formats of other systems, made from what this one has."""

    name = "preau.learn.bridges"
    label = "bridges"
