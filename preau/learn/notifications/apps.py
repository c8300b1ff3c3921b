"""Notifications as a Django app."""

from django.apps import AppConfig
from django_tasks.signals import task_finished


class NotificationsConfig(AppConfig):
    """Mail."""

    name = "preau.learn.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Watch how tasks end."""
        from preau.learn.notifications.interrupted import look_at_end

        task_finished.connect(look_at_end)
