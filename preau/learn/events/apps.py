"""The record of events as a Django app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Appending, reading and compacting events."""

    name = "preau.learn.events"
    label = "events"
