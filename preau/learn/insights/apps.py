"""Statistics as a Django app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Roll-ups of what people did, and pages that show them."""

    name = "preau.learn.insights"
    label = "insights"
