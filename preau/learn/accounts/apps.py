"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, sign-in, roles and permissions."""

    name = "preau.learn.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to sign-ins."""
        from preau.learn.accounts import signals

        signals.connect()
